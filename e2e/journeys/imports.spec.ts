import { readFile } from "node:fs/promises";
import { eq } from "drizzle-orm";
import { auditEntries } from "#db/schema/audit.ts";
import { importBatches, orders } from "#db/schema/orders.ts";
import type { ImportBatchId } from "#server/core/id.ts";
import type { House } from "#server/house.ts";
import { noCounters } from "#server/orders/importing/model.ts";
import { expect, expectAccessible, test } from "../fixtures.ts";
import { confirm, orderFile, orderNumbers, upload } from "../order-file.ts";

/** Never to be read on any page or in any file that is given back. */
const phone = "13912345678";

const ordersOf = (house: House, batchId: ImportBatchId) => house.db.$count(orders, eq(orders.batchId, batchId));
const figure = (name: string) => new RegExp(`^${name}\\s*`);

test("what is wrong with a file is said before anything is written, and comes back as a file to correct", async ({
  asStaff,
  house,
}) => {
  const numbers = orderNumbers(6);
  const desk = await asStaff("orderOperations");
  const complaints: string[] = [];
  desk.on("pageerror", (error) => complaints.push(error.message));
  const first = await upload(
    desk,
    "orders.csv",
    orderFile(
      numbers.map((number, n) => ({
        number,
        ...(n < 2 && { status: "交易成功" }),
        ...(n === 2 && { note: `改打 ${phone}` }),
        ...(n === 4 && { yuan: "-1" }),
        ...(n === 5 && { status: "不知道到哪了" }),
      })),
    ),
  );

  // The dry run: counts, samples, what each status word is taken for, rejects, leaks. Nothing is written.
  const result = desk.getByRole("region", { name: "检查结果" });
  await expect(result.locator("div", { hasText: figure("新增订单") }).last()).toContainText("4");
  await expect(result.locator("div", { hasText: figure("拒收订单") }).last()).toContainText("2");
  await expect(result.locator("div", { hasText: figure("清除的明文") }).last()).toContainText("1");
  const words = desk.getByRole("region", { name: "状态对应" });
  await expect(words.getByRole("row", { name: /^交易成功/ })).toContainText(/已完成.*2/);
  await expect(words.getByRole("row", { name: /^没见过的写法/ })).toContainText(/整行拒收.*1/);
  await expect(words).not.toContainText("不知道到哪了");
  await expect(desk.getByRole("region", { name: "会有什么变化" }).getByText("新增")).toHaveCount(4);
  await expect(desk.getByRole("region", { name: "文件", exact: true })).toContainText("UTF-8-BOM");
  await expectAccessible(desk);
  await words.getByRole("link", { name: "没见过的写法" }).click();
  await expect(desk.getByRole("table", { name: /没见过的状态/ }).getByRole("row", { name: /^7/ })).toBeVisible();
  await desk.getByRole("link", { name: "手机号" }).click();
  await expect(desk.getByText(/^139\*+\d{2}$/)).toBeVisible();
  expect(await ordersOf(house, first)).toBe(0);

  await confirm(desk);
  expect(await ordersOf(house, first)).toBe(4);
  const downloading = desk.waitForEvent("download");
  await desk.getByRole("link", { name: "下载", exact: true }).click();
  const rejects = await readFile(await (await downloading).path(), "utf8");
  expect(rejects).toContain("订单编号");
  expect(rejects).toContain("BAD_AMOUNT");
  expect(rejects).toContain("UNKNOWN_STATUS");
  expect(rejects.trim().split("\r\n")).toHaveLength(3);

  await desk.getByRole("link", { name: "上传改好的文件" }).click();
  await expect(desk).toHaveURL(/\/desk\/orders\/new$/);
  const corrected = rejects.replaceAll(/(?<=")'?-1(?=")|(?<=,)'?-1(?=,)/g, "88.00").replace("不知道到哪了", "交易成功");
  const second = await upload(desk, "rejects.csv", Buffer.from(corrected));
  await confirm(desk);
  await expect(desk.getByRole("region", { name: "逐行说明" })).toContainText("每一行都没有问题");
  expect(await ordersOf(house, second)).toBe(2);
  expect(await desk.content()).not.toContain(phone);

  // Later news of orders that are in: what was, and what the file makes of it.
  await upload(
    desk,
    "later.csv",
    orderFile(numbers.slice(0, 3).map((number) => ({ number, status: "交易成功", refund: "20.00" }))),
  );
  const changes = desk.getByRole("region", { name: "会有什么变化" });
  await expect(changes.getByRole("row", { name: /已发货\s*变为\s*已完成/ })).toContainText("¥20.00");
  await desk.getByRole("button", { name: "放弃" }).click();
  await desk.getByRole("dialog").getByRole("button", { name: "放弃" }).click();
  await expect(desk.getByText("已取消").first()).toBeVisible();
  await expect(desk.getByRole("link", { name: "换一个文件" })).toBeVisible();
  expect(complaints).toEqual([]);
});

test("an import tells how far it is, how fast it goes and how long it takes; when it stops it is carried on", async ({
  asStaff,
  house,
}) => {
  const desk = await asStaff("orderOperations");
  const batchId = await upload(desk, "orders.csv", orderFile(orderNumbers(3).map((number) => ({ number }))));
  await expect(desk.getByRole("button", { name: "确认导入" })).toBeVisible();
  // The worker's part is played here, so that the pace does not depend on the machine's.
  const play = (change: Partial<typeof importBatches.$inferInsert>) =>
    house.db.transact(async (tx) => {
      await tx.update(importBatches).set(change).where(eq(importBatches.id, batchId));
    });
  await play({ state: "running", rowsTotal: 90_000, cursor: 1_000, counters: noCounters });
  await desk.reload();
  const running = desk.getByRole("region", { name: "正在导入" });
  await expect(running.getByRole("progressbar")).toBeVisible();
  let cursor = 1_000;
  await expect(async () => {
    cursor += 500;
    await play({ cursor });
    await expect(running.getByText(/^每秒 [\d,]+ 行，约剩 [\d,]+ (秒|分钟)$/)).toBeVisible({ timeout: 300 });
  }).toPass();
  await expect(running).toContainText("/ 90,000 行");
  await expectAccessible(desk);

  await play({ state: "stopped", stopped: { code: "ENOSPC", at: "running" }, cursor: 0 });
  await expect(desk.getByText("已写入的行都在。")).toBeVisible();
  await expect(desk.getByText("ENOSPC")).toBeVisible();
  await desk.goto("/desk");
  await desk.getByRole("link", { name: /个导入已中断/ }).click();
  await desk.locator(`main a[href="/desk/orders/${batchId}"]`).click();
  await desk.getByRole("button", { name: "继续", exact: true }).click();
  await expect(desk.locator("main header").getByText("已完成")).toBeVisible();
  expect(await ordersOf(house, batchId)).toBe(3);
});

test("a file that is plainly not desensitised is refused whole; who may take it in says why, and that is kept", async ({
  asStaff,
  house,
}) => {
  const numbers = orderNumbers(4);
  const file = orderFile(numbers.map((number) => ({ number, name: "欧阳测试" })));
  const desk = await asStaff("orderOperations");
  await upload(desk, "clear.csv", file);
  await expect(desk.getByText("文件没有脱敏")).toBeVisible();
  await expect(desk.getByText("由同时有导入权限和收下未脱敏文件权限的人重新上传")).toBeVisible();
  await expectAccessible(desk);
  await desk.getByRole("link", { name: "换一个文件" }).click();
  await expect(desk.getByLabel("收下未脱敏文件的理由")).toHaveCount(0);

  const reason = `平台故障 ${numbers[0].slice(-6)}`;
  const owner = await asStaff("owner");
  const batchId = await upload(owner, "clear.csv", file, (page) =>
    page.getByLabel("收下未脱敏文件的理由").fill(reason),
  );
  await expect(owner.getByRole("button", { name: "确认导入" })).toBeVisible();
  await expect(owner.getByRole("region", { name: "文件", exact: true })).toContainText(reason);
  await confirm(owner);
  expect(await ordersOf(house, batchId)).toBe(4);
  expect(await owner.content()).not.toContain("欧阳测试");
  const recorded = await house.db.select().from(auditEntries).where(eq(auditEntries.subjectId, batchId));
  expect(recorded).toContainEqual(expect.objectContaining({ action: "order.import", purpose: reason }));
});
