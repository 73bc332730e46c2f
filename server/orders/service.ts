import { and, eq, gt, lt } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { importRejects, orders, virtualNumbers } from "#db/schema/orders.ts";
import * as audit from "../audit/service.ts";
import type { Context, StaffActor } from "../core/context.ts";
import { Refusal } from "../core/refusal.ts";
import { expireWaiting } from "./claims/service.ts";
import { placeOf } from "./importing/store.ts";
import type { DialOrder } from "./model.ts";

/**
 * The relay number of an order, in clear, for one call with a stated purpose; the look is recorded, and its member can
 * see it. Refuses: ORDER_NOT_FOUND, VIRTUAL_NUMBER_GONE when there is none or it has expired (promise 16).
 */
export async function dial(
  ctx: Context<StaffActor>,
  { orderId, purpose }: DialOrder,
): Promise<{ number: string; expiresAt: Date }> {
  return ctx.db.transact(async (tx) => {
    const [order] = await tx.select({ ownerId: orders.ownerId }).from(orders).where(eq(orders.id, orderId));
    if (order === undefined) throw new Refusal("ORDER_NOT_FOUND", {}, "missing");
    const [kept] = await tx
      .select()
      .from(virtualNumbers)
      .where(and(eq(virtualNumbers.orderId, orderId), gt(virtualNumbers.expiresAt, ctx.now)));
    if (kept === undefined) throw new Refusal("VIRTUAL_NUMBER_GONE", {}, "missing");
    await audit.record(tx, ctx, {
      action: "order.dial",
      subject: { kind: "order", id: orderId },
      memberId: order.ownerId,
      purpose,
    });
    return { number: ctx.keys.openForSystem(kept.sealed, placeOf(orderId)), expiresAt: kept.expiresAt };
  });
}

/** Purges what has expired: relay numbers, rejected rows, claims whose orders never came. */
export async function purge(tx: Tx, ctx: Context): Promise<void> {
  const numbers = await tx
    .delete(virtualNumbers)
    .where(lt(virtualNumbers.expiresAt, ctx.now))
    .returning({ id: virtualNumbers.orderId });
  const rejects = await tx
    .delete(importRejects)
    .where(lt(importRejects.expiresAt, ctx.now))
    .returning({ id: importRejects.batchId });
  const expired = await expireWaiting(tx, ctx);
  if (numbers.length + rejects.length + expired === 0) return;
  await audit.record(tx, ctx, {
    action: "order.purge",
    subject: { kind: "system", id: null },
    detail: { virtualNumbers: numbers.length, rejectedRows: rejects.length, claims: expired },
  });
}
