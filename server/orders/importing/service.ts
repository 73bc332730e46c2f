import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { and, desc, eq, gt, isNull, ne } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { importBatches } from "#db/schema/orders.ts";
import * as audit from "../../audit/service.ts";
import type { Actor, Context, StaffActor } from "../../core/context.ts";
import type { ImportBatchId } from "../../core/id.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Clock } from "../../core/time.ts";
import { removeUpload, uploadPath } from "../../core/uploads.ts";
import * as outbox from "../../jobs/outbox.ts";
import { inspect } from "../leaks/detect.ts";
import { redact } from "../leaks/mask.ts";
import { TEXT } from "../leaks/roles.ts";
import { withMapping } from "../mapping/queries.ts";
import { withoutPeople } from "../mapping/rules.ts";
import type { Source } from "../reading/reading.ts";
import { commandHold } from "./hold.ts";
import { type BatchRow, forgetFindings, isDead } from "./ledger.ts";
import { type BatchSource, type ChosenSettings, noCounters, type OneBatch, type StartImport } from "./model.ts";
import { isCancellable, unchangedAgain } from "./rules.ts";
import { runBatch } from "./run.ts";

/** An import that a command runs by itself. */
export type FileImport = {
  readonly file: Source;
  readonly fileName: string;
  readonly chosen: ChosenSettings;
  readonly dryRun: boolean;
  readonly source: BatchSource;
};

type NewBatch = {
  readonly fileName: string;
  readonly sha256: Buffer;
  readonly fileBytes: number;
  readonly uploadId: string | null;
  readonly source: BatchSource;
  readonly chosen: ChosenSettings;
  readonly state: "checking" | "running";
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
 * Says yes to what the dry run showed: the import runs. Refuses: BATCH_NOT_FOUND, BATCH_NOT_CHECKED, UPLOAD_NOT_FOUND when
 * it comes after the days for which an upload waits.
 */
export async function confirm(ctx: Context, { batchId }: OneBatch): Promise<BatchRow> {
  await demandUpload(ctx, batchId);
  return ctx.db.transact(async (tx) => {
    const batch = await find(tx, batchId);
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
 * Stops an import, or drops one that waits. What was taken in stays: the same file can be imported again at any time.
 * Refuses: BATCH_NOT_FOUND, BATCH_ALREADY_OVER.
 */
export async function cancel(ctx: Context, { batchId }: OneBatch): Promise<void> {
  const uploadId = await ctx.db.transact(async (tx) => {
    const batch = await find(tx, batchId);
    if (!isCancellable(batch)) throw new Refusal("BATCH_ALREADY_OVER");
    if (batch.jobId !== null) await outbox.cancel(tx, ctx, batch.jobId);
    await tx
      .update(importBatches)
      .set({ state: "cancelled", stopped: null, fence: batch.fence + 1, finishedAt: ctx.now })
      .where(eq(importBatches.id, batchId));
    await audit.record(tx, ctx, {
      action: "order.import.cancel",
      subject: { kind: "importBatch", id: batchId },
      detail: { rows: batch.cursor },
    });
    return batch.uploadId;
  });
  if (uploadId !== null) await removeUpload(uploadId);
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

/** Adds the batch and the job that works on it; for a file that is in already, the account of that. */
async function open(tx: Tx, ctx: Context, { state, ...file }: NewBatch): Promise<BatchRow> {
  const opened = await openedFor(tx, file.uploadId);
  if (opened !== undefined) return opened;
  const id = ctx.newId<"importBatch">();
  const same = await sameFile(tx, file.sha256, file.chosen);
  const jobId =
    same === undefined && file.uploadId !== null
      ? await outbox.enqueue(tx, ctx, { kind: "orders.import", payload: { batchId: id }, dedupeKey: id })
      : null;
  const fresh = {
    platform: null,
    layout: null,
    container: null,
    encoding: null,
    fileCodes: [],
    columns: [],
    counters: noCounters,
    rowsTotal: null,
    sameAs: null,
    finishedAt: null,
  };
  const known = same && {
    platform: same.platform,
    layout: same.layout,
    container: same.container,
    encoding: same.encoding,
    fileCodes: same.fileCodes,
    columns: same.columns,
    counters: unchangedAgain(same.counters),
    rowsTotal: same.rowsTotal,
    sameAs: same.id,
    startedAt: ctx.now,
    finishedAt: ctx.now,
  };
  const [batch] = await tx
    .insert(importBatches)
    .values({
      ...file,
      ...fresh,
      ...known,
      id,
      uploadId: same === undefined ? file.uploadId : null,
      fileName: redact(inspect(file.fileName, TEXT)),
      state: same === undefined ? state : state === "checking" && file.source !== "desk" ? "checked" : "done",
      changed: 0,
      sample: [],
      cursor: 0,
      fence: 0,
      jobId,
      createdBy: nameOf(ctx.actor),
      createdAt: ctx.now,
    })
    .returning();
  if (batch === undefined) throw new Error("an insert returned no row");
  await audit.record(tx, ctx, {
    action: "order.import",
    subject: { kind: "importBatch", id },
    purpose: file.chosen.overrideReason,
    detail: {
      source: file.source,
      leaks: file.chosen.leaks,
      allowClear: file.chosen.overrideReason !== undefined,
      dryRun: state === "checking",
      known: same !== undefined,
    },
  });
  return batch;
}

/** What was said of a file, with all that follows for its columns: it stays so, whatever becomes of a saved mapping. */
async function settled({ db }: Context, source: Source, said: ChosenSettings): Promise<ChosenSettings> {
  const chosen = await withMapping(db, source, said);
  return chosen.mapping === undefined ? chosen : { ...chosen, mapping: withoutPeople(chosen.mapping) };
}

/** The batch that an upload has opened already: a form that is sent twice opens one. */
async function openedFor(tx: Tx, uploadId: string | null): Promise<BatchRow | undefined> {
  if (uploadId === null) return undefined;
  const [opened] = await tx.select().from(importBatches).where(eq(importBatches.uploadId, uploadId));
  return opened;
}

/** A finished import of the same bytes under the same settings, if no import, nor the undo of one, changed an order since. */
async function sameFile(tx: Tx, sha256: Buffer, chosen: ChosenSettings): Promise<BatchRow | undefined> {
  const finished = await tx
    .select()
    .from(importBatches)
    .where(and(eq(importBatches.sha256, sha256), eq(importBatches.state, "done"), isNull(importBatches.sameAs)))
    .orderBy(desc(importBatches.id));
  const same = finished.find((batch) => sameSettings(batch.chosen, chosen));
  if (same === undefined || same.startedAt === null) return undefined;
  const [disturbed] = await tx
    .select({ id: importBatches.id })
    .from(importBatches)
    .where(and(ne(importBatches.id, same.id), gt(importBatches.changed, 0), gt(importBatches.aliveAt, same.startedAt)))
    .limit(1);
  return disturbed === undefined ? same : undefined;
}

/** A command that died over this file, long enough ago to be sure of it. */
async function stoppedRun(tx: Tx, ctx: Context, sha256: Buffer, chosen: ChosenSettings): Promise<BatchRow | undefined> {
  const running = await tx
    .select()
    .from(importBatches)
    .where(and(eq(importBatches.sha256, sha256), eq(importBatches.state, "running")));
  return running.find((batch) => sameSettings(batch.chosen, chosen) && isDead(batch, ctx.now));
}

function sameSettings(a: ChosenSettings, b: ChosenSettings): boolean {
  return (
    a.platform === b.platform &&
    a.encoding === b.encoding &&
    isDeepStrictEqual(a.mapping, b.mapping) &&
    a.leaks === b.leaks &&
    (a.overrideReason === undefined) === (b.overrideReason === undefined)
  );
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
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      hash.update(chunk);
      bytes += chunk.length;
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

function nameOf(actor: Actor): string {
  switch (actor.kind) {
    case "visitor":
      return "visitor";
    case "system":
      return `system:${actor.name}`;
    default:
      return `${actor.kind}:${actor.id}`;
  }
}
