import { and, desc, eq, inArray, lt, notInArray } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { members } from "#db/schema/members.ts";
import { offerReservations } from "#db/schema/offers.ts";
import { claims } from "#db/schema/orders.ts";
import { tierChanges } from "#db/schema/tiers.ts";
import type { AuditAction } from "../../../audit/model.ts";
import type { MemberEvent, MemberTimeline } from "../model.ts";

/**
 * What happened in a membership before an instant, newest first, from where each fact is kept: tiers, claims, offers
 * used, and who of the staff did or looked at what. `before` of the next page is the instant of the last event.
 */
export async function timeline(
  reader: Reader,
  { memberId, before, size }: MemberTimeline,
): Promise<{ events: MemberEvent[]; before: Date | null }> {
  const found = [
    ...(await ownDates(reader, memberId)).filter(({ at }) => before === undefined || at < before),
    ...(await tierEvents(reader, memberId, before, size)),
    ...(await claimEvents(reader, memberId, before, size)),
    ...(await offerEvents(reader, memberId, before, size)),
    ...(await recordedEvents(reader, memberId, before, size)),
  ].sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1));
  // Facts of one transaction share their instant: a page never ends between them.
  const end = found[size - 1]?.at.getTime() ?? 0;
  const events = found.filter(({ at }, place) => place < size || at.getTime() === end);
  return { events, before: found.length > events.length ? (events.at(-1)?.at ?? null) : null };
}

type Member = MemberTimeline["memberId"];

async function ownDates(reader: Reader, memberId: Member): Promise<MemberEvent[]> {
  const [member] = await reader
    .select({ joinedAt: members.joinedAt, closedAt: members.closedAt })
    .from(members)
    .where(eq(members.id, memberId));
  if (member === undefined) return [];
  const joined: MemberEvent = { id: "joined", at: member.joinedAt, what: "joined" };
  return member.closedAt === null ? [joined] : [joined, { id: "closed", at: member.closedAt, what: "closed" }];
}

async function tierEvents(
  reader: Reader,
  memberId: Member,
  before: Date | undefined,
  limit: number,
): Promise<MemberEvent[]> {
  const rows = await reader
    .select()
    .from(tierChanges)
    .where(and(eq(tierChanges.memberId, memberId), before && lt(tierChanges.recordedAt, before)))
    .orderBy(desc(tierChanges.recordedAt), desc(tierChanges.id))
    .limit(limit + 1);
  return rows.map(({ id, recordedAt, fromTier, toTier }) => ({
    id,
    at: recordedAt,
    what: "tierChanged",
    from: fromTier,
    to: toTier,
  }));
}

async function claimEvents(
  reader: Reader,
  memberId: Member,
  before: Date | undefined,
  limit: number,
): Promise<MemberEvent[]> {
  const rows = await reader
    .select({
      id: claims.id,
      maskedId: claims.maskedId,
      state: claims.state,
      createdAt: claims.createdAt,
      decidedAt: claims.decidedAt,
    })
    .from(claims)
    .where(and(eq(claims.memberId, memberId), before && lt(claims.createdAt, before)))
    .orderBy(desc(claims.createdAt))
    .limit(limit + 1);
  return rows
    .flatMap(({ id, maskedId, state, createdAt, decidedAt }): MemberEvent[] => [
      { id: `${id}-1`, at: createdAt, what: "claimed", maskedId },
      ...(decidedAt === null ? [] : [{ id: `${id}-2`, at: decidedAt, what: "claimDecided" as const, maskedId, state }]),
    ])
    .filter(({ at }) => before === undefined || at < before);
}

async function offerEvents(
  reader: Reader,
  memberId: Member,
  before: Date | undefined,
  limit: number,
): Promise<MemberEvent[]> {
  const rows = await reader
    .select({
      id: offerReservations.id,
      state: offerReservations.state,
      discountFen: offerReservations.discountFen,
      createdAt: offerReservations.createdAt,
    })
    .from(offerReservations)
    .where(and(eq(offerReservations.memberId, memberId), before && lt(offerReservations.createdAt, before)))
    .orderBy(desc(offerReservations.createdAt))
    .limit(limit + 1);
  return rows.map(({ id, state, discountFen, createdAt }) => ({
    id,
    at: createdAt,
    what: "offerUsed",
    state,
    discountFen,
  }));
}

/** Acts whose facts are read from their own tables above. */
const toldElsewhere = [
  "member.join",
  "claim.submit",
  "claim.grant",
  "offer.reserve",
  "offer.redeem",
  "offer.release",
] as const satisfies readonly AuditAction[];

/** What the log says of staff about this member, and of the member about their own credentials. */
async function recordedEvents(
  reader: Reader,
  memberId: Member,
  before: Date | undefined,
  limit: number,
): Promise<MemberEvent[]> {
  const rows = await reader
    .select({
      id: auditEntries.id,
      at: auditEntries.at,
      by: auditEntries.actorKind,
      action: auditEntries.action,
      role: auditEntries.role,
      purpose: auditEntries.purpose,
      outcome: auditEntries.outcome,
    })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.memberId, memberId),
        inArray(auditEntries.actorKind, ["staff", "member"]),
        notInArray(auditEntries.action, [...toldElsewhere]),
        before && lt(auditEntries.at, before),
      ),
    )
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(limit + 1);
  return rows.flatMap(({ by, ...rest }) =>
    by === "staff" || by === "member" ? [{ ...rest, by, what: "acted" as const }] : [],
  );
}
