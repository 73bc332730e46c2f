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
import * as booking from "../booking/service.ts";
import { giftTerms } from "../demo-terms.ts";
import { CODE_MS, type StoreId } from "../model.ts";
import * as publishing from "../publishing/service.ts";
import { type BenefitBrand, HOUR_MS, later, NOW, openBenefitBrand, refusal } from "../testing.ts";
import { MAX_OPEN_CODES } from "./codes/rules.ts";
import * as codes from "./codes/service.ts";
import { signedText } from "./codes/signed.ts";
import { outcomeOf } from "./queries.ts";
import * as redemption from "./service.ts";

let brand: BenefitBrand;
beforeAll(async () => {
  brand = await openBenefitBrand();
});

let minute = 0;
const soon = () => later(HOUR_MS + ++minute * 60_000 + 1_000);
const gift = (memberId: MemberId, now = NOW, reissue = false) =>
  codes.show(brand.as(memberId, now), { benefitId: brand.gift, bookingId: null, childId: null, reissue });
const lookUp = (code: string, storeId: StoreId = brand.riverside, actor = brand.mia, now = NOW) =>
  redemption.lookUp(brand.by(actor, now), { code, storeId });
const confirm = (
  code: { readonly codeId: codes.ShownCode["codeId"] },
  storeId: StoreId = brand.riverside,
  actor = brand.mia,
  now = NOW,
) => redemption.confirm(brand.by(actor, now), { codeId: code.codeId, storeId });

/** A booked swim of today and a code for it. */
async function swim(over: { readonly startsAt?: Date; readonly storeId?: StoreId } = {}) {
  const { memberId, childId } = await brand.swimmers();
  const slotId = await brand.slot({ startsAt: soon(), ...over });
  const { bookingId } = await booking.book(brand.as(memberId), { slotId, childId });
  const asked = { benefitId: brand.swim, bookingId, childId, reissue: false };
  return { memberId, childId, slotId, bookingId, show: (now = NOW) => codes.show(brand.as(memberId, now), asked) };
}
const withdraw = (memberId: MemberId, childId: ChildId) =>
  ledger.withdraw(brand.as(memberId), { purpose: "swim_preparation", childId }, "zh-CN");

describe("a code", () => {
  test("is known to the screen alone: the database has a keyed hash", async () => {
    const memberId = await brand.join();
    const { digits, signed, expiresAt } = await gift(memberId);
    expect(digits).toMatch(/^\d{8}$/);
    expect(expiresAt).toEqual(later(CODE_MS));
    const [row] = await rawSql(brand.db, "SELECT * FROM redemption_codes WHERE member_id = ?", [memberId]).catch(() =>
      rawSql(brand.db, "SELECT * FROM redemption_codes WHERE member_id = $1", [memberId]),
    );
    expect(JSON.stringify(row)).not.toContain(digits);
    expect(JSON.stringify(row)).not.toContain(signed);
  });

  test("opens by its digits and by its QR, shows what is left and no value, and is used once", async () => {
    const memberId = await brand.join();
    const code = await gift(memberId);
    const shown = await lookUp(code.digits);
    expect(await lookUp(code.signed)).toEqual(shown);
    expect(shown).toMatchObject({ codeId: code.codeId, usesLeft: 0, booking: null, derived: [] });
    expect(shown.member).toMatch(/^\d{2}\*{6}\d{2}$/);
    const done = await confirm(code);
    expect(done).toMatchObject({ usesLeft: 0, member: shown.member });
    expect(await brand.usedOf(memberId, brand.gift)).toBe(1);
    const [entry] = await brand.db.select().from(auditEntries).where(eq(auditEntries.subjectId, done.redemptionId));
    expect(entry).toMatchObject({ action: "benefit.redeem", memberId, actorId: brand.mia.id });
    await expect(confirm(code)).rejects.toMatchObject(refusal("REDEMPTION_CODE_USED"));
    await expect(lookUp(code.digits)).rejects.toMatchObject(refusal("REDEMPTION_CODE_USED"));
    await expect(lookUp(code.signed, brand.riverside, brand.mia, later(HOUR_MS))).rejects.toMatchObject(
      refusal("REDEMPTION_CODE_USED"),
    );
  });

  test("confirmed by fifty at once is used by exactly one", async () => {
    const memberId = await brand.join();
    const code = await gift(memberId);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        confirm(code).then(
          () => "confirmed",
          ({ code: no }) => no,
        ),
      ),
    );
    expect(answers.toSorted()).toEqual([...Array(49).fill("REDEMPTION_CODE_USED"), "confirmed"].toSorted());
    expect(await brand.usedOf(memberId, brand.gift)).toBe(1);
    expect(await brand.db.$count(redemptions, eq(redemptions.memberId, memberId))).toBe(1);
  });

  test("whose answer was lost can be asked after by whoever confirmed it, and by nobody else", async () => {
    const code = await gift(await brand.join());
    const asked = { codeId: code.codeId, storeId: brand.southLake };
    expect(await outcomeOf(brand.db, brand.mia.id, asked)).toBeNull();
    const done = await confirm(code, brand.southLake);
    expect(await outcomeOf(brand.db, brand.mia.id, asked)).toEqual({ at: done.at });
    expect(await outcomeOf(brand.db, brand.noa.id, asked)).toBeNull();
    expect(await outcomeOf(brand.db, brand.mia.id, { ...asked, storeId: brand.riverside })).toBeNull();
  });

  test("among several open at once: together they use no more than the quota", async () => {
    const benefitId = await brand.publish({
      ...giftTerms(addDays(NOW, -10)),
      quota: { count: 2, period: "month", rollover: 0 },
    });
    const memberId = await brand.join();
    const shown = [];
    for (let n = 0; n < MAX_OPEN_CODES; n += 1) {
      shown.push(await codes.show(brand.as(memberId), { benefitId, bookingId: null, childId: null, reissue: false }));
    }
    const answers = await Promise.all(
      shown.map((code) =>
        confirm(code).then(
          () => "confirmed",
          ({ condition }) => condition.reason,
        ),
      ),
    );
    expect(answers.toSorted()).toEqual(["confirmed", "confirmed", "quotaSpent"]);
    expect(await brand.usedOf(memberId, benefitId)).toBe(2);
  });

  test("too old says so, also when it was forgotten meanwhile", async () => {
    const code = await gift(await brand.join());
    const after = later(CODE_MS);
    const expired = refusal("REDEMPTION_CODE_EXPIRED");
    await expect(lookUp(code.digits, brand.riverside, brand.mia, after)).rejects.toMatchObject(expired);
    await expect(confirm(code, brand.riverside, brand.mia, after)).rejects.toMatchObject(expired);
    await brand.db.transact((tx) => codes.sweep(tx, { now: addDays(after, 2) }));
    await expect(lookUp(code.signed, brand.riverside, brand.mia, addDays(after, 2))).rejects.toMatchObject(expired);
    await expect(lookUp(code.digits, brand.riverside, brand.mia, addDays(after, 2))).rejects.toMatchObject(
      refusal("REDEMPTION_CODE_UNKNOWN"),
    );
  });

  test("shown anew by its member, or revoked by staff, stops those before at once", async () => {
    const memberId = await brand.join();
    const before = await gift(memberId);
    const fresh = await gift(memberId, NOW, true);
    await expect(lookUp(before.digits)).rejects.toMatchObject(refusal("REDEMPTION_CODE_REVOKED"));
    await lookUp(fresh.digits);
    expect(await codes.revoke(brand.by(brand.ann), { memberId, benefitId: brand.gift })).toEqual({ revoked: 1 });
    await expect(confirm(fresh)).rejects.toMatchObject(refusal("REDEMPTION_CODE_REVOKED"));
    const about = and(eq(auditEntries.memberId, memberId), eq(auditEntries.action, "benefit.revokeCodes"));
    expect(await brand.db.$count(auditEntries, about)).toBe(2);
  });

  test("shown again and again leaves a few open; too often is refused", async () => {
    const memberId = await brand.join();
    const shown = [];
    for (let n = 0; n < 40; n += 1) shown.push(await gift(memberId));
    await expect(gift(memberId)).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
    const open = (await brand.codesOf(memberId)).filter(({ state }) => state === "open").map(({ id }) => id);
    expect(open.toSorted()).toEqual(
      shown
        .slice(-MAX_OPEN_CODES)
        .map(({ codeId }) => codeId)
        .toSorted(),
    );
  });

  test("is not shown without booking, for another's booking, on another day, or when nothing is left", async () => {
    const { memberId, childId, bookingId, show } = await swim();
    const showTo = (who: MemberId, over: object) =>
      codes.show(brand.as(who), { benefitId: brand.swim, bookingId, childId, reissue: false, ...over });
    await expect(showTo(memberId, { bookingId: null })).rejects.toMatchObject(refusal("BENEFIT_NOT_BOOKED"));
    await expect(showTo(await brand.join(), {})).rejects.toMatchObject(refusal("BOOKING_NOT_FOUND"));
    await expect(showTo(memberId, { benefitId: brand.at(NOW).newId() })).rejects.toMatchObject(
      refusal("BENEFIT_NOT_FOUND"),
    );
    await expect(show(addDays(NOW, -1))).rejects.toMatchObject(refusal("BOOKING_NOT_TODAY", { day: "2026-06-15" }));
    await booking.cancel(brand.as(memberId), { bookingId });
    await expect(show()).rejects.toMatchObject(refusal("BOOKING_OVER"));
    await confirm(await gift(memberId));
    await expect(gift(memberId)).rejects.toMatchObject(refusal("BENEFIT_LOCKED", { reason: "quotaSpent" }));
  });
});

describe("what is no code", () => {
  test("is unknown, and trying on is stopped while good codes of others still count for nothing", async () => {
    const guesser = await brand.employ("storeStaff");
    const forged = signedText({ keyedHash: () => Buffer.alloc(32) }, { codeId: brand.at(NOW).newId(), expiresAt: NOW });
    await expect(lookUp(forged, brand.riverside, guesser)).rejects.toMatchObject(refusal("REDEMPTION_CODE_UNKNOWN"));
    for (let n = 1; n < 10; n += 1) {
      await expect(lookUp("00000000", brand.riverside, guesser)).rejects.toMatchObject(
        refusal("REDEMPTION_CODE_UNKNOWN"),
      );
    }
    const { digits } = await gift(await brand.join());
    await expect(lookUp(digits, brand.riverside, guesser)).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
    await lookUp(digits);
  });

  test("good codes are not counted", async () => {
    const { digits } = await gift(await brand.join());
    for (let n = 0; n < 15; n += 1) await lookUp(digits, brand.southLake, brand.noa);
    await expect(confirm({ codeId: brand.at(NOW).newId() })).rejects.toMatchObject(refusal("REDEMPTION_CODE_UNKNOWN"));
  });
});

describe("a store", () => {
  test("of somebody else's is refused to staff", async () => {
    const code = await gift(await brand.join());
    const not = refusal("STORE_NOT_YOURS");
    await expect(lookUp(code.digits, brand.riverside, brand.noa)).rejects.toMatchObject(not);
    await expect(confirm(code, brand.riverside, brand.ola)).rejects.toMatchObject(not);
    await confirm(code, brand.southLake, brand.noa);
  });

  test("where the benefit is not used, or for which it was not booked, is named with the right one", async () => {
    const benefitId = await brand.publish({ ...giftTerms(addDays(NOW, -10)), stores: [brand.southLake] });
    const memberId = await brand.join();
    const code = await codes.show(brand.as(memberId), { benefitId, bookingId: null, childId: null, reissue: false });
    const wrong = refusal("STORE_WRONG", { stores: "南湖店 South Lake store" });
    await expect(lookUp(code.digits)).rejects.toMatchObject(wrong);
    await expect(confirm(code)).rejects.toMatchObject(wrong);
    const booked = await swim({ storeId: brand.southLake });
    await expect(lookUp((await booked.show()).digits)).rejects.toMatchObject(wrong);
  });
});

describe("a booked swim", () => {
  test("shows bands and never a value, leaves one entry that the member can see, and is redeemed", async () => {
    const { memberId, childId, bookingId, slotId, show } = await swim();
    const code = await show();
    const shown = await lookUp(code.signed);
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

    await confirm(code);
    const [booked] = await brand.db.select().from(bookings).where(eq(bookings.id, bookingId));
    expect(booked).toMatchObject({ state: "redeemed", settledAt: NOW });
    expect(await brand.usedOf(memberId, brand.swim)).toBe(1);
    expect(await brand.placesTaken(slotId)).toBe(1);
    await expect(show()).rejects.toMatchObject(refusal("BOOKING_OVER"));
    await expect(booking.cancel(brand.as(memberId), { bookingId })).rejects.toMatchObject(refusal("BOOKING_OVER"));
  });

  test("with two codes is redeemed once", async () => {
    const { show } = await swim();
    const [one, two] = [await show(), await show()];
    await confirm(one);
    await expect(confirm(two)).rejects.toMatchObject(refusal("BOOKING_OVER"));
  });

  test("of tomorrow is not redeemed today", async () => {
    const { show, slotId } = await swim();
    const code = await show();
    const startsAt = addDays(soon(), 1);
    await brand.db.transact(async (tx) => {
      await tx.update(slots).set({ startsAt }).where(eq(slots.id, slotId));
    });
    const not = refusal("BOOKING_NOT_TODAY", { day: "2026-06-16" });
    await expect(lookUp(code.digits)).rejects.toMatchObject(not);
    await expect(confirm(code)).rejects.toMatchObject(not);
  });

  test("given back has no good code", async () => {
    const { memberId, bookingId, show } = await swim();
    const code = await show();
    await booking.cancel(brand.as(memberId), { bookingId });
    await expect(lookUp(code.digits)).rejects.toMatchObject(refusal("REDEMPTION_CODE_REVOKED"));
  });

  test("is refused when consent is withdrawn between look-up and confirmation; the visit before stays", async () => {
    const first = await swim();
    await confirm(await first.show());
    await withdraw(first.memberId, first.childId);
    expect(await brand.db.$count(redemptions, eq(redemptions.memberId, first.memberId))).toBe(1);

    const { memberId, childId, bookingId, show } = await swim();
    const code = await show();
    await lookUp(code.digits);
    await withdraw(memberId, childId);
    const locked = refusal("BENEFIT_LOCKED", { reason: "consentNeeded" });
    await expect(confirm(code)).rejects.toMatchObject(locked);
    await expect(lookUp(code.digits)).rejects.toMatchObject(locked);
    await expect(show()).rejects.toMatchObject(locked);
    const [kept] = await brand.db.select().from(redemptionCodes).where(eq(redemptionCodes.id, code.codeId));
    expect(kept?.state).toBe("open");
    expect(await brand.db.$count(redemptions, eq(redemptions.memberId, memberId))).toBe(0);
    await booking.cancel(brand.as(memberId), { bookingId });
    expect(await brand.usedOf(memberId, brand.swim)).toBe(0);
  });

  test("is refused while the guardianship is disputed, and while its processing is restricted", async () => {
    const { memberId, childId, show } = await swim();
    const code = await show();
    await ledger.restrict(brand.as(memberId), { purpose: "swim_preparation", restricted: true });
    await expect(lookUp(code.digits)).rejects.toMatchObject(refusal("BENEFIT_LOCKED", { reason: "restricted" }));
    await ledger.restrict(brand.as(memberId), { purpose: "swim_preparation", restricted: false });
    const [child] = await rawSql(brand.db, `SELECT code FROM children WHERE id = '${childId}'`);
    await guardianship.dispute(brand.as(await brand.join()), { code: String(child?.code), reason: "alsoGuardian" });
    await expect(confirm(code)).rejects.toMatchObject(refusal("BENEFIT_LOCKED", { reason: "guardianshipDisputed" }));
  });
});

test("no table of benefits has a column for a value", async () => {
  const { memberId, show } = await swim();
  await confirm(await show());
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
  await expect(confirm(code)).rejects.toMatchObject(refusal("BENEFIT_LOCKED", { reason: "over" }));
  expect(await brand.db.$count(benefitVersions, eq(benefitVersions.benefitId, benefitId))).toBe(1);
});

test("a booked swim pauses when the notice changes materially, until the guardian has agreed again", async () => {
  const { memberId, childId, show } = await swim();
  const code = await show();
  const [changed, agreed] = [later(1_000), later(2_000)];
  const material = { material: true, now: changed };
  await brand.republish("swim_preparation", (terms) => ({ ...terms, systems: [...terms.systems, "新系统"] }), material);
  const again = () => lookUp(code.digits, brand.riverside, brand.mia, agreed);
  await expect(again()).rejects.toMatchObject(refusal("BENEFIT_LOCKED", { reason: "consentStale" }));
  await brand.agree(memberId, "swim_preparation", childId, swimValues, agreed);
  expect((await again()).derived).toHaveLength(3);
});
