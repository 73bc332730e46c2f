import { anyone, member, router } from "../../api/trpc.ts";
import { processConfig } from "../../config.ts";
import { OneEvent, VerifyReceipt } from "./model.ts";
import * as queries from "./queries.ts";
import * as receipts from "./service.ts";

export const receiptsRouter = router({
  receipt: member()
    .input(OneEvent)
    .query(({ ctx, input }) => queries.receipt(ctx, input.eventId, processConfig().site)),
  certificates: member()
    .input(OneEvent)
    .query(({ ctx, input }) => queries.certificates(ctx, input.eventId, processConfig().site)),
  /** A mutation, so that what somebody brings stands in no address. */
  verify: anyone()
    .input(VerifyReceipt)
    .mutation(({ ctx, input }) => receipts.verify(ctx, input, ctx.door.addressGroup)),
});
