import { hash as digest } from "node:crypto";
import { and, eq, inArray, max } from "drizzle-orm";
import type { Reader, Tx } from "#db/client.ts";
import { consentEvents, grants } from "#db/schema/consents.ts";
import { canonicalText } from "../../../audit/rules.ts";
import * as audit from "../../../audit/service.ts";
import type { Context } from "../../../core/context.ts";
import type { MemberId } from "../../../core/id.ts";
import { demand, Refusal } from "../../../core/refusal.ts";
import type { PurposeCode, Subject } from "../../model.ts";
import { type ConsentEvent, consentKey, follow, type GrantRow, hashedEvent, mayFollow, subjectIdOf } from "../rules.ts";

/** What a new event says; the rest follows from the ledger. */
export type NewConsentEvent = Omit<ConsentEvent, "id" | "seq" | "at" | "previousHash">;

/** An event as it was appended, its hash, and where its consent stands after it. */
export type Appended = { readonly grant: GrantRow; readonly event: ConsentEvent; readonly hash: string };

/** `appendAll` of one event. */
export async function append(tx: Tx, ctx: Context, said: NewConsentEvent): Promise<Appended> {
  const [appended] = await appendAll(tx, ctx, [said]);
  if (appended === undefined) throw new Error("an event was not appended");
  return appended;
}

/**
 * Appends events to their members' ledgers, in the order given, and moves each consent with its event, in one
 * transaction: the numbers have no gap, each hash covers the hash before it and stands in the sealed log. Whoever is not
 * the member decides nothing (invariant 8). Refuses: MEMBER_ONLY, GRANT_NOT_FOUND, SERVED_ANSWERED.
 */
export async function appendAll(tx: Tx, ctx: Context, said: readonly NewConsentEvent[]): Promise<Appended[]> {
  const memberIds = [...new Set(said.map(({ memberId }) => memberId))];
  const standing = new Map((await tx.bulkSelect(grants, "memberId", memberIds)).map((row) => [consentKey(row), row]));
  const newest = await newestOf(tx, memberIds);
  const appended = said.map((one) => {
    const isDecision = one.action === "grant" || one.action === "refuse" || one.action === "withdraw";
    if (isDecision && (ctx.actor.kind !== "member" || ctx.actor.id !== one.memberId)) {
      throw new Refusal("MEMBER_ONLY", {}, "forbidden");
    }
    const before = standing.get(consentKey(one)) ?? null;
    demand(mayFollow(before?.state ?? null, one.action));
    const last = newest.get(one.memberId);
    const event: ConsentEvent = {
      ...one,
      id: ctx.newId<"consentEvent">(),
      seq: (last?.seq ?? 0) + 1,
      at: ctx.now,
      previousHash: last?.hash ?? null,
    };
    const hash = hashOf(event);
    const grant = follow(before, event);
    newest.set(one.memberId, { seq: event.seq, hash });
    standing.set(consentKey(one), grant);
    return { grant, event, hash };
  });
  const recorded = await audit.recordAll(tx, ctx, appended, entryOf);
  await tx.bulkInsert(
    consentEvents,
    recorded.map(([{ event, hash }, auditEntryId]) => ({ ...event, hash, auditEntryId })),
  );
  const reached = new Map(appended.map(({ grant }) => [grant.id, grant]));
  await tx.bulkInsert(grants, [...reached.values()], { key: ["memberId", "subjectId", "purpose"], update: moved });
  return appended;
}

/** What an event may move of a consent: everything but whose and what it is for. */
const moved = [
  "state",
  "since",
  "lastSeq",
  "decisionId",
  "purposeVersion",
  "noticeVersionId",
  "relationId",
  "fields",
  "holdUntil",
  "holdsValues",
] as const;

/** The number and the hash of each member's last event. */
async function newestOf(
  reader: Reader,
  memberIds: readonly MemberId[],
): Promise<Map<MemberId, { readonly seq: number; readonly hash: string }>> {
  const last = reader
    .select({ memberId: consentEvents.memberId, seq: max(consentEvents.seq).as("last_seq") })
    .from(consentEvents)
    .where(inArray(consentEvents.memberId, [...memberIds]))
    .groupBy(consentEvents.memberId)
    .as("last");
  const rows = await reader
    .select({ memberId: consentEvents.memberId, seq: consentEvents.seq, hash: consentEvents.hash })
    .from(last)
    .innerJoin(consentEvents, and(eq(consentEvents.memberId, last.memberId), eq(consentEvents.seq, last.seq)));
  return new Map(rows.map(({ memberId, ...newest }) => [memberId, newest]));
}

function entryOf({ event, hash }: Appended): audit.NewEntry {
  return {
    action: `consent.${event.action}`,
    subject: { kind: "consentEvent", id: event.id },
    memberId: event.memberId,
    detail: {
      of: event.purpose,
      version: event.purposeVersion,
      seq: event.seq,
      hash,
      notice: event.noticeHash,
      reason: event.reason,
    },
  };
}

/** SHA-256 of an event in canonical JSON (RFC 8785), base64url. */
export function hashOf(event: ConsentEvent): string {
  return digest("sha256", canonicalText(hashedEvent(event)), "base64url");
}

/** Where a consent stands now; null before the first decision. */
export async function grantOf(reader: Reader, subject: Subject, purpose: PurposeCode): Promise<GrantRow | null> {
  const [row] = await reader.select().from(grants).where(consentOf(subject, purpose));
  return row ?? null;
}

/** The one consent of a subject to a purpose. */
export function consentOf(subject: Subject, purpose: PurposeCode) {
  return and(
    eq(grants.memberId, subject.memberId),
    eq(grants.subjectId, subjectIdOf(subject)),
    eq(grants.purpose, purpose),
  );
}
