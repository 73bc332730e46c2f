import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { consentEvents, disposals } from "#db/schema/consents.ts";
import * as audit from "../../audit/service.ts";
import type { Context } from "../../core/context.ts";
import { Refusal } from "../../core/refusal.ts";
import { enqueue } from "../../jobs/outbox.ts";
import type { FieldKey } from "../fields/model.ts";
import { eraseValues } from "../gateway/vault/service.ts";
import { append } from "../ledger/events/service.ts";
import type { ConsentAction, ConsentReason } from "../ledger/model.ts";
import type { GrantRow } from "../ledger/rules.ts";
import type { ConsentChannel, ConsentEventId } from "../model.ts";

export type Ending = {
  readonly action: Extract<ConsentAction, "withdraw" | "expire" | "invalidate">;
  readonly reason: ConsentReason | null;
  readonly channel?: ConsentChannel;
  readonly locale?: "zh-CN" | "en";
};

/**
 * Ends a consent: the one path of withdrawal, retention, a child's fourteenth birthday, a guardianship that is over and
 * a restored backup. Its values are gone in the same transaction, what was erased is recorded, and the erasure is told
 * to a file outside the database, which a restored backup is held against (PIPL Art. 15, 47; promise 7).
 */
export async function endConsent(tx: Tx, ctx: Context, grant: GrantRow, ending: Ending): Promise<GrantRow> {
  const decision = await decisionOf(tx, grant);
  const { erased, remaining } = await eraseValues(tx, grant.id);
  const ended = await append(tx, ctx, {
    memberId: grant.memberId,
    childId: grant.childId,
    relationId: grant.relationId,
    purpose: grant.purpose,
    purposeVersion: grant.purposeVersion,
    action: ending.action,
    reason: ending.reason,
    servedId: decision.servedId,
    noticeVersionId: decision.noticeVersionId,
    noticeHash: decision.noticeHash,
    fields: grant.fields,
    channel: ending.channel ?? null,
    locale: ending.locale ?? null,
  });
  const trigger = ending.reason ?? ending.action;
  await recordDisposal(tx, ctx, grant, { erased, remaining, trigger, eventId: ended.event.id });
  await enqueue(tx, ctx, { kind: "consents.tombstone", payload: { grantId: grant.id, decisionId: grant.decisionId } });
  return ended.grant;
}

/** Keeps what was erased, why and how much; nothing when there was nothing. `remaining` is what a look afterwards found. */
export async function recordDisposal(
  tx: Tx,
  ctx: Context,
  grant: GrantRow,
  found: {
    readonly erased: readonly FieldKey[];
    readonly remaining: number;
    readonly trigger: ConsentAction | ConsentReason | "correct";
    readonly eventId: ConsentEventId;
  },
): Promise<void> {
  if (found.erased.length === 0) return;
  const id = ctx.newId<"disposal">();
  await tx.insert(disposals).values({
    id,
    memberId: grant.memberId,
    childId: grant.childId,
    purpose: grant.purpose,
    fields: found.erased,
    erased: found.erased.length,
    remaining: found.remaining,
    trigger: found.trigger,
    eventId: found.eventId,
    at: ctx.now,
  });
  await audit.record(tx, ctx, {
    action: "consent.dispose",
    subject: { kind: "disposal", id },
    memberId: grant.memberId,
    detail: { of: grant.purpose, fields: found.erased.join(" "), values: found.erased.length, trigger: found.trigger },
  });
}

/** The event by which a consent was given or refused last. */
export async function decisionOf(tx: Tx, grant: GrantRow): Promise<typeof consentEvents.$inferSelect> {
  const [decision] = await tx.select().from(consentEvents).where(eq(consentEvents.id, grant.decisionId));
  if (decision === undefined) throw new Refusal("GRANT_NOT_FOUND", {}, "missing");
  return decision;
}
