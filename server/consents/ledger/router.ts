import { z } from "zod";
import { member, router } from "../../api/trpc.ts";
import { RestrictPurpose } from "../gateway/model.ts";
import { PurposeOf } from "../model.ts";
import { CorrectValues, Grant, Refuse, Serve, Withdraw } from "./model.ts";
import * as queries from "./queries.ts";
import * as ledger from "./service.ts";

/** What a member decides about: nobody else can. */
export const ledgerRouter = router({
  mine: member().query(({ ctx }) => queries.mine(ctx)),
  prompt: member().query(({ ctx }) => queries.prompt(ctx.db, ctx.actor.id)),
  sheet: member()
    .input(PurposeOf)
    .query(({ ctx, input }) => queries.sheet(ctx, input)),
  history: member()
    .input(
      z.strictObject({ before: z.int().min(1).optional(), size: z.int().min(1).max(100).default(20) }).prefault({}),
    )
    .query(({ ctx, input }) => queries.consentHistory(ctx.db, ctx.actor.id, input)),
  serve: member()
    .input(Serve)
    .mutation(({ ctx, input }) => ledger.serve(ctx, input, ctx.door.locale)),
  grant: member()
    .input(Grant)
    .mutation(({ ctx, input }) => ledger.grant(ctx, input)),
  refuse: member()
    .input(Refuse)
    .mutation(({ ctx, input }) => ledger.refuse(ctx, input)),
  withdraw: member()
    .input(Withdraw)
    .mutation(({ ctx, input }) => ledger.withdraw(ctx, input, ctx.door.locale)),
  correct: member()
    .input(CorrectValues)
    .mutation(({ ctx, input }) => ledger.correct(ctx, input)),
  restrict: member()
    .input(RestrictPurpose)
    .mutation(({ ctx, input }) => ledger.restrict(ctx, input)),
});
