import { readFile } from "node:fs/promises";
import type { Download, Locator, Page } from "@playwright/test";
import { eq } from "drizzle-orm";
import { strFromU8, unzipSync } from "fflate";
import { auditEntries } from "#db/schema/audit.ts";
import { maskOrderId } from "#server/orders/rules.ts";
import { expect, expectAccessible, letSecondFactorAge, reach, test } from "../fixtures.ts";
import { confirm, orderFile, orderNumbers, upload } from "../order-file.ts";

const consolePath = "/desk/orders/console";
const queryOf = (page: Page) => Object.fromEntries([...new URL(page.url()).searchParams].filter(([, value]) => value));
const results = (page: Page) => page.locator(`main a[href^="${consolePath}/"]`);

/** Presses a button by keyboard alone. */
async function enter(page: Page, button: Locator): Promise<void> {
  await reach(page, button);
  await page.keyboard.press("Enter");
}

test("orders are found by number, by the end of a relay number, and by filters that can be kept and shared", async ({
  asStaff,
  house,
}) => {
  const [full, ...others] = orderNumbers(3);
  const extension = full.slice(-4);
  const rows = [
    { number: full, phone: `17000${full.slice(-6)}-${extension}` },
    ...others.map((number, n) => ({ number, ...(n === 0 && { status: "交易成功" }) })),
  ];
  const desk = await asStaff("orderOperations");
  const asked: string[] = [];
  desk.on("request", (request) => asked.push(request.url()));
  const batchId = await upload(desk, "console.csv", orderFile(rows));
  await confirm(desk);

  // A full number leads to its order and leaves no trace; a masked one is a filter like any other.
  await desk.goto(consolePath);
  const number = desk.getByRole("main").getByRole("textbox", { name: "订单号" });
  await number.fill(full);
  await number.press("Enter");
  await expect(desk.getByRole("heading", { level: 1 })).toContainText(maskOrderId(full));
  await expectAccessible(desk);
  await desk.goBack();
  await number.fill(maskOrderId(full));
  await enter(desk, desk.getByRole("button", { name: "按订单号查" }));
  await expect(desk).toHaveURL(
    new RegExp(`number=${encodeURIComponent(maskOrderId(full)).replaceAll("*", "(\\*|%2A)")}`),
  );
  await expect(results(desk)).toHaveText([maskOrderId(full)]);

  // The end of a relay number, by keyboard, for a purpose.
  await enter(desk, desk.getByRole("button", { name: "按虚拟号尾号查" }));
  const dialog = desk.getByRole("dialog");
  await dialog.getByLabel("尾号或分机号").fill(extension);
  await dialog.getByLabel("售后").check();
  await enter(desk, dialog.getByRole("button", { name: "查找" }));
  await expect(dialog.getByRole("link", { name: maskOrderId(full) })).toBeVisible();
  await expectAccessible(desk);
  await desk.keyboard.press("Escape");
  await expect(desk.getByRole("button", { name: "按虚拟号尾号查" })).toBeFocused();

  // Every filter stands in the address, and is taken away by its chip.
  await desk.goto(consolePath);
  await desk.getByLabel("导入批次").selectOption(batchId);
  await desk.getByLabel("状态").selectOption({ label: "已发货" });
  await desk.getByLabel("平台").selectOption({ label: "淘宝／天猫" });
  await desk.getByLabel("下单不早于").fill("2026-01-01");
  await desk.getByRole("button", { name: "查询", exact: true }).click();
  await expect(results(desk)).toHaveCount(2);
  const filters = { batchId, status: "shipped", platform: "taobao", from: "2026-01-01" };
  expect(queryOf(desk)).toEqual(filters);
  await expectAccessible(desk);
  await desk.getByRole("link", { name: "去掉筛选：状态：已发货" }).click();
  await expect(results(desk)).toHaveCount(3);
  await desk.goBack();
  await expect(results(desk)).toHaveCount(2);

  // Kept under a name for the auditors, one of whom opens it.
  const name = `核对 ${full.slice(-6)}`;
  await desk.getByRole("button", { name: "保存为视图" }).click();
  await dialog.getByLabel("名称").fill(name);
  await dialog.getByLabel("共享给").selectOption({ label: "审计员" });
  await dialog.getByRole("button", { name: "保存为视图" }).click();
  await expect(desk.getByRole("link", { name, exact: true })).toHaveAttribute("aria-current", "page");
  const auditor = await asStaff("auditor");
  await auditor.goto(consolePath);
  await expect(auditor.getByRole("button", { name: "按虚拟号尾号查" })).toHaveCount(0);
  await expect(auditor.getByRole("button", { name: "导出" })).toHaveCount(0);

  // All orders there are, page by page, and back.
  await expect(results(auditor)).toHaveCount(50);
  const first = await results(auditor).allInnerTexts();
  await auditor.getByRole("link", { name: "下一页" }).click();
  await expect(auditor).toHaveURL(/after=/);
  await expect(results(auditor).first()).not.toHaveText(first[0] ?? "");
  expect(await results(auditor).allInnerTexts()).not.toEqual(first);
  await auditor.goBack();
  await expect(results(auditor)).toHaveText(first);
  await auditor.getByRole("link", { name: `${name}（共享）` }).click();
  await expect(results(auditor)).toHaveCount(2);
  expect(queryOf(auditor)).toEqual(filters);

  const log = await readFile(process.env.EVENHAND_LOG ?? "", "utf8");
  const looks = await house.db.select().from(auditEntries).where(eq(auditEntries.action, "order.findByTail"));
  expect(looks.map(({ purpose }) => purpose)).toContain("afterSale");
  expect(JSON.stringify([log, looks, asked])).not.toContain(full);
});

test("what was found is taken out once as a file that says who took it and why", async ({ asStaff, house }) => {
  const desk = await asStaff("orderOperations");
  const [number] = orderNumbers(1);
  const batchId = await upload(desk, "export.csv", orderFile([{ number }]));
  await confirm(desk);
  await desk.goto(`${consolePath}?batchId=${batchId}`);
  const dialog = desk.getByRole("dialog", { name: "导出查到的订单" });
  const ask = async (format: string) => {
    await desk.getByRole("button", { name: "导出" }).click();
    await dialog.getByLabel(format).check();
    await dialog.getByLabel("对账").check();
    await dialog.getByRole("button", { name: "导出" }).click();
  };
  const expectOnce = async (download: Download, textOf: (bytes: Buffer) => string) => {
    const exportId = /(?<=^orders-)[0-9a-f-]{36}/.exec(download.suggestedFilename())?.[0] ?? "";
    const text = textOf(await readFile(await download.path()));
    for (const said of [exportId, "对账", maskOrderId(number), "订单数"]) expect(text).toContain(said);
    expect(text).not.toContain(number);
    const again = await desk.evaluate(async (path) => {
      const answer = await fetch(path);
      return { status: answer.status, code: (await answer.json()).code };
    }, `/api/downloads/orders/${exportId}`);
    expect(again).toEqual({ status: 404, code: "EXPORT_LINK_OVER" });
  };

  await letSecondFactorAge(house, desk);
  const csv = desk.waitForEvent("download");
  await ask("CSV");
  const prompt = desk.getByRole("dialog", { name: "再确认一次是你" });
  await prompt.getByRole("button", { name: "填入演示验证码" }).click();
  await prompt.getByRole("button", { name: "验证", exact: true }).click();
  await expectOnce(await csv, (bytes) => bytes.toString());
  await expect(dialog).toBeHidden();

  const xlsx = desk.waitForEvent("download");
  await ask("Excel（XLSX）");
  await expectOnce(await xlsx, (bytes) =>
    Object.values(unzipSync(bytes))
      .map((part) => strFromU8(part))
      .join(),
  );
});
