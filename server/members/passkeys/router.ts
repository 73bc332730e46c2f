import { anyone, member, router } from "../../api/trpc.ts";
import { NewPasskeyResponse, PasskeyResponse } from "../../core/passkeys/model.ts";
import { OnePasskey } from "../model.ts";
import * as passkeys from "./service.ts";

export const passkeysRouter = router({
  startJoin: anyone().mutation(({ ctx }) => passkeys.startJoin(ctx, ctx.door)),
  finishJoin: anyone()
    .input(NewPasskeyResponse)
    .mutation(async ({ ctx, input }) => {
      const { token } = await passkeys.finishJoin(ctx, ctx.door, input);
      ctx.door.setSession("member", token);
    }),
  startSignIn: anyone().mutation(({ ctx }) => passkeys.startSignIn(ctx, ctx.door)),
  finishSignIn: anyone()
    .input(PasskeyResponse)
    .mutation(async ({ ctx, input }) => {
      const { token } = await passkeys.finishSignIn(ctx, ctx.door, input);
      ctx.door.setSession("member", token);
    }),
  startAdd: member().mutation(({ ctx }) => passkeys.startAdd(ctx, ctx.door)),
  finishAdd: member()
    .input(NewPasskeyResponse)
    .mutation(({ ctx, input }) => passkeys.finishAdd(ctx, ctx.door, input)),
  remove: member()
    .input(OnePasskey)
    .mutation(({ ctx, input }) => passkeys.remove(ctx, input)),
});
