import { router, staff } from "../../api/trpc.ts";
import { AssignTier, DecideAssignment } from "../model.ts";
import * as queries from "../queries.ts";
import * as assignments from "./service.ts";

export const assignmentsRouter = router({
  list: staff("tier:read").query(({ ctx }) => queries.assignments(ctx.db)),
  assign: staff("tier:assign")
    .input(AssignTier)
    .mutation(({ ctx, input }) => assignments.assign(ctx, input)),
  decide: staff("tier:assign", { stepUp: true })
    .input(DecideAssignment)
    .mutation(({ ctx, input }) => assignments.decide(ctx, input)),
});
