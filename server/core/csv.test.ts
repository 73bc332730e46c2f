import fc from "fast-check";
import { expect, test } from "vitest";
import { csvLine, harmless } from "./csv.ts";

test.each([
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "＝1+1",
  "＋1",
  "－1",
  "＠SUM(A1)",
  "\t=1",
  "\tx",
  "\rx",
  "\nx",
  " =1",
  "\u00a0=1",
  "\u3000＝1",
  "\0=1",
  '=HYPERLINK("http://x","y")',
])("%j is no formula", (text) => {
  expect(harmless(text)).toMatch(/^'/);
});

test.each(["1234****5678", "淘宝／天猫", "", "-", "--", "a=1", "2026-06-15 12:00:00"])("%j stays as it is", (text) => {
  expect(harmless(text)).toBe(text);
});

test("whatever stands in the cells, a line reads back as them, each made harmless", () => {
  const cell = fc.string({ unit: fc.constantFrom("=", "＝", "-", '"', ",", "\r", "\n", "\t", " ", "a", "汉") });
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 4 }), (cells) => {
      expect(read(csvLine(cells))).toEqual(cells.map(harmless));
    }),
  );
});

/** RFC 4180, for one record. */
function read(line: string): string[] {
  const cells = [...`,${line.slice(0, -2)}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)];
  return cells.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
}
