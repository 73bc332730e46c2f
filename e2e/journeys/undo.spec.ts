import { eq, inArray } from "drizzle-orm";
import { orders } from "#db/schema/orders.ts";
import { expect, expectAccessible, test } from "../fixtures.ts";
import { confirm, orderFile, orderNumbers, upload } from "../order-file.ts";

test("an import is undone after it said what that does, once nothing later rests on it", async ({ asStaff, house }) => {
  const numbers = orderNumbers(5);
  const file = (status: string, some: readonly string[]) => orderFile(some.map((number) => ({ number, status })));
  const desk = await asStaff("orderOperations");
  const first = await upload(desk, "monday.csv", file("买家已付款，等待卖家发货", numbers.slice(0, 4)));
  await confirm(desk);
  const rows = (await house.db.select().from(orders).where(eq(orders.batchId, first))).map(({ id }) => id);
  const standing = async () =>
    (await house.db.select().from(orders).where(inArray(orders.id, rows))).map(({ status, paid }) => ({
      status,
      paid,
    }));
  const before = await standing();

  const second = await upload(desk, "tuesday.csv", file("交易成功", numbers.slice(2)));
  await confirm(desk);
  expect(await standing()).not.toEqual(before);

  await desk.goto(`/desk/orders/${first}`);
  const undo = desk.getByRole("region", { name: "撤销导入" });
  await expect(undo).toContainText("之后的 1 次导入变更了同样的订单");
  await expect(undo.getByRole("button")).toHaveCount(0);
  await expectAccessible(desk);
  await undo.getByRole("link", { name: "tuesday.csv" }).click();
  await expect(desk).toHaveURL(new RegExp(second));
  await expect(undo).toContainText("移除 1 笔新增订单，并恢复 2 笔变更订单");
  await undo.getByRole("button", { name: "撤销导入" }).click();
  const dialog = desk.getByRole("dialog");
  await expect(dialog).toContainText("将移除 1 笔新增订单，恢复 2 笔变更订单原来的内容");
  await expectAccessible(desk);
  await dialog.getByRole("button", { name: "撤销导入" }).click();
  await expect(desk.getByText("恢复了 2 笔订单原来的内容，移除了 1 笔新增订单")).toBeVisible();
  expect(await standing()).toEqual(before);
  expect(await house.db.$count(orders, eq(orders.batchId, second))).toBe(0);
  await desk.goto(`/desk/orders/${first}`);
  await expect(undo.getByRole("button", { name: "撤销导入" })).toBeVisible();
});

test("an undo is refused, with the reason, the moment a member holds an order of it", async ({
  asStaff,
  asMember,
  house,
}) => {
  const [number] = orderNumbers(1);
  const desk = await asStaff("orderOperations");
  const batchId = await upload(desk, "orders.csv", orderFile([{ number, status: "交易成功", yuan: "318.00" }]));
  await confirm(desk);
  const undo = desk.getByRole("region", { name: "撤销导入" });
  await expect(undo.getByRole("button", { name: "撤销导入" })).toBeVisible();

  const portal = await asMember({ width: 390 });
  await portal.goto("/orders");
  await portal.getByLabel("订单号").fill(number);
  await portal.getByLabel("实付金额（元）").fill("318.00");
  await portal.getByRole("button", { name: "认领", exact: true }).click();
  await expect(portal.getByText("认领成功")).toBeVisible();

  // The page was drawn before the claim: what it offers is refused all the same.
  await undo.getByRole("button", { name: "撤销导入" }).click();
  await desk.getByRole("dialog").getByRole("button", { name: "撤销导入" }).click();
  await expect(desk.getByRole("dialog").getByRole("alert")).toContainText("UNDO_CLAIMED");
  expect(await house.db.$count(orders, eq(orders.batchId, batchId))).toBe(1);
  await desk.reload();
  await expect(undo).toContainText("1 笔订单在这次导入后被会员认领");
  await undo.getByRole("link", { name: `${number.slice(0, 4)}****${number.slice(-4)}` }).click();
  await expect(desk).toHaveURL(/\/desk\/orders\/console\/[0-9a-f-]{36}$/);
});
