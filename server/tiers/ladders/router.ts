import { router, staff } from "../../api/trpc.ts";
import { DraftLadder, DryRunLadder, EditLadder, LadderRef, OneLadder, PublishLadder } from "../model.ts";
import * as queries from "./queries.ts";
import * as ladders from "./service.ts";

export const laddersRouter = router({
  drafts: staff("tier:read").query(({ ctx }) => queries.openDrafts(ctx.db)),
  one: staff("tier:read")
    .input(OneLadder)
    .query(({ ctx, input }) => queries.oneDraft(ctx.db, ctx.actor.id, input.ladderId, ctx.now)),
  draft: staff("tier:draft")
    .input(DraftLadder)
    .mutation(({ ctx, input }) => ladders.draft(ctx, input)),
  edit: staff("tier:draft")
    .input(EditLadder)
    .mutation(({ ctx, input }) => ladders.edit(ctx, input)),
  dryRun: staff("tier:read")
    .input(DryRunLadder)
    .query(({ ctx, input }) => queries.dryRun(ctx.db, input.terms, ctx.now)),
  approve: staff("tier:approve", { stepUp: true })
    .input(LadderRef)
    .mutation(({ ctx, input }) => ladders.approve(ctx, input)),
  publish: staff("tier:publish")
    .input(PublishLadder)
    .mutation(({ ctx, input }) => ladders.publish(ctx, input)),
});
