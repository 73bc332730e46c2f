import { z } from "zod";
import { sweepAnswers } from "../api/idempotency.ts";
import { jobs as auditJobs } from "../audit/jobs.ts";
import { jobs as benefitJobs } from "../benefits/jobs.ts";
import { jobs as consentJobs } from "../consents/jobs.ts";
import { addDays } from "../core/time.ts";
import { sweepUploads, UPLOAD_DAYS } from "../core/uploads.ts";
import { jobs as memberJobs } from "../members/jobs.ts";
import { jobs as offerJobs } from "../offers/jobs.ts";
import { jobs as orderJobs } from "../orders/jobs.ts";
import { jobs as pointsJobs } from "../points/jobs.ts";
import { jobs as tierJobs } from "../tiers/jobs.ts";
import { type JobHandler, jobHandler } from "./job.ts";
import { sweepJobs } from "./outbox.ts";

/** For how many days a finished job is kept for people to look at. */
const FINISHED_DAYS = 30;

const houseJobs = {
  "house.sweep": jobHandler(
    z.strictObject({}),
    async (ctx, _, job) => {
      await ctx.db.transact(async (tx) => {
        await job.hold(tx);
        await sweepJobs(tx, addDays(ctx.now, -FINISHED_DAYS));
        await sweepAnswers(tx, ctx.now);
      });
      await sweepUploads(addDays(ctx.now, -UPLOAD_DAYS));
    },
    { every: "day" },
  ),
} satisfies Record<string, JobHandler>;

/** Every kind of job there is: one line for each capability. */
export const jobHandlers: Readonly<Record<string, JobHandler>> = {
  ...houseJobs,
  ...auditJobs,
  ...benefitJobs,
  ...consentJobs,
  ...memberJobs,
  ...offerJobs,
  ...orderJobs,
  ...pointsJobs,
  ...tierJobs,
};
