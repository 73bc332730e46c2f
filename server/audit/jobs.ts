import { join } from "node:path";
import { z } from "zod";
import { processConfig } from "../config.ts";
import { idSchema } from "../core/id.ts";
import { type JobHandler, jobHandler } from "../jobs/job.ts";
import { checkpointFiles } from "./checkpoints/checkpoint-files.ts";
import { runVerification } from "./verification/service.ts";

/** Where this deployment keeps its checkpoints outside the database. */
export function outsideFiles(dataDir: string) {
  return checkpointFiles(join(/* turbopackIgnore: true */ dataDir, "checkpoints"));
}

export const jobs: Record<string, JobHandler> = {
  "audit.verify": jobHandler(z.strictObject({ requestId: idSchema<"auditEntry">() }), (ctx, { requestId }, job) =>
    runVerification(ctx, outsideFiles(processConfig().dataDir), { requestId, job }),
  ),
};
