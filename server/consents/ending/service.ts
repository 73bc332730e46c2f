import type { Tx } from "#db/client.ts";
import { consentEvents, disposals } from "#db/schema/consents.ts";
import * as audit from "../../audit/service.ts";
import type { Context } from "../../core/context.ts";
import { enqueue } from "../../jobs/outbox.ts";
import type { FieldKey } from "../fields/model.ts";
import { eraseValues } from "../gateway/vault/service.ts";
import { appendAll } from "../ledger/events/service.ts";
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
  const appended = await appendAll(
    tx,
    ctx,
    ending.map((grant) => ({
      ...basisOf(grant, decisions),
      action: how.action,
      reason: how.reason,
      channel: how.channel ?? null,
      locale: how.locale ?? null,
    })),
  );
  const trigger = how.reason ?? how.action;
  const disposed = appended.map(({ grant, event }) => ({
    grant,
    erased: erased.get(grant.id) ?? [],
    eventId: event.id,
  }));
  await recordDisposals(tx, ctx, disposed, { remaining, trigger });
  const ended = ending.map(({ id, decisionId }) => ({ grantId: id, decisionId }));
  await enqueue(tx, ctx, { kind: "consents.tombstones", payload: { ended } });
}

/** Fields whose values are gone, and the event by which. */
export type Disposed = {
  readonly grant: GrantRow;
  readonly erased: readonly FieldKey[];
  readonly eventId: ConsentEventId;
};

/** Keeps what was erased, why and how much; nothing where there was nothing. `remaining` is what a look afterwards found. */
export async function recordDisposals(
  tx: Tx,
  ctx: Context,
  disposed: readonly Disposed[],
  found: { readonly remaining: number; readonly trigger: ConsentAction | ConsentReason | "correct" },
): Promise<void> {
  const rows = disposed
    .filter(({ erased }) => erased.length > 0)
    .map(({ grant: { memberId, childId, purpose }, erased, eventId }) => ({
      ...{ memberId, childId, purpose, eventId, ...found },
      id: ctx.newId<"disposal">(),
      fields: erased,
      erased: erased.length,
      at: ctx.now,
    }));
  await tx.bulkInsert(disposals, rows);
  await audit.recordAll(tx, ctx, rows, ({ id, memberId, purpose, fields, erased, trigger }) => ({
    action: "consent.dispose",
    subject: { kind: "disposal", id },
    memberId,
    detail: { of: purpose, fields: fields.join(" "), values: erased, trigger },
  }));
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

/** What an event about a consent that nobody decides anew says: that of its decision, under the notice shown then. */
export function basisOf(
  { id, decisionId, memberId, childId, relationId, purpose, purposeVersion, fields }: GrantRow,
  decisions: ReadonlyMap<ConsentEventId, Decision>,
) {
  const decision = decisions.get(decisionId);
  if (decision === undefined) throw new Error(`consent ${id} rests on no event`);
  const { servedId, noticeVersionId, noticeHash } = decision;
  const told = { servedId, noticeVersionId, noticeHash };
  return { memberId, childId, relationId, purpose, purposeVersion, fields, ...told };
}
