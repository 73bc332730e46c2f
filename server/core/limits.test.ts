import fc from "fast-check";
import { expect, test } from "vitest";
import { type Limit, waitFor } from "./limits.ts";

const limits: readonly Limit[] = [
  { count: 1, windowMs: 60_000 },
  { count: 5, windowMs: 3_600_000 },
  { count: 10, windowMs: 86_400_000 },
];

test("no window of any limit ever holds more than its count, and waiting as told always helps", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 2_000_000 }), { minLength: 30, maxLength: 80 }), (gaps) => {
      let now = 0;
      const admitted: number[] = [];
      for (const gap of gaps) {
        now += gap;
        const wait = waitFor(admitted.slice(-10), { limits }, now);
        if (wait === 0) admitted.push(now);
        else expect(waitFor(admitted.slice(-10), { limits }, now + wait)).toBe(0);
      }
      for (const { count, windowMs } of limits) {
        for (const end of admitted) {
          const inWindow = admitted.filter((use) => use > end - windowMs && use <= end);
          expect(inWindow.length).toBeLessThanOrEqual(count);
        }
      }
    }),
  );
});

test("a wait that grows is counted from the last use, beside the windows", () => {
  const use = { limits: [{ count: 9, windowMs: 1_000 }], delayAfter: (uses: number) => 100 * 2 ** uses };
  expect(waitFor([], use, 0)).toBe(0);
  expect(waitFor([0], use, 150)).toBe(50);
  expect(waitFor([0, 200], use, 500)).toBe(100);
  expect(waitFor([0, 200], use, 600)).toBe(0);
  expect(waitFor([0, 0, 0, 0, 0, 0, 0, 0, 0], { ...use, delayAfter: () => 0 }, 400)).toBe(600);
});
