import { anyone, router, staff } from "../../api/trpc.ts";
import { PasskeyResponse } from "../../core/passkeys/model.ts";
import { SignIn } from "../model.ts";
import { endSession } from "../service.ts";
import * as signIn from "./service.ts";

export const signInRouter = router({
  password: anyone()
    .input(SignIn)
    .mutation(async ({ ctx, input }) => {
      const { token } = await signIn.signIn(ctx, ctx.door, input);
      ctx.door.setSession("staff", token);
    }),
  startPasskey: anyone().mutation(({ ctx }) => signIn.startPasskey(ctx, ctx.door)),
  finishPasskey: anyone()
    .input(PasskeyResponse)
    .mutation(async ({ ctx, input }) => {
      const { token } = await signIn.finishPasskey(ctx, ctx.door, input);
      ctx.door.setSession("staff", token);
    }),
  signOut: staff("account:self").mutation(async ({ ctx }) => {
    await endSession(ctx, { sessionId: ctx.actor.sessionId });
    ctx.door.setSession("staff", null);
  }),
});
