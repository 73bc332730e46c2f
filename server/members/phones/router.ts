import { anyone, member, router } from "../../api/trpc.ts";
import * as codes from "../codes/service.ts";
import { CheckCode, SendCode, SignInByPhone } from "../model.ts";
import { outboxOf } from "../sms/outbox.ts";
import { smsGateway, smsMode } from "../sms/service.ts";
import * as phones from "./service.ts";

export const phonesRouter = router({
  sendCode: anyone()
    .input(SendCode)
    .mutation(({ ctx, input }) => {
      smsGateway();
      return codes.send(ctx, ctx.door, { ...input, purpose: "signIn" });
    }),
  signIn: anyone()
    .input(SignInByPhone)
    .mutation(async ({ ctx, input }) => {
      const { token, joined } = await phones.signIn(ctx, ctx.door, input);
      ctx.door.setSession("member", token);
      return { joined };
    }),
  /** The development outbox, for the browser that asked for the codes. */
  outbox: anyone().query(({ ctx }) => (smsMode() === "outbox" ? outboxOf(ctx, ctx.door) : [])),
  sendAddCode: member()
    .input(SendCode)
    .mutation(({ ctx, input }) => {
      smsGateway();
      return codes.send(ctx, ctx.door, { ...input, purpose: "addPhone" });
    }),
  add: member()
    .input(CheckCode)
    .mutation(({ ctx, input }) => phones.add(ctx, ctx.door, input)),
  remove: member().mutation(({ ctx }) => phones.remove(ctx)),
});
