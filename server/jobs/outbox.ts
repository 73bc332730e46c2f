import { and, eq, lt } from "drizzle-orm";
import type { Reader, Tx } from "#db/client.ts";
import { jobs } from "#db/schema/jobs.ts";
import type { Context } from "../core/context.ts";
import type { Id } from "../core/id.ts";
import type { Progress } from "./job.ts";

export type NewJob = {
  readonly kind: string;
  /** Ids and settings only: nothing personal may wait in a queue. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly runAfter?: Date;
  /** At most one waiting job of this kind carries the key; asking again gives the one that waits. */
  readonly dedupeKey?: string;
};

/** Adds a job in the transaction of the business fact that calls for it: both commit or neither. */
export async function enqueue(tx: Tx, ctx: Pick<Context, "now" | "newId">, job: NewJob): Promise<Id<"job">> {
  const id = ctx.newId<"job">();
  const added = await tx
    .insert(jobs)
    .values({
      id,
      kind: job.kind,
      payload: job.payload,
      state: "waiting",
      dueAt: job.runAfter ?? ctx.now,
      fence: 0,
      attempts: 0,
      dedupeKey: job.dedupeKey ?? null,
      createdAt: ctx.now,
    })
    .onConflictDoNothing()
    .returning({ id: jobs.id });
  if (added.length > 0 || job.dedupeKey === undefined) return id;
  const [waiting] = await tx
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.kind, job.kind), eq(jobs.dedupeKey, job.dedupeKey)));
  if (waiting === undefined) throw new Error(`job ${job.kind} was neither added nor found`);
  return waiting.id;
}

/** Stops a job that is not over: a waiting one never starts, a running one can write nothing more. Gives whether it did. */
export async function cancel(tx: Tx, ctx: Pick<Context, "now">, jobId: Id<"job">): Promise<boolean> {
  const [job] = await tx.select({ fence: jobs.fence, state: jobs.state }).from(jobs).where(eq(jobs.id, jobId));
  if (job === undefined || (job.state !== "waiting" && job.state !== "running")) return false;
  const stopped = await tx
    .update(jobs)
    .set({ state: "cancelled", dueAt: null, dedupeKey: null, fence: job.fence + 1, finishedAt: ctx.now })
    .where(and(eq(jobs.id, jobId), eq(jobs.fence, job.fence)))
    .returning({ id: jobs.id });
  return stopped.length > 0;
}

export type JobView = {
  readonly state: "waiting" | "running" | "done" | "dead" | "cancelled";
  readonly attempts: number;
  readonly progress: Progress | null;
  readonly lastError: string | null;
};

/** Where a job stands, for progress bars; null when there is no such job. */
export async function jobView(reader: Reader, jobId: Id<"job">): Promise<JobView | null> {
  const [job] = await reader
    .select({ state: jobs.state, attempts: jobs.attempts, progress: jobs.progress, lastError: jobs.lastError })
    .from(jobs)
    .where(eq(jobs.id, jobId));
  return job ?? null;
}

/** Forgets the jobs that were over before this instant. */
export async function sweepJobs(tx: Tx, before: Date): Promise<void> {
  await tx.delete(jobs).where(lt(jobs.finishedAt, before));
}
