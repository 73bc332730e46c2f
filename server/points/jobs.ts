import { setImmediate as pause } from "node:timers/promises";
import { asc, lte, min } from "drizzle-orm";
import { z } from "zod";
import { pointsAccounts } from "#db/schema/points.ts";
import { type Job, type JobContext, type JobHandler, jobHandler } from "../jobs/job.ts";
import { enqueue } from "../jobs/outbox.ts";
import { settleDue } from "./service.ts";

/** Members settled in one transaction: some milliseconds of the one writer. */
const BATCH = 200;
/** The shortest time between two sweeps. */
const REST_MS = 5 * 60_000;

/** `points.expire` books what expired, and points that make up for a balance below zero: daily, and when the next falls due. */
export const jobs = {
  "points.expire": jobHandler(
    z.object({}),
    async (ctx, _, job) => {
      let done = 0;
      for (;;) {
        const settled = await settleBatch(ctx, job);
        done += settled;
        if (settled < BATCH) break;
        await job.heartbeat({ done, total: done });
        await pause();
      }
      await scheduleNext(ctx, job);
    },
    { every: "day" },
  ),
} satisfies Record<string, JobHandler>;

async function settleBatch(ctx: JobContext, job: Job): Promise<number> {
  return ctx.db.transact(async (tx) => {
    await job.hold(tx);
    const due = await tx
      .select({ memberId: pointsAccounts.memberId })
      .from(pointsAccounts)
      .where(lte(pointsAccounts.dueAt, ctx.now))
      .orderBy(asc(pointsAccounts.dueAt))
      .limit(BATCH);
    await settleDue(
      tx,
      ctx,
      due.map(({ memberId }) => memberId),
    );
    return due.length;
  });
}

async function scheduleNext(ctx: JobContext, job: Job): Promise<void> {
  await ctx.db.transact(async (tx) => {
    await job.hold(tx);
    const [next] = await tx.select({ dueAt: min(pointsAccounts.dueAt) }).from(pointsAccounts);
    if (!next?.dueAt) return;
    const runAfter = new Date(Math.max(next.dueAt.getTime(), ctx.now.getTime() + REST_MS));
    await enqueue(tx, ctx, { kind: "points.expire", payload: {}, runAfter, dedupeKey: "next" });
  });
}
