import { ownOrders } from "#server/orders/claims/queries.ts";
import { submit } from "#server/orders/claims/service.ts";
import { ChosenSettings } from "#server/orders/importing/model.ts";
import { importFile } from "#server/orders/importing/service.ts";
import { openBrand } from "./brand.ts";
import type { Figure } from "./figure.ts";

const NUMBER = "541454981360000001";
const FILE = `订单编号,买家应付货款,买家实际支付金额,订单状态,订单创建时间,订单付款时间,宝贝标题,商家编码,退款金额,确认收货时间
${NUMBER},88.00,88.00,交易成功,2026-05-20 10:00:00,2026-05-20 10:01:00,婴儿洗护套装,BATH-01,0.00,2026-05-25 10:00:00
`;

/** How long it takes from an order's file to the page of the member who waited for the order. */
export async function claimedByItsFile(): Promise<Figure> {
  const brand = await openBrand();
  try {
    const { house, system } = brand;
    const memberId = await brand.joinMember();
    await submit(brand.as(memberId), { orderNumber: NUMBER, fact: { kind: "amount", yuan: "88.00" } }, "192.0.2.1");
    const from = performance.now();
    await importFile(system, house.clock, {
      file: { bytes: Buffer.from(FILE) },
      fileName: "bench.csv",
      chosen: ChosenSettings.parse({}),
      dryRun: false,
      source: "cli",
    });
    const { orders } = await ownOrders(system, memberId, undefined, 10);
    const value = performance.now() - from;
    return {
      name: "a claim that waited: from the file to the member's own page",
      value,
      unit: "ms",
      goal: "< 1,000 ms",
      met: orders.length === 1 && value < 1_000,
    };
  } finally {
    await brand.close();
  }
}
