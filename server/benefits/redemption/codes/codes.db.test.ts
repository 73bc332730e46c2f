import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditEntries } from "#db/schema/audit.ts";
import { redemptions } from "#db/schema/benefits.ts";
import { rawSql } from "#db/testing.ts";
import type { MemberId } from "../../../core/id.ts";
import { addDays } from "../../../core/time.ts";
import * as booking from "../../booking/service.ts";
import { giftTerms } from "../../demo-terms.ts";
import { CODE_MS } from "../../model.ts";
import { type BenefitBrand, HOUR_MS, later, NOW, openBenefitBrand, refusal } from "../../testing.ts";
import { outcomeOf } from "../queries.ts";
import { counterOf } from "../testing.ts";
import { MAX_OPEN_CODES } from "./rules.ts";
import * as codes from "./service.ts";
import { signedText } from "./signed.ts";

let brand: BenefitBrand;
let counter: ReturnType<typeof counterOf>;
beforeAll(async () => {
  brand = await openBenefitBrand();
  counter = counterOf(brand);
});

describe("a code", () => {
  test("is known to the screen alone: the database has a keyed hash", async () => {
    const memberId = await brand.join();
    const { digits, signed, expiresAt } = await counter.gift(memberId);
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
    const code = await counter.gift(memberId);
    const shown = await counter.lookUp(code.digits);
    expect(await counter.lookUp(code.signed)).toEqual(shown);
    expect(shown).toMatchObject({ codeId: code.codeId, usesLeft: 0, booking: null, derived: [] });
    expect(shown.member).toMatch(/^\d{2}\*{6}\d{2}$/);
    const done = await counter.confirm(code);
    expect(done).toMatchObject({ usesLeft: 0, member: shown.member });
    expect(await brand.usedOf(memberId, brand.gift)).toBe(1);
    const [entry] = await brand.db.select().from(auditEntries).where(eq(auditEntries.subjectId, done.redemptionId));
    expect(entry).toMatchObject({ action: "benefit.redeem", memberId, actorId: brand.mia.id });
    await expect(counter.confirm(code)).rejects.toMatchObject(refusal("REDEMPTION_CODE_USED"));
    await expect(counter.lookUp(code.digits)).rejects.toMatchObject(refusal("REDEMPTION_CODE_USED"));
    await expect(counter.lookUp(code.signed, brand.riverside, brand.mia, later(HOUR_MS))).rejects.toMatchObject(
      refusal("REDEMPTION_CODE_USED"),
    );
  });

  test("confirmed by fifty at once is used by exactly one", async () => {
    const memberId = await brand.join();
    const code = await counter.gift(memberId);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        counter.confirm(code).then(
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
    const code = await counter.gift(await brand.join());
    const asked = { codeId: code.codeId, storeId: brand.southLake };
    expect(await outcomeOf(brand.db, brand.mia.id, asked)).toBeNull();
    const done = await counter.confirm(code, brand.southLake);
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
        counter.confirm(code).then(
          () => "confirmed",
          ({ condition }) => condition.reason,
        ),
      ),
    );
    expect(answers.toSorted()).toEqual(["confirmed", "confirmed", "quotaSpent"]);
    expect(await brand.usedOf(memberId, benefitId)).toBe(2);
  });

  test("too old says so, also when it was forgotten meanwhile", async () => {
    const code = await counter.gift(await brand.join());
    const after = later(CODE_MS);
    const expired = refusal("REDEMPTION_CODE_EXPIRED");
    await expect(counter.lookUp(code.digits, brand.riverside, brand.mia, after)).rejects.toMatchObject(expired);
    await expect(counter.confirm(code, brand.riverside, brand.mia, after)).rejects.toMatchObject(expired);
    await brand.db.transact((tx) => codes.sweep(tx, { now: addDays(after, 2) }));
    await expect(counter.lookUp(code.signed, brand.riverside, brand.mia, addDays(after, 2))).rejects.toMatchObject(
      expired,
    );
    await expect(counter.lookUp(code.digits, brand.riverside, brand.mia, addDays(after, 2))).rejects.toMatchObject(
      refusal("REDEMPTION_CODE_UNKNOWN"),
    );
  });

  test("shown anew by its member, or revoked by staff, stops those before at once", async () => {
    const memberId = await brand.join();
    const before = await counter.gift(memberId);
    const fresh = await counter.gift(memberId, NOW, true);
    await expect(counter.lookUp(before.digits)).rejects.toMatchObject(refusal("REDEMPTION_CODE_REVOKED"));
    await counter.lookUp(fresh.digits);
    expect(await codes.revoke(brand.by(brand.ann), { memberId, benefitId: brand.gift })).toEqual({ revoked: 1 });
    await expect(counter.confirm(fresh)).rejects.toMatchObject(refusal("REDEMPTION_CODE_REVOKED"));
    const about = and(eq(auditEntries.memberId, memberId), eq(auditEntries.action, "benefit.revokeCodes"));
    expect(await brand.db.$count(auditEntries, about)).toBe(2);
  });

  test("shown again and again leaves a few open; too often is refused", async () => {
    const memberId = await brand.join();
    const shown = [];
    for (let n = 0; n < 40; n += 1) shown.push(await counter.gift(memberId));
    await expect(counter.gift(memberId)).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
    const open = (await brand.codesOf(memberId)).filter(({ state }) => state === "open").map(({ id }) => id);
    expect(open.toSorted()).toEqual(
      shown
        .slice(-MAX_OPEN_CODES)
        .map(({ codeId }) => codeId)
        .toSorted(),
    );
  });

  test("is not shown without booking, for another's booking, on another day, or when nothing is left", async () => {
    const { memberId, childId, bookingId, show } = await counter.swim();
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
    await counter.confirm(await counter.gift(memberId));
    await expect(counter.gift(memberId)).rejects.toMatchObject(refusal("BENEFIT_LOCKED", { reason: "quotaSpent" }));
  });
});

describe("what is no code", () => {
  test("is unknown, and trying on is stopped while good codes of others still count for nothing", async () => {
    const guesser = await brand.employ("storeStaff");
    const forged = signedText({ keyedHash: () => Buffer.alloc(32) }, { codeId: brand.at(NOW).newId(), expiresAt: NOW });
    await expect(counter.lookUp(forged, brand.riverside, guesser)).rejects.toMatchObject(
      refusal("REDEMPTION_CODE_UNKNOWN"),
    );
    for (let n = 1; n < 10; n += 1) {
      await expect(counter.lookUp("00000000", brand.riverside, guesser)).rejects.toMatchObject(
        refusal("REDEMPTION_CODE_UNKNOWN"),
      );
    }
    const { digits } = await counter.gift(await brand.join());
    await expect(counter.lookUp(digits, brand.riverside, guesser)).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
    const reached = and(eq(auditEntries.actorId, guesser.id), eq(auditEntries.action, "limit.reach"));
    expect(await brand.db.$count(auditEntries, reached)).toBe(1);
    await counter.lookUp(digits);
  });

  test("good codes are not counted", async () => {
    const { digits } = await counter.gift(await brand.join());
    for (let n = 0; n < 15; n += 1) await counter.lookUp(digits, brand.southLake, brand.noa);
    await expect(counter.confirm({ codeId: brand.at(NOW).newId() })).rejects.toMatchObject(
      refusal("REDEMPTION_CODE_UNKNOWN"),
    );
  });
});
