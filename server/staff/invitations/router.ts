import { anyone, router, staff } from "../../api/trpc.ts";
import { AcceptInvitation, InvitationToken, Invite, OneInvitation } from "../model.ts";
import * as queries from "../queries.ts";
import * as invitations from "./service.ts";

export const invitationsRouter = router({
  list: staff("staff:read").query(({ ctx }) => queries.invitations(ctx)),
  create: staff("staff:invite", { stepUp: true })
    .input(Invite)
    .mutation(({ ctx, input }) => invitations.invite(ctx, input)),
  withdraw: staff("staff:invite", { stepUp: true })
    .input(OneInvitation)
    .mutation(({ ctx, input }) => invitations.withdraw(ctx, input)),
  look: anyone()
    .input(InvitationToken)
    .query(({ ctx, input }) => invitations.look(ctx, input)),
  accept: anyone()
    .input(AcceptInvitation)
    .mutation(async ({ ctx, input }) => {
      const { token } = await invitations.accept(ctx, ctx.door, input);
      ctx.door.setSession("staff", token);
    }),
});
