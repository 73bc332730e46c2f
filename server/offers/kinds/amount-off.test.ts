import { expect, test } from "vitest";
import { fen } from "../../core/money.ts";
import { amountOff } from "./amount-off.ts";

const terms = { kind: "amount-off", minimumFen: 30_000, offFen: 3_000, repeat: false };

test("once at the minimum, or for every full minimum", () => {
  expect(amountOff.effectOf(terms)({ lines: [], listFen: fen(95_000) })).toMatchObject({ discountFen: 3_000 });
  expect(amountOff.effectOf({ ...terms, repeat: true })({ lines: [], listFen: fen(95_000) })).toMatchObject({
    discountFen: 9_000,
  });
});

test("a fen below the minimum is below it", () => {
  expect(amountOff.effectOf(terms)({ lines: [], listFen: fen(29_999) })).toEqual({
    ok: false,
    code: "BELOW_MINIMUM",
    condition: { minimumFen: 30_000, inScopeFen: 29_999 },
  });
});

test("more off than its minimum contradicts itself", () => {
  expect(amountOff.checkOf({ ...terms, offFen: 30_001 })).toMatchObject({ ok: false, code: "TERMS_CONTRADICT" });
});
