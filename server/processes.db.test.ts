import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
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

test.each(["job.claimed", "job.before-finish", "job.after-finish"])(
  "a worker killed at %s loses nothing",
  async (place) => {
    const jobId = await add();
    expect(await exitOf(start("worker", { FAILPOINT: place }))).toBe("SIGKILL");
    const { state } = (await jobView(db, jobId)) ?? {};
    expect(state).toBe(place === "job.after-finish" ? "done" : "running");
    await lapse();
    const next = start("worker");
    await expect.poll(async () => (await jobView(db, jobId))?.state, { timeout: 60_000 }).toBe("done");
    await expect.poll(() => next.output(), { timeout: 60_000 }).toContain("working");
    next.child.kill("SIGTERM");
    expect(await exitOf(next)).toBe(0);
  },
);

test("a failpoint kills nobody outside tests", async () => {
  const worker = start("worker", { FAILPOINT: "job.claimed", NODE_ENV: "production" });
  const jobId = await add();
  await expect.poll(async () => (await jobView(db, jobId))?.state, { timeout: 60_000 }).toBe("done");
  worker.child.kill("SIGTERM");
  expect(await exitOf(worker)).toBe(0);
});

test.each(["web", "worker"])("%s says in one line what keeps it from starting", async (program) => {
  const wrong = start(program, { PORT: "x" });
  expect(await exitOf(wrong)).toBe(1);
  expect(wrong.output()).toBe("evenhand: wrong setting PORT: a port number from 0 to 65535\n");

  const empty = start(program, {
    DATABASE_URL: urlOf(db).startsWith("postgres") ? "postgres://nobody@127.0.0.1:1/none" : join(folder, "empty.db"),
  });
  expect(await exitOf(empty)).toBe(1);
  expect(empty.output()).toMatch(
    /^evenhand: the database (lacks \d+ migration\(s\): npm start applies them|does not answer: check DATABASE_URL)\n$/,
  );

  const open = start(program, { KEY_DIR: join(import.meta.dirname, "jobs") });
  expect(await exitOf(open)).toBe(1);
  expect(open.output()).toMatch(/^evenhand: .* may be read by others: chmod go-rwx it\n$/);
});
