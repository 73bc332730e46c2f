import { addDays, businessDay, startOfBusinessDay } from "../core/time.ts";
import { growthRuleFor, growthTarget } from "../tiers/growth/rules.ts";
import type { Ladder, OrderFacts } from "../tiers/model.ts";
import { type PointsPolicy, type PointsTerms, USABLE_DAYS } from "./model.ts";
import { policyAt } from "./policies/rules.ts";

/** What the ledger should say of an order: so many points, usable from that instant (null: not yet known). */
export type PointsTarget = {
  readonly points: number;
  readonly availableAt: Date | null;
  readonly expiry: PointsTerms["expiry"];
};

/** Of an order that gives nothing, or is no longer the member's. */
export const NO_POINTS: PointsTarget = { points: 0, availableAt: null, expiry: null };

/**
 * The points an order is worth as it stands: those of the money that stayed, pending from payment, available when the
 * return window is over, which is the one of growth. Rounded down once for the whole order, so that a refund takes back
 * the difference between two whole numbers and a partial refund followed by the rest takes back exactly all. The terms
 * are those in force when it was paid (placed, if unpaid), for good; an order paid before the first version gives none.
 */
export function pointsTarget(
  facts: OrderFacts,
  policies: readonly PointsPolicy[],
  ladders: readonly Ladder[],
): PointsTarget {
  const policy = policyAt(policies, facts.paidAt ?? facts.placedAt);
  if (policy === null) return NO_POINTS;
  const { returnWindowDays } = growthRuleFor(facts, ladders);
  const { growth, earnedAt } = growthTarget(facts, { perYuan: policy.terms.perYuan, returnWindowDays });
  return { points: growth, availableAt: earnedAt, expiry: policy.terms.expiry };
}

/**
 * Until when points can be used (exclusive, a midnight of Asia/Shanghai); null for ever. So many months after they
 * became available, to the end of that day, month, quarter or year; and never less than `USABLE_DAYS` after they were
 * credited, for who claims an order late.
 */
export function expiryOf(availableAt: Date, creditedAt: Date, expiry: PointsTerms["expiry"]): Date | null {
  if (expiry === null) return null;
  const natural = startOfBusinessDay(dayAfter(businessDay(availableAt), expiry));
  const least = startOfBusinessDay(businessDay(addDays(creditedAt, USABLE_DAYS + 1)));
  return natural > least ? natural : least;
}

const MONTHS_OF = { month: 1, quarter: 3, year: 12 };

/** The first day on which points that became available on `day` can no longer be used. */
function dayAfter(day: string, { months, roundTo }: NonNullable<PointsTerms["expiry"]>): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const target = month - 1 + months;
  if (roundTo === "day") {
    const lastOfMonth = new Date(Date.UTC(year, target + 1, 0)).getUTCDate();
    return isoDay(Date.UTC(year, target, Math.min(date, lastOfMonth) + 1));
  }
  const span = MONTHS_OF[roundTo];
  return isoDay(Date.UTC(year, (Math.floor(target / span) + 1) * span, 1));
}

function isoDay(utc: number): string {
  return new Date(utc).toISOString().slice(0, 10);
}
