import type { Tx } from "#db/client.ts";
import { consentEvents, disposals } from "#db/schema/consents.ts";
import * as audit from "../../audit/service.ts";
import type { Context } from "../../core/context.ts";
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
 * Ends consents: the one path of withdrawal, retention, a child's fourteenth birthday, a guardianship that is over and
 * a restored backup. Their values are gone in the same transaction, what was erased is recorded, and the endings are told
 * to a file outside the database, which a restored backup is held against (PIPL Art. 15, 47; promise 7).
 */
export async function endConsents(tx: Tx, ctx: Context, ending: readonly GrantRow[], how: Ending): Promise<void> {
  if (ending.length === 0) return;
  const decisions = await decisionsOf(tx, ending);
  const { erased, remaining } = await eraseValues(
    tx,
    ending.map(({ id }) => id),
  );
  const trigger = how.reason ?? how.action;
  for (const grant of ending) {
    const { servedId, noticeVersionId, noticeHash } = decisionIn(decisions, grant);
    const { memberId, childId, relationId, purpose, purposeVersion, fields } = grant;
    const { event } = await append(tx, ctx, {
      ...{ memberId, childId, relationId, purpose, purposeVersion, fields },
      ...{ servedId, noticeVersionId, noticeHash },
      action: how.action,
      reason: how.reason,
      channel: how.channel ?? null,
      locale: how.locale ?? null,
    });
    await recordDisposal(tx, ctx, grant, { erased: erased.get(grant.id) ?? [], remaining, trigger, eventId: event.id });
  }
  const ended = ending.map(({ id, decisionId }) => ({ grantId: id, decisionId }));
  await enqueue(tx, ctx, { kind: "consents.tombstones", payload: { ended } });
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

type Decision = typeof consentEvents.$inferSelect;

/** The events by which consents were given or refused last, by their ids. */
export async function decisionsOf(tx: Tx, of: readonly GrantRow[]): Promise<ReadonlyMap<ConsentEventId, Decision>> {
  const rows = await tx.bulkSelect(
    consentEvents,
    "id",
    of.map(({ decisionId }) => decisionId),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** The decision of one consent among them. Throws where the ledger lacks it, which the foreign key rules out. */
export function decisionIn(decisions: ReadonlyMap<ConsentEventId, Decision>, { id, decisionId }: GrantRow): Decision {
  const decision = decisions.get(decisionId);
  if (decision === undefined) throw new Error(`consent ${id} rests on no event`);
  return decision;
}
