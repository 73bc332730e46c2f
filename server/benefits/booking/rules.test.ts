import fc from "fast-check";
import { expect, test } from "vitest";
import { businessDay } from "../../core/time.ts";
import { endOnTheirDay, mayCancel, slotSpans } from "./rules.ts";

const now = new Date("2026-06-15T04:00:00Z");
const anyPlan = fc.record({
  from: fc.constantFrom("2026-06-14", "2026-06-15", "2026-06-16"),
  days: fc.integer({ min: 1, max: 10 }),
  opens: fc.integer({ min: 0, max: 1_439 }),
  minutes: fc.integer({ min: 10, max: 480 }),
  perDay: fc.integer({ min: 1, max: 12 }),
});

test("slots follow one another without overlap, begin in the future and end on the day on which they begin", () => {
  fc.assert(
    fc.property(anyPlan.filter(endOnTheirDay), (plan) => {
      const spans = slotSpans(plan, now);
      for (const [index, { from, to }] of spans.entries()) {
        expect(from.getTime()).toBeGreaterThan(now.getTime());
        expect(to.getTime() - from.getTime()).toBe(plan.minutes * 60_000);
        expect(businessDay(new Date(to.getTime() - 1))).toBe(businessDay(from));
        const next = spans[index + 1];
        if (next !== undefined) expect(next.from.getTime()).toBeGreaterThanOrEqual(to.getTime());
      }
    }),
  );
});

test("a day's last slot may end at midnight, not after", () => {
  expect(endOnTheirDay({ opens: 1_320, minutes: 60, perDay: 2 })).toBe(true);
  expect(endOnTheirDay({ opens: 1_321, minutes: 60, perDay: 2 })).toBe(false);
});

test("the first slot of a plan begins in Beijing time", () => {
  const [first] = slotSpans({ from: "2026-06-16", days: 1, opens: 600, minutes: 60, perDay: 1 }, now);
  expect(first?.from.toISOString()).toBe("2026-06-16T02:00:00.000Z");
});

test("a booking is given back before it begins, not after", () => {
  expect(mayCancel(new Date(now.getTime() + 1), now)).toBe(true);
  expect(mayCancel(now, now)).toBe(false);
});
