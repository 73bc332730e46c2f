import { hash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { completeSubtrees, consistencyRanges, emptyEdge, inclusionRanges, merkle, type Range } from "./rules.ts";

const tree = merkle((bytes) => hash("sha256", bytes, "buffer"));

/** The test data of RFC 6962's reference implementation. */
const inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const roots = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const leaves = inputs.map((hex) => tree.leafHash(Buffer.from(hex, "hex")));

const many = (size: number) => Array.from({ length: size }, (_, at) => tree.leafHash(Buffer.from(`leaf ${at}`)));
const pathOf = (of: readonly Uint8Array[], ranges: readonly Range[]) =>
  ranges.map(({ from, to }) => tree.root(of.slice(from, to)));
const flipped = (bytes: Uint8Array) => Uint8Array.from(bytes, (byte, at) => (at === 7 ? byte ^ 1 : byte));

/** A size and one or two places in it. */
const sized = fc.integer({ min: 1, max: 130 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    seq: fc.integer({ min: 0, max: size - 1 }),
    old: fc.integer({ min: 1, max: size }),
  }),
);

describe("roots", () => {
  test("are those of the reference implementation", () => {
    const found = roots.map((_, at) => Buffer.from(tree.root(leaves.slice(0, at + 1))).toString("hex"));
    expect(found).toEqual(roots);
    expect(Buffer.from(tree.root([])).toString("hex")).toBe(
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
  });

  test("come out the same however the leaves are divided between two sittings", () => {
    fc.assert(
      fc.property(sized, ({ size, old }) => {
        const all = many(size);
        const first = tree.grow(emptyEdge);
        for (const leaf of all.slice(0, old)) first.add(leaf);
        const second = tree.grow(first.edge());
        for (const leaf of all.slice(old)) second.add(leaf);
        expect(second.root()).toEqual(tree.root(all));
        expect(second.edge().size).toBe(size);
      }),
    );
  });

  test("of any proof's range follow from its complete subtrees", () => {
    fc.assert(
      fc.property(sized, ({ size, seq }) => {
        const all = many(size);
        for (const range of inclusionRanges(seq, size)) {
          const peaks = completeSubtrees(range).map(({ height, position }) =>
            tree.root(all.slice(position * 2 ** height, (position + 1) * 2 ** height)),
          );
          expect(tree.rootOfPeaks(peaks)).toEqual(tree.root(all.slice(range.from, range.to)));
        }
      }),
    );
  });

  test("of subtrees are announced once, when they become complete", () => {
    const all = many(100);
    const told: string[] = [];
    const growing = tree.grow(emptyEdge, ({ height, position, hash: found }) => {
      told.push(`${height}/${position}`);
      expect(found).toEqual(tree.root(all.slice(position * 2 ** height, (position + 1) * 2 ** height)));
    });
    for (const leaf of all) growing.add(leaf);
    expect(new Set(told).size).toBe(told.length);
    expect(told).toHaveLength(50 + 25 + 12 + 6 + 3 + 1);
  });
});

describe("inclusion proofs", () => {
  test("prove every leaf, and nothing else: no tampered leaf, place, size, root or step passes", () => {
    fc.assert(
      fc.property(sized, ({ size, seq }) => {
        const all = many(size);
        const root = tree.root(all);
        const leaf = all[seq] ?? new Uint8Array();
        const path = pathOf(all, inclusionRanges(seq, size));
        expect(tree.isIncluded(leaf, seq, size, path, root)).toBe(true);
        expect(tree.isIncluded(flipped(leaf), seq, size, path, root)).toBe(false);
        expect(tree.isIncluded(leaf, seq, size, path, flipped(root))).toBe(false);
        expect(tree.isIncluded(leaf, seq, size, [...path, root], root)).toBe(false);
        expect(tree.isIncluded(leaf, size, size, path, root)).toBe(false);
        for (let other = 0; other < size; other += 1) {
          if (other !== seq) expect(tree.isIncluded(leaf, other, size, path, root)).toBe(false);
        }
        path.forEach((step, at) => {
          expect(tree.isIncluded(leaf, seq, size, path.with(at, flipped(step)), root)).toBe(false);
          expect(tree.isIncluded(leaf, seq, size, path.toSpliced(at, 1), root)).toBe(false);
        });
      }),
      { numRuns: 60 },
    );
  });

  test("of a tree without leaves are refused", () => {
    expect(tree.isIncluded(tree.root([]), 0, 0, [], tree.root([]))).toBe(false);
    expect(() => inclusionRanges(0, 0)).toThrow(RangeError);
  });
});

describe("consistency proofs", () => {
  test("prove that a tree only grew, and nothing else", () => {
    fc.assert(
      fc.property(sized, ({ size, old }) => {
        const all = many(size);
        const older = { size: old, root: tree.root(all.slice(0, old)) };
        const newer = { size, root: tree.root(all) };
        const path = pathOf(all, consistencyRanges(old, size));
        expect(tree.isConsistent(older, newer, path)).toBe(true);
        expect(tree.isConsistent({ ...older, root: flipped(older.root) }, newer, path)).toBe(false);
        expect(tree.isConsistent(older, { ...newer, root: flipped(newer.root) }, path)).toBe(false);
        expect(tree.isConsistent(older, newer, [...path, newer.root])).toBe(false);
        path.forEach((step, at) => {
          expect(tree.isConsistent(older, newer, path.with(at, flipped(step)))).toBe(false);
          expect(tree.isConsistent(older, newer, path.toSpliced(at, 1))).toBe(false);
        });
        if (old < size) {
          const rewritten = { size: old, root: tree.root(all.slice(0, old).with(0, flipped(newer.root))) };
          expect(tree.isConsistent(rewritten, newer, path)).toBe(false);
          expect(tree.isConsistent(newer, older, path)).toBe(false);
        }
      }),
    );
  });

  test("from a tree without leaves are refused", () => {
    const empty = { size: 0, root: tree.root([]) };
    expect(tree.isConsistent(empty, { size: 1, root: leaves[0] ?? new Uint8Array() }, [])).toBe(false);
    expect(tree.isConsistent(empty, empty, [])).toBe(false);
    expect(() => consistencyRanges(0, 4)).toThrow(RangeError);
  });
});
