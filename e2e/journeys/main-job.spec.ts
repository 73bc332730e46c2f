import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { DEMO_PRODUCTS } from "#server/offers/demo.ts";
import { expect, expectAccessible, test } from "../fixtures.ts";

const run = promisify(execFile);

/** What this journey brings in and types: none of it may be found in a log, in full. */
const order = { number: "4998877660011223344", yuan: "1318.00", relay: "17012345678-9021" };
const leaked = "13912345678";

/** An order of three weeks ago, in the layout of a Taobao order export; the note holds a phone that should not be there. */
function exportFile(): Buffer {
  const day = (daysAgo: number) =>
    new Date(Date.now() - daysAgo * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
  const header =
    "订单编号,买家会员名,买家应付货款,买家实际支付金额,订单状态,收货人姓名,联系手机,虚拟号过期时间,订单创建时间,订单付款时间,宝贝标题,宝贝总数量,退款金额,确认收货时间,订单备注";
  const row = [
    ...[order.number, "t**", order.yuan, order.yuan, "交易成功", "林**", order.relay, day(-5)],
    ...[day(21), day(21), "新生儿礼盒", "1", "0.00", day(15), `改打 ${leaked}`],
  ];
  return Buffer.from(`\uFEFF${header}\r\n${row.map((cell) => `"${cell}"`).join(",")}\r\n`);
}

async function evenhand(...args: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await run(process.execPath, ["server/cli.ts", ...args, "--json"]);
  return JSON.parse(stdout);
}

test("from an order file to a tier, a price and its reasons, proved afterwards", async ({ asStaff, asMember }) => {
  const desk = await asStaff("orderOperations");
  await desk.goto("/desk/orders/new");
  await desk
    .locator("input[type=file]")
    .setInputFiles({ name: "ExportOrderList202606150930.csv", mimeType: "text/csv", buffer: exportFile() });
  await desk.getByRole("button", { name: "上传并检查" }).click();
  await expect(desk.getByRole("button", { name: "确认导入" })).toBeVisible();
  await desk.getByRole("link", { name: "手机号" }).click();
  await expect(desk.getByText(/^139\*+\d{2}$/)).toBeVisible();
  await expectAccessible(desk);
  await desk.getByRole("button", { name: "确认导入" }).click();
  await expect(desk.getByText("已完成").first()).toBeVisible();
  await expect(desk.getByText(leaked)).toHaveCount(0);

  const portal = await asMember({ width: 390 });
  await portal.goto("/orders");
  await portal.getByLabel("订单号").fill(order.number);
  await portal.getByLabel("实付金额（元）").fill(order.yuan);
  await portal.getByRole("button", { name: "认领" }).click();
  await expect(portal.getByText("认领成功")).toBeVisible();
  await expect(portal.getByText("等级变为 银卡会员")).toBeVisible();
  await expectAccessible(portal);

  await portal.goto("/");
  await expect(portal.getByText("银卡会员").first()).toBeVisible();
  await portal.getByRole("link", { name: "为什么是这个等级" }).click();
  await expect(portal.getByText("1,318").first()).toBeVisible();
  await expectAccessible(portal);

  const diapers = DEMO_PRODUCTS.find(({ category }) => category === "diapers");
  await portal.goto("/offers");
  await portal.getByLabel(diapers?.name["zh-CN"] ?? "").fill("2");
  await portal.getByRole("button", { name: "计算", exact: true }).click();
  await expect(portal.getByText("为什么 · 银卡会员")).toBeVisible();
  await portal.getByRole("button", { name: "留下记录并查看理由" }).click();
  await expect(portal).toHaveURL(/\/offers\/decisions\//);
  await expect(portal.getByText("银卡会员价 95 折")).toBeVisible();
  await expectAccessible(portal);

  const replayed = await evenhand("decisions", "replay", "--sample", "all");
  expect(replayed).toMatchObject({ different: [] });
  expect(replayed.checked).toBeGreaterThan(0);
  expect(await evenhand("fairness", "report")).toMatchObject({ groupsWithMoreThanOnePrice: [] });

  const auditor = await asStaff("auditor");
  await auditor.goto("/desk/audit");
  await auditor.getByRole("button", { name: "立即校验" }).click();
  await expect(auditor.getByText("审计记录完好")).toBeVisible();
  expect(await evenhand("audit", "verify")).toMatchObject({ ok: true, problems: [] });

  const log = await readFile(process.env.EVENHAND_LOG ?? "", "utf8");
  expect(log).toContain('"route"');
  // The name of a request and the time of day hold any four digits sooner or later.
  const logged = log.replaceAll(/"(requestId|time)":"[^"]*"/g, "");
  for (const secret of [order.number, leaked, "17012345678", order.yuan, "林**"]) {
    expect(logged.includes(secret), `${secret} is not logged`).toBe(false);
  }
  expect(logged.match(/(?<![\w.])9021(?![\w.])/), "the end of a relay number is not logged").toBeNull();
});
