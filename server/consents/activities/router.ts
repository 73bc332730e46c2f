import { router, staff } from "../../api/trpc.ts";
import { DecideAssessment, MoveActivity, OneActivity, SaveActivity, SubmitAssessment } from "./model.ts";
import * as queries from "./queries.ts";
import * as activities from "./service.ts";

export const activitiesRouter = router({
  list: staff("activity:read").query(({ ctx }) => queries.list(ctx.db)),
  detail: staff("activity:read")
    .input(OneActivity)
    .query(({ ctx, input }) => queries.detail(ctx.db, input.code, ctx.actor.id)),
  save: staff("activity:draft")
    .input(SaveActivity)
    .mutation(({ ctx, input }) => activities.save(ctx, input)),
  submitAssessment: staff("activity:assess")
    .input(SubmitAssessment)
    .mutation(({ ctx, input }) => activities.submitAssessment(ctx, input)),
  decideAssessment: staff("activity:approve", { stepUp: true })
    .input(DecideAssessment)
    .mutation(({ ctx, input }) => activities.decideAssessment(ctx, input)),
  move: staff("activity:move", { stepUp: true })
    .input(MoveActivity)
    .mutation(({ ctx, input }) => activities.move(ctx, input)),
});
