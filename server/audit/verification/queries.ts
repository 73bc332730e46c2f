import { setImmediate as turn } from "node:timers/promises";
import { and, asc, count, desc, eq, gt, gte, isNull, lt, lte, or, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { auditCheckpoints, auditEntries, auditLeaves, auditNodes, auditPending } from "#db/schema/audit.ts";
import type { Keys } from "../../core/seal.ts";
import { verifierOf } from "../../core/signature.ts";
import { isSignedBy, logIdentity, readNote, type SignedCheckpoint } from "../checkpoints/rules.ts";
import type { AuditEntryId, Problem, ProblemKind, Verification } from "../model.ts";
import { entryBytes } from "../rules.ts";
import { edgeFrom, emptyEdge, KEPT_HEIGHTS, same, type TreeNode } from "../tree/rules.ts";
import { sha256, tree } from "../tree/sha256.ts";

const BATCH = 2_000;
/** More than this tells nobody more. */
const PROBLEMS_LISTED = 1_000;

type Options = {
  /** Reads the notes that left the database's trust domain, from the start: what is in them must still be in the log. */
  readonly outside: () => AsyncIterable<string> | Iterable<string>;
  readonly onProgress?: (done: number, total: number) => void | Promise<void>;
};

/**
 * Computes the whole log again, from entries to leaves to roots to signatures, and holds it against the checkpoints that
 * left the database. Reads in batches (constant memory), trusts nothing but the log's public key, and finds every entry
 * that was edited, removed, inserted, swapped, truncated or rolled back since it was sealed.
 */
export async function verify(reader: Reader, keys: Pick<Keys, "publicKey">, options: Options): Promise<Verification> {
  const problems: Problem[] = [];
  const report = (kind: ProblemKind, where: { seq?: number; entryId?: AuditEntryId } = {}) => {
    if (problems.length < PROBLEMS_LISTED) problems.push({ kind, ...where });
  };
  const isOurs = signatureCheck(keys.publicKey);
  const outside = await readOutside(options.outside(), report);

  const [head] = await reader.select().from(auditCheckpoints).orderBy(desc(auditCheckpoints.size)).limit(1);
  const size = head?.size ?? 0;
  const nodes: TreeNode[] = [];
  const keep = (node: TreeNode) => {
    if (node.height % KEPT_HEIGHTS === 0) nodes.push(node);
  };
  let growing = tree.grow(emptyEdge, keep);
  let checkpoints = 0;
  let seq = 0;
  let before: { readonly text: string; readonly note: SignedCheckpoint | null } | null = null;
  /** Each note names the whole of the one before it, so a good signature speaks for all earlier ones of its chain. */
  const checkSignature = () => {
    if (before?.note && !isOurs(before.note)) report("signatureWrong", { seq: before.note.size });
  };

  const leaves = leavesBelow(reader, size);
  let leaf = (await leaves.next()).value;
  for await (const row of checkpointsUpTo(reader, size)) {
    for (; leaf && leaf.seq < row.size; leaf = (await leaves.next()).value) {
      for (; seq < leaf.seq; seq += 1) report("leafMissing", { seq });
      checkEntry(leaf, report);
      if (leaf.hash instanceof Uint8Array) growing.add(leaf.hash);
      seq += 1;
      if (seq % BATCH === 0) await options.onProgress?.(seq, size);
    }
    for (; seq < row.size; seq += 1) report("leafMissing", { seq });

    const at = { seq: row.size };
    const note = readNote(row.note);
    if (note === null || !agrees(note, row)) report("checkpointEdited", at);
    if (!sameOrNull(row.previous, before === null ? null : sha256(Buffer.from(before.text)))) {
      report("chainBroken", at);
      checkSignature();
    }
    const stored = edgeFrom(row.size, row.edge);
    if (!same(growing.root(), row.root)) {
      report("rootMismatch", at);
      // Go on from what was signed, so that what lies beyond is judged by itself.
      growing = tree.grow(stored, keep);
    }
    if (!same(Buffer.concat(growing.edge().peaks), row.edge)) report("nodeMismatch", at);
    if (!same(tree.rootOfPeaks(stored.peaks), row.root)) report("nodeMismatch", at);
    if (outside.get(row.size) === digest(row.note)) outside.delete(row.size);
    before = { text: row.note, note };
    checkpoints += 1;
  }
  checkSignature();
  if (outside.size > 0) await explainOutside(reader, options.outside(), outside, isOurs, report);
  await checkNodes(reader, size, nodes, report);
  const { entries, unsealed } = await checkUnsealed(reader, report);
  return {
    ok: problems.length === 0,
    entries,
    sealed: seq,
    unsealed,
    size,
    root: (head?.root ?? Buffer.from(tree.root([]))).toString("base64"),
    checkpoints,
    problems,
  };
}

type Report = (kind: ProblemKind, where?: { seq?: number; entryId?: AuditEntryId }) => void;

function signatureCheck(publicKey: Buffer): (note: SignedCheckpoint) => boolean {
  const log = logIdentity(publicKey, sha256);
  const isSigned = verifierOf(publicKey);
  return (note) => isSignedBy(note, log, isSigned);
}

/** The digest of each outside note by its size. What is signed by whom is asked only of notes that the log lacks. */
async function readOutside(notes: ReturnType<Options["outside"]>, report: Report): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  for await (const text of notes) {
    const note = readNote(text);
    if (note === null) report("fileUnreadable");
    // Two notes of one size cannot both be in the log: neither digest is, and both will be looked at.
    else found.set(note.size, (found.get(note.size) ?? digest(text)) === digest(text) ? digest(text) : "");
  }
  return found;
}

/** Says of each outside note that the log does not hold whether it is a forgery, a fork, or proof of a rollback. */
async function explainOutside(
  reader: Reader,
  notes: ReturnType<Options["outside"]>,
  unexplained: ReadonlyMap<number, string>,
  isOurs: (note: SignedCheckpoint) => boolean,
  report: Report,
): Promise<void> {
  for await (const text of notes) {
    const note = readNote(text);
    if (note === null || !unexplained.has(note.size)) continue;
    const [row] = await reader
      .select({ note: auditCheckpoints.note })
      .from(auditCheckpoints)
      .where(eq(auditCheckpoints.size, note.size));
    if (row?.note === text) continue;
    const kind = isOurs(note) ? (row === undefined ? "rolledBack" : "forked") : "signatureWrong";
    report(kind, { seq: note.size });
  }
}

type LeafRow = Awaited<ReturnType<typeof leafBatch>>[number];

function leafBatch(reader: Reader, from: number, below: number) {
  return reader
    .select({
      seq: auditLeaves.seq,
      hash: auditLeaves.hash,
      entryId: auditLeaves.entryId,
      entry: {
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
        requestId: auditEntries.requestId,
        outcome: auditEntries.outcome,
        // As it stands: a detail that was edited into no JSON must be found, not stop the search.
        detail: sql<string>`${auditEntries.detail}`,
        commitment: auditEntries.commitment,
      },
    })
    .from(auditLeaves)
    .leftJoin(auditEntries, eq(auditEntries.id, auditLeaves.entryId))
    .where(and(gte(auditLeaves.seq, from), lt(auditLeaves.seq, below)))
    .orderBy(asc(auditLeaves.seq))
    .limit(BATCH);
}

async function* leavesBelow(reader: Reader, below: number): AsyncGenerator<LeafRow, undefined> {
  for (let from = 0; from < below; ) {
    const batch = await leafBatch(reader, from, below);
    yield* batch;
    const last = batch.at(-1);
    if (last === undefined) return;
    from = last.seq + 1;
    await turn();
  }
}

async function* checkpointsUpTo(reader: Reader, size: number) {
  for (let after = -1; after < size; ) {
    const batch = await reader
      .select()
      .from(auditCheckpoints)
      .where(and(gt(auditCheckpoints.size, after), lte(auditCheckpoints.size, size)))
      .orderBy(asc(auditCheckpoints.size))
      .limit(BATCH);
    yield* batch;
    const last = batch.at(-1);
    if (last === undefined) return;
    after = last.size;
  }
}

function checkEntry(leaf: LeafRow, report: Report): void {
  const where = { seq: leaf.seq, entryId: leaf.entryId };
  if (leaf.entry === null) report("entryRemoved", where);
  else if (!hashesTo(leaf.entry, leaf.hash)) report("entryEdited", where);
}

function hashesTo(row: NonNullable<LeafRow["entry"]>, expected: Buffer): boolean {
  try {
    return same(tree.leafHash(entryBytes({ ...row, detail: JSON.parse(row.detail) })), expected);
  } catch {
    // Edited into something that no entry can be.
    return false;
  }
}

function agrees(note: SignedCheckpoint, row: typeof auditCheckpoints.$inferSelect): boolean {
  return (
    note.size === row.size &&
    note.at.getTime() === row.at.getTime() &&
    same(note.root, row.root) &&
    sameOrNull(note.previous, row.previous)
  );
}

function sameOrNull(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : same(a, b);
}

async function checkNodes(reader: Reader, size: number, computed: readonly TreeNode[], report: Report): Promise<void> {
  const stored = new Map<string, Buffer>();
  for (const node of await reader.select().from(auditNodes)) {
    if ((node.position + 1) * 2 ** node.height <= size) stored.set(`${node.height}/${node.position}`, node.hash);
  }
  for (const { height, position, hash } of computed) {
    const kept = stored.get(`${height}/${position}`);
    if (kept === undefined || !same(kept, hash)) report("nodeMismatch", { seq: position * 2 ** height });
    stored.delete(`${height}/${position}`);
  }
}

/** What stands outside the sealed log: waiting entries are fine, anything else came in behind the product's back. */
async function checkUnsealed(reader: Reader, report: Report): Promise<{ entries: number; unsealed: number }> {
  const beyond = await reader
    .select({ seq: auditLeaves.seq, entryId: auditLeaves.entryId })
    .from(auditLeaves)
    .where(
      or(
        lt(auditLeaves.seq, 0),
        gte(auditLeaves.seq, sql`(SELECT coalesce(max(${auditCheckpoints.size}), 0) FROM ${auditCheckpoints})`),
      ),
    )
    .limit(PROBLEMS_LISTED);
  for (const where of beyond) report("leafInserted", where);

  let last: AuditEntryId | null = null;
  for (;;) {
    const range: { id: AuditEntryId }[] = await reader
      .select({ id: auditEntries.id })
      .from(auditEntries)
      .where(last === null ? undefined : gt(auditEntries.id, last))
      .orderBy(asc(auditEntries.id))
      .limit(BATCH);
    const end = range.at(-1)?.id;
    if (end === undefined) break;
    const strays = await reader
      .select({ id: auditEntries.id })
      .from(auditEntries)
      .leftJoin(auditLeaves, eq(auditLeaves.entryId, auditEntries.id))
      .leftJoin(auditPending, eq(auditPending.entryId, auditEntries.id))
      .where(
        and(
          last === null ? undefined : gt(auditEntries.id, last),
          lte(auditEntries.id, end),
          isNull(auditLeaves.seq),
          isNull(auditPending.entryId),
        ),
      );
    for (const { id } of strays) report("entryInserted", { entryId: id });
    last = end;
    await turn();
  }

  const gone = await reader
    .select({ entryId: auditPending.entryId })
    .from(auditPending)
    .leftJoin(auditEntries, eq(auditEntries.id, auditPending.entryId))
    .where(isNull(auditEntries.id))
    .limit(PROBLEMS_LISTED);
  for (const { entryId } of gone) report("entryRemoved", { entryId });
  const [entries] = await reader.select({ n: count() }).from(auditEntries);
  const [waiting] = await reader.select({ n: count() }).from(auditPending);
  return { entries: entries?.n ?? 0, unsealed: waiting?.n ?? 0 };
}

function digest(note: string): string {
  return sha256(Buffer.from(note)).toString("base64");
}
