import { anyone, member, router, staff } from "../api/trpc.ts";
import { assignmentsRouter } from "./assignments/router.ts";
import { publishedVersions } from "./ladders/queries.ts";
import { laddersRouter } from "./ladders/router.ts";
import { LedgerPage, OneMember } from "./model.ts";
import * as queries from "./queries.ts";

export const tiersRouter = router({
  ladders: laddersRouter,
  assignments: assignmentsRouter,
  /** The public rulebook: every published version, newest first, with what it changed. */
  rulebook: anyone().query(({ ctx }) => publishedVersions(ctx.db, ctx.now)),
  mine: member().query(({ ctx }) => queries.mine(ctx.db, ctx.actor.id, ctx.now)),
  explanation: member().query(({ ctx }) => queries.explanation(ctx.db, ctx.actor.id, ctx.now)),
  ledger: member()
    .input(LedgerPage)
    .query(({ ctx, input }) => queries.ledgerPage(ctx.db, ctx.actor.id, input)),
  counts: staff("tier:read").query(({ ctx }) => queries.tierCounts(ctx.db, ctx.now)),
  standingOf: staff("member:read")
    .input(OneMember)
    .query(({ ctx, input }) => queries.explanation(ctx.db, input.memberId, ctx.now)),
});
