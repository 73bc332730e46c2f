import { router, staff } from "../../api/trpc.ts";
import { NewPasskeyResponse, PasskeyResponse } from "../../core/passkeys/model.ts";
import { ConfirmTotp, OnePasskey, ShowTotp } from "../model.ts";
import * as factors from "./service.ts";

/** Second factors: shown at sign-in and for step-up, enrolled, removed. */
export const factorsRouter = router({
  showTotp: staff("account:self")
    .input(ShowTotp)
    .mutation(async ({ ctx, input }) => {
      const { token } = await factors.showTotp(ctx, input);
      ctx.door.setSession("staff", token);
    }),
  startPasskey: staff("account:self").mutation(({ ctx }) => factors.startPasskey(ctx, ctx.door)),
  finishPasskey: staff("account:self")
    .input(PasskeyResponse)
    .mutation(async ({ ctx, input }) => {
      const { token } = await factors.finishPasskey(ctx, ctx.door, input);
      ctx.door.setSession("staff", token);
    }),
  startTotp: staff("account:self").mutation(({ ctx }) => factors.startTotp(ctx)),
  confirmTotp: staff("account:self")
    .input(ConfirmTotp)
    .mutation(async ({ ctx, input }) => {
      const { token } = await factors.confirmTotp(ctx, input);
      ctx.door.setSession("staff", token);
    }),
  startNewPasskey: staff("account:self").mutation(({ ctx }) => factors.startNewPasskey(ctx, ctx.door)),
  finishNewPasskey: staff("account:self")
    .input(NewPasskeyResponse)
    .mutation(async ({ ctx, input }) => {
      const { token } = await factors.finishNewPasskey(ctx, ctx.door, input);
      ctx.door.setSession("staff", token);
    }),
  removeTotp: staff("account:self", { stepUp: true }).mutation(({ ctx }) => factors.removeTotp(ctx)),
  removePasskey: staff("account:self", { stepUp: true })
    .input(OnePasskey)
    .mutation(({ ctx, input }) => factors.removePasskey(ctx, input)),
});
