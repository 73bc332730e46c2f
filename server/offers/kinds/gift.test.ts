import { expect, test } from "vitest";
import { fen } from "../../core/money.ts";
import { gift } from "./gift.ts";

const effect = gift.effectOf({
  kind: "gift",
  minimumFen: 20_000,
  giftSku: "bib",
  giftName: { "zh-CN": "围兜", en: "Bib" },
  quantity: 2,
  worthFen: 1_500,
});

test("given along from the minimum on, at the price there was", () => {
  expect(effect({ lines: [], listFen: fen(20_000) })).toEqual({
    ok: true,
    discountFen: 0,
    grants: [{ what: "gift", name: { "zh-CN": "围兜", en: "Bib" }, quantity: 2, worthFen: 3_000 }],
  });
  expect(effect({ lines: [], listFen: fen(19_999) })).toMatchObject({ ok: false, code: "BELOW_MINIMUM" });
});
