import { z } from "zod";
import { processConfig } from "../config.ts";
import { type JobHandler, jobHandler } from "../jobs/job.ts";
import { PurposeCode } from "./model.ts";
import { retire, supersede, sweep } from "./retention/service.ts";
import { tombstonesOf } from "./tombstones/service.ts";
import { Tombstone } from "./tombstones/tombstone-files.ts";

const OfPurpose = z.strictObject({ purpose: PurposeCode });
const Ended = z.strictObject({ ended: z.array(Tombstone.omit({ at: true })) });

export const jobs = {
  "consents.supersede": jobHandler(OfPurpose, (ctx, { purpose }, job) => supersede(ctx, job, purpose)),
  "consents.retire": jobHandler(OfPurpose, (ctx, { purpose }, job) => retire(ctx, job, purpose)),
  "consents.tombstones": jobHandler(Ended, (ctx, { ended }) =>
    tombstonesOf(processConfig().dataDir).append(ended.map((one) => ({ ...one, at: ctx.now.getTime() }))),
  ),
  "consents.sweep": jobHandler(
    z.strictObject({}),
    async (ctx, _, job) => {
      await sweep(ctx, job);
    },
    { every: "day" },
  ),
} satisfies Record<string, JobHandler>;
