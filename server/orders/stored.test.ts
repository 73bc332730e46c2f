import fc from "fast-check";
import { expect, test } from "vitest";
import { fen } from "../core/money.ts";
import { Written } from "../core/written.ts";
import { type Knowledge, type Part, type StoredParts, stages } from "./model.ts";
import { unpackParts, writeParts } from "./stored.ts";

const money = fc.nat().map(fen);
const part: fc.Arbitrary<Part> = fc.record({
  stage: fc.constantFrom(...stages),
  paid: money,
  refunded: money,
  refundUnknown: fc.boolean(),
  sku: fc.option(fc.string({ unit: "binary" })),
  quantity: fc.option(fc.nat()),
});
const parts: fc.Arbitrary<Pick<Knowledge, "whole" | "lines">> = fc.record({
  whole: fc.option(part),
  lines: fc
    .array(fc.tuple(fc.string({ minLength: 11, maxLength: 11 }), part), { maxLength: 4 })
    .map((all) => new Map(all)),
});

test("parts are read as they were written", () => {
  fc.assert(
    fc.property(parts, (known) => {
      expect(unpackParts(new Written<StoredParts>(writeParts(known)).read())).toEqual(known);
    }),
  );
});

test("they are written as JSON writes them, so that what was stored before compares equal", () => {
  fc.assert(
    fc.property(parts, (known) => {
      const text = writeParts(known);
      expect(JSON.stringify(JSON.parse(text))).toBe(text);
    }),
  );
});
