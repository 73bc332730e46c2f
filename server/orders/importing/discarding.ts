import { eq } from "drizzle-orm";
import { importBatches, importRejects } from "#db/schema/orders.ts";
import * as audit from "../../audit/service.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import { Refusal } from "../../core/refusal.ts";
import type { OneBatch } from "./model.ts";

/**
 * Discards, before their days are over, the rows of an import that were set aside: they can then be had only by exporting
 * them from the platform again. What was said about them stays, masked. Refuses: BATCH_NOT_FOUND, REJECTS_GONE.
 */
export async function discard(ctx: Context<StaffActor>, { batchId }: OneBatch): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const [batch] = await tx.select().from(importBatches).where(eq(importBatches.id, batchId));
    if (batch === undefined) throw new Refusal("BATCH_NOT_FOUND", {}, "missing");
    const { id, counters } = batch;
    const from = batch.sameAs ?? id;
    const gone = await tx
      .delete(importRejects)
      .where(eq(importRejects.batchId, from))
      .returning({ position: importRejects.position });
    if (gone.length === 0) throw new Refusal("REJECTS_GONE", {}, "missing");
    await audit.record(tx, ctx, {
      action: "order.rejects.discard",
      subject: { kind: "importBatch", id: from },
      detail: { rows: counters.rows.rejected, quarantined: counters.found.reason.LEAK_QUARANTINED ?? 0 },
    });
  });
}
