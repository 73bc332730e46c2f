import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, not, or, type SQL } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { importBatches, importFindings, importRejects } from "#db/schema/orders.ts";
import { staff } from "#db/schema/staff.ts";
import type { Context } from "../../core/context.ts";
import type { ImportBatchId, StaffId } from "../../core/id.ts";
import { Refusal } from "../../core/refusal.ts";
import { isDead, lastSilence, rejectPlace } from "./ledger.ts";
import {
  type BatchState,
  FINDINGS_KEPT,
  type FindingKind,
  findingKinds,
  ImportReport,
  type ListBatches,
  type ListFindings,
} from "./model.ts";

type BatchRow = typeof importBatches.$inferSelect;

/** A batch as staff see it. */
export type BatchView = Omit<BatchRow, "sha256" | "uploadId" | "fence" | "jobId" | "undoneBy"> & {
  /** Rows read of all there are, or orders dealt with of all that an undo has to; `total` is null until it is known. */
  readonly progress: { readonly done: number; readonly total: number | null };
  /** Until when the rows that were set aside can be had as a file; null when there are none, or none any more. */
  readonly rejectsUntil: Date | null;
  /** True for a command that died over the file, whatever its state says: nobody but the same command carries on. */
  readonly interrupted: boolean;
  /** The name of who asked for its undo. */
  readonly undoneBy: string | null;
};

/** One batch. Refuses: BATCH_NOT_FOUND. */
export async function batch(reader: Reader, batchId: ImportBatchId, now: Date): Promise<BatchView> {
  const row = await find(reader, batchId);
  const [reject] = await reader
    .select({ until: importRejects.expiresAt })
    .from(importRejects)
    .where(and(eq(importRejects.batchId, row.sameAs ?? batchId), gt(importRejects.expiresAt, now)))
    .orderBy(asc(importRejects.position))
    .limit(1);
  return {
    ...viewOf(row, now),
    rejectsUntil: reject?.until ?? null,
    undoneBy: row.undoneBy === null ? null : await staffName(reader, row.undoneBy),
  };
}

/** A page of batches, newest first; `before` is null after the last page. */
export async function batches(reader: Reader, { state, platform, before, size }: ListBatches, now: Date) {
  const rows = await reader
    .select()
    .from(importBatches)
    .where(
      and(
        state === undefined ? undefined : inState(state, now),
        platform === undefined ? undefined : eq(importBatches.platform, platform),
        before === undefined ? undefined : lt(importBatches.id, before),
      ),
    )
    .orderBy(desc(importBatches.id))
    .limit(size + 1);
  const page = rows.slice(0, size);
  return {
    batches: page.map((row) => viewOf(row, now)),
    before: rows.length > size ? (page.at(-1)?.id ?? null) : null,
  };
}

/** Batches in a state as staff see it: one whose command died over it has stopped, whatever its row says. */
export function inState(state: BatchState, now: Date): SQL | undefined {
  const { uploadId, aliveAt, createdAt } = importBatches;
  const silent = or(
    and(isNotNull(aliveAt), lt(aliveAt, lastSilence(now))),
    and(isNull(aliveAt), lt(createdAt, lastSilence(now))),
  );
  const dead = and(inArray(importBatches.state, ["checking", "running"]), isNull(uploadId), silent);
  const said = eq(importBatches.state, state);
  if (state === "stopped") return or(said, dead);
  return dead === undefined ? said : and(said, not(dead));
}

/** A page of what an import said about rows, in the order of the file; `after` is null after the last page. */
export async function findings(reader: Reader, { batchId, kind, code, after, size }: ListFindings) {
  const { sameAs } = await find(reader, batchId);
  const rows = await reader
    .select()
    .from(importFindings)
    .where(
      and(
        eq(importFindings.batchId, sameAs ?? batchId),
        gt(importFindings.position, after),
        eq(importFindings.kind, kind),
        code === undefined ? undefined : eq(importFindings.code, code),
      ),
    )
    .orderBy(asc(importFindings.position))
    .limit(size + 1);
  const page = rows.slice(0, size);
  return {
    findings: page.map(({ row, column, code, masked }) => ({ row, column, code, masked })),
    after: rows.length > size ? (page.at(-1)?.position ?? null) : null,
  };
}

/** The account of a batch in the words of the command line and the API. Refuses: BATCH_NOT_FOUND. */
export async function report(reader: Reader, batchId: ImportBatchId): Promise<ImportReport> {
  const row = await find(reader, batchId);
  const rows = await reader
    .select()
    .from(importFindings)
    .where(eq(importFindings.batchId, row.sameAs ?? batchId))
    .orderBy(asc(importFindings.position))
    .limit(FINDINGS_KEPT * findingKinds.length);
  const of = (kind: FindingKind) => rows.filter((finding) => finding.kind === kind);
  const { counters } = row;
  const startedAt = row.startedAt ?? row.createdAt;
  return ImportReport.parse({
    batchId,
    file: row.fileName,
    platform: row.platform,
    layout: row.layout,
    container: row.container,
    encoding: row.encoding,
    state: row.state,
    dryRun: row.state === "checking" || row.state === "checked" || row.state === "quarantined",
    fileOutcome: row.state === "refused" ? "refused" : "accepted",
    fileCodes: row.fileCodes,
    columns: row.columns,
    rows: counters.rows,
    orders: counters.orders,
    duplicateLines: counters.duplicateLines,
    rowReasons: of("reason").map(({ row: at, column, code }) => ({
      row: at,
      ...(column !== null && { column }),
      code,
    })),
    warnings: of("warning").map(({ row: at, code }) => ({ row: at, code })),
    leaks: of("leak").map(({ row: at, column, code, masked }) => ({
      row: at,
      column: column ?? "",
      kind: code,
      masked: masked ?? "",
    })),
    formulaCells: of("formula").map(({ row: at, column }) => ({ row: at, column: column ?? "" })),
    virtualNumbers: counters.virtualNumbers,
    totals: { ...counters.totals, netFen: counters.totals.paidFen - counters.totals.refundFen },
    byStatus: Object.fromEntries(Object.entries(counters.byStatus).filter(([, count]) => count > 0)),
    sameAs: row.sameAs,
    startedAt: startedAt.toISOString(),
    durationMs: Math.max(0, (row.finishedAt ?? startedAt).getTime() - startedAt.getTime()),
  });
}

/**
 * The rejected rows as one CSV text in the file's own columns, to correct and upload again. Refuses: BATCH_NOT_FOUND,
 * REJECTS_GONE once their days are over, or when there were none.
 */
export async function rejects(ctx: Pick<Context, "db" | "keys" | "now">, batchId: ImportBatchId): Promise<string> {
  const { sameAs } = await find(ctx.db, batchId);
  const from = sameAs ?? batchId;
  const pieces = await ctx.db
    .select()
    .from(importRejects)
    .where(and(eq(importRejects.batchId, from), gt(importRejects.expiresAt, ctx.now)))
    .orderBy(asc(importRejects.position));
  if (pieces.length === 0) throw new Refusal("REJECTS_GONE", {}, "missing");
  return pieces.map(({ position, sealed }) => ctx.keys.openForSystem(sealed, rejectPlace(from, position))).join("");
}

function viewOf(
  { sha256: _, uploadId, fence: __, jobId: ___, undoneBy: ____, ...row }: BatchRow,
  now: Date,
): BatchView {
  return {
    ...row,
    rejectsUntil: null,
    interrupted: isDead({ ...row, uploadId }, now),
    undoneBy: null,
    progress: progressOf(row),
  };
}

type Progressing = Pick<BatchRow, "undone" | "counters" | "cursor" | "rowsTotal">;

function progressOf({ undone, counters, cursor, rowsTotal }: Progressing): BatchView["progress"] {
  if (undone === null) return { done: cursor, total: rowsTotal };
  return { done: undone.restored + undone.removed, total: counters.orders.created + counters.orders.updated };
}

async function staffName(reader: Reader, id: StaffId): Promise<string | null> {
  const [found] = await reader.select({ name: staff.name }).from(staff).where(eq(staff.id, id));
  return found?.name ?? null;
}

async function find(reader: Reader, batchId: ImportBatchId): Promise<BatchRow> {
  const [row] = await reader.select().from(importBatches).where(eq(importBatches.id, batchId));
  if (row === undefined) throw new Refusal("BATCH_NOT_FOUND", {}, "missing");
  return row;
}
