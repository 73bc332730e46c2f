import type { Page } from "@playwright/test";
import { addDays } from "#server/core/time.ts";
import type { House } from "#server/house.ts";
import { ChosenSettings } from "#server/orders/importing/model.ts";
import { importFile } from "#server/orders/importing/service.ts";
import { expect, expectAccessible, test } from "../fixtures.ts";

const header =
  "订单编号,买家会员名,买家应付货款,买家实际支付金额,订单状态,收货人姓名,联系手机,订单创建时间,订单付款时间,宝贝标题,商家编码,退款金额,确认收货时间";
const number = (n: number) => `541454981366777${String(8200 + n)}`;
const masked = (n: number) => `5414****${8200 + n}`;

/** Beijing time as exports write it. */
const written = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");

/** Orders that nobody claimed: two completed, one on its way with a relay number, one that two members will claim. */
async function importOrders(house: House) {
  const ctx = house.contextFor({ kind: "system", name: "journey" });
  const placed = written(addDays(ctx.now, -20));
  const done = written(addDays(ctx.now, -12));
  const row = (n: number, yuan: string, phone: string, completed: string) =>
    [
      ...[number(n), "t**", yuan, yuan, completed === "" ? "卖家已发货，等待买家确认" : "交易成功", "林**", phone],
      ...[placed, placed, "婴儿洗护套装", "BATH-01", "0.00", completed],
    ].join(",");
  const rows = [
    row(1, "1299.00", "138****0001", done),
    row(2, "88.00", "138****0002", done),
    row(3, "66.00", "17000004847-0733", ""),
    row(4, "245.00", "138****0004", done),
  ];
  await importFile(ctx, () => ctx.now, {
    file: { bytes: Buffer.from(`${[header, ...rows].join("\r\n")}\r\n`) },
    fileName: "ExportOrderList.csv",
    chosen: ChosenSettings.parse({}),
    dryRun: false,
    source: "cli",
  });
  return { placedOn: placed.slice(0, 10) };
}

/** Types a claim and sends it. */
async function claim(page: Page, n: number, kind: string, fields: Readonly<Record<string, string>>) {
  await page.getByRole("textbox", { name: "订单号" }).fill(number(n));
  await page.getByRole("radio", { name: kind }).check();
  for (const [label, value] of Object.entries(fields)) await page.locator(`[name="fact.${label}"]`).fill(value);
  await page.getByRole("button", { name: "认领", exact: true }).click();
}

test("orders are claimed by each kind of fact, disputed, decided and let go of, and every effect is seen", async ({
  asMember,
  asStaff,
  house,
}) => {
  const { placedOn } = await importOrders(house);
  const mine = await asMember({ width: 390 });
  await mine.goto("/orders");
  await expect(mine.getByRole("radio")).toHaveCount(0);

  await claim(mine, 1, "实付金额", { yuan: "1299" });
  await expect(mine.getByText("认领成功")).toBeVisible();
  await expect(mine.getByText(/成长值 \+1,299/)).toBeVisible();
  await expect(mine.getByText(/等级变为/)).toBeVisible();
  await claim(mine, 2, "下单日期和商品编码", { day: placedOn, sku: "bath-01" });
  await expect(mine.getByText(`订单 ${masked(2)} 已归到你名下`)).toBeVisible();
  await claim(mine, 3, "虚拟号末 4 位", { digits: "0733" });
  await expect(mine.getByText(`订单 ${masked(3)} 已归到你名下`)).toBeVisible();
  await expect(mine.getByRole("heading", { name: masked(3) })).toBeVisible();
  await expectAccessible(mine);

  // A wrong guess gets the answer that any claim gets that cannot be granted, and the third one has to wait.
  for (const yuan of ["241", "242", "243"]) {
    await claim(mine, 4, "实付金额", { yuan });
    await expect(mine.getByText("已收到")).toBeVisible();
    await expect(mine.getByRole("button", { name: "认领", exact: true })).toBeEnabled();
  }
  await expect(mine.getByText(/之后可以再试这笔订单/)).toBeVisible();
  await claim(mine, 4, "实付金额", { yuan: "245" });
  await expect(mine.getByText(/认领次数太多/)).toBeVisible();

  const owner = await asMember({ width: 390 });
  await owner.goto("/orders");
  await claim(owner, 4, "实付金额", { yuan: "245" });
  await expect(owner.getByText("认领成功")).toBeVisible();
  const rival = await asMember({ width: 390 });
  await rival.goto("/orders");
  await claim(rival, 4, "实付金额", { yuan: "245" });
  await expect(rival.getByText("已收到")).toBeVisible();

  const desk = await asStaff("orderOperations");
  await desk.goto("/desk/orders/disputes");
  await desk.getByRole("link", { name: masked(4) }).click();
  await expect(desk.getByRole("heading", { name: `认领争议 ${masked(4)}` })).toBeVisible();
  await expect(desk.getByRole("row", { name: /其他会员.*不相符/ })).toHaveCount(3);
  await expect(desk.getByRole("row", { name: /申请人.* 相符/ })).toHaveCount(1);
  await expect(desk.getByText("245.00")).toHaveCount(0);
  await expectAccessible(desk);
  await desk.getByRole("button", { name: "改判给申请人" }).click();
  const decision = desk.getByRole("dialog");
  await decision.getByLabel("理由").selectOption({ label: "申请人出示了购买凭证" });
  await decision.getByRole("button", { name: "改判给申请人" }).click();
  await expect(desk.getByText("已改判")).toBeVisible();

  await owner.reload();
  await expect(owner.getByText("申请人出示了购买凭证")).toBeVisible();
  await expect(owner.getByRole("heading", { name: masked(4) })).toHaveCount(0);
  await rival.reload();
  await expect(rival.getByRole("heading", { name: masked(4) })).toBeVisible();

  await mine.getByRole("button", { name: `不是我的订单：${masked(1)}` }).click();
  await mine.getByRole("dialog").getByRole("button", { name: "放弃这笔订单" }).click();
  await expect(mine.getByText("会员自己放弃")).toBeVisible();
  await expect(mine.getByRole("heading", { name: masked(1) })).toHaveCount(0);
});
