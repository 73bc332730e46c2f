import type { Locator, Page, TestInfo } from "@playwright/test";
import { and, eq } from "drizzle-orm";
import { redemptionCodes, slots, stores } from "#db/schema/benefits.ts";
import { consentEvents, vaultValues } from "#db/schema/consents.ts";
import { staffRoles } from "#db/schema/staff.ts";
import { published } from "#server/benefits/publishing/queries.ts";
import * as redemption from "#server/benefits/redemption/service.ts";
import type { ChildId } from "#server/consents/model.ts";
import { isId } from "#server/core/id.ts";
import { addDays, businessDay } from "#server/core/time.ts";
import type { House } from "#server/house.ts";
import { rolePermissions } from "#server/staff/rules.ts";
import { expect, expectAccessible, reach, test } from "../fixtures.ts";
import { type Words, words } from "../words.ts";

/** Growth of a silver member, whose tier has the swim. */
const SILVER = 1_200;
const born = businessDay(addDays(new Date(), -125)).slice(0, 7);
const weighed = businessDay(addDays(new Date(), -3));
const phone = { width: 390 } as const;

/** Opens the swim from the list of benefits. */
async function openSwim(page: Page, w: Words = words["zh-CN"]): Promise<void> {
  await page.goto("/benefits");
  await page.getByRole("link", { name: w.swim, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: w.swim })).toBeVisible();
}

/** Adds a child from the locked swim, and goes on to the sheet. Gives the child. */
async function openSheet(page: Page, w: Words = words["zh-CN"]): Promise<ChildId> {
  await openSwim(page, w);
  await page.getByRole("main").getByRole("link", { name: w.benefits.opens.child }).click();
  await page.getByRole("radio", { name: w.consents.children.relations.parent }).check();
  await page.getByLabel(w.consents.children.statement).check();
  await page.getByRole("button", { name: w.consents.children.submit, exact: true }).click();
  await expect(page.getByText(w.consents.told.childAdded)).toBeVisible();
  await page.getByRole("link", { name: w.benefits.opens.ask }).click();
  await expect(page).toHaveURL(/\/consents\/ask\?/);
  await expect(agree(page, w)).toBeEnabled();
  const child = new URL(page.url()).searchParams.get("child") ?? "";
  if (!isId<"child">(child)) throw new Error("the sheet is about no child");
  return child;
}

const agree = (page: Page, w: Words = words["zh-CN"]) =>
  page.getByRole("button", { name: w.consents.sheet.agree, exact: true });
const refuse = (page: Page, w: Words = words["zh-CN"]) =>
  page.getByRole("button", { name: w.consents.sheet.refuse, exact: true });
const input = (page: Page, name: string) => page.locator(`[name="${name}"]`);

async function fillIn(page: Page): Promise<void> {
  await input(page, "child.birthMonth").fill(born);
  await input(page, "child.weight").fill("7.25");
  await input(page, "child.weight.measuredOn").fill(weighed);
  await input(page, "guardian").check();
}

const eventsOf = async (house: House, childId: ChildId) =>
  (await house.db.select().from(consentEvents).where(eq(consentEvents.childId, childId))).map(({ action }) => action);
const valuesOf = (house: House, childId: ChildId) => house.db.$count(vaultValues, eq(vaultValues.childId, childId));

/** Books a swim that is about to begin. By the time its code is wanted it has begun, so that it is today's at any hour. */
async function bookToday(page: Page, house: House, w: Words = words["zh-CN"]): Promise<void> {
  const benefit = (await published(house.db)).find(({ terms }) => terms.title["zh-CN"] === words["zh-CN"].swim);
  const [store] = await house.db.select().from(stores);
  if (benefit === undefined || store === undefined) throw new Error("the demo brand has no swim");
  const id = house.newId<"slot">();
  const startsAt = new Date(Date.now() + 60_000);
  const endsAt = new Date(startsAt.getTime() + 3_600_000);
  await house.db.transact(async (tx) => {
    const place = { benefitId: benefit.id, storeId: store.id, capacity: 1, booked: 0 };
    await tx.insert(slots).values({ id, ...place, startsAt, endsAt });
  });
  await page.reload();
  const day = page.locator("details[name=day]").filter({ has: page.locator(`input[value="${id}"]`) });
  if ((await day.getAttribute("open")) === null) await day.locator("summary").click();
  await day.locator(`input[value="${id}"]`).check();
  await page.getByRole("button", { name: w.benefits.bookSubmit }).click();
  await expect(page.getByText(w.benefits.bookedOk)).toBeVisible();
  await house.db.transact(async (tx) => {
    await tx.update(slots).set({ startsAt: new Date() }).where(eq(slots.id, id));
  });
  await page.reload();
}

/** Store staff scan and confirm what the member shows for a child. */
async function redeem(house: House, childId: ChildId): Promise<void> {
  const open = and(eq(redemptionCodes.childId, childId), eq(redemptionCodes.state, "open"));
  const [code] = await house.db.select().from(redemptionCodes).where(open);
  const [till] = await house.db.select().from(staffRoles).where(eq(staffRoles.role, "storeStaff"));
  const [store] = await house.db.select().from(stores);
  if (code === undefined || till === undefined || store === undefined) throw new Error("nothing to redeem");
  const ctx = house.contextFor({
    kind: "staff",
    id: till.staffId,
    sessionId: house.newId<"staffSession">(),
    roles: ["storeStaff"],
    permissions: rolePermissions("storeStaff"),
    steppedUpAt: new Date(),
  });
  await redemption.confirm(ctx, { codeId: code.id, storeId: store.id });
}

test("a refusal changes nothing else, and nothing asks again by itself", async ({ asMember, house }) => {
  const page = await asMember(phone, SILVER);
  const childId = await openSheet(page);
  const others = ["/", "/tier", "/offers", "/orders"];
  const read = async () => {
    const texts: string[] = [];
    for (const path of others) {
      await page.goto(path);
      texts.push(await page.getByRole("main").innerText());
    }
    return texts;
  };
  const sheet = page.url();
  const before = await read();
  await page.goto(sheet);
  await expect(refuse(page)).toBeEnabled();
  await refuse(page).click();
  await expect(page.getByText(words["zh-CN"].consents.told.refused)).toBeVisible();
  expect(await eventsOf(house, childId)).toEqual(["refuse"]);
  expect(await valuesOf(house, childId)).toBe(0);
  expect(await read()).toEqual(before);
  for (const path of [...others, "/benefits", "/account"]) {
    await page.goto(path);
    await expect(page).toHaveURL(new RegExp(`${path}$`));
    await expect(page.locator("dialog[open], [role=dialog]")).toHaveCount(0);
  }
  await page.goto("/");
  await expect(page.locator("main a[href*='/consents/ask']")).toHaveCount(0);
  await page.goto("/consents");
  await expect(page.getByText(words["zh-CN"].consents.states.refused)).toBeVisible();
});

test("a guardian agrees, books, shows the code, is served, and takes it all back with one tap", async ({
  asMember,
  house,
}) => {
  const page = await asMember(phone, SILVER);
  const { benefits, consents } = words["zh-CN"];
  const childId = await openSheet(page);
  await fillIn(page);
  await agree(page).click();
  await expect(page.getByText(consents.told.agreed)).toBeVisible();
  expect(await eventsOf(house, childId)).toEqual(["grant"]);
  expect(await valuesOf(house, childId)).toBe(2);

  await bookToday(page, house);
  await page.getByRole("link", { name: benefits.showCode, exact: true }).click();
  await expect(page.getByRole("img", { name: benefits.code.qr })).toBeVisible();
  await expect(page.getByText(/^\d{4}$/)).toHaveCount(2);
  await expect(page.getByRole("timer")).toContainText(/[45]:\d\d/);

  await page.context().setOffline(true);
  await page.getByRole("button", { name: benefits.code.another }).click();
  await expect(page.getByText(benefits.code.weak)).toBeVisible();
  await expect(page.getByRole("img", { name: benefits.code.qr })).toBeVisible();
  await expectAccessible(page);
  await page.context().setOffline(false);
  await expect(page.getByText(benefits.code.weak)).toBeHidden();

  const second = await page.context().newPage();
  await second.goto("/consents");
  await expect(second.getByText("7.25 千克")).toBeVisible();
  await redeem(house, childId);
  await expect(page.getByText(benefits.code.used, { exact: true })).toBeVisible();
  await page.getByRole("link", { name: benefits.code.done }).click();
  await page.locator("input[name=slotId]:enabled").first().check();

  await second.getByRole("button", { name: new RegExp(`^${consents.mine.withdraw}`) }).click();
  await expect(second.getByText(/^已撤回。.*宝宝体重.*已删除$/)).toBeFocused();
  expect(await valuesOf(house, childId)).toBe(0);
  expect(await eventsOf(house, childId)).toEqual(["grant", "withdraw"]);
  await expect(second.getByText("7.25 千克")).toHaveCount(0);
  await expectAccessible(second);

  // What was open in the other tab is refused at its next request.
  await page.getByRole("button", { name: benefits.bookSubmit }).click();
  await expect(page.getByText("须会员先同意提供所需信息")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("link", { name: benefits.opens.ask })).toBeVisible();
  await expect(page.getByText(/在滨江店使用$/)).toBeVisible();
  await expect(page.getByRole("button", { name: benefits.bookSubmit })).toHaveCount(0);
});

for (const look of [
  { ...phone, locale: "zh-CN", theme: "light" },
  { ...phone, locale: "en", theme: "dark" },
] as const) {
  test(`the two buttons of the sheet weigh the same, the refusal first, nothing chosen (${look.locale}, ${look.theme})`, async ({
    asMember,
  }) => {
    const page = await asMember(look, SILVER);
    const w = words[look.locale];
    await openSheet(page, w);
    const [no, yes] = [await weightOf(refuse(page, w)), await weightOf(agree(page, w))];
    for (const side of ["width", "height"] as const) expect(Math.abs(no[side] - yes[side])).toBeLessThanOrEqual(1);
    expect(no.weight).toBe(yes.weight);
    expect(no.fontSize).toBe(yes.fontSize);
    expect(Math.abs(no.contrast - yes.contrast) / no.contrast).toBeLessThanOrEqual(0.1);
    expect(no.contrast).toBeGreaterThanOrEqual(4.5);
    const buttons = page.locator("main form").last().getByRole("button");
    await expect(buttons).toHaveText([w.consents.sheet.refuse, w.consents.sheet.agree]);
    expect(no.height).toBeGreaterThanOrEqual(44);
    await expect(page.locator("main :checked")).toHaveCount(0);
    for (const field of await page.locator("main form input:not([type=checkbox])").all()) {
      await expect(field).toHaveValue("");
    }
    await expectAccessible(page);
  });
}

/** Size, weight and contrast of a button as it is drawn. */
async function weightOf(button: Locator) {
  const box = await button.boundingBox();
  const drawn = await button.evaluate((element) => {
    const style = getComputedStyle(element);
    const luminance = (colour: string) => {
      const parts = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => Number(part) / 255);
      const [r = 0, g = 0, b = 0] = parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const [light = 0, dark = 0] = [luminance(style.color), luminance(style.backgroundColor)].sort((a, b) => b - a);
    return { weight: style.fontWeight, fontSize: style.fontSize, contrast: (light + 0.05) / (dark + 0.05) };
  });
  return { ...drawn, width: box?.width ?? 0, height: box?.height ?? 0 };
}

test("nothing but a button decides: not Enter, not Escape, not Back, not an empty form", async ({
  asMember,
  house,
}) => {
  const page = await asMember(phone, SILVER);
  const { consents } = words["zh-CN"];
  const childId = await openSheet(page);
  const sheet = page.url();
  await agree(page).click();
  await expect(page.getByRole("main").getByRole("alert")).toBeFocused();
  await expect(page.getByText(consents.value.guardianWrong).first()).toBeVisible();
  await expect(input(page, "child.weight")).toHaveAttribute("aria-invalid", "true");
  await fillIn(page);
  await input(page, "child.weight").press("Enter");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/benefits\/[^/]+$/);
  await page.goto(sheet);
  await expect(agree(page)).toBeEnabled();
  await page.goBack();
  expect(await eventsOf(house, childId)).toEqual([]);
  expect(await valuesOf(house, childId)).toBe(0);
});

test("the sheet is answered by keyboard alone", async ({ asMember, house }) => {
  const page = await asMember(phone, SILVER);
  const childId = await openSheet(page);
  /** Each part of a date steps up from empty to something that is not after today. */
  const stepUp = async (name: string, parts: number) => {
    await reach(page, input(page, name));
    for (let part = 0; part < parts; part += 1) {
      await page.keyboard.press("ArrowUp");
      if (part < parts - 1) await page.keyboard.press("ArrowRight");
    }
    await expect(input(page, name)).not.toHaveValue("");
  };
  await page.locator("h1").focus();
  await stepUp("child.birthMonth", 2);
  await reach(page, input(page, "child.weight"));
  await page.keyboard.type("7.25");
  await stepUp("child.weight.measuredOn", 3);
  await reach(page, input(page, "child.sex.on"));
  await page.keyboard.press("Space");
  await reach(page, page.getByRole("radio").first());
  await page.keyboard.press("Space");
  await reach(page, input(page, "guardian"));
  await page.keyboard.press("Space");
  await reach(page, agree(page));
  await page.keyboard.press("Enter");
  await expect(page.getByText(words["zh-CN"].consents.told.agreed)).toBeVisible();
  expect(await eventsOf(house, childId)).toEqual(["grant"]);
  expect(await valuesOf(house, childId)).toBe(3);
});

test("what the network loses is kept on the sheet, and answered once", async ({ asMember, house }) => {
  const page = await asMember(phone, SILVER);
  const childId = await openSheet(page);
  await fillIn(page);
  await page.context().setOffline(true);
  await agree(page).click();
  await expect(page.getByText("网络或服务暂时不可用，你填写的内容还在")).toBeVisible();
  await expect(input(page, "child.weight")).toHaveValue("7.25");
  await page.context().setOffline(false);
  // This time the answer arrives, and the word that it did is lost.
  await page.route(
    "**/api/trpc/consents.ledger.grant*",
    async (route) => {
      await route.fetch();
      await route.abort("internetdisconnected");
    },
    { times: 1 },
  );
  await agree(page).click();
  await expect(agree(page)).toBeEnabled();
  await expect.poll(() => eventsOf(house, childId)).toEqual(["grant"]);
  await expect(page.getByText("网络或服务暂时不可用，你填写的内容还在")).toBeVisible();
  await agree(page).click();
  await expect(page.getByText(words["zh-CN"].consents.told.agreed)).toBeVisible();
  expect(await eventsOf(house, childId)).toEqual(["grant"]);
});

for (const look of [
  { ...phone, locale: "zh-CN", theme: "light" },
  { ...phone, locale: "en", theme: "dark" },
] as const) {
  test(`every page of the member's about benefits and consents at 390 px (${look.locale})`, async ({
    asMember,
    house,
  }, info) => {
    const page = await asMember(look, SILVER);
    const w = words[look.locale];
    const shown = (name: string) => attach(page, info, `${name}.${look.locale}`);
    const childId = await openSheet(page, w);
    await shown("sheet");
    await fillIn(page);
    await agree(page, w).click();
    await expect(page.getByText(w.consents.told.agreed)).toBeVisible();
    await expectAccessible(page);
    await shown("benefit-open");
    await bookToday(page, house, w);
    await page.getByRole("link", { name: w.benefits.showCode, exact: true }).click();
    await expect(page.getByRole("img", { name: w.benefits.code.qr })).toBeVisible();
    await shown("code");
    await page.goto("/consents");
    await page.getByText(w.consents.mine.correct, { exact: true }).click();
    await shown("consents");
    for (const [path, name] of [
      ["/", "home"],
      ["/benefits", "benefits"],
      ["/children", "children"],
      ["/consents/receipts", "decisions"],
      ["/account", "account"],
    ] as const) {
      await page.goto(path);
      await shown(name);
    }
    expect(await valuesOf(house, childId)).toBe(2);
  });
}

/** Keeps a picture of the page beside the test's results. */
async function attach(page: Page, info: TestInfo, name: string): Promise<void> {
  const path = info.outputPath(`${name}.png`);
  await page.screenshot({ path, fullPage: true });
  info.attachments.push({ name, path, contentType: "image/png" });
}
