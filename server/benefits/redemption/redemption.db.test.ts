import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditEntries } from "#db/schema/audit.ts";
import { benefitVersions, bookings, redemptionCodes, redemptions, slots } from "#db/schema/benefits.ts";
import { rawSql } from "#db/testing.ts";
import * as guardianship from "../../consents/guardianship/service.ts";
import * as ledger from "../../consents/ledger/service.ts";
import type { ChildId } from "../../consents/model.ts";
import { swimValues } from "../../consents/testing.ts";
import type { MemberId } from "../../core/id.ts";
import { addDays } from "../../core/time.ts";
import { pointsLinesOf, pointsOf } from "../../points/queries.ts";
import * as booking from "../booking/service.ts";
import { giftTerms } from "../demo-terms.ts";
import * as publishing from "../publishing/service.ts";
import { one } from "../queries.ts";
import { type BenefitBrand, later, NOW, openBenefitBrand, refusal } from "../testing.ts";
import * as codes from "./codes/service.ts";
import { counterOf } from "./testing.ts";

let brand: BenefitBrand;
let counter: ReturnType<typeof counterOf>;
beforeAll(async () => {
  brand = await openBenefitBrand();
  counter = counterOf(brand);
});

const withdraw = (memberId: MemberId, childId: ChildId) =>
  ledger.withdraw(brand.as(memberId), { purpose: "swim_preparation", childId }, "zh-CN");

describe("a store", () => {
  test("of somebody else's is refused to staff", async () => {
    const code = await counter.gift(await brand.join());
    const not = refusal("STORE_NOT_YOURS");
    await expect(counter.lookUp(code.digits, brand.riverside, brand.noa)).rejects.toMatchObject(not);
    await expect(counter.confirm(code, brand.riverside, brand.ola)).rejects.toMatchObject(not);
    await counter.confirm(code, brand.southLake, brand.noa);
  });

  test("where the benefit is not used, or for which it was not booked, is named with the right one", async () => {
    const benefitId = await brand.publish({ ...giftTerms(addDays(NOW, -10)), stores: [brand.southLake] });
    const memberId = await brand.join();
    const code = await codes.show(brand.as(memberId), { benefitId, bookingId: null, childId: null, reissue: false });
    const wrong = refusal("STORE_WRONG", { stores: "南湖店 South Lake store" });
    await expect(counter.lookUp(code.digits)).rejects.toMatchObject(wrong);
    await expect(counter.confirm(code)).rejects.toMatchObject(wrong);
    const booked = await counter.swim({ storeId: brand.southLake });
    await expect(counter.lookUp((await booked.show()).digits)).rejects.toMatchObject(wrong);
  });
});

test("a benefit that gives points credits them with its one use, and no points for a code that is used already", async () => {
  const benefitId = await brand.publish({ ...giftTerms(addDays(NOW, -10)), gives: { kind: "points", points: 88 } });
  const memberId = await brand.join(1_200);
  const available = async () => (await pointsOf(brand.db, memberId, NOW))?.balance.available;
  const code = await codes.show(brand.as(memberId), { benefitId, bookingId: null, childId: null, reissue: false });
  expect(await available()).toBe(1_200);
  const { redemptionId } = await counter.confirm(code);
  expect(await available()).toBe(1_288);
  await expect(counter.confirm(code)).rejects.toMatchObject(refusal("REDEMPTION_CODE_USED"));
  const lines = (await pointsLinesOf(brand.db, memberId)).filter(({ rule }) => rule === "benefit");
  expect(lines).toMatchObject([{ kind: "available", points: 88, sourceId: redemptionId }]);
});

describe("a booked swim", () => {
  test("shows bands and never a value, leaves one entry that the member can see, and is redeemed", async () => {
    const { memberId, childId, bookingId, slotId, show } = await counter.swim();
    const code = await show();
    const shown = await counter.lookUp(code.signed);
    expect(shown.derived.map(({ key, value }) => [key, value?.en])).toEqual([
      ["ringSize", "Size M"],
      ["poolSize", "Small"],
      ["ageBand", "0–5 months"],
    ]);
    expect(shown).toMatchObject({ usesLeft: 1, booking: {} });
    expect(JSON.stringify(shown)).not.toMatch(/7\.25|2026-02/);
    const reads = await brand.db
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.memberId, memberId), eq(auditEntries.action, "field.read")));
    expect(reads).toMatchObject([{ actorId: brand.mia.id, purpose: "swim_preparation", subjectId: childId }]);

    await counter.confirm(code);
    const [booked] = await brand.db.select().from(bookings).where(eq(bookings.id, bookingId));
    expect(booked).toMatchObject({ state: "redeemed", settledAt: NOW });
    expect(await brand.usedOf(memberId, brand.swim)).toBe(1);
    expect(await brand.placesTaken(slotId)).toBe(1);
    await expect(show()).rejects.toMatchObject(refusal("BOOKING_OVER"));
    await expect(booking.cancel(brand.as(memberId), { bookingId })).rejects.toMatchObject(refusal("BOOKING_OVER"));
  });

  test("with two codes is redeemed once", async () => {
    const { show } = await counter.swim();
    const [one, two] = [await show(), await show()];
    await counter.confirm(one);
    await expect(counter.confirm(two)).rejects.toMatchObject(refusal("BOOKING_OVER"));
  });

  test("of tomorrow is not redeemed today", async () => {
    const { show, slotId } = await counter.swim();
    const code = await show();
    const startsAt = addDays(counter.soon(), 1);
    await brand.db.transact(async (tx) => {
      await tx.update(slots).set({ startsAt }).where(eq(slots.id, slotId));
    });
    const not = refusal("BOOKING_NOT_TODAY", { day: "2026-06-16" });
    await expect(counter.lookUp(code.digits)).rejects.toMatchObject(not);
    await expect(counter.confirm(code)).rejects.toMatchObject(not);
  });

  test("given back has no good code", async () => {
    const { memberId, bookingId, show } = await counter.swim();
    const code = await show();
    await booking.cancel(brand.as(memberId), { bookingId });
    await expect(counter.lookUp(code.digits)).rejects.toMatchObject(refusal("REDEMPTION_CODE_REVOKED"));
  });

  test("is refused when consent is withdrawn between look-up and confirmation; the visit before stays", async () => {
    const first = await counter.swim();
    await counter.confirm(await first.show());
    await withdraw(first.memberId, first.childId);
    expect(await brand.db.$count(redemptions, eq(redemptions.memberId, first.memberId))).toBe(1);

    const { memberId, childId, bookingId, show } = await counter.swim();
    const code = await show();
    await counter.lookUp(code.digits);
    await withdraw(memberId, childId);
    const locked = refusal("BENEFIT_LOCKED", { reason: "consentNeeded" });
    await expect(counter.confirm(code)).rejects.toMatchObject(locked);
    await expect(counter.lookUp(code.digits)).rejects.toMatchObject(locked);
    await expect(show()).rejects.toMatchObject(locked);
    const [kept] = await brand.db.select().from(redemptionCodes).where(eq(redemptionCodes.id, code.codeId));
    expect(kept?.state).toBe("open");
    expect(await brand.db.$count(redemptions, eq(redemptions.memberId, memberId))).toBe(0);
    await booking.cancel(brand.as(memberId), { bookingId });
    expect(await brand.usedOf(memberId, brand.swim)).toBe(0);
  });

  test("is refused while the guardianship is disputed, and while its processing is restricted", async () => {
    const { memberId, childId, show } = await counter.swim();
    const code = await show();
    await ledger.restrict(brand.as(memberId), { purpose: "swim_preparation", restricted: true });
    await expect(counter.lookUp(code.digits)).rejects.toMatchObject(
      refusal("BENEFIT_LOCKED", { reason: "restricted" }),
    );
    await ledger.restrict(brand.as(memberId), { purpose: "swim_preparation", restricted: false });
    const [child] = await rawSql(brand.db, `SELECT code FROM children WHERE id = '${childId}'`);
    await guardianship.dispute(brand.as(await brand.join()), { code: String(child?.code), reason: "alsoGuardian" });
    await expect(counter.confirm(code)).rejects.toMatchObject(
      refusal("BENEFIT_LOCKED", { reason: "guardianshipDisputed" }),
    );
  });
});

test("a use booked before its month began carries as much as one booked in it", async () => {
  const opening = addDays(NOW, -10);
  const benefitId = await brand.publish({ ...giftTerms(opening), booked: true });
  const [july, august] = [new Date("2026-07-02T04:00:00Z"), new Date("2026-08-02T04:00:00Z")];
  const slotId = await brand.slot({ startsAt: new Date("2026-07-02T06:00:00Z"), benefitId });
  const augustOf = async (bookedAt: Date) => {
    const memberId = await brand.join(0);
    const { bookingId } = await booking.book(brand.as(memberId, bookedAt), { slotId, childId: null });
    const asked = { benefitId, bookingId, childId: null, reissue: false };
    const code = await codes.show(brand.as(memberId, july), asked);
    await counter.confirm(code, brand.riverside, brand.mia, july);
    return (await one(brand.db, benefitId, memberId, august)).uses;
  };
  const ahead = await augustOf(NOW);
  expect(ahead).toEqual(await augustOf(july));
  expect(ahead.left).toBe(2);
});

test("no table of benefits has a column for a value", async () => {
  const { memberId, show } = await counter.swim();
  await counter.confirm(await show());
  for (const table of ["bookings", "redemptions", "redemption_codes", "entitlements"]) {
    const rows = await rawSql(brand.db, `SELECT * FROM ${table} WHERE member_id = '${memberId}'`);
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toMatch(/7\.25|2026-02/);
  }
});

test("a benefit that was retired is not used any more", async () => {
  const benefitId = await brand.publish(giftTerms(addDays(NOW, -10)));
  const memberId = await brand.join();
  const code = await codes.show(brand.as(memberId), { benefitId, bookingId: null, childId: null, reissue: false });
  await publishing.retire(brand.by(brand.ann), { benefitId, reason: "季节结束" });
  await expect(counter.confirm(code)).rejects.toMatchObject(refusal("BENEFIT_LOCKED", { reason: "over" }));
  expect(await brand.db.$count(benefitVersions, eq(benefitVersions.benefitId, benefitId))).toBe(1);
});

test("a booked swim pauses when the notice changes materially, until the guardian has agreed again", async () => {
  const { memberId, childId, show } = await counter.swim();
  const code = await show();
  const [changed, agreed] = [later(1_000), later(2_000)];
  const material = { material: true, now: changed };
  await brand.republish("swim_preparation", (terms) => ({ ...terms, systems: [...terms.systems, "新系统"] }), material);
  const again = () => counter.lookUp(code.digits, brand.riverside, brand.mia, agreed);
  await expect(again()).rejects.toMatchObject(refusal("BENEFIT_LOCKED", { reason: "consentStale" }));
  await brand.agree(memberId, "swim_preparation", childId, swimValues, agreed);
  expect((await again()).derived).toHaveLength(3);
});
