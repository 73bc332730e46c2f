import { expect, test } from "vitest";
import { paceOf, type Sighting, seenLately } from "./pace.ts";

const seen = (...sightings: readonly (readonly [done: number, at: number])[]) =>
  sightings.reduce<readonly Sighting[]>((earlier, [done, at]) => seenLately(earlier, { done, at }), []);

test("a pace is what was done a second, once half a second was seen of it", () => {
  expect(paceOf(seen())).toBeNull();
  expect(paceOf(seen([400, 0]))).toBeNull();
  expect(paceOf(seen([400, 0], [800, 400]))).toBeNull();
  expect(paceOf(seen([400, 0], [800, 400], [1_400, 1_000]))).toBe(1_000);
});

test("what was done before the page was opened, or long ago, is no part of the pace now", () => {
  expect(paceOf(seen([50_000, 0], [51_000, 1_000]))).toBe(1_000);
  expect(paceOf(seen([0, 0], [100, 1_000], [100, 12_000], [1_100, 13_000]))).toBe(1_000);
});

test("after a silence longer than what counts as lately, the last sighting before it still counts", () => {
  expect(paceOf(seen([0, 0], [3_000, 30_000]))).toBe(100);
});

test("nothing that stands still, or begins anew, has a pace", () => {
  expect(paceOf(seen([400, 0], [400, 2_000]))).toBeNull();
  expect(paceOf(seen([400, 0], [0, 2_000]))).toBeNull();
});
