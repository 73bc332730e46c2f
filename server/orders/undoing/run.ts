import { setImmediate as breathe } from "node:timers/promises";
import { and, asc, count, eq, inArray, isNull, lte } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import {
  claims,
  importBatches,
  orders,
  overwrittenNumbers,
  overwrittenOrders,
  virtualNumbers,
} from "#db/schema/orders.ts";
import * as audit from "../../audit/service.ts";
import type { Context } from "../../core/context.ts";
import { failpoint } from "../../core/failpoint.ts";
import type { ImportBatchId, OrderId } from "../../core/id.ts";
import { LeaseLost } from "../../jobs/job.ts";
import type { Hold } from "../importing/hold.ts";
import { advance, type BatchRow } from "../importing/ledger.ts";
import { nextChunkSize } from "../importing/rules.ts";
import { CHUNK_MS, FIRST_CHUNK } from "../importing/run.ts";
import { changing, followOwned } from "../importing/store.ts";

/** What one chunk of a step did: how many rows it took from what is left to do, and what came of them. */
type Took = { readonly rows: number; readonly restored: number; readonly removed: number };
type Step = (tx: Tx, ctx: Context, batchId: ImportBatchId, size: number) => Promise<Took>;

const NOTHING: Took = { rows: 0, restored: 0, removed: 0 };

/**
 * Takes out again what a batch brought. Each chunk removes what it has dealt with from what is left, in one transaction,
 * so that the next run after a crash carries on by itself. What members or other batches did to an order since the undo
 * was asked for stays.
 */
export async function runUndo(ctx: Context, batchId: ImportBatchId, hold: Hold): Promise<void> {
  let batch = await take(ctx, batchId, hold);
  if (batch === null) return;
  for (const step of [restoreOrders, restoreNumbers, removeCreated]) {
    let size = FIRST_CHUNK;
    for (;;) {
      if (hold.signal.aborted) throw new LeaseLost();
      const started = performance.now();
      const chunk = await runChunk(ctx, batch, step, size, hold);
      failpoint("undo.chunk-committed");
      if (chunk.rows === 0) break;
      batch = chunk.batch;
      size = nextChunkSize(chunk.rows, performance.now() - started, CHUNK_MS);
      await breathe();
    }
  }
  failpoint("undo.before-report");
  await finish(ctx, batch, hold);
}

function take(ctx: Context, batchId: ImportBatchId, hold: Hold): Promise<BatchRow | null> {
  return ctx.db.transact(async (tx) => {
    await hold.hold(tx);
    const [batch] = await tx.select().from(importBatches).where(eq(importBatches.id, batchId));
    if (batch?.state !== "undoing") return null;
    return advance(tx, batch, { fence: batch.fence + 1, aliveAt: hold.clock() });
  });
}

function runChunk(ctx: Context, batch: BatchRow, step: Step, size: number, hold: Hold) {
  return ctx.db.transact(async (tx) => {
    await hold.hold(tx);
    const { rows, restored, removed } = await step(tx, ctx, batch.id, size);
    if (rows === 0) return { rows, batch };
    const before = batch.undone ?? { restored: 0, removed: 0, kept: 0 };
    const undone = { ...before, restored: before.restored + restored, removed: before.removed + removed };
    const after = await advance(tx, batch, { undone, aliveAt: hold.clock() });
    failpoint("undo.chunk-written");
    return { rows, batch: after };
  });
}

/** Puts back what the batch overwrote, byte for byte; the growth of orders that have an owner follows. */
const restoreOrders: Step = async (tx, ctx, batchId, size) => {
  const ofBatch = eq(overwrittenOrders.batchId, batchId);
  const kept = await tx
    .select()
    .from(overwrittenOrders)
    .where(ofBatch)
    .orderBy(asc(overwrittenOrders.orderId))
    .limit(size);
  const last = kept.at(-1);
  if (last === undefined) return NOTHING;
  const before = new Map(kept.map((old) => [old.orderId, old]));
  const restored = (await tx.bulkSelect(orders, "id", [...before.keys()])).flatMap((row) => {
    const old = before.get(row.id);
    if (old === undefined || row.batchId !== batchId) return [];
    const { orderId: _, previousBatchId, owned: __, ...told } = old;
    return [{ ...row, ...told, batchId: previousBatchId }];
  });
  await tx.bulkInsert(orders, restored, { key: ["orderKey"], update: changing });
  await followOwned(tx, ctx, restored);
  await tx.delete(overwrittenOrders).where(and(ofBatch, lte(overwrittenOrders.orderId, last.orderId)));
  return { rows: kept.length, restored: restored.length, removed: 0 };
};

/** Drops the relay numbers that the batch brought; one that it replaced comes back if it is still alive. */
const restoreNumbers: Step = async (tx, ctx, batchId, size) => {
  const ofBatch = eq(virtualNumbers.batchId, batchId);
  const brought = await tx
    .select({ orderId: virtualNumbers.orderId })
    .from(virtualNumbers)
    .where(ofBatch)
    .orderBy(asc(virtualNumbers.orderId))
    .limit(size);
  const last = brought.at(-1);
  if (last === undefined) return NOTHING;
  const before = await tx.bulkSelect(
    overwrittenNumbers,
    "orderId",
    brought.map(({ orderId }) => orderId),
  );
  await tx.bulkInsert(
    virtualNumbers,
    before
      .filter((old) => old.batchId === batchId && old.expiresAt > ctx.now)
      .map((old) => ({ ...old, batchId: old.previousBatchId })),
    { key: ["orderId"], update: ["sealed", "masked", "numberTail", "extensionTail", "expiresAt", "batchId"] },
  );
  await tx.delete(virtualNumbers).where(and(ofBatch, lte(virtualNumbers.orderId, last.orderId)));
  return { ...NOTHING, rows: brought.length };
};

/** Removes the orders that the batch created: all that still name it, once the others are what they were. */
const removeCreated: Step = async (tx, _, batchId, size) => {
  const created = await tx
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.batchId, batchId), isNull(orders.ownerId)))
    .limit(size);
  if (created.length === 0) return NOTHING;
  const ids = created.map(({ id }) => id);
  await letGoOfClaims(tx, ids);
  await tx.delete(virtualNumbers).where(inArray(virtualNumbers.orderId, ids));
  await tx.delete(orders).where(inArray(orders.id, ids));
  return { rows: ids.length, restored: 0, removed: ids.length };
};

/** Claims on an order that goes: what was decided stays decided, and a dispute has nothing left to be about. */
async function letGoOfClaims(tx: Tx, ids: readonly OrderId[]): Promise<void> {
  await tx
    .update(claims)
    .set({ state: "expired" })
    .where(and(inArray(claims.orderId, [...ids]), eq(claims.state, "disputed")));
  await tx
    .update(claims)
    .set({ orderId: null })
    .where(inArray(claims.orderId, [...ids]));
}

function finish(ctx: Context, batch: BatchRow, hold: Hold): Promise<void> {
  return ctx.db.transact(async (tx) => {
    await hold.hold(tx);
    await tx.delete(overwrittenNumbers).where(eq(overwrittenNumbers.batchId, batch.id));
    const undone = { restored: 0, removed: 0, ...batch.undone, kept: await countKept(tx, batch.id) };
    const now = hold.clock();
    await advance(tx, batch, { state: "undone", undone, undoneAt: now, aliveAt: now });
    await audit.record(tx, ctx, {
      action: "order.undo.finish",
      subject: { kind: "importBatch", id: batch.id },
      detail: undone,
    });
    await hold.finish(tx);
  });
}

/** Orders that were claimed, or changed by another batch, between the word and the deed. */
async function countKept(tx: Tx, batchId: ImportBatchId): Promise<number> {
  const [claimed] = await tx.select({ n: count() }).from(orders).where(eq(orders.batchId, batchId));
  const [changed] = await tx
    .select({ n: count() })
    .from(overwrittenOrders)
    .where(eq(overwrittenOrders.previousBatchId, batchId));
  return Number(claimed?.n ?? 0) + Number(changed?.n ?? 0);
}
