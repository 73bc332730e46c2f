import { z } from "zod";
import { idSchema, type OrderId } from "../core/id.ts";
import { systemClock } from "../core/time.ts";
import { type JobHandler, jobHandler } from "../jobs/job.ts";
import { closeLost } from "./console/export/service.ts";
import { jobHold } from "./importing/hold.ts";
import { stop } from "./importing/resuming.ts";
import { runBatch } from "./importing/run.ts";
import { giveUpWaiting } from "./importing/service.ts";
import { purge, purgeEnded } from "./service.ts";
import { runUndo } from "./undoing/run.ts";
import { forgetOverwritten } from "./undoing/service.ts";

const OfBatch = z.strictObject({ batchId: idSchema<"importBatch">() });
const seenToStop: Parameters<typeof jobHandler<typeof OfBatch>>[2] = {
  gaveUp: (tx, ctx, { batchId }, code) => stop(tx, ctx, batchId, code),
};

/** `orders.import` checks or imports one batch and `orders.undo` undoes one, both carrying on after a crash; `orders.purge` daily drops what has expired and closes exports that broke off. */
export const jobs = {
  "orders.import": jobHandler(
    OfBatch,
    (ctx, { batchId }, job) => runBatch(ctx, batchId, jobHold(job, systemClock)),
    seenToStop,
  ),
  "orders.undo": jobHandler(
    OfBatch,
    (ctx, { batchId }, job) => runUndo(ctx, batchId, jobHold(job, systemClock)),
    seenToStop,
  ),
  "orders.purge": jobHandler(
    z.strictObject({}),
    async (ctx, _, job) => {
      await ctx.db.transact(async (tx) => {
        await job.hold(tx);
        await purge(tx, ctx);
        await giveUpWaiting(tx, ctx);
        await closeLost(tx, ctx);
      });
      let after: OrderId | null = null;
      do
        after = await ctx.db.transact(async (tx) => {
          await job.hold(tx);
          return purgeEnded(tx, ctx, after);
        });
      while (after !== null);
      const forgetSome = () =>
        ctx.db.transact(async (tx) => {
          await job.hold(tx);
          return forgetOverwritten(tx, ctx);
        });
      while (await forgetSome());
    },
    { every: "day" },
  ),
} satisfies Record<string, JobHandler>;
