import { expect, test } from "vitest";
import { fen } from "../../core/money.ts";
import { percentOff } from "./percent-off.ts";

test("a fraction of a fen stays with the price", () => {
  const effect = percentOff.effectOf({ kind: "percent-off", percent: 12 });
  expect(effect({ lines: [], listFen: fen(29_899) })).toMatchObject({ ok: true, discountFen: 3_587 });
});
