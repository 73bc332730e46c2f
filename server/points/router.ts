import { anyone, member, router, staff } from "../api/trpc.ts";
import { OneMember } from "../tiers/model.ts";
import { DeductPoints, PointsPage, ProposePoints, PublishPoints } from "./model.ts";
import { openProposal, publishedPolicies } from "./policies/queries.ts";
import * as policies from "./policies/service.ts";
import * as queries from "./queries.ts";
import * as service from "./service.ts";

export const pointsRouter = router({
  /** The public rulebook: every published version, newest first, with what it changed. */
  rulebook: anyone().query(({ ctx }) => publishedPolicies(ctx.db, ctx.now)),
  mine: member().query(({ ctx }) => queries.pointsOf(ctx.db, ctx.actor.id, ctx.now)),
  ledger: member()
    .input(PointsPage)
    .query(({ ctx, input }) => queries.pointsPage(ctx.db, ctx.actor.id, input)),
  ofMember: staff("member:read")
    .input(OneMember)
    .query(({ ctx, input }) => queries.pointsOf(ctx.db, input.memberId, ctx.now)),
  deduct: staff("points:deduct", { stepUp: true })
    .input(DeductPoints)
    .mutation(({ ctx, input }) => service.deduct(ctx, input)),
  proposal: staff("points:read").query(({ ctx }) => openProposal(ctx.db, ctx.actor.id, ctx.now)),
  propose: staff("points:propose")
    .input(ProposePoints)
    .mutation(({ ctx, input }) => policies.propose(ctx, input)),
  publish: staff("points:publish", { stepUp: true })
    .input(PublishPoints)
    .mutation(({ ctx, input }) => policies.publish(ctx, input)),
});
