import type { ActivityState, ActivityTerms } from "../../consents/activities/model.ts";
import type { FieldDefinition, FieldKey } from "../../consents/fields/model.ts";
import { no, type Verdict, yes } from "../../core/refusal.ts";
import type { TierCode } from "../../tiers/model.ts";
import type { BenefitTerms, Derivation } from "../model.ts";

/** What the terms of a benefit are held against. */
export type Ground = {
  readonly tiers: readonly TierCode[];
  /** The activity of the benefit's purpose; null when there is none in force. */
  readonly activity: { readonly state: ActivityState; readonly terms: ActivityTerms } | null;
  readonly definitions: ReadonlyMap<FieldKey, FieldDefinition>;
};

/**
 * Whether the terms may stand. Refuses: WINDOW_BACKWARDS, BENEFIT_TIER_UNKNOWN, POINTS_FOR_PERSONAL_DATA,
 * BENEFIT_PURPOSE_MISSING, BENEFIT_FIELD_OUTSIDE_PURPOSE, BENEFIT_MANDATORY_UNFOUNDED (PIPL Art. 6, 16),
 * BENEFIT_DERIVATION_WRONG.
 */
export function checkTerms(terms: BenefitTerms, { tiers, activity, definitions }: Ground): Verdict {
  const { window, needs, derivations } = terms;
  if (window.to !== null && Date.parse(window.to) <= Date.parse(window.from)) return no("WINDOW_BACKWARDS");
  const unknown = terms.tiers.find((tier) => !tiers.includes(tier));
  if (unknown !== undefined) return no("BENEFIT_TIER_UNKNOWN", { tier: unknown });
  if (terms.gives.kind === "points" && needs.length > 0) return no("POINTS_FOR_PERSONAL_DATA");
  if (needs.length > 0 && !restsOnConsent(activity)) return no("BENEFIT_PURPOSE_MISSING");

  const founded = new Map(activity?.terms.fields.map((field) => [field.key, field.mandatory]));
  const outside = needs.find(({ field }) => !founded.has(field));
  if (outside !== undefined) return no("BENEFIT_FIELD_OUTSIDE_PURPOSE", { field: outside.field });
  const unfounded = needs.find(({ field, mandatory }) => mandatory && !founded.get(field));
  if (unfounded !== undefined) return no("BENEFIT_MANDATORY_UNFOUNDED", { field: unfounded.field });

  const wrong = derivations.find(
    (derivation) =>
      !isSound(derivation, definitions.get(derivation.field)) || !needs.some(({ field }) => field === derivation.field),
  );
  return wrong === undefined ? yes : no("BENEFIT_DERIVATION_WRONG", { key: wrong.key });
}

/** What an editor is told before it is too late: not refusals, but what a second person will ask about. */
export type Warning = "pointsPromised" | "optionalField" | "valueUnseen";

/**
 * Warns of a text that speaks of points beside a field that is asked for (points are never given for personal data), of
 * a field that nothing makes indispensable, and of a mandatory field that no table of the benefit uses.
 */
export function warnings({ title, description, gives, needs, derivations }: BenefitTerms): Warning[] {
  const words = [title, description].flatMap((text) => [text["zh-CN"], text.en]);
  const promised = gives.kind === "points" || words.some((text) => /积分|\bpoints?\b/i.test(text));
  return [
    ...(needs.length > 0 && promised ? (["pointsPromised"] as const) : []),
    ...(needs.some(({ mandatory }) => !mandatory) ? (["optionalField"] as const) : []),
    ...(needs.some((need) => need.mandatory && !derivations.some(({ field }) => field === need.field))
      ? (["valueUnseen"] as const)
      : []),
  ];
}

/** Who may approve: somebody who had no hand in the terms, and once. Refuses: BENEFIT_SELF_APPROVAL, ALREADY_APPROVED. */
export function mayApprove(
  draft: { readonly editors: readonly string[]; readonly approvedBy: string | null },
  staffId: string,
): Verdict {
  if (draft.editors.includes(staffId)) return no("BENEFIT_SELF_APPROVAL");
  return draft.approvedBy === null ? yes : no("ALREADY_APPROVED");
}

function restsOnConsent(activity: Ground["activity"]): boolean {
  return activity?.state === "active" && activity.terms.basis === "consent";
}

/** Bands rise, only the last is without a bound, and the field is one whose values can be compared. */
function isSound({ bands }: Derivation, definition: FieldDefinition | undefined): boolean {
  if (definition?.format.kind !== "month" && definition?.format.kind !== "number") return false;
  return bands.every(({ below }, index) => {
    if (index === bands.length - 1) return below === null;
    const next = bands[index + 1]?.below ?? null;
    return below !== null && (next === null || below < next);
  });
}
