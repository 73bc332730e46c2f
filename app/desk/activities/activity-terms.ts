import { ActivityTerms } from "#server/consents/activities/model.ts";
import { neededConsentKind } from "#server/consents/activities/rules.ts";
import type { FieldDefinition, FieldKey } from "#server/consents/fields/model.ts";

/**
 * Reads what the editor's form holds as terms; the form of consent follows from them. Throws the schema's error, whose
 * paths are the names of the inputs.
 */
export function termsOf(data: FormData, definitions: ReadonlyMap<FieldKey, FieldDefinition>): ActivityTerms {
  const text = (name: string) => String(data.get(name) ?? "").trim();
  const both = (name: string) => ({ "zh-CN": text(`${name}.zh-CN`), en: text(`${name}.en`) });
  const impact = both("impact");
  const days = text("retention.days");
  const terms = ActivityTerms.parse({
    name: both("name"),
    purpose: both("purpose"),
    use: text("use"),
    subject: text("subject"),
    basis: text("basis"),
    basisDetail: text("basisDetail") || null,
    consentKind: "none",
    fields: data.getAll("ask").map((key, index) => ({
      key,
      necessity: both(`fields.${index}.necessity`),
      mandatory: data.get(`fields.${index}.mandatory`) !== null,
    })),
    method: both("method"),
    retention: { trigger: text("retention.trigger"), days: days === "" ? Number.NaN : Number(days) },
    storagePlace: both("storagePlace"),
    impact: impact["zh-CN"] === "" && impact.en === "" ? null : impact,
    refusal: both("refusal"),
    recipients: data.getAll("recipient").map((_, index) => ({
      name: text(`recipients.${index}.name`),
      contact: text(`recipients.${index}.contact`),
      relation: text(`recipients.${index}.relation`),
      country: text(`recipients.${index}.country`),
      purpose: both(`recipients.${index}.purpose`),
      method: both(`recipients.${index}.method`),
    })),
    automatedDecision: data.get("automatedDecision") !== null,
    systems: text("systems")
      .split(/[,，、]/)
      .map((system) => system.trim())
      .filter(Boolean),
  });
  return { ...terms, consentKind: neededConsentKind(terms, definitions) };
}
