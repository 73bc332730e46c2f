import { and, desc, eq, gte, lt, or } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { orders } from "#db/schema/orders.ts";
import { tierStandings } from "#db/schema/tiers.ts";
import type { Context } from "../../core/context.ts";
import type { OrderId } from "../../core/id.ts";
import { addDays } from "../../core/time.ts";
import { offersAt } from "../queries.ts";
import { products, tiersNow, withTerms } from "../showcase/queries.ts";
import type { Simulate, Simulation } from "./model.ts";
import { cartOf, channelOf, outcomes, type SoldItem, type Tally, tally } from "./rules.ts";

const PAGE = 200;
/** The newest orders that a simulation looks at; more would hold up everybody else. */
const MOST_ORDERS = 10_000;

/** What the terms would have cost on the orders of the last days, tier beside tier. Writes nothing. */
export async function simulate(ctx: Context, { offerId, terms, days }: Simulate): Promise<Simulation> {
  const from = addDays(ctx.now, -days);
  const at = new Date(Math.max(Date.parse(terms.conditions.window.from), ctx.now.getTime()));
  const tiers = (await tiersNow(ctx)).map(({ code }) => code);
  const { compiled: before } = await offersAt(ctx.db, ctx.now, at);
  const id = offerId ?? ctx.newId<"offer">();
  const after = withTerms(before, id, ctx.newId<"offerVersion">(), terms);
  const known = new Map(
    (await products(ctx.db)).map(({ sku, category, listPriceFen }) => [sku, { category, listPriceFen }]),
  );
  const [everyTier, owners]: [Tally, Tally] = [new Map(), new Map()];
  let [seen, withoutItems] = [0, 0];
  for await (const page of recent(ctx.db, from)) {
    for (const order of page) {
      seen += 1;
      const lines = cartOf(itemsOf(order.parts.read()), known);
      const channel = channelOf(order.platform);
      if (lines === null || channel === null) withoutItems += 1;
      else {
        const ask = { channel, at, lines, unlocked: [id], newMember: terms.conditions.newMemberOnly };
        for (const tier of tiers) tally(everyTier, before, after, id, { ...ask, tier });
        if (order.tier !== null) tally(owners, before, after, id, { ...ask, tier: order.tier });
      }
    }
  }
  const truncated = seen >= MOST_ORDERS;
  return {
    from,
    orders: seen,
    withoutItems,
    truncated,
    everyTier: outcomes(everyTier, tiers),
    owners: outcomes(owners, tiers),
  };
}

/** The items of an order: its lines, or the one article that a file without lines names for the whole of it. */
function itemsOf({ whole, lines }: ReturnType<(typeof orders.$inferSelect)["parts"]["read"]>): SoldItem[] {
  const parts = Object.values(lines);
  return (parts.length > 0 || whole === null ? parts : [whole]).map(([, paidFen, , , sku, quantity]) => ({
    sku,
    quantity,
    paidFen,
  }));
}

/** Orders placed since, newest first, each with the tier its owner has now. */
async function* recent(reader: Reader, from: Date) {
  let last: { readonly placedAt: Date; readonly id: OrderId } | null = null;
  for (let seen = 0; seen < MOST_ORDERS; seen += PAGE) {
    const page: Awaited<ReturnType<typeof pageAfter>> = await pageAfter(reader, from, last);
    if (page.length > 0) yield page;
    const end = page.at(-1);
    if (end === undefined || page.length < PAGE) return;
    last = end;
  }
}

function pageAfter(reader: Reader, from: Date, last: { readonly placedAt: Date; readonly id: OrderId } | null) {
  return reader
    .select({
      id: orders.id,
      placedAt: orders.placedAt,
      platform: orders.platform,
      parts: orders.parts,
      tier: tierStandings.tier,
    })
    .from(orders)
    .leftJoin(tierStandings, eq(tierStandings.memberId, orders.ownerId))
    .where(
      and(
        gte(orders.placedAt, from),
        last === null
          ? undefined
          : or(lt(orders.placedAt, last.placedAt), and(eq(orders.placedAt, last.placedAt), lt(orders.id, last.id))),
      ),
    )
    .orderBy(desc(orders.placedAt), desc(orders.id))
    .limit(PAGE);
}
