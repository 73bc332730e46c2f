import fc from "fast-check";
import { expect, test } from "vitest";
import { noCounters } from "./model.ts";
import { nextChunkSize, unchangedAgain } from "./rules.ts";

test("the very same file again is all unchanged", () => {
  const counted = { ...noCounters, orders: { created: 3, updated: 2, unchanged: 1, rejected: 4 } };
  expect(unchangedAgain(counted).orders).toEqual({ created: 0, updated: 0, unchanged: 6, rejected: 4 });
});

test("chunks follow the clock within bounds", () => {
  expect(nextChunkSize(1_000, 60, 30)).toBe(750);
  expect(nextChunkSize(1_000, 0, 30)).toBeGreaterThan(1_000);
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 8_000 }), fc.double({ min: 0, max: 10_000, noNaN: true }), (size, took) => {
      const next = nextChunkSize(size, took, 30);
      expect(next).toBeGreaterThanOrEqual(100);
      expect(next).toBeLessThanOrEqual(8_000);
    }),
  );
});
