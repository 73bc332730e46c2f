import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { importBatches } from "#db/schema/orders.ts";
import * as audit from "../../audit/service.ts";
import type { Context } from "../../core/context.ts";
import type { ImportBatchId } from "../../core/id.ts";
import { Refusal } from "../../core/refusal.ts";
import * as outbox from "../../jobs/outbox.ts";
import { type MovingState, movingStates, type OneBatch } from "./model.ts";
import { demandUpload } from "./service.ts";

/** Ends a batch whose job was given up, in the transaction that gave it up: it is seen to have stopped, and why. */
export async function stop(tx: Tx, ctx: Context, batchId: ImportBatchId, code: string): Promise<void> {
  const [batch] = await tx.select().from(importBatches).where(eq(importBatches.id, batchId));
  const at = movingStates.find((state) => state === batch?.state);
  if (batch === undefined || at === undefined) return;
  await tx
    .update(importBatches)
    .set({ state: "stopped", stopped: { code, at }, fence: batch.fence + 1, finishedAt: ctx.now })
    .where(and(eq(importBatches.id, batchId), eq(importBatches.fence, batch.fence)));
  await audit.record(tx, ctx, {
    action: "order.import.stop",
    subject: { kind: "importBatch", id: batchId },
    detail: { code, at, rows: batch.cursor },
  });
}

/**
 * Carries on with a batch that stopped: an import after the last row that was stored, an undo after the last order, a dry
 * run from the start. Refuses: BATCH_NOT_FOUND, BATCH_NOT_STOPPED, UPLOAD_NOT_FOUND after the days for which a file waits.
 */
export async function resume(ctx: Context, { batchId }: OneBatch): Promise<void> {
  await demandUpload(ctx, batchId);
  await ctx.db.transact(async (tx) => {
    const [batch] = await tx.select().from(importBatches).where(eq(importBatches.id, batchId));
    if (batch === undefined) throw new Refusal("BATCH_NOT_FOUND", {}, "missing");
    if (batch.state !== "stopped" || batch.stopped === null) throw new Refusal("BATCH_NOT_STOPPED");
    const { at } = batch.stopped;
    const kind = kinds[at];
    const jobId = await outbox.enqueue(tx, ctx, { kind, payload: { batchId }, dedupeKey: batchId });
    await tx
      .update(importBatches)
      .set({ state: at, stopped: null, fence: batch.fence + 1, jobId, finishedAt: null })
      .where(and(eq(importBatches.id, batchId), eq(importBatches.fence, batch.fence)));
    await audit.record(tx, ctx, {
      action: "order.import.resume",
      subject: { kind: "importBatch", id: batchId },
      detail: { at, rows: batch.cursor },
    });
  });
}

const kinds = {
  checking: "orders.import",
  running: "orders.import",
  undoing: "orders.undo",
} as const satisfies Record<MovingState, string>;
