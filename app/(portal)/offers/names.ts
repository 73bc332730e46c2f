import type { Locale } from "#app/i18n/locales.ts";
import type { Caller } from "#server/api/root.ts";
import type { Word } from "#server/offers/kind.ts";
import type { Tier } from "#server/tiers/model.ts";

/** What tiers are called in the reader's language, by their code, from the lowest up. */
export type TierNames = Readonly<Record<string, string>>;

export function tierNamesOf(tiers: readonly Tier[], locale: Locale): TierNames {
  return Object.fromEntries(tiers.map(({ code, name }) => [code, name[locale]]));
}

/** The tiers of the ladder in force, for whoever reads. */
export async function tiersInForce(api: Caller): Promise<readonly Tier[]> {
  const versions = await api.tiers.rulebook();
  return versions.find(({ status }) => status === "inForce")?.terms.tiers ?? [];
}

/** Terms with the words that their sentence takes up, as procedures give them. */
export type Readable = { readonly kind: string; readonly words: Readonly<Record<string, Word>> };
export type RulebookOffer = Awaited<ReturnType<Caller["offers"]["rulebook"]>>[number];
export type Explanation = Awaited<ReturnType<Caller["offers"]["why"]>>;
