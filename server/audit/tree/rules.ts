/**
 * The Merkle tree of RFC 6962 §2.1: nothing invented, so that any transparency-log tool can check it.
 * Leaves and nodes are hashed under different prefixes (0x00, 0x01), so neither can pass for the other.
 */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;
type Hash = Uint8Array;

/** The leaves [from, to). */
export type Range = { readonly from: number; readonly to: number };

/** What a growing tree has to remember: the roots of its complete subtrees, largest first. */
export type Edge = { readonly size: number; readonly peaks: readonly Hash[] };

/** The root of a complete subtree: the `position`-th of 2^height leaves. */
export type TreeNode = { readonly height: number; readonly position: number; readonly hash: Hash };

export const emptyEdge: Edge = { size: 0, peaks: [] };

/** Subtree roots are kept at every 8th height: a proof then reads at most 255 hashes for every 8 levels of the tree. */
export const KEPT_HEIGHTS = 8;

/** The edge of a tree of `size` leaves from its peaks in one run of bytes, 32 each. */
export function edgeFrom(size: number, peaks: Uint8Array): Edge {
  return {
    size,
    peaks: Array.from({ length: Math.floor(peaks.length / 32) }, (_, at) => peaks.subarray(at * 32, at * 32 + 32)),
  };
}

export type Merkle = ReturnType<typeof merkle>;

export function merkle(sha256: Sha256) {
  const leafHash = (data: Uint8Array): Hash => sha256(prefixed(0, data));

  const nodeHash = (left: Hash, right: Hash): Hash => {
    const bytes = new Uint8Array(1 + left.length + right.length);
    bytes[0] = 1;
    bytes.set(left, 1);
    bytes.set(right, 1 + left.length);
    return sha256(bytes);
  };

  /** The root over the hashes of complete subtrees in order, largest first; that of no leaves is SHA-256 of nothing. */
  const rootOfPeaks = (peaks: readonly Hash[]): Hash =>
    peaks.length === 0 ? sha256(new Uint8Array()) : peaks.reduceRight((right, left) => nodeHash(left, right));

  /** A tree that continues from `edge`, one leaf hash at a time; `onNode` is told each subtree that becomes complete. */
  const grow = (edge: Edge, onNode?: (node: TreeNode) => void) => {
    let size = edge.size;
    const peaks = [...edge.peaks];
    return {
      add(leaf: Hash): void {
        let hash = leaf;
        let position = size;
        for (let height = 1; position % 2 === 1; height += 1) {
          const left = peaks.pop();
          if (left === undefined) throw new RangeError("the edge lacks a peak");
          hash = nodeHash(left, hash);
          position = (position - 1) / 2;
          onNode?.({ height, position, hash });
        }
        peaks.push(hash);
        size += 1;
      },
      edge: (): Edge => ({ size, peaks: [...peaks] }),
      root: (): Hash => rootOfPeaks(peaks),
    };
  };

  /** The root over all these leaf hashes. */
  const root = (leaves: readonly Hash[]): Hash => {
    const tree = grow(emptyEdge);
    for (const leaf of leaves) tree.add(leaf);
    return tree.root();
  };

  /** True when `path` proves that leaf `seq` is in the tree of `size` leaves with this root. A tree of 0 has no leaves. */
  const isIncluded = (leaf: Hash, seq: number, size: number, path: readonly Hash[], expected: Hash): boolean => {
    if (!isIndex(seq) || !isIndex(size) || seq >= size) return false;
    let hash = leaf;
    let [at, last] = [seq, size - 1];
    for (const step of path) {
      if (last === 0) return false;
      if (at % 2 === 1 || at === last) {
        hash = nodeHash(step, hash);
        [at, last] = climb(at, last);
      } else {
        hash = nodeHash(hash, step);
      }
      [at, last] = [half(at), half(last)];
    }
    return last === 0 && same(hash, expected);
  };

  /** True when `path` proves that the tree of `newSize` only appended to that of `oldSize`. From 0 leaves nothing is proved. */
  const isConsistent = (
    older: { readonly size: number; readonly root: Hash },
    newer: { readonly size: number; readonly root: Hash },
    path: readonly Hash[],
  ): boolean => {
    if (!isIndex(older.size) || !isIndex(newer.size) || older.size === 0 || older.size > newer.size) return false;
    if (older.size === newer.size) return path.length === 0 && same(older.root, newer.root);
    let [at, last] = [older.size - 1, newer.size - 1];
    while (at % 2 === 1) [at, last] = [half(at), half(last)];
    const [first, ...steps] = at === 0 ? [older.root, ...path] : path;
    if (first === undefined) return false;
    let [before, after] = [first, first];
    for (const step of steps) {
      if (last === 0) return false;
      if (at % 2 === 1 || at === last) {
        before = nodeHash(step, before);
        after = nodeHash(step, after);
        [at, last] = climb(at, last);
      } else {
        after = nodeHash(after, step);
      }
      [at, last] = [half(at), half(last)];
    }
    return last === 0 && same(before, older.root) && same(after, newer.root);
  };

  return { leafHash, rootOfPeaks, grow, root, isIncluded, isConsistent };
}

/** The subtrees whose roots are the inclusion proof of leaf `seq` in a tree of `size` leaves, in the proof's order. */
export function inclusionRanges(seq: number, size: number): Range[] {
  if (!isIndex(seq) || !isIndex(size) || seq >= size) throw new RangeError(`no leaf ${seq} in a tree of ${size}`);
  const walk = ({ from, to }: Range): Range[] => {
    if (to - from === 1) return [];
    const middle = from + splitOf(to - from);
    const [left, right] = [
      { from, to: middle },
      { from: middle, to },
    ];
    return seq < middle ? [...walk(left), right] : [...walk(right), left];
  };
  return walk({ from: 0, to: size });
}

/** The subtrees whose roots prove that the tree of `newSize` extends that of `oldSize` (at least 1 leaf). */
export function consistencyRanges(oldSize: number, newSize: number): Range[] {
  if (!isIndex(oldSize) || !isIndex(newSize) || oldSize === 0 || oldSize > newSize)
    throw new RangeError(`no consistency proof from ${oldSize} to ${newSize}`);
  const walk = ({ from, to }: Range, isOldTree: boolean): Range[] => {
    if (to === oldSize) return isOldTree ? [] : [{ from, to }];
    const middle = from + splitOf(to - from);
    const [left, right] = [
      { from, to: middle },
      { from: middle, to },
    ];
    return oldSize <= middle ? [...walk(left, isOldTree), right] : [...walk(right, false), left];
  };
  return walk({ from: 0, to: newSize }, true);
}

/** A range of a proof as complete subtrees, largest first: their hashes are the peaks of its root. */
export function completeSubtrees({ from, to }: Range): { readonly height: number; readonly position: number }[] {
  const subtrees: { height: number; position: number }[] = [];
  for (let at = from; at < to; ) {
    let [height, width] = [0, 1];
    while (at % (width * 2) === 0 && at + width * 2 <= to) [height, width] = [height + 1, width * 2];
    subtrees.push({ height, position: at / width });
    at += width;
  }
  return subtrees;
}

/** The largest power of two smaller than `count` (which is at least 2). */
function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

/** Up past the levels at which a node without right sibling passes through unhashed. */
function climb(at: number, last: number): [number, number] {
  let [node, end] = [at, last];
  while (node % 2 === 0 && node !== 0) [node, end] = [half(node), half(end)];
  return [node, end];
}

function half(n: number): number {
  return Math.floor(n / 2);
}

function isIndex(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0;
}

function prefixed(prefix: number, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + data.length);
  bytes[0] = prefix;
  bytes.set(data, 1);
  return bytes;
}

/** Equal bytes. Roots and proofs are public, so the time it takes tells nothing. */
export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
