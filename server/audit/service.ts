import type { Tx } from "#db/client.ts";
import { auditEntries, auditPending } from "#db/schema/audit.ts";
import type { Actor, Context } from "../core/context.ts";
import type { MemberId } from "../core/id.ts";
import type { DataKey } from "../core/seal.ts";
import type { ActorKind, AuditAction, AuditEntryId, Detail } from "./model.ts";
import { canonicalText, type JsonValue } from "./rules.ts";

export type NewEntry = {
  readonly action: AuditAction;
  readonly subject: { readonly kind: string; readonly id: string | null };
  /** Whom it is about; an acting member is taken to act about themselves. */
  readonly memberId?: MemberId | null;
  readonly outcome?: "done" | "refused";
  /** Why somebody looked, where a reason is asked for. */
  readonly purpose?: string;
  /** Impersonal facts only. */
  readonly detail?: Detail;
  /** What was personal about the act: only a commitment to it is kept, under the member's own key. */
  readonly personal?: { readonly key: DataKey; readonly payload: JsonValue };
};

/** Adds an entry to the log in the transaction of the act itself: both happen or neither. Returns the entry's id. */
export async function record(tx: Tx, ctx: Context, entry: NewEntry): Promise<AuditEntryId> {
  const row = rowOf(ctx, entry);
  await insert(tx, [row]);
  return row.id;
}

/** Adds an entry for each of many acts of one transaction, as `record` does. Gives each act with its entry's id. */
export async function recordAll<T>(
  tx: Tx,
  ctx: Context,
  acts: readonly T[],
  entryOf: (act: T) => NewEntry,
): Promise<(readonly [T, AuditEntryId])[]> {
  const rows = acts.map((act) => [act, rowOf(ctx, entryOf(act))] as const);
  await insert(
    tx,
    rows.map(([, row]) => row),
  );
  return rows.map(([act, { id }]) => [act, id]);
}

type Row = typeof auditEntries.$inferInsert;

function rowOf(ctx: Context, entry: NewEntry): Row {
  const { actorKind, actorId, role } = actorOf(ctx.actor);
  return {
    id: ctx.newId<"auditEntry">(),
    at: ctx.now,
    actorKind,
    actorId,
    role,
    action: entry.action,
    purpose: entry.purpose ?? null,
    subjectKind: entry.subject.kind,
    subjectId: entry.subject.id,
    memberId: entry.memberId ?? (ctx.actor.kind === "member" ? ctx.actor.id : null),
    requestId: ctx.requestId,
    outcome: entry.outcome ?? "done",
    detail: entry.detail ?? {},
    commitment: entry.personal ? ctx.keys.commit(entry.personal.key, canonicalText(entry.personal.payload)) : null,
  };
}

async function insert(tx: Tx, rows: readonly Row[]): Promise<void> {
  await tx.bulkInsert(auditEntries, rows);
  await tx.bulkInsert(
    auditPending,
    rows.map(({ id }) => ({ entryId: id })),
  );
}

function actorOf(actor: Actor): { actorKind: ActorKind; actorId: string | null; role: string | null } {
  switch (actor.kind) {
    case "staff":
      return { actorKind: "staff", actorId: actor.id, role: [...actor.roles].sort().join("+") };
    case "system":
      return { actorKind: "system", actorId: actor.name, role: null };
    case "visitor":
      return { actorKind: "visitor", actorId: null, role: null };
    default:
      return { actorKind: actor.kind, actorId: actor.id, role: null };
  }
}
