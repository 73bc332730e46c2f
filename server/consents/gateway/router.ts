import { z } from "zod";
import { member, router, staff } from "../../api/trpc.ts";
import { idSchema } from "../../core/id.ts";
import { FieldKey } from "../fields/model.ts";
import { PurposeCode, PurposeOf } from "../model.ts";
import { DecideTicket, OneTicket, RequestTicket } from "./model.ts";
import * as outside from "./outside/service.ts";
import * as queries from "./queries.ts";
import * as tickets from "./tickets/service.ts";

export const gatewayRouter = router({
  /** A member's own values, in the clear: they may see what is held about them (PIPL Art. 45). */
  own: member()
    .input(PurposeOf)
    .query(({ ctx, input }) => queries.ownValues(ctx, input)),
  tickets: staff("ticket:request")
    .input(
      z.strictObject({
        state: z.enum(["requested", "approved", "declined"]).optional(),
        before: idSchema<"readTicket">().optional(),
        size: z.int().min(1).max(100).default(20),
      }),
    )
    .query(({ ctx, input }) => queries.tickets(ctx, input)),
  ticket: staff("ticket:request")
    .input(OneTicket)
    .query(({ ctx, input }) => queries.ticket(ctx, input.ticketId)),
  requestTicket: staff("ticket:request")
    .input(RequestTicket)
    .mutation(({ ctx, input }) => tickets.request(ctx, input)),
  decideTicket: staff("ticket:decide", { stepUp: true })
    .input(DecideTicket)
    .mutation(({ ctx, input }) => tickets.decide(ctx, input)),
  /** A mutation: it leaves an entry, and its answer never stands in an address or a cache. */
  view: staff("field:view", { stepUp: true })
    .input(OneTicket)
    .mutation(({ ctx, input }) => tickets.view(ctx, input)),
  count: staff("field:read")
    .input(z.strictObject({ purpose: PurposeCode, field: FieldKey }))
    .mutation(({ ctx, input }) => outside.count(ctx, input)),
});
