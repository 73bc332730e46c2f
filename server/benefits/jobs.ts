import { z } from "zod";
import { jobHandler } from "../jobs/job.ts";
import { sweep } from "./redemption/codes/service.ts";

/** Forgets codes that are long over. */
export const jobs = {
  "benefits.sweepCodes": jobHandler(
    z.strictObject({}),
    async (ctx, _payload, job) => {
      await ctx.db.transact(async (tx) => {
        await job.hold(tx);
        await sweep(tx, ctx);
        await job.finish(tx);
      });
    },
    { every: "day" },
  ),
};
