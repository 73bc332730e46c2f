import { beforeAll, describe, expect, test } from "vitest";
import { benefits, redemptionCodes } from "#db/schema/benefits.ts";
import { newId, testDoor } from "#db/testing.ts";
import { createCaller } from "../api/root.ts";
import * as ledger from "../consents/ledger/service.ts";
import type { Context } from "../core/context.ts";
import type { MemberId } from "../core/id.ts";
import { addDays } from "../core/time.ts";
import { jobs } from "./jobs.ts";
import { type BenefitBrand, HOUR_MS, later, NOW, openBenefitBrand, refusal } from "./testing.ts";

let brand: BenefitBrand;
beforeAll(async () => {
  brand = await openBenefitBrand();
});

const call = (ctx: Context) => createCaller({ ...ctx, door: testDoor() }).benefits;
const mine = (memberId: MemberId, now = NOW) => call(brand.as(memberId, now)).mine();

describe("a member's benefits", () => {
  test("are all that are public, open or locked, with what each needs and why", async () => {
    const memberId = await brand.join(0);
    const seen = await mine(memberId);
    expect(seen.map(({ id, open, people }) => [id, open, people[0]?.lock?.reason ?? null])).toEqual([
      [brand.swim, false, "tierTooLow"],
      [brand.gift, true, null],
      [brand.parentingClass, false, "tierTooLow"],
    ]);
    expect(seen[0]?.needs.map(({ field, class: kind, mandatory }) => [field, kind, mandatory])).toEqual([
      ["child.birthMonth", "minor", true],
      ["child.weight", "minor", true],
      ["child.sex", "minor", false],
    ]);
    expect(seen[0]?.needs.every(({ necessity }) => necessity["zh-CN"].length > 0)).toBe(true);
  });

  test("are locked until the guardian agrees, per child, and open with the mandatory fields alone", async () => {
    const { memberId, childId } = await brand.family();
    await brand.earn(memberId, 1_200);
    const swim = async () => (await mine(memberId)).find(({ id }) => id === brand.swim);
    expect(await swim()).toMatchObject({ open: false, people: [{ childId, lock: { reason: "consentNeeded" } }] });
    await brand.agree(memberId, "swim_preparation", childId);
    expect(await swim()).toMatchObject({
      open: true,
      people: [{ childId, childOrdinal: 1, lock: null, given: ["child.birthMonth", "child.weight"] }],
    });
  });

  test("without a child are locked for want of one", async () => {
    const swim = await call(brand.as(await brand.join())).one({ benefitId: brand.swim });
    expect(swim).toMatchObject({ open: false, people: [{ childId: null, lock: { reason: "consentNeeded" } }] });
  });

  test("of who refused or withdrew differ in nothing but what needs the consent", async () => {
    const [agreed, refused, withdrew] = [await brand.swimmers(), await brand.family(), await brand.swimmers()];
    await brand.earn(refused.memberId, 1_200);
    await brand.say(refused.memberId, "swim_preparation", refused.childId);
    const { childId } = withdrew;
    await ledger.withdraw(brand.as(withdrew.memberId), { purpose: "swim_preparation", childId }, "zh-CN");
    const others = async ({ memberId }: { memberId: MemberId }) =>
      (await mine(memberId)).filter(({ id }) => id !== brand.swim);
    const swim = async ({ memberId }: { memberId: MemberId }) => {
      const seen = (await mine(memberId)).find(({ id }) => id === brand.swim);
      return seen && { ...seen, open: null, people: null };
    };
    const tier = async ({ memberId }: { memberId: MemberId }) =>
      (await createCaller({ ...brand.as(memberId), door: testDoor() }).tiers.mine())?.standing.tier;
    for (const member of [refused, withdrew]) {
      expect(await others(member)).toEqual(await others(agreed));
      expect(await swim(member)).toEqual(await swim(agreed));
      expect(await tier(member)).toBe(await tier(agreed));
    }
  });
});

test("one visit from booking to history, through the procedures of each role", async () => {
  const { memberId, childId } = await brand.swimmers();
  const me = call(brand.as(memberId));
  const slotId = await brand.slot({ startsAt: later(HOUR_MS + 1_000) });
  const { bookingId } = await me.book({ slotId, childId });
  const code = await me.showCode({ benefitId: brand.swim, bookingId, childId });
  const desk = call(brand.by(brand.mia));
  const [store] = await desk.redeem.myStores();
  if (store === undefined) throw new Error("Mia works nowhere");
  expect((await desk.redeem.today({ storeId: store.id })).map((row) => row.bookingId)).toContain(bookingId);
  await expect(call(brand.by(brand.ola)).redeem.today({ storeId: store.id })).rejects.toMatchObject({
    cause: refusal("STORE_NOT_YOURS"),
  });
  const typed = `${code.digits.slice(0, 4)} ${code.digits.slice(4)}`;
  const { codeId } = await desk.redeem.lookUp({ code: typed, storeId: store.id });
  await desk.redeem.confirm({ codeId, storeId: store.id });
  expect(await me.history()).toMatchObject({
    uses: [{ benefitId: brand.swim, bookingId, at: NOW }],
    bookings: [{ id: bookingId, state: "redeemed" }],
  });
  expect(await call(brand.by(brand.ann)).entitlementsOf({ memberId })).toMatchObject({
    bookings: [{ id: bookingId }],
    benefits: [{ id: brand.swim, uses: { left: 1 } }, { id: brand.gift }, { id: brand.parentingClass }],
  });
});

test("store staff can redeem and nothing else; nobody else can redeem", async () => {
  const store = { storeId: brand.riverside };
  const denied = { cause: { code: "PERMISSION_MISSING" } };
  await expect(call(brand.by(brand.mia)).list()).rejects.toMatchObject(denied);
  await expect(call(brand.by(brand.mia)).stores.list()).rejects.toMatchObject(denied);
  await expect(call(brand.by(brand.ann)).redeem.today(store)).rejects.toMatchObject(denied);
  await expect(call(brand.by(brand.officer)).redeem.myStores()).rejects.toMatchObject(denied);
});

test("codes that were over a day ago are forgotten", async () => {
  const memberId = await brand.join();
  await call(brand.as(memberId)).showCode({ benefitId: brand.gift, bookingId: null, childId: null });
  const sweep = (now: Date) => jobs["benefits.sweepCodes"].run(brand.at(now), {}, soloJob);
  await sweep(addDays(NOW, 1));
  expect(await brand.codesOf(memberId)).toHaveLength(1);
  await sweep(addDays(NOW, 2));
  expect(await brand.db.$count(redemptionCodes)).toBe(0);
  expect(await brand.db.$count(benefits)).toBe(3);
});

const soloJob = {
  id: newId<"job">(),
  fence: 1,
  attempt: 1,
  signal: new AbortController().signal,
  heartbeat: async () => undefined,
  hold: async () => undefined,
  finish: async () => undefined,
};
