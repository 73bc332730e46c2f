import { expect, expectAccessible, test } from "../fixtures.ts";

/** Never to be read on any page: a buyer's name and phone, and an order number in full. */
const secret = { name: "欧阳试", phone: "13912345678", number: "SHOP-2026-00418" };

/** The export of a shop of one's own, under names that no platform uses. One row in ten was not masked. */
function exportFile(header: readonly string[]): Buffer {
  const rows = Array.from({ length: 12 }, (_, n) => [
    `SHOP-2026-${String(418 + n).padStart(5, "0")}`,
    n === 0 ? secret.name : "林**",
    n === 0 ? secret.phone : "138****0001",
    n % 3 === 0 ? "妥投" : "已发货",
    `${100 + n}.50`,
    `2026-05-${String(n + 10)} 10:00:00`,
  ]);
  return Buffer.from([header, ...rows].map((row) => `${row.join(",")}\r\n`).join(""));
}

const header = ["流水", "买主", "联络", "到哪一步", "收款", "哪天"];

test("a file that nobody knows is mapped once, and the next one of its header is read unasked", async ({ asStaff }) => {
  const desk = await asStaff("orderOperations");
  const choose = async (name: string, names: readonly string[]) => {
    await desk.goto("/desk/orders/new");
    await desk.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer: exportFile(names) });
    await desk.getByRole("button", { name: "上传并检查" }).click();
  };

  await choose("shop-may.csv", header);
  await expect(desk.getByRole("heading", { name: "每一列是什么" })).toBeVisible();
  await expect(desk.getByRole("row", { name: /买主/ }).getByText("不会保存")).toBeVisible();
  await expect(desk.getByRole("row", { name: /联络/ }).getByText("不会保存")).toBeVisible();
  for (const value of Object.values(secret)) await expect(desk.getByText(value)).toHaveCount(0);
  await expect(desk.getByLabel("“流水”的含义")).toHaveValue("orderId");
  await expectAccessible(desk);

  // Words that are unknown, and a source without a name, are asked for instead of guessed.
  await desk.getByLabel("“到哪一步”的含义").selectOption("status");
  await desk.getByLabel("“妥投”的含义").selectOption("completed");
  await desk.getByLabel("“收款”的含义").selectOption("paid");
  await desk.getByLabel("“哪天”的含义").selectOption("placedAt");
  await desk.getByLabel("模板名称").fill("自营商城");
  await desk.getByRole("button", { name: "保存模板并检查" }).click();
  await expect(desk.getByRole("alert").getByText("填写来源名称")).toBeVisible();
  await desk.getByLabel("来源名称").fill("自营商城");
  await desk.getByRole("button", { name: "保存模板并检查" }).click();

  // What no platform issued stays in quarantine until somebody says by what right it is here.
  await desk.getByRole("button", { name: "申报来源" }).click();
  const declaration = desk.getByRole("dialog");
  await declaration.getByLabel("提供方").fill("自营商城");
  await declaration.getByLabel("授权依据").selectOption("ownSystem");
  await declaration.getByLabel("依据编号").fill("SHOP-2026");
  await declaration.getByLabel("授权范围").fill("商城订单的状态与金额");
  await declaration.getByRole("button", { name: "申报来源" }).click();
  await expect(desk.getByText("其他来源").first()).toBeVisible();
  for (const value of Object.values(secret)) await expect(desk.getByText(value)).toHaveCount(0);
  await desk.getByRole("button", { name: "确认导入" }).click();
  await expect(desk.getByText("已完成").first()).toBeVisible();

  await choose("shop-june.csv", header);
  await expect(desk).toHaveURL(/\/desk\/orders\/[0-9a-f-]{36}$/);

  await choose("shop-changed.csv", [...header.slice(0, 5), "日子"]);
  await expect(desk.getByRole("heading", { name: "每一列是什么" })).toBeVisible();

  await desk.goto("/desk/orders/mappings");
  await expectAccessible(desk);
  await desk.getByRole("button", { name: "重命名" }).click();
  await desk.getByLabel("新名称").fill("自营商城 2026");
  await desk.getByRole("dialog").getByRole("button", { name: "重命名" }).click();
  await expect(desk.getByRole("rowheader", { name: "自营商城 2026" })).toBeVisible();
  await desk.getByRole("button", { name: "删除" }).click();
  await desk.getByRole("dialog").getByRole("button", { name: "删除" }).click();
  await expect(desk.getByText("还没有模板")).toBeVisible();
});
