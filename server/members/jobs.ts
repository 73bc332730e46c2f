import { z } from "zod";
import { idSchema } from "../core/id.ts";
import { sweepLimits } from "../core/limits.ts";
import { sweepChallenges } from "../core/passkeys/service.ts";
import { type JobHandler, jobHandler } from "../jobs/job.ts";
import { handOver, sweepCodes } from "./codes/service.ts";
import { sweepSessions } from "./service.ts";
import { sweepOutbox } from "./sms/outbox.ts";
import { smsGateway } from "./sms/service.ts";

export const jobs: Record<string, JobHandler> = {
  "members.sendCode": jobHandler(z.strictObject({ codeId: idSchema<"oneTimeCode">() }), (ctx, { codeId }) =>
    handOver(ctx, smsGateway(), codeId),
  ),
  "members.sweep": jobHandler(
    z.strictObject({}),
    (ctx, _, job) =>
      ctx.db.transact(async (tx) => {
        await job.hold(tx);
        await sweepCodes(tx, ctx);
        await sweepOutbox(tx, ctx);
        await sweepSessions(tx, ctx);
        await sweepChallenges(tx, ctx);
        await sweepLimits(tx, ctx);
      }),
    { every: "day" },
  ),
};
