import type { Page } from "@playwright/test";
import { eq } from "drizzle-orm";
import { redemptions, slots, stores } from "#db/schema/benefits.ts";
import { staffRoles } from "#db/schema/staff.ts";
import * as booking from "#server/benefits/booking/service.ts";
import { giftTerms, swimTerms } from "#server/benefits/demo-terms.ts";
import { usesOf } from "#server/benefits/entitlements/queries.ts";
import * as entitlements from "#server/benefits/entitlements/service.ts";
import { type BenefitId, CODE_MS, type StoreId } from "#server/benefits/model.ts";
import { published, publishedOne } from "#server/benefits/publishing/queries.ts";
import * as codes from "#server/benefits/redemption/codes/service.ts";
import { addChild } from "#server/consents/guardianship/service.ts";
import * as ledger from "#server/consents/ledger/service.ts";
import type { Context, MemberActor } from "#server/core/context.ts";
import { addDays, businessDay } from "#server/core/time.ts";
import type { House } from "#server/house.ts";
import * as members from "#server/members/service.ts";
import { rolePermissions } from "#server/staff/rules.ts";
import { expect, expectAccessible, test } from "../fixtures.ts";

const [RIVERSIDE, SOUTH_LAKE] = ["滨江店", "南湖店"];
const weight = "7.25";

async function benefitNamed(house: House, title: string): Promise<BenefitId> {
  const found = (await published(house.db)).find(({ terms }) => terms.title["zh-CN"] === title);
  if (found === undefined) throw new Error(`the demo brand has no ${title}`);
  return found.id;
}

async function storeNamed(house: House, name: string): Promise<StoreId> {
  const found = (await house.db.select().from(stores)).find((store) => store.name["zh-CN"] === name);
  if (found === undefined) throw new Error(`the demo brand has no ${name}`);
  return found.id;
}

async function join(house: House): Promise<Context<MemberActor>> {
  const system = house.contextFor({ kind: "system", name: "journey" });
  const { id } = await house.db.transact((tx) => members.create(tx, system));
  return house.contextFor({ kind: "member", id, sessionId: house.newId<"memberSession">() });
}

/** Gives a member uses by hand, whatever their tier. */
async function giveUses(house: House, { actor, now }: Context<MemberActor>, benefitId: BenefitId): Promise<void> {
  const [operator] = await house.db.select().from(staffRoles).where(eq(staffRoles.role, "operator"));
  if (operator === undefined) throw new Error("the demo brand has no operator");
  const ctx = house.contextFor({
    kind: "staff",
    id: operator.staffId,
    sessionId: house.newId<"staffSession">(),
    roles: ["operator"],
    permissions: rolePermissions("operator"),
    steppedUpAt: now,
  });
  const given = { memberId: actor.id, benefitId, uses: 2, reason: "到店体验", endsAt: addDays(now, 5) };
  await entitlements.give(ctx, given);
}

/** A guardian who agreed, booked a swim of today at a store, and holds up a code for it. */
async function swimToday(house: House, storeName: string): Promise<codes.ShownCode> {
  const benefitId = await benefitNamed(house, swimTerms(new Date()).title["zh-CN"]);
  const me = await join(house);
  await giveUses(house, me, benefitId);
  const { childId } = await addChild(me, { relation: "parent", statement: true });
  const purpose = "swim_preparation";
  const { servedId } = await ledger.serve(me, { purpose, childId, channel: "portal" }, "zh-CN");
  const born = businessDay(addDays(me.now, -125)).slice(0, 7);
  await ledger.grant(me, {
    servedId,
    guardian: true,
    values: [
      { key: "child.birthMonth", value: born, measuredOn: null },
      { key: "child.weight", value: weight, measuredOn: businessDay(addDays(me.now, -3)) },
    ],
  });
  const slotId = house.newId<"slot">();
  const storeId = await storeNamed(house, storeName);
  await house.db.transact(async (tx) => {
    const [startsAt, endsAt] = [new Date(me.now.getTime() + 1_000), new Date(me.now.getTime() + 3_600_000)];
    await tx.insert(slots).values({ id: slotId, benefitId, storeId, startsAt, endsAt, capacity: 1, booked: 0 });
  });
  const { bookingId } = await booking.book(me, { slotId, childId });
  // It was booked in time, and begins now: at any hour it is a swim of today.
  await house.db.transact(async (tx) => {
    await tx.update(slots).set({ startsAt: me.now }).where(eq(slots.id, slotId));
  });
  return codes.show(me, { benefitId, bookingId, childId, reissue: false });
}

/** Somebody who has just joined, with codes for the one gift of this month. */
async function giftCodes(house: House, count: number, shownAt = new Date()) {
  const benefitId = await benefitNamed(house, giftTerms(new Date()).title["zh-CN"]);
  const me = { ...(await join(house)), now: shownAt };
  const shown: codes.ShownCode[] = [];
  for (let n = 0; n < count; n += 1) {
    shown.push(await codes.show(me, { benefitId, bookingId: null, childId: null, reissue: false }));
  }
  return { me, benefitId, shown };
}

/** Uses whatever is left, somewhere else. */
async function spendAll(house: House, { actor, now }: Context<MemberActor>, benefitId: BenefitId): Promise<void> {
  const benefit = await publishedOne(house.db, benefitId);
  const counted = { memberId: actor.id, tier: "registered", at: now, now };
  const { left } = await usesOf(house.db, benefit, counted);
  for (let n = 0; n < left; n += 1) await house.db.transact((tx) => entitlements.takeUse(tx, benefit, counted));
}

async function openTill(page: Page, store = RIVERSIDE): Promise<void> {
  await page.goto("/desk/redeem?store=other");
  await page.getByRole("link", { name: store }).click();
  await expect(page.getByLabel("8 位核销码")).toBeVisible();
}

async function type(page: Page, digits: string): Promise<void> {
  await page.getByLabel("8 位核销码").fill(`${digits.slice(0, 4)} ${digits.slice(4)}`);
  await page.getByLabel("8 位核销码").press("Enter");
}

/** What the page says instead of a yes. */
async function expectRefused(page: Page, ...said: readonly string[]): Promise<void> {
  const refused = page.getByRole("region", { name: "不能核销" });
  await expect(page.getByRole("heading", { name: "不能核销" })).toBeFocused();
  for (const words of said) await expect(refused).toContainText(words);
  await page.getByRole("button", { name: "重新扫码或输入" }).click();
}

const used = (house: House, { codeId }: codes.ShownCode) =>
  house.db.$count(redemptions, eq(redemptions.codeId, codeId));

test("eight digits, what the service needs and no value, confirmed by one of two devices", async ({
  asStaff,
  house,
}) => {
  const code = await swimToday(house, RIVERSIDE);
  const [till, other] = [await asStaff("storeStaff", { width: 390 }), await asStaff("storeStaff", { width: 320 })];
  const complaints: string[] = [];
  till.on("pageerror", (error) => complaints.push(error.message));
  for (const page of [till, other]) {
    await openTill(page);
    await type(page, code.digits);
    const card = page.getByRole("region", { name: "宝宝游泳" });
    await expect(page.getByRole("heading", { name: "宝宝游泳" })).toBeFocused();
    await expect(card).toContainText("M 号");
    await expect(card).toContainText("0 至 5 个月");
    await expect(card).toContainText(/\d{2}\*+\d{2}/);
    expect(await page.content()).not.toContain(weight);
    if (page === till) await expectAccessible(page);
  }
  const confirmOn = (page: Page) => page.getByRole("button", { name: "确认核销" }).click();
  await Promise.all([confirmOn(till), confirmOn(other)]);
  const done = (page: Page) => page.getByRole("heading", { name: "核销成功" });
  const refused = (page: Page) => page.getByRole("heading", { name: "不能核销" });
  for (const page of [till, other]) await expect(done(page).or(refused(page))).toBeVisible();
  expect((await done(till).count()) + (await done(other).count())).toBe(1);
  expect(await used(house, code)).toBe(1);
  await expectAccessible(till);

  await openTill(till);
  await expect(till.getByRole("region", { name: /^今日预约/ })).toContainText("已核销");
  await type(till, code.digits);
  await expectRefused(till, "核销码已用过");
  expect(complaints).toEqual([]);
});

test("each no is its own sentence with what to do", async ({ asStaff, house }) => {
  const till = await asStaff("storeStaff", { width: 390 });
  await openTill(till);
  await type(till, "1234");
  await expect(till.getByText("请输入 8 位数字", { exact: true })).toBeVisible();
  await type(till, "00000000");
  await expectRefused(till, "没有这个核销码");

  const old = await giftCodes(house, 1, new Date(Date.now() - CODE_MS - 1_000));
  await type(till, old.shown[0]?.digits ?? "");
  await expectRefused(till, "核销码已过期", "出示新的码");

  const elsewhere = await swimToday(house, SOUTH_LAKE);
  await type(till, elsewhere.digits);
  await expectRefused(till, "南湖店", "没有扣次数");
  expect(await used(house, elsewhere)).toBe(0);

  const { me, benefitId, shown } = await giftCodes(house, 1);
  await spendAll(house, me, benefitId);
  await type(till, shown[0]?.digits ?? "");
  await expectRefused(till, "本期次数已用完", "下个周期恢复次数");
});

test("what the network swallows is asked again and never counted twice", async ({ asStaff, house }) => {
  const {
    shown: [code],
  } = await giftCodes(house, 1);
  if (code === undefined) throw new Error("no code was shown");
  const till = await asStaff("storeStaff", { width: 390 });
  await openTill(till);
  await till.context().setOffline(true);
  await type(till, code.digits);
  await expect(till.getByRole("heading", { name: "网络中断" })).toBeFocused();
  await till.context().setOffline(false);
  await till.getByRole("button", { name: "再试一次" }).click();
  await expect(till.getByRole("heading", { name: "到店礼" })).toBeVisible();

  // The question arrives, and its answer is lost on the way back.
  await till.route(
    "**/api/trpc/benefits.redeem.confirm*",
    async (route) => {
      await route.fetch();
      await route.abort("internetdisconnected");
    },
    { times: 1 },
  );
  await till.getByRole("button", { name: "确认核销" }).click();
  await expect(till.getByText("不会多扣一次")).toBeVisible();
  await expectAccessible(till);
  expect(await used(house, code)).toBe(1);
  await till.getByRole("button", { name: "再试一次" }).click();
  await expect(till.getByRole("heading", { name: "核销成功" })).toBeVisible();
  expect(await used(house, code)).toBe(1);
});

test("the camera reads the member's QR, and is off once a code was read or the page is left", async ({
  asStaff,
  house,
}) => {
  const {
    shown: [first, second],
  } = await giftCodes(house, 2);
  const till = await asStaff("storeStaff", { width: 390 });
  await till.addInitScript(() => {
    const seen = { text: "https://example.com/other", tracks: [] as MediaStreamTrack[] };
    Object.assign(window, {
      seen,
      BarcodeDetector: class {
        static getSupportedFormats(): Promise<string[]> {
          return Promise.resolve(["qr_code"]);
        }
        detect(): Promise<{ rawValue: string }[]> {
          return Promise.resolve([{ rawValue: seen.text }]);
        }
      },
    });
    navigator.mediaDevices.getUserMedia = async () => {
      const canvas = document.createElement("canvas");
      const paint = canvas.getContext("2d");
      setInterval(() => paint?.fillRect(0, 0, 1, 1), 50);
      const stream = canvas.captureStream(10);
      seen.tracks.push(...stream.getTracks());
      return stream;
    };
  });
  const show = (text: string) => till.evaluate((text) => Object.assign(Reflect.get(window, "seen"), { text }), text);
  const live = () =>
    till.evaluate(
      () =>
        (Reflect.get(window, "seen").tracks as MediaStreamTrack[]).filter(({ readyState }) => readyState === "live")
          .length,
    );
  await openTill(till);
  await till.getByRole("button", { name: "扫码", exact: true }).click();
  await expect(till.getByText("画面里的二维码不是核销码")).toBeVisible();
  expect(await live()).toBe(1);
  await expectAccessible(till);
  await show(first?.signed ?? "");
  await expect(till.getByRole("heading", { name: "到店礼" })).toBeVisible();
  expect(await live()).toBe(0);

  await till.getByRole("button", { name: "取消" }).click();
  await show("https://example.com/other");
  await till.getByRole("button", { name: "扫码", exact: true }).click();
  await expect.poll(live).toBe(1);
  await till.getByRole("link", { name: "我的账号" }).click();
  await expect(till).toHaveURL(/\/desk\/account$/);
  expect(await live()).toBe(0);

  await openTill(till);
  await till.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await till.getByRole("button", { name: "扫码", exact: true }).click();
  await expect(till.getByText("没有得到相机权限")).toBeVisible();
  await type(till, second?.digits ?? "");
  await expect(till.getByRole("heading", { name: "到店礼" })).toBeVisible();
});

test("where the browser cannot scan it says so, and everything works by keyboard", async ({ asStaff, house }) => {
  const {
    shown: [code],
  } = await giftCodes(house, 1);
  const till = await asStaff("storeStaff", { width: 320 });
  await till.addInitScript(() => Object.assign(window, { BarcodeDetector: undefined }));
  await openTill(till);
  await expect(till.getByText("这个浏览器不能扫码，请输入会员页面上的 8 位数字。")).toBeVisible();
  await till.getByLabel("8 位核销码").focus();
  await till.keyboard.type(code?.digits ?? "");
  await till.keyboard.press("Enter");
  await expect(till.getByRole("heading", { name: "到店礼" })).toBeFocused();
  await till.keyboard.press("Tab");
  await till.keyboard.press("Enter");
  await expect(till.getByRole("heading", { name: "核销成功" })).toBeFocused();
  expect(code && (await used(house, code))).toBe(1);
  for (const box of await till.locator("main :is(a, button, input):visible").all()) {
    expect((await box.boundingBox())?.height, await box.innerText()).toBeGreaterThanOrEqual(44);
  }
});
