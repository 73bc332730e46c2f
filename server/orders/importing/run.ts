import { setImmediate as breathe } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { importBatches } from "#db/schema/orders.ts";
import * as audit from "../../audit/service.ts";
import type { Context } from "../../core/context.ts";
import { failpoint } from "../../core/failpoint.ts";
import type { ImportBatchId } from "../../core/id.ts";
import { removeUpload, uploadPath } from "../../core/uploads.ts";
import { LeaseLost } from "../../jobs/job.ts";
import type { Source } from "../reading/reading.ts";
import type { OrderRow } from "../stored.ts";
import { gatherAll } from "./gathering.ts";
import type { Hold } from "./hold.ts";
import { KeyTable } from "./key-table.ts";
import { advance, type BatchRow, forgetFindings, keepFindings, keepRejects } from "./ledger.ts";
import { noCounters } from "./model.ts";
import { joinNotes, type Notes } from "./notes.ts";
import { unpackFamiliars, unpackOrders } from "./packing.ts";
import type { Opened, Page, Pages } from "./page.ts";
import { findByRows } from "./recognising.ts";
import { lacksProvenance, nextChunkSize } from "./rules.ts";
import { sampleOf } from "./sampling.ts";
import { rowsFor, storeOrders } from "./store.ts";
import { openPages } from "./threading.ts";
import { type Known, MET, type Orders, type WeighedChunk, weigh } from "./weighing.ts";

/** How long one transaction may hold the one writer, so that pages beside it stay responsive. */
export const CHUNK_MS = 20;
/** On PostgreSQL only who writes the very same rows waits for a transaction, and a longer one costs less a row. */
const POSTGRES_CHUNK_MS = 200;
export const FIRST_CHUNK = 400;
/** How many pages a chunk may grow by, so that rows of one order stay together. */
const MOST_PAGES = 256;
/** How often a dry run tells how far it is. */
const PULSE_MS = 500;
/** How many orders of several rows a dry run remembers, since it stores none. */
const REMEMBERED = 100_000;

/**
 * Reads a batch's file and, as its state asks, looks at what it would change (`checking`) or takes it in (`running`).
 * Any crash leaves whole chunks behind: the next run carries on after the last one. A dry run starts over.
 */
export async function runBatch(ctx: Context, batchId: ImportBatchId, hold: Hold, given?: Source): Promise<void> {
  const batch = await take(ctx, batchId, hold);
  if (batch === null) return;
  const source = given ?? { path: uploadPath(batch.uploadId ?? "") };
  const file = await openPages(source, batch.chosen, ctx.keys, (asked) => findByRows(ctx.db, asked));
  try {
    const surveyed = await keepSurvey(ctx, batch, file, hold);
    if (file.survey.outcome === "accepted") await readAll(ctx, surveyed, file, hold);
  } finally {
    await file.close();
  }
  if (batch.uploadId !== null && (batch.state === "running" || file.survey.outcome === "refused")) {
    await removeUpload(batch.uploadId);
  }
}

/** Takes the batch over from whichever run had it before; null when there is nothing to do for it. */
function take(ctx: Context, batchId: ImportBatchId, hold: Hold): Promise<BatchRow | null> {
  return ctx.db.transact(async (tx) => {
    await hold.hold(tx);
    const [batch] = await tx.select().from(importBatches).where(eq(importBatches.id, batchId));
    if (batch === undefined || (batch.state !== "checking" && batch.state !== "running")) return null;
    const now = hold.clock();
    const anew = batch.state === "checking" ? { cursor: 0, counters: noCounters, sample: [] } : {};
    if (batch.state === "checking") await forgetFindings(tx, batchId);
    return advance(tx, batch, { ...anew, fence: batch.fence + 1, startedAt: batch.startedAt ?? now, aliveAt: now });
  });
}

/** Writes what the file is; a file that is refused whole ends here, with nothing taken in. */
function keepSurvey(ctx: Context, batch: BatchRow, { survey }: Opened, hold: Hold): Promise<BatchRow> {
  const { platform, layout, container, encoding, codes, columns, records } = survey;
  const about = {
    platform,
    layout,
    container,
    encoding,
    fileCodes: [...codes],
    columns: [...columns],
    rowsTotal: records,
    words: survey.words,
  };
  return ctx.db.transact(async (tx) => {
    await hold.hold(tx);
    if (survey.outcome === "accepted") return advance(tx, batch, about);
    const refused = await advance(tx, batch, { ...about, state: "refused", finishedAt: hold.clock() });
    await audit.record(tx, ctx, {
      action: "order.import",
      subject: { kind: "importBatch", id: batch.id },
      outcome: "refused",
      detail: { codes: codes.join(" ") },
    });
    await hold.finish(tx);
    return refused;
  });
}

async function readAll(ctx: Context, batch: BatchRow, file: Pages, hold: Hold): Promise<void> {
  const run = batch.state === "running" ? importer(ctx, batch, file, hold) : checker(ctx, batch, file, hold);
  const targetMs = ctx.db.engine === "sqlite" ? CHUNK_MS : POSTGRES_CHUNK_MS;
  let size = FIRST_CHUNK;
  let waiting: Page[] = [];
  let lines = 0;
  const flush = async () => {
    if (waiting.length === 0) return;
    const chunk = chunkOf(waiting);
    waiting = [];
    const tookMs = await run.take(chunk);
    if (lines > 0) size = nextChunkSize(lines, tookMs, targetMs);
    lines = 0;
  };
  for await (const next of file.pages()) {
    if (hold.signal.aborted) throw new LeaseLost();
    if (next.notes.lastRecord <= batch.cursor) {
      run.recall(next);
      continue;
    }
    if (lines >= size && (waiting.length >= MOST_PAGES || !continues(waiting.at(-1), next))) {
      await flush();
      await breathe();
    }
    waiting.push(next);
    lines += next.lines;
  }
  await flush();
  failpoint("import.before-report");
  await run.finish();
}

/** What is stored in one transaction. */
type Chunk = Orders & { readonly notes: Notes };

function chunkOf(pages: readonly Page[]): Chunk {
  return {
    notes: joinNotes(pages.map(({ notes }) => notes)),
    gathered: gatherAll(pages.map(({ orders }) => unpackOrders(orders))),
    familiars: pages.flatMap(({ familiars }) => unpackFamiliars(familiars)),
  };
}

/** True when the next rows are of the order that the last ones were of. */
function continues(last: Page | undefined, next: Page): boolean {
  return last !== undefined && next.first !== "" && last.last === next.first;
}

type Run = {
  /** Takes a chunk in; answers how long it held the database, in milliseconds. */
  take(chunk: Chunk): Promise<number>;
  /** Meets rows that an earlier run of this batch has taken in. */
  recall(page: Page): void;
  finish(): Promise<void>;
};

/** Takes orders in: each chunk, with all that follows from it and the new cursor, in one transaction. */
function importer(ctx: Context, batch: BatchRow, { rejectsHeader }: Opened, hold: Hold): Run {
  const met = new KeyTable();
  let { counters, sample, changed } = batch;
  return {
    async take(chunk) {
      const { notes, gathered } = chunk;
      failpoint("import.chunk-begun");
      const started = performance.now();
      const { weighed, after } = await ctx.db.transact(async (tx) => {
        await hold.hold(tx);
        const rows = await rowsFor(tx, gathered);
        const known = knownFrom(rows, batch);
        const weighed = weigh(counters, notes, chunk, known, (key) => met.get(key));
        const traced = await storeOrders(tx, ctx, batch.id, weighed.orders, rows);
        await keepFindings(tx, batch.id, counters, weighed.findings);
        await keepRejects(tx, ctx, batch.id, rejectsHeader, notes.lastRecord, notes.rejects);
        const after = await advance(tx, batch, {
          cursor: notes.lastRecord,
          counters: weighed.counters,
          changed: changed + traced,
          sample: sampleOf(sample, weighed, chunk, known),
          aliveAt: hold.clock(),
        });
        failpoint("import.chunk-written");
        return { weighed, after };
      });
      failpoint("import.chunk-committed");
      remember(met, weighed, chunk);
      ({ counters, sample, changed } = after);
      return performance.now() - started;
    },
    recall({ orders, familiars, notes }) {
      for (const { key } of [...unpackOrders(orders), ...unpackFamiliars(familiars)]) met.set(key, MET.taken);
      for (const { key } of notes.reasons) {
        if (key !== null && met.get(key) === MET.never) met.set(key, MET.turnedAway);
      }
    },
    async finish() {
      await ctx.db.transact(async (tx) => {
        await hold.hold(tx);
        await advance(tx, batch, { state: "done", finishedAt: hold.clock(), aliveAt: hold.clock() });
        await audit.record(tx, ctx, {
          action: "order.import.finish",
          subject: { kind: "importBatch", id: batch.id },
          detail: { ...counters.orders, rows: counters.rows.read },
        });
        await hold.finish(tx);
      });
    },
  };
}

/** Looks at what an import would do, writing nothing but what it has to say about the file. */
function checker(ctx: Context, batch: BatchRow, { rejectsHeader }: Opened, hold: Hold): Run {
  const met = new KeyTable();
  const would = new Map<string, Known>();
  let { counters, sample } = batch;
  let toldAt = performance.now();
  return {
    async take(chunk) {
      const { notes, gathered } = chunk;
      const started = performance.now();
      const rows = await rowsFor(ctx.db, gathered);
      const stored = knownFrom(rows, batch);
      const known = (key: string) => would.get(key) ?? stored(key);
      const weighed = weigh(counters, notes, chunk, known, (key) => met.get(key));
      sample = sampleOf(sample, weighed, chunk, known);
      if (weighed.findings.length > 0 || notes.rejects !== "" || performance.now() - toldAt > PULSE_MS) {
        toldAt = performance.now();
        await ctx.db.transact(async (tx) => {
          await hold.hold(tx);
          await keepFindings(tx, batch.id, counters, weighed.findings);
          await keepRejects(tx, ctx, batch.id, rejectsHeader, notes.lastRecord, notes.rejects);
          await advance(tx, batch, {
            cursor: notes.lastRecord,
            counters: weighed.counters,
            sample,
            aliveAt: hold.clock(),
          });
        });
      }
      remember(met, weighed, chunk);
      rememberWould(would, weighed);
      counters = weighed.counters;
      return performance.now() - started;
    },
    recall: () => undefined,
    async finish() {
      await ctx.db.transact(async (tx) => {
        await hold.hold(tx);
        const now = hold.clock();
        const state = lacksProvenance(batch.chosen) ? "quarantined" : "checked";
        await advance(tx, batch, { state, counters, sample, cursor: 0, aliveAt: now, finishedAt: now });
        await hold.finish(tx);
      });
    },
  };
}

function knownFrom(rows: ReadonlyMap<string, OrderRow>, { id }: BatchRow): (key: string) => Known | undefined {
  return (key) => {
    const row = rows.get(key);
    return row && { told: row, changedHere: row.batchId === id };
  };
}

function remember(met: KeyTable, { turnedAway }: WeighedChunk, { gathered, familiars }: Orders): void {
  for (const { key } of gathered) met.set(key, MET.taken);
  for (const { key } of familiars) met.set(key, MET.taken);
  for (const key of turnedAway) met.set(key, MET.turnedAway);
}

/** Keeps orders whose rows may come apart in the file, as they would be; the longest remembered make room. */
function rememberWould(would: Map<string, Known>, { orders }: WeighedChunk): void {
  for (const { gathered, told, change } of orders) {
    if (!gathered.inLines) continue;
    const changedHere = change !== "unchanged" || would.get(gathered.key)?.changedHere === true;
    would.set(gathered.key, { told, changedHere });
  }
  for (const key of would.keys()) {
    if (would.size <= REMEMBERED) break;
    would.delete(key);
  }
}
