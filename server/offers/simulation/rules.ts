import type { TierCode } from "../../tiers/model.ts";
import { Channel, type Line, Line as LineSchema, type Question } from "../model.ts";
import { type CompiledOffers, quote } from "../rules.ts";
import type { Outcome } from "./model.ts";

/** An item of a past order: what was paid for how many of what. */
export type SoldItem = { readonly sku: string | null; readonly quantity: number | null; readonly paidFen: number };

/**
 * The cart of a past order, at the list prices that are known; for other articles what was paid for a piece stands in
 * for the list price. Null when no item can be priced.
 */
export function cartOf(
  items: readonly SoldItem[],
  known: ReadonlyMap<string, Pick<Line, "category" | "listPriceFen">>,
): Line[] | null {
  const lines = items.flatMap(({ sku, quantity, paidFen }) => {
    if (sku === null || quantity === null || quantity < 1) return [];
    const listed = known.get(sku) ?? { listPriceFen: Math.round(paidFen / quantity) };
    const line = LineSchema.safeParse({ sku, quantity, ...listed });
    return line.success ? [line.data] : [];
  });
  return lines.length === 0 ? null : lines.slice(0, 200);
}

/** The channel that a platform's orders come through, if it is one of ours. */
export function channelOf(platform: string): Channel | null {
  const channel = Channel.safeParse(platform);
  return channel.success ? channel.data : null;
}

export type Tally = Map<
  TierCode,
  { orders: number; reached: number; listFen: number; beforeFen: number; afterFen: number }
>;

/** Prices one cart both ways and adds it to the tally of its tier. */
export function tally(
  totals: Tally,
  before: CompiledOffers,
  after: CompiledOffers,
  offerId: string,
  question: Question,
): void {
  const [was, would] = [quote(before, question), quote(after, question)];
  const total = totals.get(question.tier) ?? { orders: 0, reached: 0, listFen: 0, beforeFen: 0, afterFen: 0 };
  totals.set(question.tier, total);
  total.orders += 1;
  total.reached += would.offers.some(({ id, applied }) => applied && id === offerId) ? 1 : 0;
  total.listFen += was.listFen;
  total.beforeFen += was.totalFen;
  total.afterFen += would.totalFen;
}

/** The tallies in the order of the ladder. */
export function outcomes(totals: Tally, tiers: readonly TierCode[]): Outcome[] {
  return tiers.flatMap((tier) => {
    const total = totals.get(tier);
    return total === undefined ? [] : [{ tier, ...total }];
  });
}
