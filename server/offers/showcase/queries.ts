import { asc } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { showcaseProducts } from "#db/schema/offers.ts";
import type { Context } from "../../core/context.ts";
import type { OfferId } from "../../core/id.ts";
import type { Tier, TierCode } from "../../tiers/model.ts";
import { ladderInForce } from "../../tiers/queries.ts";
import type { Channel, OfferVersionId, Quote } from "../model.ts";
import { readable } from "../publishing/queries.ts";
import { offersAt } from "../queries.ts";
import { type CompiledOffers, compile, quote } from "../rules.ts";
import type { PreviewCart, ShowcaseProduct, TryTerms } from "./model.ts";

export type TierPrice = { readonly tier: TierCode; readonly quote: Quote };

/** The products of the showcase, in their order. */
export async function products(reader: Reader): Promise<ShowcaseProduct[]> {
  const rows = await reader.select().from(showcaseProducts).orderBy(asc(showcaseProducts.position));
  return rows.map(({ sku, name, category, listPriceFen }) => ({ sku, name, category, listPriceFen }));
}

/** What one piece of each product costs in every tier of the ladder: shown to everybody alike. */
export async function priceList(ctx: Context, channel: Channel) {
  const tiers = await tiersNow(ctx);
  const { compiled } = await offersAt(ctx.db, ctx.now, ctx.now);
  const rows = (await products(ctx.db)).map((product) => ({
    product,
    prices: everyTier(compiled, tiers, ctx.now, { channel, lines: [{ ...lineOf(product), quantity: 1 }] }).map(
      ({ tier, quote: { totalFen } }) => ({ tier, totalFen }),
    ),
  }));
  return { tiers, rows };
}

/** What a cart costs in every tier of the ladder, under the offers in force. */
export async function pricesByTier(ctx: Context, cart: PreviewCart) {
  const tiers = await tiersNow(ctx);
  const { compiled } = await offersAt(ctx.db, ctx.now, ctx.now);
  return { tiers, prices: everyTier(compiled, tiers, ctx.now, cart) };
}

/**
 * What a cart costs in every tier now, and what it would cost with `terms` in force. Terms whose window is not open now
 * are tried at the instant at which it opens.
 */
export async function tryTerms(ctx: Context, { offerId, terms, ...cart }: TryTerms) {
  const tiers = await tiersNow(ctx);
  const opens = Date.parse(terms.conditions.window.from);
  const at = new Date(Math.max(opens, ctx.now.getTime()));
  const { compiled } = await offersAt(ctx.db, ctx.now, at);
  const id = offerId ?? ctx.newId<"offer">();
  const tried = withTerms(compiled, id, ctx.newId<"offerVersion">(), terms);
  return {
    at,
    offerId: id,
    tiers,
    before: everyTier(compiled, tiers, at, cart),
    after: everyTier(tried, tiers, at, cart, terms.conditions.newMemberOnly, terms.conditions.codeRequired ? id : null),
  };
}

/** The set with the terms in place of the offer's present ones. */
export function withTerms(
  { offers }: CompiledOffers,
  id: OfferId,
  versionId: OfferVersionId,
  terms: TryTerms["terms"],
): CompiledOffers {
  return compile([
    ...offers.filter((offer) => offer.id !== id),
    { id, versionId, version: 0, terms, exhausted: false },
  ]);
}

/** The offers in force that name a tier, in the order in which they are tried. The same for everybody; no query when warm. */
export async function ofTier(ctx: Pick<Context, "db" | "now">, tier: TierCode) {
  const { compiled } = await offersAt(ctx.db, ctx.now, ctx.now);
  return compiled.offers
    .filter(({ terms, exhausted }) => !exhausted && terms.conditions.tiers.includes(tier))
    .map(({ id, terms }) => ({ id, ...readable(terms) }));
}

/** The tiers of the ladder in force, lowest first. */
export async function tiersNow(ctx: Pick<Context, "db" | "now">): Promise<readonly Tier[]> {
  return (await ladderInForce(ctx.db, ctx.now))?.terms.tiers ?? [];
}

function everyTier(
  offers: CompiledOffers,
  tiers: readonly Tier[],
  at: Date,
  { lines, channel }: PreviewCart,
  newMember = false,
  unlocked: OfferId | null = null,
): TierPrice[] {
  return tiers.map(({ code }) => ({
    tier: code,
    quote: quote(offers, { tier: code, channel, at, lines, newMember, unlocked: unlocked === null ? [] : [unlocked] }),
  }));
}

function lineOf({ sku, category, listPriceFen }: ShowcaseProduct) {
  return { sku, category, listPriceFen };
}
