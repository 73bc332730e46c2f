import fc from "fast-check";
import { expect, test } from "vitest";
import { newId } from "#db/testing.ts";
import { type Asked, grantPeriod, usesLeft, withHeld } from "./rules.ts";

const at = new Date("2026-06-15T04:00:00Z");
const asked: Asked = {
  terms: { tiers: ["silver"], quota: { count: 2, period: "month", rollover: 1 } },
  tier: "silver",
  entitledBefore: true,
  at,
  now: at,
};
const row = (period: string, allowance: number, used: number) => ({ period, allowance, used });
const grant = (uses: number, endsAt: string) => ({ id: newId<"benefitGrant">(), uses, endsAt: new Date(endsAt) });

test("an unused month before adds what may be carried; a used one nothing", () => {
  expect(usesLeft(asked, [], [])).toMatchObject({ fromTier: 3, allowance: 3, period: "2026-06" });
  expect(usesLeft(asked, [row("2026-05", 2, 2)], [])).toMatchObject({ fromTier: 2, allowance: 2 });
  expect(usesLeft(asked, [row("2026-05", 2, 1), row("2026-06", 3, 3)], [])).toMatchObject({ fromTier: 0, left: 0 });
});

test("nothing is carried into a month that has not begun", () => {
  const ahead = { ...asked, at: new Date("2026-07-03T04:00:00Z") };
  expect(usesLeft(ahead, [], [])).toMatchObject({ fromTier: 2, period: "2026-07" });
});

test("a tier that does not have it leaves only what was given by hand, the earliest end first", () => {
  const [late, early, over] = [grant(1, "2026-08-01"), grant(3, "2026-07-01"), grant(5, "2026-06-15T04:00:00Z")];
  const uses = usesLeft({ ...asked, tier: "registered" }, [row(grantPeriod(early.id), 3, 2)], [late, early, over]);
  expect(uses).toMatchObject({ fromTier: 0, allowance: 0, granted: 2, left: 2 });
  expect(uses.grants).toEqual([
    { period: grantPeriod(early.id), allowance: 3, left: 1 },
    { period: grantPeriod(late.id), allowance: 1, left: 1 },
  ]);
});

test("never less than nothing is left, and never more than quota, carry and grants", () => {
  const anyRow = (period: string) =>
    fc
      .integer({ min: 0, max: 200 })
      .chain((whole) => fc.integer({ min: 0, max: whole }).map((used) => row(period, whole, used)));
  fc.assert(
    fc.property(fc.tuple(anyRow("2026-05"), anyRow("2026-06")), fc.integer({ min: 1, max: 20 }), (rows, given) => {
      const uses = usesLeft(asked, rows, [grant(given, "2026-07-01")]);
      expect(uses.fromTier).toBeGreaterThanOrEqual(0);
      expect(uses.fromTier).toBeLessThanOrEqual(3);
      expect(uses.left).toBe(uses.fromTier + uses.granted);
    }),
  );
});

test("the use that a booking holds counts as left to that booking", () => {
  const none = { fromTier: 0, granted: 0 };
  expect(withHeld(none, "2026-06")).toEqual({ fromTier: 1, granted: 0 });
  expect(withHeld(none, grantPeriod(newId()))).toEqual({ fromTier: 0, granted: 1 });
  expect(withHeld(none, null)).toEqual(none);
});
