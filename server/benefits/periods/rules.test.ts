import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quotaPeriods } from "../model.ts";
import { allowance, lastOfPrevious, periodName, periodSpan } from "./rules.ts";

const anyInstant = fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true });
const anyPeriod = fc.constantFrom(...quotaPeriods);

describe("a period", () => {
  test.each([
    ["day", "2026-06-30T16:00:00Z", "2026-07-01"],
    ["week", "2026-06-21T15:59:59Z", "week 2026-06-15"],
    ["week", "2026-06-21T16:00:00Z", "week 2026-06-22"],
    ["month", "2026-06-30T15:59:59Z", "2026-06"],
    ["month", "2025-12-31T16:00:00Z", "2026-01"],
    ["quarter", "2026-06-30T15:59:59Z", "2026-Q2"],
    ["quarter", "2026-12-31T00:00:00Z", "2026-Q4"],
    ["year", "2026-12-31T16:00:00Z", "2027"],
  ] as const)("of one %s holds %s under the name %s", (period, at, name) => {
    expect(periodName(period, new Date(at))).toBe(name);
  });

  test("holds the instant it is asked for, and every instant of it has its name", () => {
    fc.assert(
      fc.property(anyPeriod, anyInstant, fc.double({ min: 0, max: 1, noNaN: true }), (period, at, part) => {
        const { from, to } = periodSpan(period, at);
        expect(from.getTime()).toBeLessThanOrEqual(at.getTime());
        expect(at.getTime()).toBeLessThan(to.getTime());
        const within = new Date(from.getTime() + Math.floor(part * (to.getTime() - 1 - from.getTime())));
        expect(periodName(period, within)).toBe(periodName(period, at));
      }),
    );
  });

  test("begins where the one before ends, under another name", () => {
    fc.assert(
      fc.property(anyPeriod, anyInstant, (period, at) => {
        const before = periodSpan(period, lastOfPrevious(period, at));
        expect(before.to).toEqual(periodSpan(period, at).from);
        expect(periodName(period, before.from)).not.toBe(periodName(period, at));
      }),
    );
  });

  test("has a name that no period of another length has", () => {
    fc.assert(
      fc.property(anyInstant, anyInstant, (a, b) => {
        const names = quotaPeriods.map((period) => periodName(period, a));
        for (const [index, period] of quotaPeriods.entries()) {
          const other = periodName(period, b);
          expect(names.filter((name, at) => name === other && at !== index)).toEqual([]);
        }
      }),
    );
  });
});

describe("what is carried", () => {
  const anyQuota = fc.record({
    count: fc.integer({ min: 1, max: 99 }),
    rollover: fc.integer({ min: 0, max: 99 }),
    period: anyPeriod,
  });
  const anyPrevious = fc.option(
    fc
      .integer({ min: 0, max: 150 })
      .chain((whole) => fc.record({ allowance: fc.constant(whole), used: fc.integer({ min: 0, max: whole }) })),
  );

  test("never exceeds the rollover, the quota of one period, nor what was left", () => {
    fc.assert(
      fc.property(anyQuota, anyPrevious, fc.boolean(), (quota, previous, entitled) => {
        const carried = allowance(quota, previous, entitled) - quota.count;
        expect(carried).toBeGreaterThanOrEqual(0);
        expect(carried).toBeLessThanOrEqual(Math.min(quota.rollover, quota.count));
        if (previous !== null) expect(carried).toBeLessThanOrEqual(previous.allowance - previous.used);
      }),
    );
  });

  test("is the same whether the period before has a row without uses, or none", () => {
    fc.assert(
      fc.property(anyQuota, (quota) => {
        const untouched = { allowance: quota.count, used: 0 };
        expect(allowance(quota, untouched, true)).toBe(allowance(quota, null, true));
      }),
    );
  });

  test("is nothing for somebody who was not entitled before", () => {
    expect(allowance({ count: 1, rollover: 1, period: "month" }, null, false)).toBe(1);
    expect(allowance({ count: 1, rollover: 1, period: "month" }, null, true)).toBe(2);
  });
});
