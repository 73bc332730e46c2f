import { and, desc, eq, gte, inArray, isNotNull, lt, lte, or, type SQL } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { auditCheckpoints, auditEntries, auditLeaves, auditPending } from "#db/schema/audit.ts";
import { members } from "#db/schema/members.ts";
import { staff } from "#db/schema/staff.ts";
import type { Context, MemberActor } from "../core/context.ts";
import { isId, type MemberId, type StaffId } from "../core/id.ts";
import { Refusal } from "../core/refusal.ts";
import { logIdentity } from "./checkpoints/rules.ts";
import type { ActorKind, AuditEntryId, EntryCursor, EntryFilter, ListEntries } from "./model.ts";
import { entryBytes } from "./rules.ts";
import { inclusionPath } from "./tree/queries.ts";
import { sha256, tree } from "./tree/sha256.ts";

/** A page of the log, newest first; `after` is where the next page starts, null at the end. */
export async function entries(reader: Reader, { filter, after, size }: ListEntries) {
  const rows = await entriesQuery(reader, filter, after, size + 1);
  const page = rows.slice(0, size);
  const last = page.at(-1);
  const names = await staffNames(reader, page);
  return {
    entries: page.map((row) => ({ ...row, actorName: names.get(row.actorId ?? "") ?? null })),
    after: rows.length > size && last ? { at: last.at, id: last.id } : null,
  };
}

/** The statement of `entries`. */
export function entriesQuery(reader: Reader, filter: EntryFilter, after: EntryCursor | undefined, limit: number) {
  return reader
    .select(listed)
    .from(auditEntries)
    .leftJoin(members, eq(members.id, auditEntries.memberId))
    .leftJoin(auditLeaves, eq(auditLeaves.entryId, auditEntries.id))
    .where(
      and(
        filter.action === undefined ? undefined : eq(auditEntries.action, filter.action),
        filter.actorKind === undefined ? undefined : eq(auditEntries.actorKind, filter.actorKind),
        filter.actorId === undefined ? undefined : eq(auditEntries.actorId, filter.actorId),
        filter.subjectId === undefined ? undefined : eq(auditEntries.subjectId, filter.subjectId),
        filter.memberId === undefined ? undefined : eq(auditEntries.memberId, filter.memberId),
        filter.from === undefined ? undefined : gte(auditEntries.at, filter.from),
        filter.to === undefined ? undefined : lt(auditEntries.at, filter.to),
        beyond(after),
      ),
    )
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(limit);
}

const listed = {
  id: auditEntries.id,
  at: auditEntries.at,
  actorKind: auditEntries.actorKind,
  actorId: auditEntries.actorId,
  role: auditEntries.role,
  action: auditEntries.action,
  purpose: auditEntries.purpose,
  subjectKind: auditEntries.subjectKind,
  subjectId: auditEntries.subjectId,
  memberId: auditEntries.memberId,
  memberNumber: members.number,
  requestId: auditEntries.requestId,
  outcome: auditEntries.outcome,
  detail: auditEntries.detail,
  seq: auditLeaves.seq,
};

/** What the staff among the actors are called now. The log itself knows them by id alone. */
async function staffNames(
  reader: Reader,
  rows: readonly { readonly actorKind: ActorKind; readonly actorId: string | null }[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set<StaffId>();
  for (const { actorKind, actorId } of rows) {
    if (actorKind === "staff" && actorId !== null && isId<"staff">(actorId)) ids.add(actorId);
  }
  if (ids.size === 0) return new Map();
  const found = await reader
    .select({ id: staff.id, name: staff.name })
    .from(staff)
    .where(inArray(staff.id, [...ids]));
  return new Map(found.map(({ id, name }) => [id, name]));
}

/** Older than the cursor. The first half is what an index can use; the second tells entries of one instant apart. */
function beyond(after: EntryCursor | undefined): SQL | undefined {
  if (after === undefined) return undefined;
  return and(lte(auditEntries.at, after.at), or(lt(auditEntries.at, after.at), lt(auditEntries.id, after.id)));
}

/**
 * One entry with what proves it: the bytes that were hashed, and the path from there to the newest signed root.
 * `proof` is null until the entry is sealed. Hashes are base64. Refuses: AUDIT_ENTRY_NOT_FOUND.
 */
export async function entry(reader: Reader, id: AuditEntryId) {
  const [row] = await reader
    .select({ entry: auditEntries, seq: auditLeaves.seq, memberNumber: members.number })
    .from(auditEntries)
    .leftJoin(members, eq(members.id, auditEntries.memberId))
    .leftJoin(auditLeaves, eq(auditLeaves.entryId, auditEntries.id))
    .where(eq(auditEntries.id, id));
  if (row === undefined) throw new Refusal("AUDIT_ENTRY_NOT_FOUND", {}, "missing");
  const { commitment, ...shown } = row.entry;
  const names = await staffNames(reader, [shown]);
  const bytes = Buffer.from(entryBytes(row.entry));
  return {
    ...shown,
    actorName: names.get(shown.actorId ?? "") ?? null,
    memberNumber: row.memberNumber,
    seq: row.seq,
    committed: commitment !== null,
    text: bytes.toString("utf8"),
    proof: row.seq === null ? null : await proofOf(reader, row.seq, bytes),
  };
}

async function proofOf(reader: Reader, seq: number, bytes: Uint8Array) {
  const [head] = await reader.select().from(auditCheckpoints).orderBy(desc(auditCheckpoints.size)).limit(1);
  if (head === undefined || seq >= head.size) return null;
  const path = await inclusionPath(reader, seq, head.size);
  const leaf = tree.leafHash(bytes);
  return {
    leaf: base64(leaf),
    path: path.map(base64),
    size: head.size,
    root: base64(head.root),
    checkpoint: head.note,
    holds: tree.isIncluded(leaf, seq, head.size, path, head.root),
  };
}

/** The newest checkpoints, how many entries still wait for theirs, and the key that outsiders verify with. */
export async function checkpoints(ctx: Context, limit: number) {
  const rows = await ctx.db
    .select({
      size: auditCheckpoints.size,
      at: auditCheckpoints.at,
      root: auditCheckpoints.root,
      note: auditCheckpoints.note,
    })
    .from(auditCheckpoints)
    .orderBy(desc(auditCheckpoints.size))
    .limit(limit);
  return {
    checkpoints: rows.map((row) => ({ ...row, root: base64(row.root) })),
    waiting: await ctx.db.$count(auditPending),
    verifierKey: logIdentity(ctx.keys.publicKey, sha256).verifierKey,
  };
}

/** The recorded outcome of a verification that was asked for: null while it runs. */
export async function verification(reader: Reader, requestId: AuditEntryId) {
  const [found] = await reader
    .select({ at: auditEntries.at, detail: auditEntries.detail })
    .from(auditEntries)
    .where(and(eq(auditEntries.subjectId, requestId), eq(auditEntries.action, "audit.verify")))
    .limit(1);
  return found ?? null;
}

/** The outcome of the last verification of all; null before the first. */
export async function lastVerification(reader: Reader) {
  const [found] = await reader
    .select({ id: auditEntries.id, at: auditEntries.at, detail: auditEntries.detail })
    .from(auditEntries)
    .where(eq(auditEntries.action, "audit.verify"))
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(1);
  return found ?? null;
}

/**
 * Who of the staff looked at what is normally masked about this member, or tried to, when, in which role and why (promise
 * 21). The member is told the role, not the colleague's name; of values, which fields.
 */
export async function accessesTo(reader: Reader, memberId: MemberId, limit: number) {
  const rows = await reader
    .select({
      id: auditEntries.id,
      at: auditEntries.at,
      role: auditEntries.role,
      action: auditEntries.action,
      purpose: auditEntries.purpose,
      outcome: auditEntries.outcome,
      detail: auditEntries.detail,
    })
    .from(auditEntries)
    .where(and(eq(auditEntries.memberId, memberId), isNotNull(auditEntries.purpose)))
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(limit);
  return rows.map(({ detail: { fields }, ...row }) => ({
    ...row,
    fields: typeof fields === "string" ? fields.split(" ") : [],
  }));
}

/** What a signed-in member may know of who looked. */
export function accessesToMe(ctx: Context<MemberActor>) {
  return accessesTo(ctx.db, ctx.actor.id, 100);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
