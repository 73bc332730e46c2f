import { globSync } from "node:fs";
import type { ConsoleMessage, Page } from "@playwright/test";
import { expect, expectAccessible, type Onlookers, test } from "./fixtures.ts";

/** Every page there is, by its address; the groups of the file tree are no part of it. */
const addresses = globSync("app/**/page.tsx")
  .map((file) =>
    `/${file.slice("app/".length, -"page.tsx".length)}`.replace(/\/\([^)]+\)/g, "").replace(/(.)\/$/, "$1"),
  )
  .sort();

/** Pages that only somebody who is not signed in meets. */
const doors = ["/join", "/desk/sign-in", "/desk/invitations"];

function guestOf(address: string, { asStaff, asMember, asVisitor }: Onlookers): Promise<Page> {
  if (doors.some((door) => address === door || address.startsWith(`${door}/`))) return asVisitor();
  // The owner of the house does not stand at the till.
  if (address === "/desk/redeem") return asStaff("storeStaff");
  return address.startsWith("/desk") ? asStaff("owner") : asMember();
}

/** Addresses that no page links to: an invitation arrives outside the product. This one was never given. */
const unlinked = new Map([["/desk/invitations/[token]", `/desk/invitations/${"A".repeat(43)}`]]);

/** Opens a page; one with `[id]` in its address by the first link to such a page on the page above it. */
async function open(page: Page, address: string): Promise<boolean> {
  const known = address.includes("[") ? unlinked.get(address) : address;
  if (known !== undefined) return (await page.goto(known)) !== null;
  const above = address.slice(0, address.lastIndexOf("/"));
  if (!(await open(page, above))) return false;
  const shape = new RegExp(`^${address.replace(/\[[^\]]+\]/g, "[^/?#]+")}$`);
  const links = await page
    .locator("main a[href]")
    .evaluateAll((found) => found.map((link) => link.getAttribute("href") ?? ""));
  const target = links.find((href) => shape.test(href) && !addresses.includes(href));
  if (target === undefined) return false;
  await page.goto(target);
  return true;
}

async function dress(page: Page, look: { locale: string; theme: string }): Promise<void> {
  const url = process.env.EVENHAND_URL ?? "";
  await page.context().addCookies(Object.entries(look).map(([name, value]) => ({ name, value, url })));
}

for (const address of addresses) {
  test(`${address} is accessible, quiet and narrow enough in both languages and themes`, async ({ onlookers }) => {
    const page = await guestOf(address, onlookers);
    const complaints: string[] = [];
    const listen = (message: ConsoleMessage) => message.type() === "error" && complaints.push(message.text());
    const note = (error: Error) => complaints.push(error.message);
    page.on("console", listen).on("pageerror", note);
    try {
      // Each language in one theme: axe finds in either what it finds in both.
      await dress(page, { locale: "zh-CN", theme: "light" });
      test.skip(!(await open(page, address)), "the demo brand has none of these");
      await expectSound(page, "zh-CN");
      await dress(page, { locale: "en", theme: "dark" });
      await page.reload();
      await expectSound(page, "en");
      expect(complaints).toEqual([]);
    } finally {
      page.off("console", listen).off("pageerror", note);
    }
  });
}

async function expectSound(page: Page, locale: string): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("lang", locale);
  await expect(page.locator("h1")).toHaveCount(1);
  await expect(page).toHaveTitle(/\S/);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 640 });
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(beyond, `${locale}: pixels beyond the edge at 320`).toBe(0);
}

test("every page of the desk has a title of its own", async ({ asStaff }) => {
  const page = await asStaff("owner");
  const titles = new Map<string, string>();
  for (const address of addresses.filter(
    (one) => one.startsWith("/desk") && !one.includes("[") && !doors.includes(one),
  )) {
    const html = await (await page.request.get(address)).text();
    titles.set(address, /<title>([^<]+)<\/title>/.exec(html)?.[1] ?? "");
  }
  expect(new Set(titles.values()).size, JSON.stringify([...titles])).toBe(titles.size);
});

test("a change of page puts the focus on its heading", async ({ asStaff }) => {
  const page = await asStaff("owner");
  await page.goto("/desk");
  await page.getByRole("link", { name: "会员", exact: true }).first().click();
  await expect(page).toHaveURL(/\/desk\/members$/);
  await expect(page.locator("h1")).toBeFocused();
});

test("the language switch keeps the address, its filters and what was typed", async ({ asStaff }) => {
  const page = await asStaff("owner");
  await page.goto("/desk/members?tier=gold");
  const search = page.locator("main [role=search] input").first();
  await search.fill("88");
  await page.getByRole("link", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page).toHaveURL(/tier=gold/);
  await expect(search).toHaveValue("88");
});

test("an address that nobody answers is a designed 404", async ({ asVisitor }) => {
  const page = await asVisitor();
  const answer = await page.goto("/no/such/page");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("没有找到这个页面");
  await expectAccessible(page);
});

test("a role without the permission gets a designed 403", async ({ asStaff }) => {
  const page = await asStaff("orderOperations");
  const answer = await page.goto("/desk/audit");
  expect(answer?.status()).toBe(403);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("你没有查看这个页面的权限");
  await expectAccessible(page);
});

test("a deep link survives signing in", async ({ asVisitor }) => {
  const page = await asVisitor();
  await page.goto("/desk/members?tier=gold");
  await expect(page).toHaveURL(/\/desk\/sign-in\?next=%2Fdesk%2Fmembers%3Ftier%3Dgold/);
});

test("store staff begin where codes are redeemed", async ({ asStaff }) => {
  const page = await asStaff("storeStaff");
  await page.goto("/desk");
  await expect(page).toHaveURL(/\/desk\/redeem$/);
});
