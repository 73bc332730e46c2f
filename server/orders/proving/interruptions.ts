import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { type Db, openDatabase } from "#db/client.ts";
import { everyRow } from "#db/dump.ts";
import { importBatches } from "#db/schema/orders.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import { type ImportBatchId, idSource } from "../../core/id.ts";
import { testKeys } from "../../core/keys.ts";
import { commandHold } from "../importing/hold.ts";
import { ChosenSettings } from "../importing/model.ts";
import { open } from "../importing/opening.ts";
import { rejects } from "../importing/queries.ts";
import { runBatch } from "../importing/run.ts";
import { importFile } from "../importing/service.ts";
import { runUndo } from "../undoing/run.ts";
import { undo } from "../undoing/service.ts";
import type { Draw } from "./draw.ts";

/** What is interrupted: an import, one of a file so large that a thread of its own reads it, the undo of an import. */
export const works = ["import", "large import", "undo"] as const;
export type Work = (typeof works)[number];

/** Time stands still, so that states can be compared to the last instant. */
export const NOON = new Date("2026-06-15T04:00:00Z");
const keys = testKeys();
const clock = () => NOON;

/** A context whose clock stands still. Its ids are its own: states are compared by what the ids stand for. */
export function stillContext(db: Db): Context {
  const newId = idSource(Date.now, (size) => crypto.getRandomValues(new Uint8Array(size)));
  return { actor: { kind: "system", name: "proving" }, now: NOON, newId, db, keys, requestId: "proving" };
}

/** Does, or goes on with, the work that a batch stands before, in this very process. */
export async function carryOn(db: Db, work: Work, batchId: ImportBatchId, path: string): Promise<void> {
  const ctx = stillContext(db);
  if (work === "undo") await runUndo(ctx, batchId, commandHold(clock));
  else await runBatch(ctx, batchId, commandHold(clock), { path });
}

/**
 * Brings a database to where the work begins: the earlier file is in, and of the later one the import is opened, or done
 * and about to be undone.
 */
export async function prepare(url: string, work: Work, earlier: Uint8Array, later: Uint8Array): Promise<ImportBatchId> {
  const db = await openDatabase(url);
  try {
    const ctx = stillContext(db);
    const chosen = ChosenSettings.parse({});
    const given = { chosen, dryRun: false, source: "cli" } as const;
    await importFile(ctx, clock, { ...given, file: { bytes: earlier }, fileName: "earlier.csv" });
    if (work === "undo") {
      const batchId = await importFile(ctx, clock, { ...given, file: { bytes: later }, fileName: "later.csv" });
      await undo(asStaff(ctx), { batchId });
      return batchId;
    }
    const file = { fileName: "later.csv", sha256: Buffer.alloc(32, 1), fileBytes: later.length, uploadId: null };
    const batch = await db.transact((tx) => open(tx, ctx, { ...file, source: "cli", chosen, state: "running" }));
    return batch.id;
  } finally {
    await db.close();
  }
}

function asStaff(ctx: Context): Context<StaffActor> {
  const [id, sessionId] = [ctx.newId<"staff">(), ctx.newId<"staffSession">()];
  return { ...ctx, actor: { kind: "staff", id, sessionId, roles: [], permissions: new Set(), steppedUpAt: null } };
}

/** A work about to be done: the database, the batch in it, the file. */
export type Scene = {
  readonly url: string;
  readonly work: Work;
  readonly batchId: ImportBatchId;
  readonly path: string;
};

/** A process that is loaded and waits for the word to begin. It dies by itself at a failpoint that is named. */
export class Victim {
  readonly #child: ChildProcess;
  readonly #ready: Promise<unknown>;

  constructor({ url, work, batchId, path }: Scene, failpoint = "") {
    this.#child = spawn(process.execPath, [join(import.meta.dirname, "victim.ts"), work, batchId, path], {
      env: { ...process.env, NODE_ENV: "test", DATABASE_URL: url, FAILPOINT: failpoint },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#ready = this.#child.stdout === null ? Promise.reject() : once(this.#child.stdout, "data");
  }

  /**
   * Lets it begin, and kills it after so long. Gives whether it was still at work, and for how long it was. Throws when it
   * ended by a fault of its own.
   */
  async run(killAfterMs: number): Promise<{ killed: boolean; tookMs: number }> {
    await this.#ready;
    const gone = once(this.#child, "exit");
    const started = performance.now();
    this.#child.stdin?.write("go\n");
    await Promise.race([gone, pause(killAfterMs, undefined, { ref: false })]);
    this.#child.kill("SIGKILL");
    const [code, signal] = await gone;
    if (code !== 0 && signal !== "SIGKILL") throw new Error(`the process ended by itself, with code ${code}`);
    return { killed: code !== 0, tookMs: performance.now() - started };
  }
}

/** One interruption: kills the work once or twice at instants of chance, and brings it to its end. Gives how many kills hit. */
export async function interrupt(draw: Draw, scene: Scene, lengthMs: number): Promise<number> {
  let kills = 0;
  for (let times = draw.between(1, 2); times > 0; times -= 1) {
    const { killed } = await new Victim(scene).run((draw.below(1_000) / 1_000) * lengthMs);
    if (killed) kills += 1;
  }
  await bringToItsEnd(scene);
  return kills;
}

/** Does what is left of the work, in this very process. */
export async function bringToItsEnd({ url, work, batchId, path }: Scene): Promise<void> {
  const db = await openDatabase(url);
  try {
    await carryOn(db, work, batchId, path);
  } finally {
    await db.close();
  }
}

/** How many runs there were, and what sealing makes different each time. */
const INCIDENTAL = new Set(["fence", "sealed"]);

/** All that a database holds, every id replaced by what it stands for, the sealed pieces of rejects by what they say. */
export async function stateOf(url: string): Promise<string[]> {
  const tables = await everyRow(url);
  const names = new Map<unknown, string>();
  for (const { id, order_key: key } of tables.get("orders") ?? []) names.set(id, `order ${hexOf(key)}`);
  for (const { id, file_name: name } of tables.get("import_batches") ?? []) names.set(id, `batch ${name}`);
  const lines: string[] = [];
  for (const [table, rows] of tables) {
    if (table === "import_rejects") continue;
    for (const row of rows) {
      const cells = Object.entries(row)
        .filter(([column]) => !INCIDENTAL.has(column))
        .map(([column, value]) => `${column}=${shown(value, names)}`);
      lines.push(`${table}: ${cells.join(" ")}`);
    }
  }
  return [...lines.sort(), await rejectsIn(url)];
}

async function rejectsIn(url: string): Promise<string> {
  const db = await openDatabase(url);
  try {
    const [batch] = await db.select().from(importBatches).where(eq(importBatches.fileName, "later.csv"));
    if (batch === undefined || batch.state !== "done") return "";
    return await rejects({ db, keys, now: NOON }, batch.id);
  } finally {
    await db.close();
  }
}

function hexOf(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString("hex") : String(value);
}

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;

function shown(value: unknown, names: ReadonlyMap<unknown, string>): string {
  const text = typeof value === "object" && !(value instanceof Uint8Array) ? JSON.stringify(value) : hexOf(value);
  return text.replace(ID, (id) => names.get(id) ?? "id");
}
