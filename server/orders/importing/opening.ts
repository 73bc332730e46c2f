import { isDeepStrictEqual } from "node:util";
import { and, desc, eq, gt, isNull, ne } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { importBatches } from "#db/schema/orders.ts";
import * as audit from "../../audit/service.ts";
import type { Actor, Context } from "../../core/context.ts";
import * as outbox from "../../jobs/outbox.ts";
import { inspect } from "../leaks/detect.ts";
import { redact } from "../leaks/mask.ts";
import { TEXT } from "../leaks/roles.ts";
import { type BatchRow, isDead } from "./ledger.ts";
import { type BatchSource, type ChosenSettings, noCounters } from "./model.ts";
import { lacksProvenance, unchangedAgain } from "./rules.ts";

type NewBatch = {
  readonly fileName: string;
  readonly sha256: Buffer;
  readonly fileBytes: number;
  readonly uploadId: string | null;
  readonly source: BatchSource;
  readonly chosen: ChosenSettings;
  readonly state: "checking" | "running";
};

/** Adds the batch and the job that works on it; for a file that is in already, the account of that. */
export async function open(tx: Tx, ctx: Context, { state: asked, ...file }: NewBatch): Promise<BatchRow> {
  const opened = await openedFor(tx, file.uploadId);
  if (opened !== undefined) return opened;
  // Looked at, but not taken in, before somebody says where it comes from.
  const state = lacksProvenance(file.chosen) ? "checking" : asked;
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
    words: null,
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
    words: same.words,
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
      ...(file.chosen.provenance && { basis: file.chosen.provenance.basis }),
      dryRun: asked === "checking",
      known: same !== undefined,
    },
  });
  return batch;
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
export async function stoppedRun(
  tx: Tx,
  ctx: Context,
  sha256: Buffer,
  chosen: ChosenSettings,
): Promise<BatchRow | undefined> {
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
    a.thirdParty === b.thirdParty &&
    (a.overrideReason === undefined) === (b.overrideReason === undefined)
  );
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
