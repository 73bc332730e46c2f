import { globSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { fen, sumFen } from "../../core/money.ts";
import { inputs } from "../kind.ts";
import { anyLine, anyRewardOf } from "../testing.ts";
import { kinds } from "./index.ts";

const anyBasis = fc
  .array(anyLine, { minLength: 1, maxLength: 6 })
  .map((lines) => lines.map((line) => ({ ...line, listFen: fen(line.quantity * line.listPriceFen) })))
  .map((lines) => ({ lines, listFen: sumFen(lines.map((line) => line.listFen)) }));

describe.each(kinds)("$name", (kind) => {
  const effects = fc.tuple(anyRewardOf(kind), anyBasis);

  test("never takes more than the lines cost, nor less than nothing", () => {
    fc.assert(
      fc.property(effects, ([reward, basis]) => {
        const outcome = kind.effectOf(reward)(basis);
        if (!outcome.ok) return;
        expect(outcome.discountFen).toBeGreaterThanOrEqual(0);
        expect(outcome.discountFen).toBeLessThanOrEqual(basis.listFen);
        if (outcome.byLine) expect(sumFen(outcome.byLine)).toBe(outcome.discountFen);
        for (const [index, part] of outcome.byLine?.entries() ?? []) {
          expect(part).toBeLessThanOrEqual(basis.lines[index]?.listFen ?? -1);
        }
      }),
    );
  });

  test("never takes a larger part of the list price than it admits to", () => {
    fc.assert(
      fc.property(effects, ([reward, basis]) => {
        const outcome = kind.effectOf(reward)(basis);
        if (!outcome.ok) return;
        expect(outcome.discountFen * 1000).toBeLessThanOrEqual(basis.listFen * kind.deepestOf(reward));
        for (const [index, part] of outcome.byLine?.entries() ?? []) {
          expect(part * 1000).toBeLessThanOrEqual((basis.lines[index]?.listFen ?? 0) * kind.deepestOf(reward));
        }
      }),
    );
  });

  test("does not depend on the order or the splitting of lines", () => {
    fc.assert(
      fc.property(effects, ([reward, basis]) => {
        const effect = kind.effectOf(reward);
        const whole = effect(basis);
        const lines = basis.lines
          .flatMap((line) =>
            Array.from({ length: line.quantity }, () => ({ ...line, quantity: 1, listFen: fen(line.listPriceFen) })),
          )
          .reverse();
        const pieces = effect({ lines, listFen: basis.listFen });
        expect(pieces.ok).toBe(whole.ok);
        if (pieces.ok && whole.ok)
          expect([pieces.discountFen, pieces.grants]).toEqual([whole.discountFen, whole.grants]);
      }),
    );
  });

  test("refuses terms that are not its own", () => {
    fc.assert(
      fc.property(anyRewardOf(kind), (reward) => {
        expect(() => kind.effectOf({ ...reward, memberId: "x" })).toThrow();
      }),
      { numRuns: 5 },
    );
  });

  test("says how each of its fields is asked for, and has words for its sentence in both languages", () => {
    const { properties = {} } = z.toJSONSchema(kind.reward);
    for (const [field, schema] of Object.entries(properties)) {
      if (field !== "kind") expect(inputs).toContain(typeof schema === "object" ? schema.input : undefined);
    }
    for (const locale of ["zh-CN", "en"]) {
      const catalogue = JSON.parse(readFileSync(`app/messages/${locale}/offers.json`, "utf8"));
      const words = catalogue.kinds[kind.name];
      expect(Object.keys(words)).toEqual(expect.arrayContaining(["name", "hint", "sentence", "fields"]));
      for (const field of Object.keys(properties)) if (field !== "kind") expect(words.fields).toHaveProperty(field);
    }
  });
});

test("nobody outside this folder mentions a kind by name", () => {
  const names = new RegExp(kinds.map((kind) => `["'\`]${kind.name}["'\`]`).join("|"));
  const strays = globSync("{server,db,app,bench}/**/*.{ts,tsx}")
    .filter((file) => !/offers\/kinds\/|\.test\.tsx?$|offers\/demo\.ts$/.test(file))
    .filter((file) => names.test(readFileSync(file, "utf8")));
  expect(strays).toEqual([]);
});
