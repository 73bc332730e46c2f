import { z } from "zod";
import { member, router, staff } from "../../api/trpc.ts";
import { idSchema } from "../../core/id.ts";
import { OneChild } from "../model.ts";
import { AddChild, DecideCase, DisputeGuardianship, OpenCase } from "./model.ts";
import * as queries from "./queries.ts";
import * as guardianship from "./service.ts";

export const guardianshipRouter = router({
  children: member().query(({ ctx }) => queries.childrenOf(ctx.db, ctx.actor.id)),
  addChild: member()
    .input(AddChild)
    .mutation(({ ctx, input }) => guardianship.addChild(ctx, input)),
  removeChild: member()
    .input(OneChild)
    .mutation(({ ctx, input }) => guardianship.removeChild(ctx, input)),
  dispute: member()
    .input(DisputeGuardianship)
    .mutation(({ ctx, input }) => guardianship.dispute(ctx, input)),
  childrenOf: staff("guardianship:read")
    .input(z.strictObject({ memberId: idSchema<"member">() }))
    .query(({ ctx, input }) => queries.childrenOf(ctx.db, input.memberId)),
  cases: staff("guardianship:read")
    .input(
      z.strictObject({
        state: z.enum(["open", "decided"]).default("open"),
        before: idSchema<"guardianCase">().optional(),
        size: z.int().min(1).max(100).default(20),
      }),
    )
    .query(({ ctx, input }) => queries.cases(ctx.db, input.state, input.before, input.size)),
  openCase: staff("guardianship:open")
    .input(OpenCase)
    .mutation(({ ctx, input }) => guardianship.openCase(ctx, input)),
  decideCase: staff("guardianship:decide", { stepUp: true })
    .input(DecideCase)
    .mutation(({ ctx, input }) => guardianship.decideCase(ctx, input)),
});
