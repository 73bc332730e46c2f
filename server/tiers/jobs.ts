import { setImmediate as pause } from "node:timers/promises";
import { and, asc, gt, lte, min } from "drizzle-orm";
import { z } from "zod";
import { members } from "#db/schema/members.ts";
import { tierStandings } from "#db/schema/tiers.ts";
import type { MemberId } from "../core/id.ts";
import { idSchema } from "../core/id.ts";
import { type Job, type JobContext, type JobHandler, jobHandler } from "../jobs/job.ts";
import { enqueue } from "../jobs/outbox.ts";
import { evaluate } from "./service.ts";

/** Members evaluated in one transaction: some milliseconds of the one writer. */
const BATCH = 200;
/** The shortest time between two sweeps. */
const REST_MS = 5 * 60_000;

/**
 * `tiers.sweep` evaluates every member whose standing can have changed by itself (growth that took effect, a period or
 * grace that ended, a manual tier that ran out), daily and again when the next one falls due. `tiers.adopt` evaluates
 * all members once a new ladder version takes effect.
 */
export const jobs = {
  "tiers.sweep": jobHandler(
    z.object({}),
    async (ctx, _, job) => {
      let done = 0;
      for (;;) {
        const swept = await sweepBatch(ctx, job);
        done += swept;
        if (swept < BATCH) break;
        await job.heartbeat({ done, total: done });
        await pause();
      }
      await scheduleNext(ctx, job);
    },
    { every: "day" },
  ),
  "tiers.adopt": jobHandler(
    z.object({ version: z.int(), after: idSchema<"member">().optional() }),
    async (ctx, { after }, job) => {
      for (let cursor = after; ; await pause()) {
        const next = await adoptBatch(ctx, job, cursor);
        if (next === null) return;
        cursor = next;
      }
    },
  ),
} satisfies Record<string, JobHandler>;

async function sweepBatch(ctx: JobContext, job: Job): Promise<number> {
  return ctx.db.transact(async (tx) => {
    await job.hold(tx);
    const due = await tx
      .select({ memberId: tierStandings.memberId })
      .from(tierStandings)
      .where(lte(tierStandings.dueAt, ctx.now))
      .orderBy(asc(tierStandings.dueAt))
      .limit(BATCH);
    await evaluate(
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
    const [next] = await tx.select({ dueAt: min(tierStandings.dueAt) }).from(tierStandings);
    if (!next?.dueAt) return;
    const runAfter = new Date(Math.max(next.dueAt.getTime(), ctx.now.getTime() + REST_MS));
    await enqueue(tx, ctx, { kind: "tiers.sweep", payload: {}, runAfter, dedupeKey: "next" });
  });
}

/** Evaluates the next members in the order of their ids; gives the last of them, null at the end. */
async function adoptBatch(ctx: JobContext, job: Job, after: MemberId | undefined): Promise<MemberId | null> {
  return ctx.db.transact(async (tx) => {
    await job.hold(tx);
    const batch = await tx
      .select({ memberId: members.id })
      .from(members)
      .where(and(after === undefined ? undefined : gt(members.id, after)))
      .orderBy(asc(members.id))
      .limit(BATCH);
    await evaluate(
      tx,
      ctx,
      batch.map(({ memberId }) => memberId),
    );
    return batch.length < BATCH ? null : (batch.at(-1)?.memberId ?? null);
  });
}
