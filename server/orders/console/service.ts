import { desc, eq, or } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { orders, virtualNumbers } from "#db/schema/orders.ts";
import * as audit from "../../audit/service.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import { consume, tooMany } from "../../core/limits.ts";
import { relayOf } from "../formats/index.ts";
import { relayEnds, shownStatus } from "../rules.ts";
import type { FindByTail, FoundOrder } from "./model.ts";
import { listed } from "./queries.ts";
import { tailLimits } from "./rules.ts";
import { tailsFor } from "./tails.ts";

/** Most orders that one tail shows. */
const TAIL_SHOWN = 50;

/**
 * The newest orders whose relay number, still alive, ends in these digits or has them for an extension; `more` says that
 * there are others. It tells of a number what `dial` would, so it takes the same permission and a purpose, is recorded
 * without the digits, and can be tried so often only. Refuses: TOO_MANY_ATTEMPTS.
 */
export async function findByTail(
  ctx: Context<StaffActor>,
  { digits, purpose }: FindByTail,
): Promise<{ orders: FoundOrder[]; more: boolean }> {
  const outcome = await ctx.db.transact(async (tx) => {
    const admitted = await consume(tx, ctx, { bucket: "orders.tail", key: ctx.actor.id, limits: tailLimits });
    const entry = { action: "order.findByTail", subject: { kind: "order", id: null }, purpose } as const;
    if (!admitted.ok) {
      if (admitted.first) await audit.record(tx, ctx, { ...entry, outcome: "refused" });
      return admitted;
    }
    const found = await aliveWith(tx, ctx, digits);
    await audit.record(tx, ctx, { ...entry, detail: { orders: found.length } });
    return { ok: true, found } as const;
  });
  if (!outcome.ok) throw tooMany(outcome);
  return { orders: outcome.found.slice(0, TAIL_SHOWN), more: outcome.found.length > TAIL_SHOWN };
}

async function aliveWith(tx: Tx, ctx: Context, digits: string): Promise<FoundOrder[]> {
  const { numberTail, extensionTail } = tailsFor(ctx.keys, digits);
  const rows = await tx
    .select({ ...listed, completedAt: orders.completedAt, stated: virtualNumbers.expiresAt })
    .from(virtualNumbers)
    .innerJoin(orders, eq(orders.id, virtualNumbers.orderId))
    .where(or(eq(virtualNumbers.numberTail, numberTail), eq(virtualNumbers.extensionTail, extensionTail)))
    .orderBy(desc(orders.placedAt), desc(orders.id));
  return rows
    .filter(({ platform, stated, ...order }) => relayEnds(relayOf(platform), order, stated) > ctx.now)
    .map(({ completedAt: _, stated: __, ...order }) => ({ ...order, status: shownStatus(order) }));
}
