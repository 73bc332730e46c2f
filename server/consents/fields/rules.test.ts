import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { builtInFields } from "./catalogue.ts";
import { type FieldDefinition, type FieldFormat, fieldClasses } from "./model.ts";
import { checkDefinition, checkValue, monthsBetween } from "./rules.ts";

const today = "2026-06-15";
const name = { "zh-CN": "示例", en: "Example" };
const field = (format: FieldFormat, subject: "member" | "child" = "member"): FieldDefinition => ({
  key: `${subject}.example`,
  subject,
  class: subject === "child" ? "minor" : "general",
  name,
  format,
});
const number = (over: Partial<Extract<FieldFormat, { kind: "number" }>> = {}): FieldFormat => ({
  kind: "number",
  unit: { "zh-CN": "厘米", en: "cm" },
  min: 0,
  max: 1_000,
  decimals: 0,
  measured: false,
  ...over,
});
const month = fc
  .record({ year: fc.integer({ min: 2000, max: 2040 }), month: fc.integer({ min: 1, max: 12 }) })
  .map(({ year, month }) => ({ index: year * 12 + month, text: `${year}-${String(month).padStart(2, "0")}` }));
const valued = (definition: FieldDefinition, value: string, measuredOn: string | null = null) =>
  checkValue(definition, { value, measuredOn }, today).ok;

describe("a definition", () => {
  test("those of the product are sound", () => {
    for (const definition of builtInFields) expect(checkDefinition(definition), definition.key).toEqual({ ok: true });
  });

  test("is of a minor exactly when it is of a child, and its key says whose it is", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("member" as const, "child" as const),
        fc.constantFrom(...fieldClasses),
        fc.constantFrom("member", "child"),
        (subject, of, prefix) => {
          const verdict = checkDefinition({ ...field(number(), subject), class: of, key: `${prefix}.example` });
          const isRight = prefix === subject && (subject === "child") === (of === "minor");
          expect(verdict).toMatchObject(isRight ? { ok: true } : { ok: false, code: "FIELD_CLASS_WRONG" });
        },
      ),
    );
  });

  test("does not contradict itself", () => {
    const option = (value: string) => ({ value, name });
    const twice: FieldFormat = { kind: "choice", options: [option("yes"), option("yes")] };
    for (const format of [number({ min: 5, max: 5 }), number({ min: 6, max: 5 }), twice]) {
      expect(checkDefinition(field(format))).toMatchObject({ code: "FIELD_FORMAT_WRONG" });
    }
    expect(checkDefinition(field({ kind: "choice", options: [option("yes"), option("no")] })).ok).toBe(true);
  });
});

describe("a value", () => {
  test("a number has no more decimals than its field and lies within its range", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_000_000 }),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 0, max: 3 }),
        (thousandths, written, decimals) => {
          const value = (thousandths / 1_000).toFixed(written);
          const fits = written <= decimals && Number(value) <= 1_000;
          expect(valued(field(number({ decimals })), value)).toBe(fits);
        },
      ),
    );
  });

  test.each(["", " 1", "-1", "1e3", "0x10", "１", "1.", ".5", "NaN", "12345678"])("no number is %j", (value) => {
    expect(valued(field(number({ decimals: 3, max: 1_000_000 })), value)).toBe(false);
  });

  test("the day of measuring belongs to what is measured, and to nothing else; it does not lie ahead", () => {
    const [measured, plain] = [field(number({ measured: true })), field(number())];
    expect(valued(measured, "5", today)).toBe(true);
    expect(valued(measured, "5", "2026-06-16")).toBe(false);
    expect(valued(measured, "5")).toBe(false);
    expect(valued(plain, "5", today)).toBe(false);
  });

  test("a month does not lie ahead, and a child's not more than eighteen years back", () => {
    fc.assert(
      fc.property(month, fc.constantFrom("member" as const, "child" as const), (given, subject) => {
        const now = 2026 * 12 + 6;
        const fits = given.index <= now && (subject === "member" || now - given.index <= 216);
        expect(valued(field({ kind: "month" }, subject), given.text)).toBe(fits);
      }),
    );
    for (const none of ["2026-13", "2026-00", "2026-6", "2026-06-01"])
      expect(valued(field({ kind: "month" }), none)).toBe(false);
  });

  test("a choice is one of its options, a text no longer than it may be", () => {
    const choice = field({ kind: "choice", options: ["yes", "no"].map((value) => ({ value, name })) });
    expect(["yes", "no", "maybe", ""].map((value) => valued(choice, value))).toEqual([true, true, false, false]);
    const text = field({ kind: "text", maxLength: 3 });
    expect(["三个字", "👶👶👶", "四个字呢", "  "].map((value) => valued(text, value))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test("that is refused is never repeated", () => {
    const verdict = checkValue(field(number()), { value: "secret", measuredOn: null }, today);
    expect(verdict).toEqual({ ok: false, code: "FIELD_VALUE_WRONG", condition: { field: "member.example" } });
  });
});

test("age in months counts calendar months in Beijing and is never negative", () => {
  fc.assert(
    fc.property(month, month, fc.integer({ min: 1, max: 28 }), (born, at, day) => {
      const noon = new Date(`${at.text}-${String(day).padStart(2, "0")}T12:00:00+08:00`);
      expect(monthsBetween(born.text, noon)).toBe(Math.max(0, at.index - born.index));
    }),
  );
  expect(monthsBetween("2026-05", new Date("2026-05-31T15:59:59Z"))).toBe(0);
  expect(monthsBetween("2026-05", new Date("2026-05-31T16:00:00Z"))).toBe(1);
});
