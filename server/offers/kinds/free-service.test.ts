import { expect, test } from "vitest";
import { fen } from "../../core/money.ts";
import { freeService } from "./free-service.ts";

test("one service from the minimum on", () => {
  const serviceName = { "zh-CN": "包邮", en: "Free delivery" };
  const effect = freeService.effectOf({
    kind: "free-service",
    serviceCode: "delivery",
    serviceName,
    minimumFen: 9_900,
    worthFen: 1_200,
  });
  expect(effect({ lines: [], listFen: fen(9_900) })).toMatchObject({
    discountFen: 0,
    grants: [{ what: "service", name: serviceName, quantity: 1 }],
  });
  expect(effect({ lines: [], listFen: fen(9_899) })).toMatchObject({ ok: false, code: "BELOW_MINIMUM" });
});
