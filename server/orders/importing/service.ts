import { createHash } from "node:crypto";
import { access } from "node:fs/promises";
import { and, eq, inArray, isNotNull, lt } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { importBatches, importRejects } from "#db/schema/orders.ts";
import * as audit from "../../audit/service.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import type { ImportBatchId } from "../../core/id.ts";
import { Refusal } from "../../core/refusal.ts";
import { addDays, type Clock } from "../../core/time.ts";
import { removeUpload, UPLOAD_DAYS, uploadPath } from "../../core/uploads.ts";
import * as outbox from "../../jobs/outbox.ts";
import { withMapping } from "../mapping/queries.ts";
import { withoutPeople } from "../mapping/rules.ts";
import { chunksOf } from "../reading/bytes.ts";
import type { Source } from "../reading/reading.ts";
import { impersonal } from "./declaring.ts";
import { commandHold } from "./hold.ts";
import { type BatchRow, forgetFindings } from "./ledger.ts";
import {
  type BatchSource,
  type ChosenSettings,
  noCounters,
  type OneBatch,
  type StartImport,
  waitingStates,
} from "./model.ts";
import { open, stoppedRun } from "./opening.ts";
import { isCancellable } from "./rules.ts";
import { runBatch } from "./run.ts";

/** An import that a command runs by itself. */
export type FileImport = {
  readonly file: Source;
  readonly fileName: string;
  readonly chosen: ChosenSettings;
  readonly dryRun: boolean;
  readonly source: BatchSource;
};

/**
 * Begins the import of an uploaded file with a dry run, which writes no order. The very same file as one that is in, with
 * nothing changed since, is recognised and done at once. Refuses: UPLOAD_NOT_FOUND, OVERRIDE_FORBIDDEN.
 */
export async function start(
  ctx: Context<StaffActor>,
  { uploadId, fileName, chosen: said }: StartImport,
): Promise<BatchRow> {
  if (said.overrideReason !== undefined && !ctx.actor.permissions.has("order:override")) {
    throw new Refusal("OVERRIDE_FORBIDDEN", {}, "forbidden");
  }
  const path = uploadPath(uploadId);
  const { sha256, bytes } = await fingerprint(path);
  const chosen = await settled(ctx, { path }, said);
  const batch = await ctx.db.transact((tx) =>
    open(tx, ctx, { fileName, sha256, fileBytes: bytes, uploadId, source: "desk", chosen, state: "checking" }),
  );
  if (batch.uploadId === null) await removeUpload(uploadId);
  return batch;
}

/** Takes an uploaded file in without asking back, for callers that are programs; `dryRun` only looks. */
export async function accept(
  ctx: Context,
  upload: { readonly uploadId: string; readonly sha256: string; readonly bytes: number; readonly fileName: string },
  said: ChosenSettings,
  dryRun: boolean,
): Promise<BatchRow> {
  const chosen = await settled(ctx, { path: uploadPath(upload.uploadId) }, said);
  const batch = await ctx.db.transact((tx) =>
    open(tx, ctx, {
      fileName: upload.fileName,
      sha256: Buffer.from(upload.sha256, "hex"),
      fileBytes: upload.bytes,
      uploadId: upload.uploadId,
      source: "api",
      chosen,
      state: dryRun ? "checking" : "running",
    }),
  );
  if (batch.uploadId === null) await removeUpload(upload.uploadId);
  return batch;
}

/**
 * Imports a file in this very process, from start to end, as the command line does. A run of the same file that died is
 * taken up where it stopped. Refuses: FILE_UNREADABLE.
 */
export async function importFile(
  ctx: Context,
  clock: Clock,
  { file, fileName, chosen: said, dryRun, source }: FileImport,
): Promise<ImportBatchId> {
  const { sha256, bytes } = "path" in file ? await fingerprint(file.path) : fingerprintOf(file.bytes);
  const chosen = await settled(ctx, file, said);
  const batch = await ctx.db.transact(async (tx) => {
    const stopped = dryRun ? undefined : await stoppedRun(tx, ctx, sha256, chosen);
    if (stopped !== undefined) return stopped;
    const state = dryRun ? "checking" : "running";
    return open(tx, ctx, { fileName, sha256, fileBytes: bytes, uploadId: null, source, chosen, state });
  });
  await runBatch(ctx, batch.id, commandHold(clock), file);
  return batch.id;
}

/**
 * Says yes to what the dry run showed: the import runs. Refuses: BATCH_NOT_FOUND, BATCH_NOT_CHECKED, PROVENANCE_REQUIRED,
 * UPLOAD_NOT_FOUND when it comes after the days for which an upload waits.
 */
export async function confirm(ctx: Context, { batchId }: OneBatch): Promise<BatchRow> {
  await demandUpload(ctx, batchId);
  return ctx.db.transact(async (tx) => {
    const batch = await find(tx, batchId);
    if (batch.state === "quarantined") throw new Refusal("PROVENANCE_REQUIRED");
    if (batch.state !== "checked" || batch.uploadId === null) throw new Refusal("BATCH_NOT_CHECKED");
    await forgetFindings(tx, batchId);
    const jobId = await outbox.enqueue(tx, ctx, { kind: "orders.import", payload: { batchId }, dedupeKey: batchId });
    const [running] = await tx
      .update(importBatches)
      .set({ state: "running", cursor: 0, counters: noCounters, sample: [], startedAt: null, finishedAt: null, jobId })
      .where(and(eq(importBatches.id, batchId), eq(importBatches.state, "checked")))
      .returning();
    if (running === undefined) throw new Refusal("BATCH_NOT_CHECKED");
    await audit.record(tx, ctx, { action: "order.import.confirm", subject: { kind: "importBatch", id: batchId } });
    return running;
  });
}

/**
 * Stops an import: what was taken in stays, and the same file can be imported again at any time. One that waits is given
 * up with all that is kept of it. Refuses: BATCH_NOT_FOUND, BATCH_ALREADY_OVER.
 */
export async function cancel(ctx: Context, { batchId }: OneBatch): Promise<void> {
  const uploadId = await ctx.db.transact(async (tx) => {
    const batch = await find(tx, batchId);
    if (!isCancellable(batch)) throw new Refusal("BATCH_ALREADY_OVER");
    if (batch.jobId !== null) await outbox.cancel(tx, ctx, batch.jobId);
    await end(tx, ctx, batch);
    return batch.uploadId;
  });
  if (uploadId !== null) await removeUpload(uploadId);
}

/** Gives up what waited for somebody's word for longer than its file is kept. */
export async function giveUpWaiting(tx: Tx, ctx: Context): Promise<void> {
  const { state, uploadId, createdAt } = importBatches;
  const waiting = and(
    inArray(state, waitingStates),
    isNotNull(uploadId),
    lt(createdAt, addDays(ctx.now, -UPLOAD_DAYS)),
  );
  for (const batch of await tx.select().from(importBatches).where(waiting)) await end(tx, ctx, batch);
}

async function end(tx: Tx, ctx: Context, batch: BatchRow): Promise<void> {
  const { id, state, fence, cursor } = batch;
  await tx
    .update(importBatches)
    .set({ state: "cancelled", stopped: null, fence: fence + 1, finishedAt: ctx.now })
    .where(eq(importBatches.id, id));
  if (waitingStates.some((waits) => waits === state)) {
    await tx.delete(importRejects).where(eq(importRejects.batchId, id));
  }
  await audit.record(tx, ctx, {
    action: "order.import.cancel",
    subject: { kind: "importBatch", id },
    detail: { rows: cursor },
  });
}

/** Refuses, UPLOAD_NOT_FOUND, when a batch that waits for its file to be read has none any more. */
export async function demandUpload({ db }: Pick<Context, "db">, batchId: ImportBatchId): Promise<void> {
  const [batch] = await db
    .select({ state: importBatches.state, stopped: importBatches.stopped, uploadId: importBatches.uploadId })
    .from(importBatches)
    .where(eq(importBatches.id, batchId));
  if (batch === undefined || batch.uploadId === null) return;
  if (batch.state !== "checked" && (batch.state !== "stopped" || batch.stopped?.at === "undoing")) return;
  await access(uploadPath(batch.uploadId)).catch(() => {
    throw new Refusal("UPLOAD_NOT_FOUND", {}, "missing");
  });
}

/** What was said of a file, with all that follows for its columns: it stays so, whatever becomes of a saved mapping. */
async function settled({ db }: Context, source: Source, said: ChosenSettings): Promise<ChosenSettings> {
  const chosen = await withMapping(db, source, said);
  return {
    ...chosen,
    mapping: chosen.mapping && withoutPeople(chosen.mapping),
    provenance: chosen.provenance && impersonal(chosen.provenance),
  };
}

async function find(tx: Tx, batchId: ImportBatchId): Promise<BatchRow> {
  const [batch] = await tx.select().from(importBatches).where(eq(importBatches.id, batchId));
  if (batch === undefined) throw new Refusal("BATCH_NOT_FOUND", {}, "missing");
  return batch;
}

/** SHA-256 and size of a file, read as a stream. Refuses: FILE_UNREADABLE. */
async function fingerprint(path: string): Promise<{ sha256: Buffer; bytes: number }> {
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    for await (const piece of chunksOf({ path })) {
      hash.update(piece);
      bytes += piece.length;
    }
  } catch (reason) {
    if (reason instanceof Error && "code" in reason)
      throw new Refusal("FILE_UNREADABLE", { reason: String(reason.code) }, "missing");
    throw reason;
  }
  return { sha256: hash.digest(), bytes };
}

function fingerprintOf(bytes: Uint8Array): { sha256: Buffer; bytes: number } {
  return { sha256: createHash("sha256").update(bytes).digest(), bytes: bytes.length };
}
