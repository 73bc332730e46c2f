import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { importBatches, importFindings, importRejects } from "#db/schema/orders.ts";
import type { Context } from "../../core/context.ts";
import type { ImportBatchId } from "../../core/id.ts";
import { addDays } from "../../core/time.ts";
import { LeaseLost } from "../../jobs/job.ts";
import { type Counters, FINDINGS_KEPT, type Finding, findingKinds, REJECTS_DAYS } from "./model.ts";
import { countOf } from "./rules.ts";

export type BatchRow = typeof importBatches.$inferSelect;
type Change = Partial<typeof importBatches.$inferInsert>;

/** Silence after which a run that no job keeps alive is taken for dead, in milliseconds. */
const SILENCE_MS = 30_000;

/** Until when a command must have shown a sign of life to be taken for alive. */
export function lastSilence(now: Date): Date {
  return new Date(now.getTime() - SILENCE_MS);
}

/** True for a command that has shown no sign of life for a while; a worker's job looks after its own. */
export function isDead(
  { state, uploadId, aliveAt, createdAt }: Pick<BatchRow, "state" | "uploadId" | "aliveAt" | "createdAt">,
  now: Date,
): boolean {
  const runs = state === "running" || state === "checking";
  return runs && uploadId === null && (aliveAt ?? createdAt) < lastSilence(now);
}

/**
 * Writes how far a run has come, in the transaction of what it did. Throws `LeaseLost`, and so undoes that too, when the
 * batch was cancelled or another run has taken it over.
 */
export async function advance(tx: Tx, { id, fence, state }: BatchRow, change: Change): Promise<BatchRow> {
  const [row] = await tx
    .update(importBatches)
    .set(change)
    .where(and(eq(importBatches.id, id), eq(importBatches.fence, fence), eq(importBatches.state, state)))
    .returning();
  if (row === undefined) throw new LeaseLost();
  return row;
}

/** Keeps what is to be said about rows. `before` are the counts up to them: they give each finding its place. */
export async function keepFindings(
  tx: Tx,
  batchId: ImportBatchId,
  before: Counters,
  findings: readonly Finding[],
): Promise<void> {
  const first = findingKinds.reduce((sum, kind) => sum + Math.min(countOf(before.found, kind), FINDINGS_KEPT), 0);
  await tx.bulkInsert(
    importFindings,
    findings.map((finding, index) => ({ ...finding, batchId, position: first + index })),
  );
}

/** Keeps rejected rows, sealed, until their days are over; `position` is the last record of the chunk they stood in. */
export async function keepRejects(
  tx: Tx,
  ctx: Context,
  batchId: ImportBatchId,
  header: string,
  position: number,
  rejects: string,
): Promise<void> {
  if (rejects === "") return;
  const expiresAt = addDays(ctx.now, REJECTS_DAYS);
  const rows = [
    [0, header],
    [position, rejects],
  ] as const;
  await tx.bulkInsert(
    importRejects,
    rows.map(([at, text]) => ({
      batchId,
      position: at,
      sealed: ctx.keys.sealForSystem(text, rejectPlace(batchId, at)),
      expiresAt,
    })),
    { key: ["batchId", "position"], update: "skip" },
  );
}

/** Forgets what an earlier look at the file had to say. */
export async function forgetFindings(tx: Tx, batchId: ImportBatchId): Promise<void> {
  await tx.delete(importFindings).where(eq(importFindings.batchId, batchId));
  await tx.delete(importRejects).where(eq(importRejects.batchId, batchId));
}

/** Where a piece of a file of rejects lies. */
export function rejectPlace(batchId: ImportBatchId, position: number) {
  return { table: "import_rejects", column: "sealed", row: `${batchId}/${position}` };
}
