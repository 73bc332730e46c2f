import type { Locale } from "#app/i18n/locales.ts";
import type { Caller } from "#server/api/root.ts";
import type { StoreId } from "#server/benefits/model.ts";
import type { FieldKey } from "#server/consents/fields/model.ts";
import type { PurposeCode } from "#server/consents/model.ts";
import type { PublicText } from "#server/core/public-text.ts";

/** A purpose on which a benefit may rest, with the fields it may ask for and why. */
export type Purpose = {
  readonly code: PurposeCode;
  readonly name: string;
  readonly fields: readonly {
    readonly key: FieldKey;
    readonly name: string;
    readonly necessity: PublicText;
    /** Whether the purpose says that it cannot do without. */
    readonly mandatory: boolean;
    /** Whether its values can be sorted into bands. */
    readonly comparable: boolean;
  }[];
};

export type StoreName = { readonly id: StoreId; readonly name: string };

/** The names that the terms of a benefit are read with, by key, code or id. */
export type Names = Readonly<Record<"tiers" | "fields" | "purposes" | "stores", Readonly<Record<string, string>>>>;

type Activities = Awaited<ReturnType<Caller["consents"]["activities"]["list"]>>;
type Fields = Awaited<ReturnType<Caller["consents"]["fields"]["list"]>>;

/** The purposes that are carried out now with the consent of those concerned. */
export function purposesOf(activities: Activities, fields: Fields, locale: Locale): Purpose[] {
  const definitions = new Map(fields.map((field) => [field.key, field]));
  return activities
    .filter(({ state, terms }) => state === "active" && terms.basis === "consent")
    .map(({ code, terms }) => ({
      code,
      name: terms.name[locale],
      fields: terms.fields.map((field) => {
        const definition = definitions.get(field.key);
        return {
          ...field,
          name: definition?.name[locale] ?? field.key,
          comparable: definition?.format.kind === "month" || definition?.format.kind === "number",
        };
      }),
    }));
}
