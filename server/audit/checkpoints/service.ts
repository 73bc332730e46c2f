import { asc, desc, gt, inArray } from "drizzle-orm";
import type { Db, Tx } from "#db/client.ts";
import { auditCheckpoints, auditEntries, auditLeaves, auditNodes, auditPending } from "#db/schema/audit.ts";
import type { Context } from "../../core/context.ts";
import { entryBytes } from "../rules.ts";
import { edgeFrom, emptyEdge, KEPT_HEIGHTS } from "../tree/rules.ts";
import { sha256, tree } from "../tree/sha256.ts";
import type { CheckpointFiles } from "./checkpoint-files.ts";
import { checkpointText, logIdentity, signedNote } from "./rules.ts";

const ENTRIES_PER_SEAL = 2_000;

/**
 * Gives each waiting entry its leaf, signs the grown tree, and brings the files outside the database up to date.
 * Acts never wait for it: they only leave their entry behind, and any number of processes may seal at once.
 * Returns how many entries were sealed.
 */
export async function seal(ctx: Context, files: CheckpointFiles): Promise<number> {
  let sealed = 0;
  for (;;) {
    const batch = await sealBatch(ctx);
    sealed += batch;
    if (batch < ENTRIES_PER_SEAL) break;
  }
  await publish(ctx.db, files);
  return sealed;
}

async function sealBatch(ctx: Context): Promise<number> {
  // Read outside the transaction: under SERIALIZABLE a scan of the queue would collide with everybody who records.
  const waiting = await ctx.db
    .select({ entryId: auditPending.entryId })
    .from(auditPending)
    .orderBy(asc(auditPending.entryId))
    .limit(ENTRIES_PER_SEAL);
  if (waiting.length === 0) return 0;
  const ids = waiting.map(({ entryId }) => entryId);
  return ctx.db.transact(async (tx) => {
    // Taking the entries off the queue is the lock: a second sequencer waits here, and what it finds taken is not its.
    const taken = await tx
      .delete(auditPending)
      .where(inArray(auditPending.entryId, ids))
      .returning({ entryId: auditPending.entryId });
    if (taken.length > 0) await extend(tx, ctx, taken.map(({ entryId }) => entryId).sort());
    return taken.length;
  });
}

async function extend(tx: Tx, ctx: Context, ids: (typeof auditEntries.$inferSelect)["id"][]): Promise<void> {
  const [last] = await tx.select().from(auditCheckpoints).orderBy(desc(auditCheckpoints.size)).limit(1);
  const before = last ? edgeFrom(last.size, last.edge) : emptyEdge;
  const found = new Map((await tx.bulkSelect(auditEntries, "id", ids)).map((entry) => [entry.id, entry]));
  const nodes: (typeof auditNodes.$inferInsert)[] = [];
  const growing = tree.grow(before, ({ height, position, hash: root }) => {
    if (height % KEPT_HEIGHTS === 0) nodes.push({ height, position, hash: Buffer.from(root) });
  });
  const leaves = ids.map((entryId, at) => {
    const entry = found.get(entryId);
    if (entry === undefined) throw new Error("a waiting entry is gone");
    const leaf = Buffer.from(tree.leafHash(entryBytes(entry)));
    growing.add(leaf);
    return { seq: before.size + at, entryId, hash: leaf };
  });
  const { size, peaks } = growing.edge();
  const log = logIdentity(ctx.keys.publicKey, sha256);
  const root = Buffer.from(growing.root());
  const previous = last ? sha256(Buffer.from(last.note)) : null;
  const text = checkpointText({ origin: log.name, size, root, previous, at: ctx.now });
  await tx.bulkInsert(auditLeaves, leaves);
  await tx.bulkInsert(auditNodes, nodes);
  await tx.insert(auditCheckpoints).values({
    size,
    at: ctx.now,
    root,
    previous,
    note: signedNote(text, log, ctx.keys.sign(Buffer.from(text))),
    edge: Buffer.concat(peaks),
  });
}

/** Appends the checkpoints that the files lack; after a crash between commit and append this makes up for it. */
async function publish(db: Db, files: CheckpointFiles): Promise<void> {
  const missing = await db
    .select({ note: auditCheckpoints.note, at: auditCheckpoints.at })
    .from(auditCheckpoints)
    .where(gt(auditCheckpoints.size, await files.newest()))
    .orderBy(asc(auditCheckpoints.size));
  if (missing.length > 0) await files.append(missing);
}
