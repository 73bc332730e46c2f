import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { engine } from "#db/engine.ts";
import { jobSchedules, jobs } from "#db/schema/jobs.ts";
import { freshDatabase, testContext, urlOf } from "#db/testing.ts";
import { businessDay } from "./core/time.ts";
import { enqueue, jobView } from "./jobs/outbox.ts";
import { jobHandlers } from "./jobs/registry.ts";

let db: Db;
let folder: string;
beforeAll(async () => {
  db = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), "evenhand-processes-"));
  // Today's daily jobs are done: a worker that is to be killed over one job finds no other.
  const daily = Object.keys(jobHandlers).filter((kind) => jobHandlers[kind]?.every === "day");
  const lastDay = businessDay(new Date());
  await db.transact((tx) =>
    tx.bulkInsert(
      jobSchedules,
      daily.map((kind) => ({ kind, lastDay })),
    ),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Program = { readonly child: ChildProcess; readonly output: () => string };

function start(program: string, env: Record<string, string> = {}): Program {
  let output = "";
  const child = spawn(process.execPath, [`server/${program}.ts`], {
    env: { ...process.env, NODE_ENV: "test", DATABASE_URL: urlOf(db), DATA_DIR: folder, PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += chunk));
  return { child, output: () => output };
}

async function exitOf({ child }: Program): Promise<number | NodeJS.Signals | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.signalCode ?? child.exitCode;
}

const add = () =>
  db.transact((tx) => enqueue(tx, testContext(db, { now: new Date() }), { kind: "house.sweep", payload: {} }));
/** The lease of a dead worker, as if its time had passed. */
const lapse = () =>
  db.transact((tx) =>
    tx
      .update(jobs)
      .set({ dueAt: new Date(0) })
      .where(eq(jobs.state, "running")),
  );

test("a worker may be killed at any place of a job: the next one goes on, and nothing is lost", async () => {
  const jobId = await add();
  for (const [place, state] of [
    ["job.claimed", "running"],
    ["job.before-finish", "running"],
    ["job.after-finish", "done"],
  ] as const) {
    expect(await exitOf(start("worker", { FAILPOINT: place }))).toBe("SIGKILL");
    expect(await jobView(db, jobId), place).toMatchObject({ state });
    await lapse();
  }
});

test("a failpoint kills nobody outside tests", async () => {
  const worker = start("worker", { FAILPOINT: "job.claimed", NODE_ENV: "production" });
  const jobId = await add();
  await expect.poll(async () => (await jobView(db, jobId))?.state, { timeout: 60_000 }).toBe("done");
  await expect.poll(worker.output, { timeout: 60_000 }).toContain("working");
  worker.child.kill("SIGTERM");
  expect(await exitOf(worker)).toBe(0);
});

/** Each names its own database, whichever this run is for. */
test.runIf(engine === "sqlite").each(["web", "worker"])(
  "%s says in one line what keeps it from starting",
  async (program) => {
    const ends = [
      [{ PORT: "x" }, /^wrong setting PORT: a port number from 0 to 65535$/],
      [{ DATABASE_URL: join(folder, "empty.db") }, /^the database lacks \d+ migration\(s\): npm start applies them$/],
      [{ DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" }, /^the database does not answer: check DATABASE_URL$/],
      [{ KEY_DIR: join(import.meta.dirname, "jobs") }, /^.* may be read by others: chmod go-rwx it$/],
    ] as const;
    for (const [env, line] of ends) {
      const ended = start(program, env);
      expect(await exitOf(ended)).toBe(1);
      const [said = "", ...more] = ended.output().split("\n");
      expect(said.replace(/^evenhand: /, "")).toMatch(line);
      expect(more).toEqual([""]);
    }
  },
);
