import { expect, expectAccessible, test } from "./fixtures.ts";

test("a shop system gets a key, asks with it, and is refused the moment the key is revoked", async ({ asStaff }) => {
  const desk = await asStaff("owner");
  const errors: string[] = [];
  desk.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await desk.goto("/desk/api-keys");
  await desk.getByRole("button", { name: "新建密钥" }).first().click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByRole("button", { name: "新建密钥" }).click();
  await expect(dialog.getByRole("alert")).toContainText("请至少选择一项");

  const name = `收银台 ${Date.now()}`;
  await dialog.getByLabel("使用方").fill(name);
  await dialog.getByLabel("查询价格").check();
  await dialog.getByLabel("读取生效的优惠").check();
  await expectAccessible(desk);
  await dialog.getByRole("button", { name: "新建密钥" }).click();
  await expect(dialog).toContainText("只显示这一次");
  const key = await dialog.getByText(/^evh_/).innerText();
  expect(key).toMatch(/^evh_[\w-]{43}$/);
  await dialog.getByRole("button", { name: "我已保存" }).click();

  const row = desk.getByRole("row", { name });
  await expect(row).toContainText("有效");
  await expect(desk.getByText(key)).toHaveCount(0);

  const ask = (path: string) => fetch(process.env.EVENHAND_URL + path, { headers: { authorization: `Bearer ${key}` } });
  expect((await ask("/api/v1/offers")).status).toBe(200);
  expect((await ask("/api/v1/tiers")).status).toBe(403);

  await row.getByRole("button", { name: "作废" }).click();
  await dialog.getByRole("button", { name: "作废" }).click();
  await expect(row).toContainText("作废");
  await expect(row.getByRole("button")).toHaveCount(0);
  expect((await ask("/api/v1/offers")).status).toBe(401);
  expect(errors).toEqual([]);
});

test("whoever may not see keys is told so", async ({ asStaff }) => {
  const desk = await asStaff("orderOperations");
  const answer = await desk.goto("/desk/api-keys");
  expect(answer?.status()).toBe(403);
});
