import type { FieldKey, FieldValue } from "../consents/fields/model.ts";
import { monthsBetween } from "../consents/fields/rules.ts";
import type { ConsentStanding } from "../consents/ledger/model.ts";
import type { PurposeCode } from "../consents/model.ts";
import type { PublicText } from "../core/public-text.ts";
import type { TierCode } from "../tiers/model.ts";
import type { BenefitState, BenefitTerms, Derivation, LockReason } from "./model.ts";

/** Uses left to a member: those that the tier gives in the period, and those given by hand. */
export type UsesLeft = { readonly fromTier: number; readonly granted: number };

/** All that decides whether a benefit can be used: nothing that tells two members of one tier apart but their own consent. */
export type Facts = {
  readonly retired: boolean;
  readonly tier: TierCode | null;
  /** Under the benefit's purpose; null when it has none, or when there is nobody yet to whom the purpose applies. */
  readonly standing: ConsentStanding | null;
  /** A use that a booking holds counts as left to that booking. */
  readonly uses: UsesLeft;
};

export type Lock = {
  readonly reason: LockReason;
  /** Fields that must be given first. */
  readonly missing: readonly FieldKey[];
};

/** Why a benefit cannot be used at an instant, the first reason in the order of `lockReasons`; null when it can. */
export function lockOf(terms: BenefitTerms, { retired, tier, standing, uses }: Facts, at: Date): Lock | null {
  const lock = (reason: LockReason, missing: readonly FieldKey[] = []): Lock => ({ reason, missing });
  if (Date.parse(terms.window.from) > at.getTime()) return lock("notStarted");
  if (retired || isOver(terms, at)) return lock("over");
  const inTier = tier !== null && terms.tiers.includes(tier);
  if (!inTier && uses.granted === 0) return lock("tierTooLow");

  const mandatory = terms.needs.filter((need) => need.mandatory).map(({ field }) => field);
  if (mandatory.length > 0) {
    if (standing?.state === "stale") return lock("consentStale");
    if (standing?.state !== "granted") return lock("consentNeeded", mandatory);
    const missing = mandatory.filter((field) => !standing.valued.includes(field));
    if (missing.length > 0) return lock("valuesMissing", missing);
    if (standing.disputed) return lock("guardianshipDisputed");
    if (standing.restricted) return lock("restricted");
  }
  return (inTier ? uses.fromTier : 0) + uses.granted > 0 ? null : lock("quotaSpent");
}

/** The purpose under which a benefit asks for data; null when it asks for none. */
export function purposeOf({ purpose, needs }: Pick<BenefitTerms, "purpose" | "needs">): PurposeCode | null {
  return needs.length > 0 ? purpose : null;
}

/** Whether it asks for data of a child, so that each child has a place of its own. */
export function isForChild({ needs }: Pick<BenefitTerms, "needs">): boolean {
  return needs.some(({ field }) => field.startsWith("child."));
}

/** Where a benefit stands. One whose window has not begun is live: it is public. */
export function stateOf(
  published: { readonly terms: BenefitTerms; readonly retired: boolean } | null,
  at: Date,
): BenefitState {
  if (published === null) return "draft";
  if (published.retired) return "retired";
  return isOver(published.terms, at) ? "ended" : "live";
}

/** What store staff see in place of a value: the name of its band. */
export type Derived = { readonly key: string; readonly name: PublicText; readonly value: PublicText | null };

/** Each value's band in the brand's own table; null where the value is not there. A month counts as its age in months. */
export function derive(
  derivations: readonly Derivation[],
  values: ReadonlyMap<FieldKey, FieldValue>,
  at: Date,
): Derived[] {
  return derivations.map(({ key, name, field, bands }) => {
    const given = values.get(field)?.value;
    const number = given === undefined ? Number.NaN : numberOf(given, at);
    return { key, name, value: Number.isNaN(number) ? null : bandOf(bands, number) };
  });
}

/** The first band whose bound exceeds the number. */
export function bandOf(bands: Derivation["bands"], number: number): PublicText | null {
  return bands.find(({ below }) => below === null || number < below)?.value ?? null;
}

/** A card number as store staff see it: 12******34. */
export function maskNumber(number: string): string {
  return `${number.slice(0, 2)}${"*".repeat(number.length - 4)}${number.slice(-2)}`;
}

/** Whether a benefit can be used at a store: named ones, or every one where none is named. */
export function isUsedAt({ stores }: Pick<BenefitTerms, "stores">, storeId: string): boolean {
  return stores.length === 0 || stores.some((id) => id === storeId);
}

function isOver({ window }: BenefitTerms, at: Date): boolean {
  return window.to !== null && Date.parse(window.to) <= at.getTime();
}

function numberOf(value: string, at: Date): number {
  return /^\d{4}-\d{2}$/.test(value) ? monthsBetween(value, at) : Number(value);
}
