import { z } from "zod";
import { router, staff } from "../../api/trpc.ts";
import { idSchema } from "../../core/id.ts";
import * as queries from "./queries.ts";
import { requestSweep } from "./service.ts";

export const retentionRouter = router({
  schedule: staff("retention:read").query(({ ctx }) => queries.schedule(ctx)),
  disposals: staff("retention:read")
    .input(z.strictObject({ before: idSchema<"disposal">().optional(), size: z.int().min(1).max(200).default(50) }))
    .query(({ ctx, input }) => queries.disposalPage(ctx.db, input.before, input.size)),
  run: staff("retention:run", { stepUp: true }).mutation(({ ctx }) => requestSweep(ctx)),
});
