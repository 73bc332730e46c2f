import { and, desc, eq, lt, ne } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { grants, readTickets, restrictions } from "#db/schema/consents.ts";
import { children, guardianRelations } from "#db/schema/guardianship.ts";
import { members } from "#db/schema/members.ts";
import { staff } from "#db/schema/staff.ts";
import type { Context, MemberActor, StaffActor } from "../../core/context.ts";
import { Refusal } from "../../core/refusal.ts";
import type { OpenRelation } from "../guardianship/rules.ts";
import { consentOf, grantOf } from "../ledger/events/service.ts";
import type { GrantRow } from "../ledger/rules.ts";
import type { PurposeCode, PurposeOf, Subject } from "../model.ts";
import type { TicketId, TicketState } from "./model.ts";
import { type OpenedValue, openValues } from "./vault/service.ts";

/** What a member gave under a consent that stands, with how long it is kept: theirs to see, and no staff's. */
export async function ownValues(
  ctx: Context<MemberActor>,
  { purpose, childId }: PurposeOf,
): Promise<readonly OpenedValue[]> {
  const grant = await grantOf(ctx.db, { memberId: ctx.actor.id, childId }, purpose);
  return grant?.state === "granted" ? openValues(ctx.db, ctx, grant.id) : [];
}

const listed = {
  id: readTickets.id,
  memberId: readTickets.memberId,
  memberNumber: members.number,
  childOrdinal: children.ordinal,
  purpose: readTickets.purpose,
  fields: readTickets.fields,
  reason: readTickets.reason,
  requestedBy: readTickets.requestedBy,
  requesterName: staff.name,
  requestedAt: readTickets.requestedAt,
  state: readTickets.state,
  decidedAt: readTickets.decidedAt,
  expiresAt: readTickets.expiresAt,
};

/** Requests to look at values, newest first: everybody's for whoever decides, otherwise one's own. */
export async function tickets(
  ctx: Context<StaffActor>,
  { state, before, size }: { readonly state?: TicketState; readonly before?: TicketId; readonly size: number },
) {
  const decides = ctx.actor.permissions.has("ticket:decide");
  const rows = await ctx.db
    .select(listed)
    .from(readTickets)
    .innerJoin(members, eq(members.id, readTickets.memberId))
    .innerJoin(staff, eq(staff.id, readTickets.requestedBy))
    .leftJoin(children, eq(children.id, readTickets.childId))
    .where(
      and(
        state === undefined ? undefined : eq(readTickets.state, state),
        before === undefined ? undefined : lt(readTickets.id, before),
        decides ? undefined : eq(readTickets.requestedBy, ctx.actor.id),
      ),
    )
    .orderBy(desc(readTickets.id))
    .limit(size + 1);
  const page = rows.slice(0, size).map((row) => withTime(ctx, row));
  return { tickets: page, before: rows.length > size ? (page.at(-1)?.id ?? null) : null };
}

/** One request. Refuses: TICKET_NOT_FOUND, also for somebody else's unless one decides about it. */
export async function ticket(ctx: Context<StaffActor>, ticketId: TicketId) {
  const [row] = await ctx.db
    .select(listed)
    .from(readTickets)
    .innerJoin(members, eq(members.id, readTickets.memberId))
    .innerJoin(staff, eq(staff.id, readTickets.requestedBy))
    .leftJoin(children, eq(children.id, readTickets.childId))
    .where(eq(readTickets.id, ticketId));
  const mine = row?.requestedBy === ctx.actor.id || ctx.actor.permissions.has("ticket:decide");
  if (row === undefined || !mine) throw new Refusal("TICKET_NOT_FOUND", {}, "missing");
  return withTime(ctx, row);
}

function withTime<T extends { readonly requestedBy: string; readonly state: TicketState; readonly expiresAt: Date }>(
  ctx: Context<StaffActor>,
  row: T,
) {
  const isOver = row.expiresAt <= ctx.now;
  return {
    ...row,
    own: row.requestedBy === ctx.actor.id,
    /** Whether it opens its values now. */
    open: row.state === "approved" && !isOver,
    over: isOver,
  };
}

/** Whether the member restricted this purpose (PIPL Art. 44). */
export async function isRestricted(reader: Reader, subject: Subject, purpose: PurposeCode): Promise<boolean> {
  const mine = and(eq(restrictions.memberId, subject.memberId), eq(restrictions.purpose, purpose));
  return (await reader.$count(restrictions, mine)) > 0;
}

/** What a read rests on. Without a consent nothing else of it is looked up: the read ends there. */
export type Grounds = {
  readonly grant: GrantRow | null;
  /** The child's guardianship that is not over. */
  readonly relation: OpenRelation | null;
  readonly restricted: boolean;
};

/** The grounds of a read of one subject for one purpose, in one look. */
export async function groundsOf(reader: Reader, subject: Subject, purpose: PurposeCode): Promise<Grounds> {
  const { id, memberId, state } = guardianRelations;
  const [row] = await reader
    .select({ grant: grants, relation: { id, memberId, state }, restricted: restrictions.purpose })
    .from(grants)
    .leftJoin(guardianRelations, and(eq(guardianRelations.childId, grants.childId), ne(state, "ended")))
    .leftJoin(restrictions, and(eq(restrictions.memberId, grants.memberId), eq(restrictions.purpose, grants.purpose)))
    .where(consentOf(subject, purpose));
  if (row === undefined) return { grant: null, relation: null, restricted: false };
  const { grant, relation } = row;
  return {
    grant,
    relation: relation === null || relation.state === "ended" ? null : { ...relation, state: relation.state },
    restricted: row.restricted !== null,
  };
}
