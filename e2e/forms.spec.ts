import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./fixtures.ts";

/** Opens the form that makes an API key and fills it in; `name` tells the keys of one test from another's. */
async function filledForm(page: Page, name: string) {
  await page.goto("/desk/api-keys");
  await page.getByRole("button", { name: "新建密钥" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("使用方").fill(name);
  await dialog.getByLabel("查询价格").check();
  return { dialog, submit: dialog.getByRole("button", { name: "新建密钥" }) };
}

async function keysNamed(page: Page, name: string): Promise<number> {
  await page.goto("/desk/api-keys");
  return page.getByRole("rowheader", { name, exact: true }).count();
}

test("what is wrong is said beside the fields and in a summary that takes the focus", async ({ asStaff }) => {
  const page = await asStaff("owner");
  const { dialog, submit } = await filledForm(page, "");
  await dialog.getByLabel("查询价格").uncheck();
  await submit.click();
  await expect(dialog.getByRole("alert")).toBeFocused();
  await expect(dialog.getByRole("alert")).toContainText("有 2 处需要修改");
  await expect(dialog.getByLabel("使用方")).toHaveAttribute("aria-invalid", "true");
  await dialog.getByRole("alert").getByRole("link").first().click();
  await expect(dialog.getByLabel("使用方")).toBeFocused();
  await expectAccessible(page);
});

test("a session that ends in the middle of a form keeps what was typed", async ({ asStaff }) => {
  const page = await asStaff("owner");
  const name = "会话中断的收银台";
  const { dialog, submit } = await filledForm(page, name);
  const session = await page.context().cookies();
  await page.context().clearCookies({ name: /staff/ });
  await submit.click();
  await expect(dialog.getByRole("alert")).toContainText("登录已过期，你填写的内容还在");
  await expect(dialog.getByRole("link", { name: "去登录" })).toHaveAttribute("target", "_blank");
  await expect(dialog.getByLabel("使用方")).toHaveValue(name);
  await expect(dialog.getByLabel("查询价格")).toBeChecked();
  await page.context().addCookies(session);
  await submit.click();
  await expect(dialog.getByText("它只显示这一次")).toBeVisible();
  expect(await keysNamed(page, name)).toBe(1);
});

test("a form submitted twice at once does its work once", async ({ asStaff }) => {
  const page = await asStaff("owner");
  const name = "连点两次的收银台";
  const { dialog, submit } = await filledForm(page, name);
  await page.route("**/api/trpc/**", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await route.continue();
  });
  await submit.dblclick();
  await expect(dialog.getByText("它只显示这一次")).toBeVisible();
  expect(await keysNamed(page, name)).toBe(1);
});

test("a form that the network lost keeps its input and succeeds once when sent again", async ({ asStaff }) => {
  const page = await asStaff("owner");
  const name = "断网的收银台";
  const { dialog, submit } = await filledForm(page, name);
  await page.context().setOffline(true);
  await submit.click();
  await expect(dialog.getByRole("alert")).toContainText("网络或服务暂时不可用，你填写的内容还在");
  await expect(dialog.getByLabel("使用方")).toHaveValue(name);
  await page.context().setOffline(false);
  await submit.click();
  await expect(dialog.getByText("它只显示这一次")).toBeVisible();
  expect(await keysNamed(page, name)).toBe(1);
});

test("a dialog takes the focus, keeps it, and gives it back on Escape", async ({ asStaff }) => {
  const page = await asStaff("owner");
  await page.goto("/desk/api-keys");
  const opener = page.getByRole("button", { name: "新建密钥" }).first();
  await opener.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  for (let steps = 0; steps < 12; steps += 1) {
    await page.keyboard.press("Tab");
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
});

test("the Enter that commits a word in composition runs nothing in the palette", async ({ asStaff }) => {
  const page = await asStaff("owner");
  await page.goto("/desk");
  await page.keyboard.press("Control+K");
  const search = page.getByRole("dialog").getByRole("searchbox");
  await expect(search).toBeFocused();
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "huiyuan", selectionStart: 7, selectionEnd: 7 });
  await session.send("Input.insertText", { text: "会员" });
  await expect(search).toHaveValue("会员");
  await expect(page).toHaveURL(/\/desk$/);
  await page.getByRole("menuitem", { name: "会员", exact: true }).click();
  await expect(page).toHaveURL(/\/desk\/members$/);
});
