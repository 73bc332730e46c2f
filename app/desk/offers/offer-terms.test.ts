import { expect, test } from "vitest";
import { fenOf, fieldOf, minuteOf, yuanOf } from "./offer-terms.ts";

test.each([
  ["39.9", 3_990],
  ["39.90", 3_990],
  ["0.05", 5],
  ["300", 30_000],
])("%s yuan is %i fen", (yuan, fen) => {
  expect(fenOf(yuan)).toBe(fen);
});

test.each(["", "-1", "1.234", "1e3", "１", "abc"])("%j is no amount", (yuan) => {
  expect(fenOf(yuan)).toBeNaN();
});

test("what is shown for typing over reads back as it was", () => {
  for (const fen of [1, 10, 99, 100, 3_990, 30_000]) expect(fenOf(yuanOf(fen))).toBe(fen);
  expect(minuteOf("2026-10-31T16:30:00Z")).toBe("2026-11-01T00:30");
});

test("every path leads to a field", () => {
  expect(fieldOf("conditions.scope.skus.3")).toBe("skus");
  expect(fieldOf("reward.percent")).toBe("reward.percent");
});
