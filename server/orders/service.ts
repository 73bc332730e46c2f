import { asc, eq, gt, inArray, lt } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { importRejects, orders, virtualNumbers } from "#db/schema/orders.ts";
import * as audit from "../audit/service.ts";
import type { Context, StaffActor } from "../core/context.ts";
import type { OrderId } from "../core/id.ts";
import { Refusal } from "../core/refusal.ts";
import { expireWaiting } from "./claims/service.ts";
import { relayOf } from "./formats/index.ts";
import { placeOf } from "./importing/store.ts";
import type { DialOrder } from "./model.ts";
import { relayEnds } from "./rules.ts";

const PURGED_AT_ONCE = 1_000;

/**
 * The relay number of an order, in clear, for one call with a stated purpose; the look is recorded, and its member can
 * see it. Refuses: ORDER_NOT_FOUND, VIRTUAL_NUMBER_GONE when there is none or it has expired (promise 16).
 */
export async function dial(
  ctx: Context<StaffActor>,
  { orderId, purpose }: DialOrder,
): Promise<{ number: string; expiresAt: Date }> {
  return ctx.db.transact(async (tx) => {
    const [order] = await tx.select().from(orders).where(eq(orders.id, orderId));
    if (order === undefined) throw new Refusal("ORDER_NOT_FOUND", {}, "missing");
    const [kept] = await tx.select().from(virtualNumbers).where(eq(virtualNumbers.orderId, orderId));
    const expiresAt = kept && relayEnds(relayOf(order.platform), order, kept.expiresAt);
    if (kept === undefined || expiresAt === undefined || expiresAt <= ctx.now)
      throw new Refusal("VIRTUAL_NUMBER_GONE", {}, "missing");
    await audit.record(tx, ctx, {
      action: "order.dial",
      subject: { kind: "order", id: orderId },
      memberId: order.ownerId,
      purpose,
    });
    return { number: ctx.keys.openForSystem(kept.sealed, placeOf(orderId)), expiresAt };
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
  await recordPurge(tx, ctx, { virtualNumbers: numbers.length, rejectedRows: rejects.length, claims: expired });
}

/**
 * Purges the relay numbers, of the next thousand kept, that ended because their order did: their rows still bear what the
 * file stated. Gives where to go on, null at the end.
 */
export async function purgeEnded(tx: Tx, ctx: Context, after: OrderId | null): Promise<OrderId | null> {
  const { platform, placedAt, completedAt } = orders;
  const kept = await tx
    .select({ orderId: virtualNumbers.orderId, stated: virtualNumbers.expiresAt, platform, placedAt, completedAt })
    .from(virtualNumbers)
    .innerJoin(orders, eq(orders.id, virtualNumbers.orderId))
    .where(after === null ? undefined : gt(virtualNumbers.orderId, after))
    .orderBy(asc(virtualNumbers.orderId))
    .limit(PURGED_AT_ONCE);
  const ended = kept.filter((number) => relayEnds(relayOf(number.platform), number, number.stated) <= ctx.now);
  if (ended.length > 0) {
    const ids = ended.map(({ orderId }) => orderId);
    await tx.delete(virtualNumbers).where(inArray(virtualNumbers.orderId, ids));
    await recordPurge(tx, ctx, { virtualNumbers: ids.length, rejectedRows: 0, claims: 0 });
  }
  return kept.length < PURGED_AT_ONCE ? null : (kept.at(-1)?.orderId ?? null);
}

async function recordPurge(tx: Tx, ctx: Context, detail: audit.NewEntry["detail"]): Promise<void> {
  await audit.record(tx, ctx, { action: "order.purge", subject: { kind: "system", id: null }, detail });
}
