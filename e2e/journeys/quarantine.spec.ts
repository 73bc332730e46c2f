import type { Page } from "@playwright/test";
import type { ImportBatchId } from "#server/core/id.ts";
import { expect, expectAccessible, test } from "../fixtures.ts";
import { confirm, orderFile, orderNumbers, upload } from "../order-file.ts";

/** What the order console shows of a batch. */
async function expectInConsole(desk: Page, batchId: ImportBatchId, count: number): Promise<void> {
  await desk.goto(`/desk/orders/console?batchId=${batchId}`);
  await expect(desk.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(desk.locator('main a[href^="/desk/orders/console/"]')).toHaveCount(count);
}

const agency = {
  提供方: "代运营公司",
  依据编号: "DPA-2026-014",
  授权范围: "2026 年订单状态与金额，用于会员权益",
};

test("a third party's file stays in quarantine, and out of the console, until somebody says by what right it is here", async ({
  asStaff,
}) => {
  const desk = await asStaff("orderOperations");
  const rows = orderNumbers(2).map((number) => ({ number }));
  const batchId = await upload(desk, "agency.csv", orderFile(rows), (page) =>
    page.getByLabel("不是平台自己导出的文件").check(),
  );
  await expect(desk.getByText("隔离中").first()).toBeVisible();
  await expect(desk.getByRole("button", { name: "确认导入" })).toHaveCount(0);
  await expectAccessible(desk);
  await expectInConsole(desk, batchId, 0);

  const owner = await asStaff("owner");
  await owner.goto("/desk");
  await owner.getByRole("link", { name: /个文件隔离中，等待申报来源/ }).click();
  await owner.locator(`main a[href="/desk/orders/${batchId}"]`).click();
  await owner.getByRole("button", { name: "申报来源" }).click();
  const dialog = owner.getByRole("dialog");
  await dialog.getByRole("button", { name: "申报来源" }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  for (const [label, value] of Object.entries(agency)) await dialog.getByLabel(label).fill(value);
  await dialog.getByLabel("授权依据").selectOption({ label: "委托处理合同" });
  await expectAccessible(owner);
  await dialog.getByRole("button", { name: "申报来源" }).click();
  const origin = owner.getByRole("region", { name: "来源", exact: true });
  for (const value of [...Object.values(agency), "委托处理合同"]) await expect(origin).toContainText(value);
  await owner.getByRole("button", { name: "修改申报" }).click();
  await expect(dialog.getByLabel("提供方")).toHaveValue(agency.提供方);
  await dialog.getByRole("button", { name: "取消" }).click();

  await confirm(owner);
  await expectInConsole(desk, batchId, 2);
});

test("a third party's file can be declared with its upload, and given up while it waits", async ({ asStaff }) => {
  const desk = await asStaff("orderOperations");
  const file = () => orderFile(orderNumbers(1).map((number) => ({ number })));
  await upload(desk, "agency.csv", file(), async (page) => {
    await page.getByLabel("不是平台自己导出的文件").check();
    await page.getByLabel("提供方").fill(agency.提供方);
    await page.getByRole("button", { name: "上传并检查" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "授权范围" })).toBeVisible();
    await expectAccessible(page);
    for (const [label, value] of Object.entries(agency)) await page.getByLabel(label).fill(value);
    await page.getByLabel("授权依据").selectOption({ label: "委托处理合同" });
  });
  await expect(desk.getByRole("button", { name: "确认导入" })).toBeVisible();
  await expect(desk.getByRole("region", { name: "来源", exact: true })).toContainText(agency.依据编号);

  await upload(desk, "agency.csv", file(), (page) => page.getByLabel("不是平台自己导出的文件").check());
  await desk.getByRole("button", { name: "放弃" }).click();
  await desk.getByRole("dialog").getByRole("button", { name: "放弃" }).click();
  await expect(desk.getByText("已取消").first()).toBeVisible();
  await expect(desk.getByRole("button", { name: "申报来源" })).toHaveCount(0);
});

test("rows that name somebody are set aside when that was chosen, and can be discarded", async ({ asStaff }) => {
  const desk = await asStaff("orderOperations");
  const name = "欧阳测试";
  const rows = orderNumbers(8).map((number, n) => ({ number, ...(n === 3 && { name }) }));
  const batchId = await upload(desk, "orders.csv", orderFile(rows), (page) =>
    page.getByLabel("隔离整行，不导入").check(),
  );
  await expect(desk.getByRole("button", { name: "丢弃" })).toHaveCount(0);
  await confirm(desk);
  const aside = desk.getByRole("region", { name: "没有导入的行" });
  await aside.getByRole("link", { name: "1 行" }).click();
  await expect(desk.getByRole("table", { name: /按设置隔离/ }).getByRole("row", { name: /^5/ })).toBeVisible();
  expect(await desk.content()).not.toContain(name);
  await expectInConsole(desk, batchId, 7);

  await desk.goto(`/desk/orders/${batchId}`);
  await aside.getByRole("button", { name: "丢弃" }).click();
  await expectAccessible(desk);
  await desk.getByRole("dialog").getByRole("button", { name: "丢弃" }).click();
  await expect(aside).toContainText("已到期或已丢弃，不再保留");
  await expect(aside.getByRole("link", { name: "下载" })).toHaveCount(0);
});
