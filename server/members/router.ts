import { anyone, member, router } from "../api/trpc.ts";
import { directoryRouter } from "./directory/router.ts";
import { OneMemberSession } from "./model.ts";
import { passkeysRouter } from "./passkeys/router.ts";
import { phonesRouter } from "./phones/router.ts";
import * as queries from "./queries.ts";
import * as members from "./service.ts";
import { smsMode } from "./sms/service.ts";

export const membersRouter = router({
  directory: directoryRouter,
  passkeys: passkeysRouter,
  phones: phonesRouter,
  /** Whether somebody is signed in here, and how one may get in. */
  door: anyone().query(({ ctx }) => ({ signedIn: ctx.actor.kind === "member", sms: smsMode() })),
  held: member().query(({ ctx }) => queries.held(ctx)),
  account: member().query(({ ctx }) => queries.account(ctx)),
  signOut: member().mutation(async ({ ctx }) => {
    await members.endSession(ctx, { sessionId: ctx.actor.sessionId });
    ctx.door.setSession("member", null);
  }),
  endSession: member()
    .input(OneMemberSession)
    .mutation(({ ctx, input }) => members.endSession(ctx, input)),
  endOtherSessions: member().mutation(({ ctx }) => members.endOtherSessions(ctx)),
});
