import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fen } from "../core/money.ts";
import { addDays, businessDay, startOfBusinessDay } from "../core/time.ts";
import { growthTarget } from "../tiers/growth/rules.ts";
import { DEFAULT_GROWTH, type OrderFacts } from "../tiers/model.ts";
import { DEFAULT_POINTS, expiryRoundings, type PointsPolicy, USABLE_DAYS } from "./model.ts";
import { expiryOf, NO_POINTS, pointsTarget } from "./rules.ts";

const at = new Date("2026-03-01T02:00:00Z");
const policy = (version: number, effectiveFrom: Date, numerator = 1): PointsPolicy => ({
  id: `policy-${version}` as PointsPolicy["id"],
  version,
  effectiveFrom,
  terms: { ...DEFAULT_POINTS, perYuan: { numerator, denominator: 1 } },
});
const completed: OrderFacts = {
  paid: fen(19_990),
  refunded: fen(0),
  status: "completed",
  placedAt: at,
  paidAt: at,
  completedAt: addDays(at, 5),
  revision: 1,
};

describe("what an order is worth in points", () => {
  const history = [policy(1, addDays(at, -30)), policy(2, addDays(at, 1), 2)];
  const worth = (facts: OrderFacts) => pointsTarget(facts, history, []);

  test("follows the money that stayed, and becomes available with the growth", () => {
    expect(worth(completed)).toEqual({ points: 199, availableAt: addDays(at, 12), expiry: DEFAULT_POINTS.expiry });
    expect(worth({ ...completed, status: "paid", completedAt: null })).toMatchObject({
      points: 199,
      availableAt: null,
    });
    expect(worth({ ...completed, refunded: fen(10_000) })).toMatchObject({ points: 99 });
    expect(worth(completed).availableAt).toEqual(growthTarget(completed, DEFAULT_GROWTH).earnedAt);
    for (const status of ["placed", "closed", "refunded"] as const) {
      expect(worth({ ...completed, status })).toMatchObject({ points: 0 });
    }
  });

  test("is fixed by the terms of the moment it was paid; before the first version it is nothing", () => {
    expect(worth({ ...completed, paidAt: addDays(at, 1) })).toMatchObject({ points: 399 });
    expect(worth({ ...completed, paidAt: addDays(at, -31) })).toEqual(NO_POINTS);
    expect(pointsTarget(completed, [], [])).toEqual(NO_POINTS);
  });
});

describe("until when points can be used", () => {
  const end = (available: string, months: number, roundTo: (typeof expiryRoundings)[number]) => {
    const instant = startOfBusinessDay(available);
    const expiry = expiryOf(instant, instant, { months, roundTo });
    return expiry === null ? null : businessDay(new Date(expiry.getTime() - 1));
  };

  test.each([
    ["2026-03-15", 12, "day", "2027-03-15"],
    ["2026-03-15", 12, "month", "2027-03-31"],
    ["2026-03-15", 12, "quarter", "2027-03-31"],
    ["2026-04-01", 12, "quarter", "2027-06-30"],
    ["2026-03-15", 12, "year", "2027-12-31"],
    ["2026-12-31", 1, "month", "2027-01-31"],
    ["2026-01-31", 1, "day", "2026-03-02"],
    ["2028-02-29", 12, "day", "2029-02-28"],
    ["2026-11-30", 3, "day", "2027-02-28"],
  ] as const)("available on %s, %d months to the end of the %s: through %s", (day, months, roundTo, last) => {
    expect(end(day, months, roundTo)).toBe(last);
  });

  test("for ever when the terms say so", () => {
    expect(expiryOf(at, at, null)).toBeNull();
  });

  test("never ends within a day, nor less than the promised days after the credit, and rounding only lengthens", () => {
    const instant = fc.date({ min: new Date("2020-01-01"), max: new Date("2035-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(instant, fc.nat(900), fc.integer({ min: 1, max: 60 }), (available, late, months) => {
        const credited = addDays(available, late);
        const ends = expiryRoundings.map(
          (roundTo) => expiryOf(available, credited, { months, roundTo })?.getTime() ?? 0,
        );
        for (const each of ends) {
          expect(startOfBusinessDay(businessDay(new Date(each))).getTime()).toBe(each);
          expect(each).toBeGreaterThan(addDays(credited, USABLE_DAYS).getTime());
          expect(each).toBeGreaterThan(addDays(available, months * 28).getTime());
        }
        expect([...ends].sort((a, b) => a - b)).toEqual(ends);
      }),
    );
  });
});
