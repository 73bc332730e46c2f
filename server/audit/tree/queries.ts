import { and, asc, desc, eq, gte, lt } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { auditCheckpoints, auditLeaves, auditNodes } from "#db/schema/audit.ts";
import { readNote } from "../checkpoints/rules.ts";
import { completeSubtrees, consistencyRanges, inclusionRanges, KEPT_HEIGHTS, type Range } from "./rules.ts";
import { tree } from "./sha256.ts";

/** The hashes that prove leaf `seq` to be in the tree of `size` leaves: at most 24 of them for ten million. */
export function inclusionPath(reader: Reader, seq: number, size: number): Promise<Uint8Array[]> {
  return rootsOf(reader, inclusionRanges(seq, size));
}

/** The hashes that prove the tree of `newSize` leaves to extend that of `oldSize`. */
export function consistencyPath(reader: Reader, oldSize: number, newSize: number): Promise<Uint8Array[]> {
  return rootsOf(reader, consistencyRanges(oldSize, newSize));
}

/**
 * Where a checkpoint that somebody brings stands in this log. `foreign`: the log never signed off this very note, whoever
 * signed it. `fails`: it did, and what it has signed since does not extend it.
 */
export async function checkpointStanding(reader: Reader, note: string): Promise<"holds" | "fails" | "foreign"> {
  const size = readNote(note)?.size;
  if (size === undefined) return "foreign";
  const [kept] = await reader.select().from(auditCheckpoints).where(eq(auditCheckpoints.size, size));
  if (kept === undefined || kept.note !== note) return "foreign";
  const [newest] = await reader.select().from(auditCheckpoints).orderBy(desc(auditCheckpoints.size)).limit(1);
  if (newest === undefined) return "foreign";
  const path = await consistencyPath(reader, kept.size, newest.size);
  return tree.isConsistent(kept, newest, path) ? "holds" : "fails";
}

async function rootsOf(reader: Reader, ranges: readonly Range[]): Promise<Uint8Array[]> {
  const roots: Uint8Array[] = [];
  for (const range of ranges) {
    const peaks: Uint8Array[] = [];
    for (const { height, position } of completeSubtrees(range)) peaks.push(await subtreeRoot(reader, height, position));
    roots.push(tree.rootOfPeaks(peaks));
  }
  return roots;
}

/** The root of one complete subtree, from the hashes kept at the nearest height below. */
async function subtreeRoot(reader: Reader, height: number, position: number): Promise<Uint8Array> {
  const width = 2 ** (height % KEPT_HEIGHTS);
  const [from, to] = [position * width, (position + 1) * width];
  const kept =
    height < KEPT_HEIGHTS
      ? await reader
          .select({ hash: auditLeaves.hash })
          .from(auditLeaves)
          .where(and(gte(auditLeaves.seq, from), lt(auditLeaves.seq, to)))
          .orderBy(asc(auditLeaves.seq))
      : await reader
          .select({ hash: auditNodes.hash })
          .from(auditNodes)
          .where(
            and(
              eq(auditNodes.height, height - (height % KEPT_HEIGHTS)),
              gte(auditNodes.position, from),
              lt(auditNodes.position, to),
            ),
          )
          .orderBy(asc(auditNodes.position));
  if (kept.length !== width) throw new Error("the audit tree lacks hashes: run `audit verify`");
  return tree.root(kept.map(({ hash }) => hash));
}
