import { tierNamesOf, tiersInForce } from "#app/(portal)/offers/names.ts";
import type { Locale } from "#app/i18n/locales.ts";
import type { Caller } from "#server/api/root.ts";
import { purposesOf } from "./ground.ts";

/** What one chooses from while writing a benefit. */
export async function choicesFor(api: Caller, locale: Locale) {
  const [ladder, activities, fields, stores] = await Promise.all([
    tiersInForce(api),
    api.consents.activities.list(),
    api.consents.fields.list(),
    api.benefits.stores.list(),
  ]);
  return {
    tiers: tierNamesOf(ladder, locale),
    purposes: purposesOf(activities, fields, locale),
    stores: stores.map(({ id, name }) => ({ id, name: name[locale] })),
  };
}
