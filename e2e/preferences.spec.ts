import { expect, test } from "./fixtures.ts";

test("the chosen theme, text size and row height are in the very first HTML of the next page", async ({
  asVisitor,
  asStaff,
}) => {
  const portal = await asVisitor();
  await portal.goto("/rules");
  await portal.getByRole("button", { name: "切换到深色" }).click();
  await portal.getByRole("button", { name: "特大" }).click();
  const html = await (await portal.request.get("/rules")).text();
  expect(html).toContain('data-theme="dark"');
  expect(html).toContain('data-text="xlarge"');
  await portal.reload();
  expect(await portal.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe("22px");

  const desk = await asStaff("owner");
  await desk.goto("/desk/members");
  const rowHeight = () =>
    desk
      .locator("tbody tr")
      .first()
      .evaluate((row) => row.getBoundingClientRect().height);
  const normal = await rowHeight();
  await desk.getByRole("button", { name: "紧凑" }).click();
  expect(await rowHeight()).toBeLessThan(normal);
  await desk.getByRole("button", { name: "收起侧栏" }).click();
  await desk.reload();
  await expect(desk.locator("html")).toHaveAttribute("data-nav", "narrow");
  await expect(desk.locator(".sidebar")).toHaveCSS("width", "56px");
});

test("?lang= settles the language for this page and the ones after it", async ({ asVisitor }) => {
  const page = await asVisitor();
  await page.goto("/rules?lang=en");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.goto("/join");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("the first Tab offers to skip to the content", async ({ asStaff }) => {
  const page = await asStaff("owner");
  await page.goto("/desk/members");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "跳到正文" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
});

test("every browser reads Beijing time, whatever zone it is in", async ({ asVisitor, browser }) => {
  const near = await asVisitor();
  await near.goto("/rules");
  const far = await (await browser.newContext({ timezoneId: "America/New_York", locale: "zh-CN" })).newPage();
  await far.goto(`${process.env.EVENHAND_URL}/rules`);
  const days = (text: string) => text.match(/\d{4}-\d{2}-\d{2}/g);
  expect(days(await far.locator("main").innerText())).toEqual(days(await near.locator("main").innerText()));
  await expect(far.getByText("时间均为北京时间（UTC+8）")).toBeVisible();
  await far.context().close();
});
