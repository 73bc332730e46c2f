import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditEntries } from "#db/schema/audit.ts";
import type { MemberId } from "../../core/id.ts";
import { addDays } from "../../core/time.ts";
import { giftTerms } from "../demo-terms.ts";
import type { BenefitId } from "../model.ts";
import { publishedOne } from "../publishing/queries.ts";
import * as publishing from "../publishing/service.ts";
import { entitlementsOf, one } from "../queries.ts";
import { type BenefitBrand, NOW, openBenefitBrand, refusal } from "../testing.ts";
import { grantsGiven } from "./queries.ts";
import { give, giveBackUse, revoke, takeUse } from "./service.ts";

let brand: BenefitBrand;
beforeAll(async () => {
  brand = await openBenefitBrand();
});

const JULY = new Date("2026-07-02T04:00:00Z");
const AUGUST = new Date("2026-08-02T04:00:00Z");
const take = async (memberId: MemberId, benefitId: BenefitId, at = NOW) =>
  brand.db.transact(async (tx) =>
    takeUse(tx, await publishedOne(tx, benefitId), { memberId, tier: "registered", at, now: at }),
  );
const leftOf = async (memberId: MemberId, benefitId: BenefitId, at = NOW) =>
  (await one(brand.db, benefitId, memberId, at)).uses;
const grant = (memberId: MemberId, benefitId: BenefitId, over: { uses?: number; endsAt?: Date } = {}) =>
  give(brand.by(brand.ann), { memberId, benefitId, uses: 1, reason: "补偿", endsAt: addDays(NOW, 10), ...over });
const spent = refusal("BENEFIT_LOCKED", { reason: "quotaSpent" });

describe("a quota", () => {
  test("of two is never exceeded by twenty uses at once", async () => {
    const quota = { count: 2, period: "month" as const, rollover: 0 };
    const benefitId = await brand.publish({ ...giftTerms(NOW), quota });
    const memberId = await brand.join(0);
    const taken = await Promise.all(
      Array.from({ length: 20 }, () =>
        take(memberId, benefitId).then(
          () => "taken",
          ({ code }) => code,
        ),
      ),
    );
    expect(taken.filter((answer) => answer === "taken")).toHaveLength(2);
    expect(taken.filter((answer) => answer === "BENEFIT_LOCKED")).toHaveLength(18);
    expect(await brand.usedOf(memberId, benefitId)).toBe(2);
  });

  test("carries one unused month into the next, not two, and not a spent one", async () => {
    const [idle, busy] = [await brand.join(0), await brand.join(0)];
    expect(await leftOf(idle, brand.gift)).toMatchObject({ left: 1 });
    expect(await leftOf(idle, brand.gift, JULY)).toMatchObject({ left: 2, allowance: 2 });
    expect(await leftOf(idle, brand.gift, AUGUST)).toMatchObject({ left: 2 });
    await take(busy, brand.gift);
    expect(await leftOf(busy, brand.gift, JULY)).toMatchObject({ left: 1, allowance: 1 });
    for (const _ of [1, 2]) await take(idle, brand.gift, JULY);
    await expect(take(idle, brand.gift, JULY)).rejects.toMatchObject(spent);
    expect(await leftOf(idle, brand.gift, AUGUST)).toMatchObject({ left: 1 });
  });

  test("carries nothing over from before the member joined", async () => {
    const { memberId } = await brand.family(JULY);
    expect(await leftOf(memberId, brand.gift, JULY)).toMatchObject({ left: 1, allowance: 1 });
  });

  test("that becomes smaller takes nothing back and gives nothing more", async () => {
    const terms = { ...giftTerms(NOW), quota: { count: 3, period: "month" as const, rollover: 0 } };
    const benefitId = await brand.publish(terms);
    const memberId = await brand.join(0);
    for (const _ of [1, 2]) await take(memberId, benefitId);
    const smaller = { ...terms, quota: { ...terms.quota, count: 1 } };
    const draft = await publishing.save(brand.by(brand.ann), { benefitId, editing: null, terms: smaller });
    await publishing.approve(brand.by(brand.officer), draft);
    await publishing.publish(brand.by(brand.ann), draft);
    expect(await leftOf(memberId, benefitId)).toMatchObject({ left: 0, allowance: 1 });
    await expect(take(memberId, benefitId)).rejects.toMatchObject(spent);
  });

  test("gets back what is given back, and no more than was taken", async () => {
    const memberId = await brand.join(0);
    const period = await take(memberId, brand.gift);
    for (const _ of [1, 2]) await brand.db.transact((tx) => giveBackUse(tx, memberId, brand.gift, period));
    expect(await leftOf(memberId, brand.gift)).toMatchObject({ left: 1 });
  });
});

describe("uses given by hand", () => {
  test("open a benefit below its tier, are used after the tier's own and by earliest end, and are recorded", async () => {
    const memberId = await brand.join(0);
    const late = await grant(memberId, brand.gift, { endsAt: addDays(NOW, 20) });
    const early = await grant(memberId, brand.gift);
    expect([
      await take(memberId, brand.gift),
      await take(memberId, brand.gift),
      await take(memberId, brand.gift),
    ]).toEqual(["2026-06", `grant:${early.benefitGrantId}`, `grant:${late.benefitGrantId}`]);
    await expect(take(memberId, brand.gift)).rejects.toMatchObject(spent);
    const given = await grantsGiven(brand.db, brand.gift);
    expect(given.slice(0, 2)).toMatchObject([
      { id: early.benefitGrantId, memberId, uses: 1, reason: "补偿", revokedAt: null },
      { id: late.benefitGrantId, memberId },
    ]);
    const [entry] = await brand.db.select().from(auditEntries).where(eq(auditEntries.subjectId, early.benefitGrantId));
    expect(entry).toMatchObject({ action: "benefit.grant", memberId });

    const shut = await one(brand.db, brand.parentingClass, memberId, NOW);
    expect(shut).toMatchObject({ open: false, people: [{ lock: { reason: "tierTooLow" } }] });
    await grant(memberId, brand.parentingClass);
    expect(await one(brand.db, brand.parentingClass, memberId, NOW)).toMatchObject({ open: true, uses: { left: 1 } });
    expect(await one(brand.db, brand.parentingClass, memberId, addDays(NOW, 10))).toMatchObject({ open: false });
  });

  test("are taken back as far as they are unused, once", async () => {
    const memberId = await brand.join(0);
    const { benefitGrantId } = await grant(memberId, brand.gift, { uses: 2 });
    for (const _ of [1, 2]) await take(memberId, brand.gift);
    await revoke(brand.by(brand.ann), { benefitGrantId, reason: "发放有误" });
    await expect(take(memberId, brand.gift)).rejects.toMatchObject(spent);
    const again = revoke(brand.by(brand.ann), { benefitGrantId, reason: "发放有误" });
    await expect(again).rejects.toMatchObject(refusal("BENEFIT_GRANT_OVER"));
    expect((await entitlementsOf(brand.db, memberId, NOW)).grants).toMatchObject([
      { id: benefitGrantId, uses: 2, used: 1, reason: "补偿", revokedAt: NOW, revokeReason: "发放有误" },
    ]);
  });

  test("that are used up are not taken back; those that are not there are not found", async () => {
    const memberId = await brand.join(0);
    const { benefitGrantId } = await grant(memberId, brand.gift);
    for (const _ of [1, 2]) await take(memberId, brand.gift);
    const back = (id: typeof benefitGrantId) => revoke(brand.by(brand.ann), { benefitGrantId: id, reason: "发放有误" });
    await expect(back(benefitGrantId)).rejects.toMatchObject(refusal("BENEFIT_GRANT_OVER"));
    await expect(back(brand.at(NOW).newId())).rejects.toMatchObject(refusal("BENEFIT_GRANT_NOT_FOUND"));
  });

  test("are refused to nobody, for nothing, in the past, or of a retired benefit", async () => {
    const memberId = await brand.join(0);
    const { newId } = brand.at(NOW);
    const retired = await brand.publish(giftTerms(NOW));
    await publishing.retire(brand.by(brand.ann), { benefitId: retired, reason: "季节结束" });
    await expect(grant(newId(), brand.gift)).rejects.toMatchObject(refusal("MEMBER_NOT_FOUND"));
    await expect(grant(memberId, newId())).rejects.toMatchObject(refusal("BENEFIT_NOT_FOUND"));
    await expect(grant(memberId, brand.gift, { endsAt: NOW })).rejects.toMatchObject(refusal("BENEFIT_GRANT_END_PAST"));
    await expect(grant(memberId, retired)).rejects.toMatchObject(refusal("BENEFIT_RETIRED"));
    expect((await entitlementsOf(brand.db, memberId, NOW)).grants).toEqual([]);
  });
});
