import { expect, test } from "vitest";
import { fen } from "../../core/money.ts";
import { fixedPrice } from "./fixed-price.ts";

const effect = fixedPrice.effectOf({ kind: "fixed-price", priceFen: 19_900, printedListFen: 25_800 });
const line = (listPriceFen: number, quantity: number) => ({
  sku: "a",
  listPriceFen,
  quantity,
  listFen: fen(listPriceFen * quantity),
});
const basis = (...lines: ReturnType<typeof line>[]) => ({
  lines,
  listFen: fen(lines.reduce((sum, { listFen }) => sum + listFen, 0)),
});

test("every piece costs the printed price; a cheaper one stays as it is", () => {
  expect(effect(basis(line(25_800, 2), line(9_900, 1)))).toMatchObject({ discountFen: 11_800, byLine: [11_800, 0] });
});

test("a list price above the printed one is another promise: it is not touched", () => {
  expect(effect(basis(line(29_800, 1)))).toMatchObject({ ok: false, code: "LIST_PRICE_CHANGED" });
  expect(effect(basis(line(29_800, 1), line(25_800, 1)))).toMatchObject({ byLine: [0, 5_900] });
});
