import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { businessDay } from "../../core/time.ts";
import { ChildCode } from "./model.ts";
import { childCode, comesOfAge, isOfAge } from "./rules.ts";

const months = fc
  .record({ year: fc.integer({ min: 2000, max: 2040 }), month: fc.integer({ min: 1, max: 12 }) })
  .map(({ year, month }) => `${year}-${String(month).padStart(2, "0")}`);

describe("the fourteenth birthday", () => {
  test.each([
    ["2012-06", "2026-05-31T15:59:59.999Z", false],
    ["2012-06", "2026-05-31T16:00:00.000Z", true],
    ["2012-07", "2026-06-15T04:00:00.000Z", false],
  ])("of a child born in %s at %s: %s", (birthMonth, at, ofAge) => {
    expect(isOfAge(birthMonth, new Date(at))).toBe(ofAge);
  });

  test("is the first Shanghai day of the month, fourteen years on, and never comes undone", () => {
    fc.assert(
      fc.property(months, fc.nat(5_000), (birthMonth, days) => {
        const day = comesOfAge(birthMonth);
        expect(businessDay(day)).toBe(`${Number(birthMonth.slice(0, 4)) + 14}-${birthMonth.slice(5)}-01`);
        expect(isOfAge(birthMonth, new Date(day.getTime() + days * 86_400_000))).toBe(true);
        expect(isOfAge(birthMonth, new Date(day.getTime() - 1))).toBe(false);
      }),
    );
  });
});

test("a child's code survives being read aloud: no letter that is a digit, spaces and small letters forgiven", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(10_000), { minLength: 8, maxLength: 8 }), (draws) => {
      let n = 0;
      const code = childCode((limit) => (draws[n++] ?? 0) % limit);
      expect(code).not.toMatch(/[01IO]/);
      expect(ChildCode.parse(` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `)).toBe(code);
    }),
  );
});
