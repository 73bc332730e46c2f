import AxeBuilder from "@axe-core/playwright";
import {
  type Browser,
  type BrowserContextOptions,
  test as base,
  expect,
  type Locator,
  type Page,
} from "@playwright/test";
import { eq } from "drizzle-orm";
import { staffRoles, staffSessions } from "#db/schema/staff.ts";
import { sessionCookie } from "#server/api/cookies.ts";
import { loadConfig } from "#server/config.ts";
import { fen } from "#server/core/money.ts";
import { addDays } from "#server/core/time.ts";
import { hashToken } from "#server/core/token.ts";
import { type House, openHouse } from "#server/house.ts";
import * as members from "#server/members/service.ts";
import type { Role } from "#server/staff/model.ts";
import * as staff from "#server/staff/service.ts";
import { followOrders } from "#server/tiers/service.ts";

export { expect } from "@playwright/test";

/** How a page is looked at. The defaults are a Chinese desktop in the light. */
export type Look = {
  readonly locale?: "zh-CN" | "en";
  readonly theme?: "light" | "dark";
  readonly width?: 320 | 390 | 1440;
};

type Fixtures = {
  /** A page in a context of its own, which ends with the test. */
  open(look?: Look, cookie?: string, token?: string): Promise<Page>;
  /** A page of the desk, signed in as a demo member of staff with this role who has just shown a second factor. */
  asStaff(role: Role, look?: Look): Promise<Page>;
  /** A page of the portal, signed in as a member who has just joined and given nothing, with so much growth. */
  asMember(look?: Look, growth?: number): Promise<Page>;
  /** A page on which nobody is signed in. */
  asVisitor(look?: Look): Promise<Page>;
};

/** Pages that stay open from test to test, for tests that only look: what a browser has of a page it need not fetch again. */
export type Onlookers = {
  asStaff(role: Role): Promise<Page>;
  asMember(): Promise<Page>;
  asVisitor(): Promise<Page>;
};

/** Sessions are opened by the services, not typed. What one journey makes, no other sees. */
export const test = base.extend<Fixtures, { house: House; onlookers: Onlookers }>({
  house: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
    async ({}, use) => {
      const house = await openHouse(loadConfig(process.env));
      await use(house);
      await house.close();
    },
    { scope: "worker" },
  ],
  onlookers: [
    async ({ browser, house }, use) => {
      const opened = new Map<string, Promise<Page>>();
      const once = (who: string, open: () => Promise<Page>) => {
        const page = opened.get(who) ?? open();
        opened.set(who, page);
        return page;
      };
      await use({
        asStaff: (role) =>
          once(role, async () => openPage(browser, {}, sessionCookie.staff, await staffToken(house, role))),
        asMember: () =>
          once("member", async () => openPage(browser, {}, sessionCookie.member, await memberToken(house, 0))),
        asVisitor: () => once("visitor", () => openPage(browser)),
      });
      for (const page of opened.values()) await (await page).context().close();
    },
    { scope: "worker" },
  ],
  open: async ({ browser }, use) => {
    const opened: Page[] = [];
    await use(async (look, cookie, token) => {
      const page = await openPage(browser, look, cookie, token);
      opened.push(page);
      return page;
    });
    // A page that is left open goes on working: a hundred of them slow the last journey to a crawl.
    for (const page of opened) await page.context().close();
  },
  asStaff: ({ open, house }, use) =>
    use(async (role, look) => open(look, sessionCookie.staff, await staffToken(house, role))),
  asMember: ({ open, house }, use) =>
    use(async (look, growth = 0) => open(look, sessionCookie.member, await memberToken(house, growth))),
  asVisitor: ({ open }, use) => use((look) => open(look)),
});

/**
 * No violation of WCAG 2.2 A and AA that axe can find. Our pages have no frames, so that it runs in the page itself, and
 * writes down what is wrong alone: on a long list that is four times as fast. No rule of these asks for style sheets to be
 * fetched once more.
 */
export async function expectAccessible(page: Page): Promise<void> {
  // Between two pages the title is gone for a moment.
  await expect(page).toHaveTitle(/\S/);
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"], preload: false })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(" | ")}`),
  ).toEqual([]);
}

/** Sets the page's own second factor back, as if it had been shown ten minutes ago. */
export async function letSecondFactorAge(house: House, page: Page): Promise<void> {
  const cookies = await page.context().cookies();
  const token = cookies.find(({ name }) => name === sessionCookie.staff)?.value ?? "";
  const steppedUpAt = new Date(Date.now() - 10 * 60_000);
  await house.db.transact((tx) =>
    tx
      .update(staffSessions)
      .set({ steppedUpAt })
      .where(eq(staffSessions.tokenHash, hashToken(token))),
  );
}

/** Puts the focus on something by Tab alone. */
export async function reach(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 90; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("not reached by Tab");
}

async function openPage(browser: Browser, look: Look = {}, cookie?: string, token?: string): Promise<Page> {
  const { locale = "zh-CN", theme = "light", width = 1440 } = look;
  const url = process.env.EVENHAND_URL ?? "";
  const options: BrowserContextOptions = {
    baseURL: url,
    locale,
    colorScheme: theme,
    viewport: { width, height: width === 1440 ? 900 : 844 },
    hasTouch: width !== 1440,
    timezoneId: "Asia/Shanghai",
  };
  const context = await browser.newContext(options);
  await context.addCookies([
    { name: "theme", value: theme, url },
    ...(cookie !== undefined && token !== undefined
      ? [
          {
            name: cookie,
            value: token,
            url: url.replace("http:", "https:"),
            secure: true,
            httpOnly: true,
            sameSite: "Lax" as const,
          },
        ]
      : []),
  ]);
  return context.newPage();
}

async function staffToken(house: House, role: Role): Promise<string> {
  const [row] = await house.db.select().from(staffRoles).where(eq(staffRoles.role, role)).limit(1);
  if (row === undefined) throw new Error(`the demo brand has nobody with the role ${role}`);
  const ctx = house.contextFor({ kind: "system", name: "journey" });
  const session = { staffId: row.staffId, device: "Chromium", steppedUp: true };
  const { token } = await house.db.transact((tx) => staff.openSession(tx, ctx, session));
  return token;
}

async function memberToken(house: House, growth: number): Promise<string> {
  const ctx = house.contextFor({ kind: "system", name: "journey" });
  const { token } = await house.db.transact(async (tx) => {
    const { id } = await members.create(tx, ctx);
    if (growth > 0)
      await followOrders(tx, ctx, [{ memberId: id, orderId: ctx.newId<"order">(), facts: bought(growth, ctx.now) }]);
    return members.openSession(tx, ctx, id, "Chromium");
  });
  return token;
}

/** An order of two months ago that gave so much growth, one a yuan. */
function bought(growth: number, now: Date) {
  const placedAt = addDays(now, -60);
  return {
    paid: fen(growth * 100),
    refunded: fen(0),
    status: "completed" as const,
    placedAt,
    paidAt: placedAt,
    completedAt: addDays(now, -50),
    revision: 1,
  };
}
