import type { Locale } from "#app/i18n/locales.ts";
import type { Caller } from "#server/api/root.ts";
import type { FieldDefinition } from "#server/consents/fields/model.ts";

type Activities = Awaited<ReturnType<Caller["consents"]["activities"]["list"]>>;
type Fields = readonly Pick<FieldDefinition, "key" | "name">[];

/** What fields are called in the reader's language, by their key. */
export function fieldNamesOf(fields: Fields, locale: Locale): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.map(({ key, name }) => [key, name[locale]]));
}

/** What purposes are called in the reader's language, by their code. */
export function purposeNamesOf(activities: Activities, locale: Locale): Readonly<Record<string, string>> {
  return Object.fromEntries(activities.map(({ code, terms }) => [code, terms.name[locale]]));
}
