import { and, asc, count, eq, exists, isNotNull, not } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { importBatches, orders, overwrittenOrders } from "#db/schema/orders.ts";
import type { ImportBatchId } from "../../core/id.ts";
import { Refusal } from "../../core/refusal.ts";
import { CLAIMED_SHOWN, type UndoPlan } from "./model.ts";
import { mayUndo, undoableUntil } from "./rules.ts";

/** What an undo of a batch would do; null where there is none to be had. Refuses: BATCH_NOT_FOUND. */
export async function undoPlan(reader: Reader, batchId: ImportBatchId, now: Date): Promise<UndoPlan | null> {
  const [batch] = await reader.select().from(importBatches).where(eq(importBatches.id, batchId));
  if (batch === undefined) throw new Refusal("BATCH_NOT_FOUND", {}, "missing");
  if (!mayUndo(batch, now).ok) return null;
  const touched = await counted(reader.select({ n: count() }).from(orders).where(eq(orders.batchId, batchId)));
  const changed = await counted(
    reader.select({ n: count() }).from(overwrittenOrders).where(eq(overwrittenOrders.batchId, batchId)),
  );
  return {
    created: Math.max(0, touched - changed),
    changed,
    until: undoableUntil(batch),
    ...(await dependents(reader, batchId)),
  };
}

/** What depends on a batch by now: orders that members claimed on what it brought, and batches that changed its orders. */
export async function dependents(reader: Reader, batchId: ImportBatchId): Promise<Pick<UndoPlan, "claimed" | "later">> {
  const ownedBefore = reader
    .select({ id: overwrittenOrders.orderId })
    .from(overwrittenOrders)
    .where(
      and(
        eq(overwrittenOrders.batchId, batchId),
        eq(overwrittenOrders.orderId, orders.id),
        eq(overwrittenOrders.owned, true),
      ),
    );
  const claimed = and(eq(orders.batchId, batchId), isNotNull(orders.ownerId), not(exists(ownedBefore)));
  const later = await reader
    .select({ batchId: importBatches.id, fileName: importBatches.fileName, orders: count() })
    .from(overwrittenOrders)
    .innerJoin(importBatches, eq(importBatches.id, overwrittenOrders.batchId))
    .where(eq(overwrittenOrders.previousBatchId, batchId))
    .groupBy(importBatches.id, importBatches.fileName)
    .orderBy(asc(importBatches.id));
  return {
    claimed: {
      count: await counted(reader.select({ n: count() }).from(orders).where(claimed)),
      orders: await reader
        .select({ id: orders.id, maskedId: orders.maskedId })
        .from(orders)
        .where(claimed)
        .limit(CLAIMED_SHOWN),
    },
    later,
  };
}

async function counted(query: PromiseLike<readonly { n: number }[]>): Promise<number> {
  return Number((await query)[0]?.n ?? 0);
}
