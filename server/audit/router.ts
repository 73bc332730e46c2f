import { member, router, staff } from "../api/trpc.ts";
import { ListEntries, OneEntry } from "./model.ts";
import * as queries from "./queries.ts";
import { requestVerification } from "./verification/service.ts";

export const auditRouter = router({
  entries: staff("audit:read")
    .input(ListEntries)
    .query(({ ctx, input }) => queries.entries(ctx.db, input)),
  entry: staff("audit:read")
    .input(OneEntry)
    .query(({ ctx, input }) => queries.entry(ctx.db, input.entryId)),
  checkpoints: staff("audit:read").query(({ ctx }) => queries.checkpoints(ctx, 20)),
  requestVerification: staff("audit:read").mutation(({ ctx }) => requestVerification(ctx)),
  verification: staff("audit:read")
    .input(OneEntry)
    .query(({ ctx, input }) => queries.verification(ctx.db, input.entryId)),
  lastVerification: staff("audit:read").query(({ ctx }) => queries.lastVerification(ctx.db)),
  /** Who looked at what is normally masked about the member who asks. */
  accessesToMe: member().query(({ ctx }) => queries.accessesToMe(ctx)),
});
