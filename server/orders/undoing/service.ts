import { and, asc, eq, inArray, lt, lte } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { importBatches, overwrittenNumbers, overwrittenOrders } from "#db/schema/orders.ts";
import * as audit from "../../audit/service.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import { demand, Refusal } from "../../core/refusal.ts";
import { addDays } from "../../core/time.ts";
import * as outbox from "../../jobs/outbox.ts";
import type { OneBatch } from "../importing/model.ts";
import { UNDO_DAYS } from "./model.ts";
import { dependents } from "./queries.ts";
import { mayUndo, nothingDepends } from "./rules.ts";

/** How many kept rows are forgotten in one transaction. */
const FORGOTTEN_AT_ONCE = 5_000;

/**
 * Begins to take out again what a batch brought: what it overwrote comes back as it was, what it created goes, and the
 * growth ledger follows. Asking again changes nothing. Refuses: BATCH_NOT_FOUND, UNDO_NOT_NOW, UNDO_NOTHING,
 * UNDO_TOO_LATE, UNDO_CLAIMED, UNDO_CHANGED_LATER.
 */
export async function undo(ctx: Context<StaffActor>, { batchId }: OneBatch): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const [batch] = await tx.select().from(importBatches).where(eq(importBatches.id, batchId));
    if (batch === undefined) throw new Refusal("BATCH_NOT_FOUND", {}, "missing");
    if (batch.state === "undoing" || batch.state === "undone") return;
    demand(mayUndo(batch, ctx.now));
    demand(nothingDepends(await dependents(tx, batchId)));
    const jobId = await outbox.enqueue(tx, ctx, { kind: "orders.undo", payload: { batchId }, dedupeKey: batchId });
    await tx
      .update(importBatches)
      .set({
        state: "undoing",
        stopped: null,
        fence: batch.fence + 1,
        jobId,
        undoneBy: ctx.actor.id,
        undone: { restored: 0, removed: 0, kept: 0 },
      })
      .where(and(eq(importBatches.id, batchId), eq(importBatches.fence, batch.fence)));
    await audit.record(tx, ctx, {
      action: "order.undo",
      subject: { kind: "importBatch", id: batchId },
      detail: { created: batch.counters.orders.created, updated: batch.counters.orders.updated },
    });
  });
}

/** Forgets some of what batches overwrote that can no longer be undone. Gives whether there may be more. */
export async function forgetOverwritten(tx: Tx, { now }: Pick<Context, "now">): Promise<boolean> {
  await tx.delete(overwrittenNumbers).where(lt(overwrittenNumbers.expiresAt, now));
  const past = tx
    .select({ id: importBatches.id })
    .from(importBatches)
    .where(lt(importBatches.aliveAt, addDays(now, -UNDO_DAYS)));
  const [one] = await tx
    .select({ batchId: overwrittenOrders.batchId })
    .from(overwrittenOrders)
    .where(inArray(overwrittenOrders.batchId, past))
    .limit(1);
  if (one === undefined) return false;
  const ofBatch = eq(overwrittenOrders.batchId, one.batchId);
  const some = await tx
    .select({ orderId: overwrittenOrders.orderId })
    .from(overwrittenOrders)
    .where(ofBatch)
    .orderBy(asc(overwrittenOrders.orderId))
    .limit(FORGOTTEN_AT_ONCE);
  const last = some.at(-1);
  if (last === undefined) return false;
  await tx.delete(overwrittenOrders).where(and(ofBatch, lte(overwrittenOrders.orderId, last.orderId)));
  return true;
}
