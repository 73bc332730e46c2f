import { no, type Verdict, yes } from "../../core/refusal.ts";
import { addDays } from "../../core/time.ts";
import type { Ladder, LadderTerms, Tier, TierCode } from "../model.ts";

/**
 * Whether a ladder makes sense: codes differ, the first tier needs nothing, upgrade and keep thresholds strictly
 * increase, and keeping never asks more than rising did.
 */
export function soundLadder({ tiers }: LadderTerms): Verdict {
  for (const [index, tier] of tiers.entries()) {
    const lower = tiers[index - 1];
    if (tiers.findIndex((other) => other.code === tier.code) !== index) return no("LADDER_CODE_REPEATED", { tier: tier.code });
    if (lower === undefined) {
      if (tier.upgradeAt !== 0 || tier.keepAt !== 0) return no("LADDER_FIRST_NOT_ZERO", { tier: tier.code });
      continue;
    }
    if (tier.keepAt > tier.upgradeAt) {
      return no("LADDER_KEEP_ABOVE_UPGRADE", { tier: tier.code, upgradeAt: tier.upgradeAt, keepAt: tier.keepAt });
    }
    if (tier.upgradeAt <= lower.upgradeAt || tier.keepAt <= lower.keepAt) {
      return no("LADDER_NOT_INCREASING", { tier: tier.code, lower: lower.code });
    }
  }
  return yes;
}

/**
 * The earliest instant at which a new version may take effect: after the notice that the newest published version
 * promised, and after that version itself. Before the first version nobody was promised anything.
 */
export function earliestEffect(history: readonly Ladder[], now: Date): Date {
  const newest = history.at(-1);
  if (newest === undefined) return now;
  const noticed = addDays(now, newest.terms.noticeDays);
  const after = new Date(newest.effectiveFrom.getTime() + 1);
  return noticed > after ? noticed : after;
}

/** The version in force at an instant; null before the first. `history` is in the order of versions. */
export function ladderAt(history: readonly Ladder[], at: Date): Ladder | null {
  return history.findLast((ladder) => ladder.effectiveFrom <= at) ?? null;
}

/**
 * Where a tier of an older version stands in a newer one: the tier of the same code; where that was dropped, the lowest
 * tier that asks at least as much, else the highest. So a new version never lowers a standing by itself.
 */
export function carryTier(tier: Tier, { tiers }: LadderTerms): Tier {
  return (
    tiers.find((other) => other.code === tier.code) ??
    tiers.find((other) => other.upgradeAt >= tier.upgradeAt) ??
    tiers.at(-1) ??
    tier
  );
}

/** A tier's place from the bottom, 0 for the lowest and for a code the ladder does not know. */
export function rankOf({ tiers }: LadderTerms, code: TierCode): number {
  return Math.max(0, tiers.findIndex((tier) => tier.code === code));
}

/** One difference between two versions: a dotted path such as `tiers.silver.upgradeAt`, and both values. */
export type TermsChange = { readonly path: string; readonly before: string | null; readonly after: string | null };

/** What a version changed, in the order of its terms; tiers are matched by code. */
export function diffTerms(before: LadderTerms | null, after: LadderTerms): TermsChange[] {
  const old = before === null ? new Map<string, string>() : flatten(before);
  const fresh = flatten(after);
  return [...new Set([...fresh.keys(), ...old.keys()])]
    .map((path) => ({ path, before: old.get(path) ?? null, after: fresh.get(path) ?? null }))
    .filter((change) => change.before !== change.after);
}

function flatten(terms: LadderTerms): Map<string, string> {
  const rows: [string, string][] = terms.tiers.flatMap(({ code, name, upgradeAt, keepAt }) => [
    [`tiers.${code}.name.zh-CN`, name["zh-CN"]] satisfies [string, string],
    [`tiers.${code}.name.en`, name.en] satisfies [string, string],
    [`tiers.${code}.upgradeAt`, String(upgradeAt)] satisfies [string, string],
    [`tiers.${code}.keepAt`, String(keepAt)] satisfies [string, string],
  ]);
  const { qualification, growth } = terms;
  rows.push(
    ["qualification", qualification.kind === "rolling" ? `rolling ${qualification.days}` : qualification.kind],
    ["downgrade", terms.downgrade],
    ["graceDays", String(terms.graceDays)],
    ["noticeDays", String(terms.noticeDays)],
    ["growth.perYuan", `${growth.perYuan.numerator}/${growth.perYuan.denominator}`],
    ["growth.returnWindowDays", String(growth.returnWindowDays)],
  );
  return new Map(rows);
}
