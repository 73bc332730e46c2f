import { expect, test } from "vitest";
import { knownCells } from "./cells.ts";
import { Draw } from "./draw.ts";
import { scoreOf } from "./scoring.ts";

const CELLS = 6_000;

/** One corpus is the same every time; the other is a new one each time, and its seed is told when it fails. */
test.each([20_260_501, Math.floor(Math.random() * 0x1_0000_0000)])(
  "of what is planted nearly all is found, and little else (seed %i)",
  (seed) => {
    const { recall, precision, kinds, mistakes } = scoreOf([...knownCells(new Draw(seed), CELLS)]);
    const families = mistakes.map(({ wrong, kind, cell }) => `${wrong} ${kind} in ${cell.family}`);
    expect(kinds.filter(({ planted }) => planted < 100)).toEqual([]);
    expect(recall, families.join(", ")).toBeGreaterThanOrEqual(0.995);
    expect(precision, families.join(", ")).toBeGreaterThanOrEqual(0.99);
  },
);

test("a seed gives the same cells again", () => {
  expect([...knownCells(new Draw(7), 200)]).toEqual([...knownCells(new Draw(7), 200)]);
});
