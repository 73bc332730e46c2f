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
    if (tiers.findIndex((other) => other.code === tier.code) !== index)
      return no("LADDER_CODE_REPEATED", { tier: tier.code });
    if (lower === undefined) {
      if (tier.upgradeAt !== 0 || tier.keepAt !== 0) return no("LADDER_FIRST_NOT_ZERO", { tier: tier.code });
      continue;
    }
    if (tier.keepAt > tier.upgradeAt) {
      return no("LADDER_KEEP_ABOVE_UPGRADE", { tier: tier.code, upgrade: tier.upgradeAt, keep: tier.keepAt });
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
  return Math.max(
    0,
    tiers.findIndex((tier) => tier.code === code),
  );
}

/** What a tier is called; a code that no version knows stands for itself. */
export function tierName({ tiers }: LadderTerms, code: TierCode, locale: keyof Tier["name"]): string {
  return tiers.find((tier) => tier.code === code)?.name[locale] ?? code;
}

/** The terms that a version may change; the first four belong to one tier each. */
export const changeableTerms = [
  "nameZh",
  "nameEn",
  "upgradeAt",
  "keepAt",
  "qualification",
  "downgrade",
  "graceDays",
  "noticeDays",
  "perYuan",
  "returnWindowDays",
] as const;
type ChangeableTerm = (typeof changeableTerms)[number];

/** One difference between two versions; `null` where the term was not there. */
export type TermsChange = {
  readonly term: ChangeableTerm;
  readonly tier: TierCode | null;
  readonly before: string | number | null;
  readonly after: string | number | null;
};

/** What a version changed, in the order of its terms; tiers are matched by code. */
export function diffTerms(before: LadderTerms | null, after: LadderTerms): TermsChange[] {
  const old = before === null ? [] : listTerms(before);
  const fresh = listTerms(after);
  const dropped = old.filter((term) => !fresh.some((other) => sameTerm(term, other)));
  return [
    ...fresh.map(({ value, ...term }) => ({
      ...term,
      before: old.find((other) => sameTerm(term, other))?.value ?? null,
      after: value,
    })),
    ...dropped.map(({ value, ...term }) => ({ ...term, before: value, after: null })),
  ].filter((change) => change.before !== change.after);
}

type Named = { readonly term: ChangeableTerm; readonly tier: TierCode | null };

function sameTerm(one: Named, other: Named): boolean {
  return one.term === other.term && one.tier === other.tier;
}

function listTerms(terms: LadderTerms): (Named & { readonly value: string | number })[] {
  const { qualification, growth } = terms;
  return [
    ...terms.tiers.flatMap(({ code: tier, name, upgradeAt, keepAt }) => [
      { term: "nameZh" as const, tier, value: name["zh-CN"] },
      { term: "nameEn" as const, tier, value: name.en },
      { term: "upgradeAt" as const, tier, value: upgradeAt },
      { term: "keepAt" as const, tier, value: keepAt },
    ]),
    {
      term: "qualification",
      tier: null,
      value: qualification.kind === "rolling" ? qualification.days : qualification.kind,
    },
    { term: "downgrade", tier: null, value: terms.downgrade },
    { term: "graceDays", tier: null, value: terms.graceDays },
    { term: "noticeDays", tier: null, value: terms.noticeDays },
    { term: "perYuan", tier: null, value: `${growth.perYuan.numerator}/${growth.perYuan.denominator}` },
    { term: "returnWindowDays", tier: null, value: growth.returnWindowDays },
  ];
}

/** So many members who stood in `from` under the old rules stand in `to` under the new ones. */
export type Move = { readonly from: TierCode; readonly to: TierCode; readonly members: number };

/** One tier's line of the migration table 期初/升级/保级/降级/期末. */
export type MigrationRow = {
  readonly tier: TierCode;
  /** Members in the tier before; a tier that was dropped counts where it is carried to. */
  readonly opening: number;
  /** Of these: how many rise out of it, stay, and fall out of it. */
  readonly rose: number;
  readonly kept: number;
  readonly fell: number;
  /** Members in the tier after. */
  readonly closing: number;
};

/** The migration table of a change of rules, from the top tier down: opening = rose + kept + fell, and nobody is lost. */
export function migrationTable(before: LadderTerms, after: LadderTerms, moves: readonly Move[]): MigrationRow[] {
  const carried = (code: TierCode) => {
    const tier = before.tiers.find((each) => each.code === code);
    return rankOf(after, tier === undefined ? code : carryTier(tier, after).code);
  };
  return after.tiers
    .map(({ code }, rank) => {
      const out = moves.filter((move) => carried(move.from) === rank);
      const count = (those: readonly Move[]) => those.reduce((sum, move) => sum + move.members, 0);
      return {
        tier: code,
        opening: count(out),
        rose: count(out.filter((move) => rankOf(after, move.to) > rank)),
        kept: count(out.filter((move) => rankOf(after, move.to) === rank)),
        fell: count(out.filter((move) => rankOf(after, move.to) < rank)),
        closing: count(moves.filter((move) => rankOf(after, move.to) === rank)),
      };
    })
    .reverse();
}

/** Whom a draft would move. */
export type DryRun = {
  readonly members: number;
  /** When the draft could take effect at the earliest: the instant both tables look at. */
  readonly at: Date;
  /** What taking effect does. Nobody falls. */
  readonly onEffect: readonly MigrationRow[];
  /** Where the same members would stand, had the draft always been the rule: what it amounts to in the long run. */
  readonly hadItAlwaysBeen: readonly MigrationRow[];
};
