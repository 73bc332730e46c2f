import { and, eq, gt } from "drizzle-orm";
import { readTickets } from "#db/schema/consents.ts";
import * as audit from "../../../audit/service.ts";
import type { Context, StaffActor } from "../../../core/context.ts";
import { Refusal } from "../../../core/refusal.ts";
import type { FieldKey, FieldValue } from "../../fields/model.ts";
import { type DecideTicket, type RequestTicket, TICKET_MS, TICKET_WAIT_MS, type TicketId } from "../model.ts";
import { read } from "../service.ts";

/** Asks a second person for leave to look at values, with the reason that the member will be shown. */
export async function request(ctx: Context<StaffActor>, asked: RequestTicket): Promise<{ ticketId: TicketId }> {
  return ctx.db.transact(async (tx) => {
    const ticketId = ctx.newId<"readTicket">();
    await tx.insert(readTickets).values({
      id: ticketId,
      ...asked,
      requestedBy: ctx.actor.id,
      requestedAt: ctx.now,
      state: "requested",
      expiresAt: new Date(ctx.now.getTime() + TICKET_WAIT_MS),
    });
    await audit.record(tx, ctx, {
      action: "ticket.request",
      subject: { kind: "readTicket", id: ticketId },
      memberId: asked.memberId,
      detail: { of: asked.purpose, fields: asked.fields.join(" ") },
    });
    return { ticketId };
  });
}

/**
 * Gives leave for half an hour, or does not (未成年人网络保护条例 Art. 36: approval by another person). Refuses:
 * TICKET_NOT_FOUND, TICKET_OWN, TICKET_DECIDED, TICKET_OVER.
 */
export async function decide(ctx: Context<StaffActor>, { ticketId, approve }: DecideTicket): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const [ticket] = await tx.select().from(readTickets).where(eq(readTickets.id, ticketId));
    if (ticket === undefined) throw new Refusal("TICKET_NOT_FOUND", {}, "missing");
    if (ticket.requestedBy === ctx.actor.id) throw new Refusal("TICKET_OWN", {}, "forbidden");
    if (ticket.expiresAt <= ctx.now) throw new Refusal("TICKET_OVER");
    const decided = await tx
      .update(readTickets)
      .set({
        state: approve ? "approved" : "declined",
        decidedBy: ctx.actor.id,
        decidedAt: ctx.now,
        expiresAt: new Date(ctx.now.getTime() + (approve ? TICKET_MS : 0)),
      })
      .where(and(eq(readTickets.id, ticketId), eq(readTickets.state, "requested"), gt(readTickets.expiresAt, ctx.now)))
      .returning({ id: readTickets.id });
    if (decided.length === 0) throw new Refusal("TICKET_DECIDED");
    await audit.record(tx, ctx, {
      action: "ticket.decide",
      subject: { kind: "readTicket", id: ticketId },
      memberId: ticket.memberId,
      detail: { of: ticket.purpose, approve },
    });
  });
}

/** The values that an approved ticket opens, to whoever asked for it. Refuses: TICKET_NOT_FOUND, and what `read` does. */
export async function view(
  ctx: Context<StaffActor>,
  { ticketId }: { readonly ticketId: TicketId },
): Promise<readonly (FieldValue & { readonly field: FieldKey })[]> {
  const [ticket] = await ctx.db.select().from(readTickets).where(eq(readTickets.id, ticketId));
  if (ticket === undefined || ticket.requestedBy !== ctx.actor.id) {
    throw new Refusal("TICKET_NOT_FOUND", {}, "missing");
  }
  const { memberId, childId, purpose, fields } = ticket;
  const values = await read(ctx, { subject: { memberId, childId }, purpose, fields, ticketId });
  return [...values].map(([field, value]) => ({ field, ...value }));
}
