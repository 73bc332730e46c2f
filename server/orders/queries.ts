import { eq, inArray } from "drizzle-orm";
import { orders, virtualNumbers } from "#db/schema/orders.ts";
import type { Context } from "../core/context.ts";
import type { OrderId } from "../core/id.ts";
import { Refusal } from "../core/refusal.ts";
import { relayOf } from "./formats/index.ts";
import { keysOfOrderId } from "./mapping/queries.ts";
import type { FindOrder, OrderView } from "./model.ts";
import { normaliseId } from "./reading/cells.ts";
import { maskOrderId, relayEnds, shownLine, shownStatus } from "./rules.ts";
import { knowledgeIn, type OrderRow } from "./stored.ts";

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
export async function order({ db, now }: Pick<Context, "db" | "now">, orderId: OrderId): Promise<OrderView> {
  const [row] = await db.select().from(orders).where(eq(orders.id, orderId));
  if (row === undefined) throw new Refusal("ORDER_NOT_FOUND", {}, "missing");
  const [number] = await db
    .select({ masked: virtualNumbers.masked, expiresAt: virtualNumbers.expiresAt })
    .from(virtualNumbers)
    .where(eq(virtualNumbers.orderId, orderId));
  const { times, whole, lines } = knowledgeIn(row);
  const parts = [...lines.values()];
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
    virtualNumber: aliveAt(row, number, now),
  };
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
