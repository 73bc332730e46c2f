import { and, asc, eq, gte, lt } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { auditLeaves, auditNodes } from "#db/schema/audit.ts";
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
