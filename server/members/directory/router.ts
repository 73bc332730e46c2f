import { router, staff } from "../../api/trpc.ts";
import { FindByPhone, ListMembers, MemberTimeline, OneMember, RevealPhone } from "./model.ts";
import * as queries from "./queries.ts";
import * as directory from "./service.ts";
import { timeline } from "./timeline/queries.ts";

export const directoryRouter = router({
  list: staff("member:read")
    .input(ListMembers)
    .query(({ ctx, input }) => queries.list(ctx, input)),
  member: staff("member:read")
    .input(OneMember)
    .query(({ ctx, input }) => queries.member(ctx, input.memberId)),
  timeline: staff("member:read")
    .input(MemberTimeline)
    .query(({ ctx, input }) => timeline(ctx.db, input)),
  /** A mutation, so that the number travels in a body and never stands in an address. */
  findByPhone: staff("member:read")
    .input(FindByPhone)
    .mutation(({ ctx, input }) => directory.findByPhone(ctx, input)),
  reveal: staff("member:reveal", { stepUp: true })
    .input(RevealPhone)
    .mutation(({ ctx, input }) => directory.reveal(ctx, input)),
});
