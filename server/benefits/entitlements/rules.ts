import type { TierCode } from "../../tiers/model.ts";
import type { BenefitGrantId, BenefitTerms } from "../model.ts";
import { allowance, lastOfPrevious, periodName, periodSpan } from "../periods/rules.ts";
import type { UsesLeft } from "../rules.ts";

/** What was used of a benefit in one period. */
export type PeriodUse = { readonly period: string; readonly allowance: number; readonly used: number };
/** Uses given by hand that count now. */
export type OpenGrant = { readonly id: BenefitGrantId; readonly uses: number; readonly endsAt: Date };

export type Uses = UsesLeft & {
  /** All that can still be used. */
  readonly left: number;
  /** The tier's period: its name, its end, and how many uses it has in all; 0 where the tier has none. */
  readonly period: string;
  readonly renewsAt: Date;
  readonly allowance: number;
  /** Uses given by hand that are left, those that end first first. */
  readonly grants: readonly { readonly period: string; readonly allowance: number; readonly left: number }[];
};

/** Whose quota is asked for, at the instant of use, as known now. */
export type Asked = {
  readonly terms: Pick<BenefitTerms, "quota" | "tiers">;
  readonly tier: TierCode | null;
  /** Whether the member could use it in the period before. */
  readonly entitledBefore: boolean;
  readonly at: Date;
  readonly now: Date;
};

/** The name under which the uses of a manual grant are counted. */
export function grantPeriod(id: BenefitGrantId): string {
  return `grant:${id}`;
}

/** The rows that decide what is left at an instant: this period's and the one before. */
export function periodsAsked({ period }: BenefitTerms["quota"], at: Date): readonly [string, string] {
  return [periodName(period, at), periodName(period, lastOfPrevious(period, at))];
}

/**
 * What is left of the tier's quota in the period of `at`, and of uses given by hand. Nothing is carried into a period
 * that has not begun: the one before may still be used.
 */
export function usesLeft(
  { terms, tier, entitledBefore, at, now }: Asked,
  rows: readonly PeriodUse[],
  grants: readonly OpenGrant[],
): Uses {
  const { quota, tiers } = terms;
  const [period, before] = periodsAsked(quota, at);
  const { from, to } = periodSpan(quota.period, at);
  const rowOf = (name: string) => rows.find((row) => row.period === name) ?? null;
  const carries = quota.rollover > 0 && from <= now;
  const inTier = tier !== null && tiers.includes(tier);
  const whole = inTier ? (carries ? allowance(quota, rowOf(before), entitledBefore) : quota.count) : 0;
  const open = grants
    .filter(({ endsAt }) => endsAt > at)
    .sort((a, b) => a.endsAt.getTime() - b.endsAt.getTime())
    .map(({ id, uses }) => {
      const name = grantPeriod(id);
      return { period: name, allowance: uses, left: uses - (rowOf(name)?.used ?? 0) };
    })
    .filter(({ left }) => left > 0);
  const fromTier = Math.max(0, whole - (rowOf(period)?.used ?? 0));
  const granted = open.reduce((sum, { left }) => sum + left, 0);
  return { fromTier, granted, left: fromTier + granted, period, renewsAt: to, allowance: whole, grants: open };
}

/** The uses of somebody who holds one already, such as by a booking: it counts as left to them. */
export function withHeld(uses: UsesLeft, period: string | null): UsesLeft {
  if (period === null) return uses;
  return period.startsWith("grant:")
    ? { ...uses, granted: uses.granted + 1 }
    : { ...uses, fromTier: uses.fromTier + 1 };
}
