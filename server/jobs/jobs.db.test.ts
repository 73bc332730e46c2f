import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Db, Tx } from "#db/client.ts";
import { jobSchedules, jobs } from "#db/schema/jobs.ts";
import { freshDatabase, newId, testContext } from "#db/testing.ts";
import { Refusal } from "../core/refusal.ts";
import { type JobHandler, jobHandler, LeaseLost } from "./job.ts";
import { cancel, enqueue, jobView } from "./outbox.ts";
import { LEASE_MS, MAX_ATTEMPTS, openRunner, type RunnerDeps } from "./runner.ts";

let db: Db;
beforeAll(async () => {
  db = await freshDatabase();
});

const START = new Date("2026-06-15T04:00:00Z");

/** A clock that stands until it is moved, shared by the workers of one test. */
function standingClock() {
  let at = START.getTime();
  return { now: () => new Date(at), advance: (ms: number) => (at += ms) };
}

function runner(handlers: Record<string, JobHandler>, time = standingClock(), more: Partial<RunnerDeps> = {}) {
  return openRunner({
    db,
    handlers,
    clock: time.now,
    random: Math.random,
    context: (kind) => testContext(db, { actor: { kind: "system", name: kind }, now: time.now() }),
    ...more,
  });
}

const Numbered = z.object({ n: z.int() });
/** One visible effect of job `n`: a row of its own each time it happens. */
const leaveMark = (tx: Tx, n: number) => tx.insert(jobSchedules).values({ kind: `${n}/${newId()}`, lastDay: "mark" });

async function marks(): Promise<Map<number, number>> {
  const rows = await db.select({ kind: jobSchedules.kind }).from(jobSchedules).where(eq(jobSchedules.lastDay, "mark"));
  const counted = new Map<number, number>();
  for (const { kind } of rows) {
    const n = Number(kind.split("/")[0]);
    counted.set(n, (counted.get(n) ?? 0) + 1);
  }
  return counted;
}

const add = (kind: string, payload: Record<string, unknown> = {}, more: { dedupeKey?: string; runAfter?: Date } = {}) =>
  db.transact((tx) => enqueue(tx, testContext(db, { now: START }), { kind, payload, ...more }));

async function drain(worker: { runOne(): Promise<boolean> }): Promise<void> {
  while (await worker.runOne());
}

test("four workers do each of many jobs exactly once", async () => {
  const ctx = testContext(db, { now: START });
  const count = 300;
  await db.transact(async (tx) => {
    for (let n = 1; n <= count; n += 1) await enqueue(tx, ctx, { kind: "mark", payload: { n } });
  });
  const handlers = {
    mark: jobHandler(Numbered, async (_, { n }, job) =>
      db.transact(async (tx) => {
        await job.hold(tx);
        await leaveMark(tx, n);
        await job.finish(tx);
      }),
    ),
  };
  const time = standingClock();
  await Promise.all([1, 2, 3, 4].map(() => drain(runner(handlers, time))));
  time.advance(60_000);
  await drain(runner(handlers, time));
  const counted = await marks();
  expect(counted.size).toBe(count);
  expect([...counted.values()].every((times) => times === 1)).toBe(true);
});

test("a job that asks for nothing is not there when its transaction is undone", async () => {
  await expect(
    db.transact(async (tx) => {
      await enqueue(tx, testContext(db, { now: START }), { kind: "undone", payload: {} });
      throw new Error("undo");
    }),
  ).rejects.toThrow("undo");
  expect(await db.$count(jobs, eq(jobs.kind, "undone"))).toBe(0);
});

test("what a frozen worker still writes after its lease has passed is refused", async () => {
  const time = standingClock();
  const thaw = Promise.withResolvers<void>();
  const frozen = Promise.withResolvers<void>();
  let late: unknown;
  const effect = (wait: boolean) =>
    jobHandler(Numbered, async (ctx, { n }, job) => {
      if (wait) {
        frozen.resolve();
        await thaw.promise;
      }
      await ctx.db
        .transact(async (tx) => {
          await job.hold(tx);
          await leaveMark(tx, n);
        })
        .catch((reason) => {
          late = reason;
          throw reason;
        });
    });
  const jobId = await add("freeze", { n: 9001 });
  const slow = runner({ freeze: effect(true) }, time).runOne();
  await frozen.promise;
  expect(await runner({ freeze: effect(false) }, time).runOne()).toBe(false);
  time.advance(LEASE_MS + 1);
  expect(await runner({ freeze: effect(false) }, time).runOne()).toBe(true);
  thaw.resolve();
  await slow;
  expect(late).toBeInstanceOf(LeaseLost);
  expect((await marks()).get(9001)).toBe(1);
  expect(await jobView(db, jobId)).toMatchObject({ state: "done", attempts: 2 });
});

test("a failure is retried later and later, then given up, and its message is not kept", async () => {
  const time = standingClock();
  const failures: number[] = [];
  const worker = runner(
    {
      fail: jobHandler(z.unknown(), async () => {
        throw new Error("张三 13800138000");
      }),
    },
    time,
    { onFailure: ({ attempt }) => failures.push(attempt) },
  );
  const jobId = await add("fail");
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    expect(await worker.runOne()).toBe(true);
    expect(await worker.runOne()).toBe(false);
    time.advance(3_600_000);
  }
  expect(failures).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(await jobView(db, jobId)).toMatchObject({ state: "dead", lastError: "Error" });
  expect(await worker.runOne()).toBe(false);
});

test("a job whose worker dies every time is given up too", async () => {
  const time = standingClock();
  const jobId = await add("crash");
  const told: string[] = [];
  const never = jobHandler(z.unknown(), () => new Promise<void>(() => undefined), {
    gaveUp: async (_, __, ___, code) => {
      told.push(code);
    },
  });
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    void runner({ crash: never }, time).runOne();
    await expect.poll(async () => (await jobView(db, jobId))?.attempts).toBe(attempt);
    time.advance(LEASE_MS + 1);
  }
  expect(told).toEqual([]);
  expect(await runner({ crash: never }, time).runOne()).toBe(false);
  expect(await jobView(db, jobId)).toMatchObject({ state: "dead", lastError: "WORKER_LOST" });
  expect(told).toEqual(["WORKER_LOST"]);
});

test("a refusal is kept by its code; an unknown kind is given up at once", async () => {
  const worker = runner({
    refuse: jobHandler(z.unknown(), async () => {
      throw new Refusal("OUT_OF_STOCK");
    }),
  });
  const [refused, unknown] = [await add("refuse"), await add("nobody-does-this")];
  await drain(worker);
  expect(await jobView(db, refused)).toMatchObject({ state: "waiting", lastError: "OUT_OF_STOCK" });
  expect(await jobView(db, unknown)).toMatchObject({ state: "dead", lastError: "JOB_KIND_UNKNOWN" });
});

test("a key is carried by one waiting job; once that one has started, the next may wait", async () => {
  const first = await add("once", {}, { dedupeKey: "k" });
  expect(await add("once", {}, { dedupeKey: "k" })).toBe(first);
  await drain(runner({ once: jobHandler(z.unknown(), async () => undefined) }));
  expect(await add("once", {}, { dedupeKey: "k" })).not.toBe(first);
});

test("a job waits for its time", async () => {
  const time = standingClock();
  await add("later", {}, { runAfter: new Date(START.getTime() + 5_000) });
  const worker = runner(
    { later: jobHandler(z.unknown(), async () => undefined), once: jobHandler(z.unknown(), async () => undefined) },
    time,
  );
  await drain(worker);
  time.advance(5_000);
  expect(await worker.runOne()).toBe(true);
});

test("a cancelled job writes nothing more", async () => {
  const started = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const worker = runner({
    cancelled: jobHandler(Numbered, async (ctx, { n }, job) => {
      started.resolve();
      await go.promise;
      await ctx.db.transact(async (tx) => {
        await job.hold(tx);
        await leaveMark(tx, n);
      });
    }),
  });
  const jobId = await add("cancelled", { n: 9002 });
  const run = worker.runOne();
  await started.promise;
  expect(await db.transact((tx) => cancel(tx, testContext(db), jobId))).toBe(true);
  go.resolve();
  await run;
  expect((await marks()).has(9002)).toBe(false);
  expect(await jobView(db, jobId)).toMatchObject({ state: "cancelled" });
  expect(await db.transact((tx) => cancel(tx, testContext(db), jobId))).toBe(false);
});

test("a worker that stops gives its job back at once, and the try does not count", async () => {
  const started = Promise.withResolvers<void>();
  const worker = runner({
    long: jobHandler(z.unknown(), async (_, __, job) => {
      started.resolve();
      await new Promise((_, reject) => job.signal.addEventListener("abort", () => reject(new Error("stopped"))));
    }),
  });
  const jobId = await add("long");
  worker.start(1);
  await started.promise;
  await worker.stop(10);
  await expect.poll(() => jobView(db, jobId)).toMatchObject({ state: "waiting", attempts: 0, lastError: null });
});

test("progress is shown while a job runs", async () => {
  const jobId = await add("progress");
  let seen: unknown;
  await drain(
    runner({
      long: jobHandler(z.unknown(), async () => undefined),
      progress: jobHandler(z.unknown(), async (ctx, _, job) => {
        await job.heartbeat({ done: 3, total: 10 });
        seen = await jobView(ctx.db, jobId);
      }),
    }),
  );
  expect(seen).toMatchObject({ state: "running", progress: { done: 3, total: 10 } });
});

test("a daily job is enqueued once a day, however many workers there are", async () => {
  const time = standingClock();
  const handlers = { daily: jobHandler(z.object({}), async () => undefined, { every: "day" }) };
  const workers = [runner(handlers, time), runner(handlers, time)];
  const days = async () => db.$count(jobs, eq(jobs.kind, "daily"));
  for (const worker of workers) await worker.scheduleDay();
  expect(await days()).toBe(1);
  await drain(workers[0] ?? runner(handlers, time));
  for (const worker of workers) await worker.scheduleDay();
  expect(await days()).toBe(1);
  time.advance(86_400_000);
  await Promise.all(workers.map((worker) => worker.scheduleDay()));
  expect(await days()).toBe(2);
});
