import { hash } from "node:crypto";
import { and, desc, eq } from "drizzle-orm";
import type { Reader, Tx } from "#db/client.ts";
import { consentEvents, grants } from "#db/schema/consents.ts";
import { canonicalText } from "../../../audit/rules.ts";
import * as audit from "../../../audit/service.ts";
import type { Context } from "../../../core/context.ts";
import { demand, Refusal } from "../../../core/refusal.ts";
import type { PurposeCode, Subject } from "../../model.ts";
import { type ConsentEvent, follow, type GrantRow, hashedEvent, mayFollow, subjectIdOf } from "../rules.ts";

/** What a new event says; the rest follows from the ledger. */
export type NewConsentEvent = Omit<ConsentEvent, "id" | "seq" | "at" | "previousHash">;

/**
 * Appends one event to a member's ledger and moves the consent with it, in one transaction: the number has no gap, the
 * hash covers the hash before it and stands in the sealed log. Whoever is not the member decides nothing (invariant 8).
 * Refuses: MEMBER_ONLY, GRANT_NOT_FOUND, SERVED_ANSWERED.
 */
export async function append(
  tx: Tx,
  ctx: Context,
  said: NewConsentEvent,
): Promise<{ readonly grant: GrantRow; readonly event: ConsentEvent }> {
  const isDecision = said.action === "grant" || said.action === "refuse" || said.action === "withdraw";
  if (isDecision && (ctx.actor.kind !== "member" || ctx.actor.id !== said.memberId)) {
    throw new Refusal("MEMBER_ONLY", {}, "forbidden");
  }
  const before = await grantOf(tx, said, said.purpose);
  demand(mayFollow(before?.state ?? null, said.action));
  const [last] = await tx
    .select({ seq: consentEvents.seq, hash: consentEvents.hash })
    .from(consentEvents)
    .where(eq(consentEvents.memberId, said.memberId))
    .orderBy(desc(consentEvents.seq))
    .limit(1);
  const event: ConsentEvent = {
    ...said,
    id: ctx.newId<"consentEvent">(),
    seq: (last?.seq ?? 0) + 1,
    at: ctx.now,
    previousHash: last?.hash ?? null,
  };
  const eventHash = hashOf(event);
  const auditEntryId = await audit.record(tx, ctx, {
    action: `consent.${event.action}`,
    subject: { kind: "consentEvent", id: event.id },
    memberId: event.memberId,
    detail: {
      of: event.purpose,
      version: event.purposeVersion,
      seq: event.seq,
      hash: eventHash,
      notice: event.noticeHash,
      reason: event.reason,
    },
  });
  await tx.insert(consentEvents).values({ ...event, hash: eventHash, auditEntryId });
  const grant = follow(before, event);
  await tx
    .insert(grants)
    .values(grant)
    .onConflictDoUpdate({ target: [grants.memberId, grants.subjectId, grants.purpose], set: grant });
  return { grant, event };
}

/** SHA-256 of an event in canonical JSON (RFC 8785), base64url. */
export function hashOf(event: ConsentEvent): string {
  return hash("sha256", canonicalText(hashedEvent(event)), "base64url");
}

/** Where a consent stands now; null before the first decision. */
export async function grantOf(reader: Reader, subject: Subject, purpose: PurposeCode): Promise<GrantRow | null> {
  const [row] = await reader
    .select()
    .from(grants)
    .where(
      and(
        eq(grants.memberId, subject.memberId),
        eq(grants.subjectId, subjectIdOf(subject)),
        eq(grants.purpose, purpose),
      ),
    );
  return row ?? null;
}
