import { setTimeout as pause } from "node:timers/promises";
import { and, asc, eq, lte, ne, sql } from "drizzle-orm";
import type { Db, Tx } from "#db/client.ts";
import { jobSchedules, jobs } from "#db/schema/jobs.ts";
import { failpoint } from "../core/failpoint.ts";
import type { Id } from "../core/id.ts";
import { Refusal } from "../core/refusal.ts";
import { businessDay, type Clock } from "../core/time.ts";
import { type Job, type JobContext, type JobHandler, LeaseLost, type Progress } from "./job.ts";
import { enqueue } from "./outbox.ts";

/** How long a claim lasts without a sign of life. */
export const LEASE_MS = 30_000;
/** Tries before a job is given up for people to look at. */
export const MAX_ATTEMPTS = 8;
/** The code of a try that ended with its worker. */
const WORKER_LOST = "WORKER_LOST";
/** Candidates that a worker looks at in one go; it tries them in random order, so that workers seldom collide. */
const CANDIDATES = 16;
const IDLE_MS = 250;

export type RunnerDeps = {
  readonly db: Db;
  readonly handlers: Readonly<Record<string, JobHandler>>;
  /** The context of one run: the clock read now, the system as actor under the name of the job's kind. */
  readonly context: (kind: string) => JobContext;
  readonly clock: Clock;
  /** From 0 (inclusive) to 1: spreads retries and claims. */
  readonly random: () => number;
  /** Told of every try that failed. */
  readonly onFailure?: (failure: JobFailure) => void;
  /** Told when the queue itself cannot be worked, e.g. because the database is away; the lanes carry on. */
  readonly onTrouble?: (reason: unknown) => void;
  readonly leaseMs?: number;
};

export type JobFailure = {
  readonly id: Id<"job">;
  readonly kind: string;
  readonly attempt: number;
  readonly code: string;
  /** True when it was the last try. */
  readonly dead: boolean;
};

export type Runner = {
  /** Claims and runs one job that is due. False when none was. */
  runOne(): Promise<boolean>;
  /** Enqueues the daily jobs that today still lacks. */
  scheduleDay(): Promise<void>;
  /** Runs jobs in `slots` lanes until `stop`. */
  start(slots: number): void;
  /** Takes no more jobs, lets running ones end for `graceMs`, then releases their leases. */
  stop(graceMs: number): Promise<void>;
};

type Claim = {
  readonly id: Id<"job">;
  readonly kind: string;
  readonly payload: unknown;
  readonly fence: number;
  readonly attempt: number;
};

/** One worker's view of the queue. Any number of them may work on one database at once. */
export function openRunner(deps: RunnerDeps): Runner {
  const { db, handlers, clock, random } = deps;
  const leaseMs = deps.leaseMs ?? LEASE_MS;
  const running = new Map<Claim, AbortController>();
  let stopping = false;
  let lanes: Promise<void>[] = [];

  async function claim(): Promise<Claim | null> {
    const now = clock();
    const due = await db
      .select({ id: jobs.id, fence: jobs.fence })
      .from(jobs)
      .where(lte(jobs.dueAt, now))
      .orderBy(asc(jobs.dueAt))
      .limit(CANDIDATES);
    for (const candidate of shuffled(due, random)) {
      const claimed = await db.transact((tx) => take(tx, candidate, now));
      if (claimed !== null) return claimed;
    }
    return null;
  }

  /** One conditional update decides between workers; a job that has used up its tries is put aside instead. */
  async function take(tx: Tx, { id, fence }: { id: Id<"job">; fence: number }, now: Date): Promise<Claim | null> {
    const stillDue = and(eq(jobs.id, id), eq(jobs.fence, fence), lte(jobs.dueAt, now));
    const [taken] = await tx
      .update(jobs)
      .set({
        state: "running",
        dueAt: new Date(now.getTime() + leaseMs),
        fence: fence + 1,
        attempts: sql`${jobs.attempts} + 1`,
        dedupeKey: null,
      })
      .where(stillDue)
      .returning({
        kind: jobs.kind,
        payload: jobs.payload,
        fence: jobs.fence,
        attempt: jobs.attempts,
        lastError: jobs.lastError,
      });
    if (taken === undefined) return null;
    const { lastError, ...claimed } = taken;
    const held = { id, ...claimed };
    if (held.attempt <= MAX_ATTEMPTS) return held;
    await giveUp(tx, held, lastError ?? WORKER_LOST, now);
    return null;
  }

  const mine = ({ id, fence }: Claim) => and(eq(jobs.id, id), eq(jobs.fence, fence), eq(jobs.state, "running"));

  /** Puts a job aside for people to look at, and lets whoever waits for it know. */
  async function giveUp(tx: Tx, held: Claim, code: string, now: Date): Promise<void> {
    const ended = await tx
      .update(jobs)
      .set({
        state: "dead",
        dueAt: null,
        attempts: Math.min(held.attempt, MAX_ATTEMPTS),
        lastError: code,
        finishedAt: now,
      })
      .where(mine(held))
      .returning({ id: jobs.id });
    if (ended.length > 0) await handlers[held.kind]?.gaveUp?.(tx, deps.context(held.kind), held.payload, code);
  }

  /** Renews the lease, or says that it is gone: an update, so that it holds the row until the transaction ends. */
  async function renew(tx: Tx, held: Claim, change: { progress?: Progress } = {}): Promise<void> {
    const kept = await tx
      .update(jobs)
      .set({ dueAt: new Date(clock().getTime() + leaseMs), ...change })
      .where(mine(held))
      .returning({ id: jobs.id });
    if (kept.length === 0) {
      running.get(held)?.abort();
      throw new LeaseLost();
    }
  }

  async function finish(tx: Tx, held: Claim): Promise<void> {
    const ended = await tx
      .update(jobs)
      .set({ state: "done", dueAt: null, lastError: null, finishedAt: clock() })
      .where(mine(held))
      .returning({ id: jobs.id });
    if (ended.length === 0) throw new LeaseLost();
  }

  async function fail(held: Claim, reason: unknown): Promise<void> {
    const code = codeOf(reason);
    const dead = held.attempt >= MAX_ATTEMPTS || handlers[held.kind] === undefined;
    const now = clock();
    await db.transact(async (tx) => {
      if (dead) return giveUp(tx, held, code, now);
      const dueAt = new Date(now.getTime() + backOffMs(held.attempt, random));
      await tx.update(jobs).set({ lastError: code, state: "waiting", dueAt }).where(mine(held));
    });
    deps.onFailure?.({ id: held.id, kind: held.kind, attempt: held.attempt, code, dead });
  }

  /** Gives an unfinished job back at once, as if this try had not been. */
  async function release(held: Claim): Promise<void> {
    await db.transact(async (tx) => {
      await tx
        .update(jobs)
        .set({ state: "waiting", dueAt: clock(), fence: held.fence + 1, attempts: held.attempt - 1 })
        .where(mine(held));
    });
  }

  async function run(held: Claim): Promise<void> {
    const abort = new AbortController();
    running.set(held, abort);
    let finished = false;
    const job: Job = {
      id: held.id,
      fence: held.fence,
      attempt: held.attempt,
      signal: abort.signal,
      heartbeat: (progress) => db.transact((tx) => renew(tx, held, { progress })),
      hold: (tx) => renew(tx, held),
      finish: async (tx) => {
        await finish(tx, held);
        finished = true;
      },
    };
    const pulse = setInterval(() => job.heartbeat().catch(() => abort.abort()), leaseMs / 3);
    try {
      failpoint("job.claimed");
      const handler = handlers[held.kind];
      if (handler === undefined) throw new Refusal("JOB_KIND_UNKNOWN");
      await handler.run(deps.context(held.kind), held.payload, job);
      failpoint("job.before-finish");
      if (!finished) await db.transact((tx) => finish(tx, held));
      failpoint("job.after-finish");
    } catch (reason) {
      if (reason instanceof LeaseLost) return;
      await (stopping && abort.signal.aborted ? release(held) : fail(held, reason));
    } finally {
      clearInterval(pulse);
      running.delete(held);
    }
  }

  async function runOne(): Promise<boolean> {
    const held = await claim();
    if (held === null) return false;
    await run(held);
    return true;
  }

  async function scheduleDay(): Promise<void> {
    const daily = Object.entries(handlers).filter(([, handler]) => handler.every === "day");
    for (const [kind] of daily) {
      const ctx = deps.context(kind);
      const today = businessDay(ctx.now);
      await db.transact(async (tx) => {
        const scheduled = await tx
          .insert(jobSchedules)
          .values({ kind, lastDay: today })
          .onConflictDoUpdate({
            target: jobSchedules.kind,
            set: { lastDay: today },
            setWhere: ne(jobSchedules.lastDay, today),
          })
          .returning({ kind: jobSchedules.kind });
        if (scheduled.length > 0) await enqueue(tx, ctx, { kind, payload: {}, dedupeKey: "day" });
      });
    }
  }

  async function lane(): Promise<void> {
    while (!stopping) {
      try {
        if (await runOne()) continue;
      } catch (reason) {
        deps.onTrouble?.(reason);
      }
      await pause(IDLE_MS * (0.5 + random()));
    }
  }

  return {
    runOne,
    scheduleDay,
    start(slots) {
      lanes = Array.from({ length: slots }, lane);
    },
    async stop(graceMs) {
      stopping = true;
      await Promise.race([Promise.all(lanes), pause(graceMs, undefined, { ref: false })]);
      for (const abort of running.values()) abort.abort();
      for (const held of [...running.keys()]) await release(held);
    },
  };
}

/** Waits 1 s, 2 s, 4 s … up to an hour, each shortened by up to half at random, so that failures do not march in step. */
export function backOffMs(attempt: number, random: () => number): number {
  return Math.min(3_600_000, 1_000 * 2 ** (attempt - 1)) * (1 - random() / 2);
}

/** What may be kept of a failure: a code, never a message. */
function codeOf(reason: unknown): string {
  for (let cause = reason; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof Refusal) return cause.code;
    if ("code" in cause && typeof cause.code === "string") return cause.code;
  }
  return reason instanceof Error ? reason.name : "unknown";
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
