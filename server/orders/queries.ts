import { and, desc, eq, gte, inArray, isNotNull, isNull, lt, or } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { orders, virtualNumbers } from "#db/schema/orders.ts";
import type { Context } from "../core/context.ts";
import type { OrderId } from "../core/id.ts";
import { Refusal } from "../core/refusal.ts";
import { addDays, startOfBusinessDay } from "../core/time.ts";
import { relayOf } from "./formats/index.ts";
import { keysOfOrderId } from "./mapping/queries.ts";
import type { FindOrder, OrderSearch, OrderView } from "./model.ts";
import { normaliseId } from "./reading/cells.ts";
import { maskOrderId, relayEnds, shownLine, shownStatus } from "./rules.ts";
import { knowledgeIn, type OrderRow } from "./stored.ts";

/** A page of the order console, newest first; `after` is null after the last page. */
export async function search(ctx: Pick<Context, "db" | "now">, asked: OrderSearch) {
  const rows = await searchQuery(ctx.db, asked);
  const page = rows.slice(0, asked.size);
  const last = page.at(-1);
  return {
    orders: await viewsOf(ctx, page),
    after: rows.length > asked.size && last !== undefined ? { placedAt: last.placedAt, id: last.id } : null,
  };
}

/** The statement of `search`: one row more than the page, to know whether there is another. */
export function searchQuery(reader: Reader, asked: OrderSearch) {
  const { number, platform, status, batchId, owned, from, to, after, size } = asked;
  return reader
    .select()
    .from(orders)
    .where(
      and(
        number === undefined ? undefined : eq(orders.maskedId, number),
        platform === undefined ? undefined : eq(orders.platform, platform),
        status === undefined ? undefined : eq(orders.status, status),
        batchId === undefined ? undefined : eq(orders.batchId, batchId),
        owned === undefined ? undefined : owned ? isNotNull(orders.ownerId) : isNull(orders.ownerId),
        from === undefined ? undefined : gte(orders.placedAt, startOfBusinessDay(from)),
        to === undefined ? undefined : lt(orders.placedAt, addDays(startOfBusinessDay(to), 1)),
        after === undefined
          ? undefined
          : or(lt(orders.placedAt, after.placedAt), and(eq(orders.placedAt, after.placedAt), lt(orders.id, after.id))),
      ),
    )
    .orderBy(desc(orders.placedAt), desc(orders.id))
    .limit(size + 1);
}

/**
 * What a typed order number means: the one order it names, or its masked form to search by. It comes in a request's body,
 * so that a full number never stands in an address, a history or a log.
 */
export async function find(
  ctx: Pick<Context, "db" | "keys">,
  { number }: FindOrder,
): Promise<{ orderId: OrderId | null; maskedId: string }> {
  if (/^.{4}\*{4}.{4}$/.test(number)) return { orderId: null, maskedId: number };
  const id = normaliseId(number);
  const keys = await keysOfOrderId(ctx.db, ctx.keys, id);
  const [found] = await ctx.db.select({ id: orders.id }).from(orders).where(inArray(orders.orderKey, keys)).limit(1);
  return { orderId: found?.id ?? null, maskedId: maskOrderId(id) };
}

/** One order. Refuses: ORDER_NOT_FOUND. */
export async function order(ctx: Pick<Context, "db" | "now">, orderId: OrderId): Promise<OrderView> {
  const [view] = await viewsOf(ctx, await ctx.db.select().from(orders).where(eq(orders.id, orderId)));
  if (view === undefined) throw new Refusal("ORDER_NOT_FOUND", {}, "missing");
  return view;
}

async function viewsOf({ db, now }: Pick<Context, "db" | "now">, rows: readonly OrderRow[]): Promise<OrderView[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const numbers = await db
    .select({ orderId: virtualNumbers.orderId, masked: virtualNumbers.masked, expiresAt: virtualNumbers.expiresAt })
    .from(virtualNumbers)
    .where(inArray(virtualNumbers.orderId, ids));
  const kept = new Map(numbers.map(({ orderId, ...number }) => [orderId, number]));
  return rows.map((row) => {
    const { times, whole, lines } = knowledgeIn(row);
    const parts = Object.values(lines);
    const shown = parts.length > 0 || whole === null ? parts : [whole];
    const { id, platform, maskedId, paid, refunded, refundUnknown, ownerId, batchId } = row;
    return {
      status: shownStatus(row),
      ...{ id, platform, maskedId, paid, refunded, refundUnknown, ownerId, batchId, times },
      lines: shown.map((part) => ({
        sku: part.sku,
        quantity: part.quantity,
        status: shownLine(part),
        paid: part.paid,
        refunded: part.refunded,
      })),
      virtualNumber: aliveAt(row, kept.get(id), now),
    };
  });
}

/** A relay number as it is shown until it ends; null for none, and from then on. */
function aliveAt(
  { platform, placedAt, completedAt }: OrderRow,
  number: { readonly masked: string; readonly expiresAt: Date } | undefined,
  now: Date,
): OrderView["virtualNumber"] {
  if (number === undefined) return null;
  const expiresAt = relayEnds(relayOf(platform), { placedAt, completedAt }, number.expiresAt);
  return expiresAt > now ? { masked: number.masked, expiresAt } : null;
}
