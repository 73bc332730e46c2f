import { expect, test } from "vitest";
import { fen } from "../../core/money.ts";
import { pointsMultiplier } from "./points-multiplier.ts";

test("names the points beyond the usual one a yuan", () => {
  const effect = pointsMultiplier.effectOf({ kind: "points-multiplier", percent: 250 });
  expect(effect({ lines: [], listFen: fen(29_899) })).toMatchObject({
    discountFen: 0,
    grants: [{ what: "points", quantity: 447 }],
  });
  expect(effect({ lines: [], listFen: fen(99) })).toMatchObject({ grants: [] });
});
