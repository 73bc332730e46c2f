/** The golden fixture: twelve cases of law, by their numbers. 11 and 12 stand with the receipts and the ledger's verifier. */
import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditEntries } from "#db/schema/audit.ts";
import { bookings, redemptions } from "#db/schema/benefits.ts";
import { disposals } from "#db/schema/consents.ts";
import { rawSql } from "#db/testing.ts";
import type { ActivityTerms } from "../consents/activities/model.ts";
import * as activities from "../consents/activities/service.ts";
import { SWIM_PREPARATION } from "../consents/demo.ts";
import * as fields from "../consents/fields/service.ts";
import { count, disclosable } from "../consents/gateway/outside/service.ts";
import { read } from "../consents/gateway/service.ts";
import { cases, childrenOf } from "../consents/guardianship/queries.ts";
import * as guardianship from "../consents/guardianship/service.ts";
import { consentStanding, mine } from "../consents/ledger/queries.ts";
import { mayPrompt } from "../consents/ledger/rules.ts";
import * as ledger from "../consents/ledger/service.ts";
import type { ChildId } from "../consents/model.ts";
import { noticeKeyOf } from "../consents/notices/model.ts";
import * as notices from "../consents/notices/service.ts";
import { swimValues } from "../consents/testing.ts";
import type { MemberId } from "../core/id.ts";
import { addDays } from "../core/time.ts";
import { seedDemoOffers } from "../offers/demo.ts";
import { price } from "../offers/service.ts";
import { ownOrders } from "../orders/claims/queries.ts";
import * as claims from "../orders/claims/service.ts";
import { ChosenSettings } from "../orders/importing/model.ts";
import { importFile } from "../orders/importing/service.ts";
import { pointsLinesOf, pointsOf } from "../points/queries.ts";
import { memberLines, standingOf } from "../tiers/queries.ts";
import * as booking from "./booking/service.ts";
import type { BookingId } from "./model.ts";
import * as queries from "./queries.ts";
import * as codes from "./redemption/codes/service.ts";
import * as redemption from "./redemption/service.ts";
import { later, NOW, openBenefitBrand } from "./testing.ts";

const SWIM = "swim_preparation";
const RECOMMENDATION = "baby_recommendation";

let brand: Awaited<ReturnType<typeof openBenefitBrand>>;
beforeAll(async () => {
  brand = await openBenefitBrand();
  await seedDemoOffers(brand.by(brand.ann, addDays(NOW, -60)), brand.by(brand.ben, addDays(NOW, -60)));
});

const swimOf = async (memberId: MemberId, now = NOW) =>
  (await queries.mine(brand.db, memberId, now)).find(({ id }) => id === brand.swim);

test("1: a member with a phone alone earns, redeems, orders and is refunded; swimming says what is missing and why", async () => {
  const memberId = await brand.join();
  const before = await standingOf(brand.db, memberId, NOW);
  expect(before?.tier).toBe("silver");
  const code = await codes.show(brand.as(memberId), {
    benefitId: brand.gift,
    bookingId: null,
    childId: null,
    reissue: false,
  });
  const used = await redemption.confirm(brand.by(brand.mia), { codeId: code.codeId, storeId: brand.riverside });
  expect(used.usesLeft).toBe(0);
  expect(await price(brand.as(memberId), cart)).toMatchObject({ decisionId: expect.any(String) });
  const swim = await swimOf(memberId);
  expect(swim?.needs.map(({ field, mandatory }) => [field, mandatory])).toEqual([
    ["child.birthMonth", true],
    ["child.weight", true],
    ["child.sex", false],
  ]);
  for (const { necessity } of swim?.needs ?? []) expect(necessity["zh-CN"].length).toBeGreaterThan(4);
});

test("2: swimming agreed to and recommendations refused: it can be booked, and nothing about the child is recommended from or asked again", async () => {
  const { memberId, childId } = await brand.swimmers();
  await brand.say(memberId, RECOMMENDATION, childId);
  await bookNext(memberId, childId);
  const recommend = read(brand.at(NOW), {
    subject: { memberId, childId },
    purpose: RECOMMENDATION,
    fields: ["child.birthMonth"],
  });
  await expect(recommend).rejects.toMatchObject({ code: "SEPARATE_CONSENT_REQUIRED" });
  const { consents } = await mine(brand.as(memberId, addDays(NOW, 3)));
  expect(consents.filter(({ standing }) => mayPrompt(standing))).toEqual([]);
});

test("3: swimming withdrawn after a visit: the visit stays, the values are erased, the next booking is refused, proof remains", async () => {
  const { memberId, childId } = await brand.swimmers();
  const bookingId = await bookNext(memberId, childId);
  await visit(memberId, childId, bookingId);
  await ledger.withdraw(brand.as(memberId), { purpose: SWIM, childId }, "zh-CN");
  expect(await brand.valuesOf(memberId)).toEqual([]);
  const [stays] = await brand.db.select().from(bookings).where(eq(bookings.id, bookingId));
  expect(stays?.state).toBe("redeemed");
  expect(await brand.db.select().from(redemptions).where(eq(redemptions.memberId, memberId))).toHaveLength(1);
  await expect(bookNext(memberId, childId)).rejects.toMatchObject({ code: "BENEFIT_LOCKED" });
  const [certified] = await brand.db.select().from(disposals).where(eq(disposals.memberId, memberId));
  expect(certified).toMatchObject({ erased: 2, remaining: 0, trigger: "withdraw" });
});

test("5: a second guardian disputes: the relation is disputed, every read is stopped, a case is open", async () => {
  const { memberId, childId } = await brand.swimmers();
  const [child] = await childrenOf(brand.db, memberId);
  const other = await brand.join();
  const disputing = { reason: "notGuardian", code: child?.code ?? "" } as const;
  await guardianship.dispute(brand.as(other), disputing);
  expect((await childrenOf(brand.db, memberId))[0]?.relation?.state).toBe("disputed");
  const weight = { subject: { memberId, childId }, purpose: SWIM, fields: ["child.weight"] };
  await expect(read(brand.at(NOW), weight)).rejects.toMatchObject({ code: "GUARDIANSHIP_DISPUTED" });
  const open = (await cases(brand.db, "open", undefined, 20)).cases.find(({ guardianId }) => guardianId === memberId);
  expect(open).toMatchObject({ reason: "notGuardian", byMember: other });
  await expect(bookNext(memberId, childId)).rejects.toMatchObject({ code: "BENEFIT_LOCKED" });

  if (open === undefined) throw new Error("no case");
  await guardianship.decideCase(brand.by(brand.officer), { caseId: open.id, uphold: false, note: "已核实出生证明" });
  expect(await brand.valuesOf(memberId)).toEqual([]);
  expect((await consentStanding(brand.db, { memberId, childId }, SWIM, NOW)).state).toBe("invalidated");
});

test("6: whoever serves sees bands derived for today's booking and never the values; tomorrow's stays closed", async () => {
  const { memberId, childId } = await brand.swimmers();
  const today = await bookNext(memberId, childId);
  const shown = await codes.show(brand.as(memberId), {
    benefitId: brand.swim,
    bookingId: today,
    childId,
    reissue: false,
  });
  const presented = await redemption.lookUp(brand.by(brand.mia), { code: shown.digits, storeId: brand.riverside });
  const seen = JSON.stringify(presented);
  expect(presented.derived.map(({ key }) => key)).toEqual(["ringSize", "poolSize", "ageBand"]);
  for (const value of ["7.25", "2026-02"]) expect(seen).not.toContain(value);
  expect(presented.member).toMatch(/\*{4,}/);
  const directly = read(brand.by(brand.mia), {
    subject: { memberId, childId },
    purpose: SWIM,
    fields: ["child.weight"],
  });
  await expect(directly).rejects.toMatchObject({ code: "ROLE_MAY_NOT_READ" });
});

describe("7: headquarters abroad", () => {
  test("asks for a child's weight and is stopped at the border, on the record", async () => {
    const { memberId, childId } = await brand.swimmers();
    const request = {
      subject: { memberId, childId },
      purpose: SWIM,
      fields: ["child.weight"],
      destination: "SG",
    };
    await expect(read(brand.at(NOW), request)).rejects.toMatchObject({
      code: "TRANSFER_REFUSED",
      condition: { country: "SG" },
    });
    const entries = await brand.db.select().from(auditEntries).where(eq(auditEntries.memberId, memberId));
    expect(entries.find(({ outcome }) => outcome === "refused")?.detail).toMatchObject({ code: "TRANSFER_REFUSED" });
  });

  test("is told no number of people below the floor, and an exact one above it", async () => {
    const few = await openBenefitBrand();
    for (let n = 0; n < 19; n += 1) await few.swimmers(0);
    const asked = { purpose: SWIM, field: "child.weight" };
    expect(await count(few.by(few.officer), asked)).toEqual({ people: null });
    await few.swimmers(0);
    expect(await count(few.by(few.officer), asked)).toEqual({ people: 20 });
  });
});

test("8: an order with an OAID is taken in and becomes nobody's until a member claims it", async () => {
  const number = "5414549813667000801";
  const oaid = "OAID-7d1f0a2b9c3e4f58a6b7c8d9e0f1a2b3";
  const file = [
    "订单编号,买家会员名,买家应付货款,买家实际支付金额,订单状态,收货人姓名,联系手机,OAID,订单创建时间,订单付款时间,宝贝标题,退款金额,确认收货时间",
    `${number},t**,320.00,320.00,交易成功,林**,138****0001,${oaid},2026-05-20 10:00:00,2026-05-20 10:01:00,婴儿洗护套装,0.00,2026-05-25 10:00:00`,
  ].join("\r\n");
  const memberId = await brand.join(0);
  await importFile(brand.at(NOW), () => NOW, {
    file: { bytes: Buffer.from(file) },
    fileName: "orders.csv",
    chosen: ChosenSettings.parse({}),
    dryRun: false,
    source: "cli",
  });
  const [order] = await rawSql(brand.db, "SELECT * FROM orders");
  expect(order?.member_id ?? null).toBeNull();
  expect(JSON.stringify(order)).not.toContain(oaid);
  const fact = { kind: "amount", yuan: "320.00" } as const;
  expect(await claims.submit(brand.as(memberId), { orderNumber: number, fact }, "a")).toMatchObject({
    outcome: "granted",
  });
  expect((await ownOrders(brand.as(memberId), memberId, undefined, 5)).orders).toHaveLength(1);
});

describe("9: an audience for advertising", () => {
  test("holds those alone who agreed to this recipient, hashed or not, and never a child's purpose", async () => {
    await provideTo("示例广告有限公司");
    const everybody = [await brand.join(), await brand.join(), await brand.join()];
    const [agrees, withdraws] = everybody;
    if (agrees === undefined || withdraws === undefined) throw new Error("three members joined");
    for (const memberId of [agrees, withdraws]) await brand.agree(memberId, "campaign_exclusion", null, []);
    await ledger.withdraw(brand.as(withdraws), { purpose: "campaign_exclusion", childId: null }, "zh-CN");
    const request = { purpose: "campaign_exclusion", recipient: "示例广告有限公司", memberIds: everybody };
    const audience = await disclosable(brand.by(brand.officer), request);
    expect(audience).toEqual([agrees]);
    const hashed = audience.map((id) => createHash("sha256").update(id).digest("hex"));
    expect(hashed).toHaveLength(1);
    const another = disclosable(brand.by(brand.officer), { ...request, recipient: "另一家广告公司" });
    await expect(another).rejects.toMatchObject({ code: "RECIPIENT_NOT_CONSENTED" });
    const ofChildren = disclosable(brand.by(brand.officer), { ...request, purpose: SWIM });
    await expect(ofChildren).rejects.toMatchObject({ code: "ROLE_MAY_NOT_READ" });
  });
});

test("10: two silver members, one who gave everything and one who refused everything, are quoted the same", async () => {
  const gives = await brand.swimmers();
  await brand.agree(gives.memberId, RECOMMENDATION, gives.childId, swimValues.slice(0, 1));
  const refuses = await brand.family();
  await brand.earn(refuses.memberId, 1_200);
  for (const purpose of [SWIM, RECOMMENDATION]) await brand.say(refuses.memberId, purpose, refuses.childId);
  const [one, other] = await Promise.all(
    [gives.memberId, refuses.memberId].map(async (memberId) => {
      const { decisionId: _, ...quoted } = await price(brand.as(memberId), cart);
      const standing = await standingOf(brand.db, memberId, NOW);
      const lines = await memberLines(brand.db, memberId);
      const earned = await pointsLinesOf(brand.db, memberId);
      const points = {
        own: await pointsOf(brand.db, memberId, NOW),
        lines: earned.map(({ kind, points: by, availableAt, expiresAt }) => ({ kind, by, availableAt, expiresAt })),
      };
      const others = (await queries.mine(brand.db, memberId, NOW)).filter(({ id }) => id !== brand.swim);
      return { quoted, standing, growth: lines.map(({ growth, reason }) => ({ growth, reason })), points, others };
    }),
  );
  expect(one?.quoted).toEqual(other?.quoted);
  expect({ ...one?.standing, steps: [] }).toEqual({ ...other?.standing, steps: [] });
  expect(one?.growth).toEqual(other?.growth);
  expect(one?.points).toEqual(other?.points);
  expect(one?.points.own?.balance.available).toBe(1_200);
  expect(one?.others).toEqual(other?.others);
});

// The last, since the purpose is another one from then on.
test("4: the notice adds a field: booking pauses until the guardian agrees anew; tier, growth and prices stay", async () => {
  const { memberId, childId } = await brand.swimmers();
  const before = { tier: await standingOf(brand.db, memberId, NOW), price: await price(brand.as(memberId), cart) };
  const nextDay = addDays(NOW, 1);
  await fields.add(brand.by(brand.officer), {
    key: "child.healthNote",
    subject: "child",
    class: "minor",
    name: { "zh-CN": "健康提示", en: "Health note" },
    format: { kind: "text", maxLength: 60 },
  });
  const healthNote = {
    key: "child.healthNote",
    necessity: { "zh-CN": "下水前知道是否有不适。", en: "To know of anything that speaks against swimming." },
    mandatory: false,
  };
  await brand.republish(SWIM, (terms) => ({ ...terms, fields: [...terms.fields, healthNote] }), {
    material: true,
    now: nextDay,
  });
  const after = new Date(nextDay.getTime() + 1_000);
  const paused = await consentStanding(brand.db, { memberId, childId }, SWIM, after);
  expect(paused.state).toBe("stale");
  const weight = { subject: { memberId, childId }, purpose: SWIM, fields: ["child.weight"] };
  await expect(read(brand.at(after), weight)).rejects.toMatchObject({ code: "CONSENT_STALE" });
  const slotId = await brand.slot({ startsAt: addDays(later(30_000), 2) });
  await expect(booking.book(brand.as(memberId, after), { slotId, childId })).rejects.toMatchObject({
    code: "BENEFIT_LOCKED",
    condition: { reason: "consentStale" },
  });
  expect((await standingOf(brand.db, memberId, NOW))?.tier).toBe(before.tier?.tier);
  expect((await price(brand.as(memberId), cart)).totalFen).toBe(before.price.totalFen);
  await brand.supersede(SWIM, after);
  const prompts = (await mine(brand.as(memberId, after))).consents.filter(({ standing }) => mayPrompt(standing));
  expect(prompts).toHaveLength(1);
  await brand.agree(memberId, SWIM, childId, swimValues, after);
  expect((await read(brand.at(after), weight)).get("child.weight")?.value).toBe("7.25");
});

const cart = {
  channel: "web" as const,
  lines: [{ sku: "DP-M-76", category: "diapers", quantity: 2, listPriceFen: 13_900 }],
};

let minutes = 0;

/** A place in a slot of its own, later today. */
async function bookNext(memberId: MemberId, childId: ChildId): Promise<BookingId> {
  minutes += 1;
  const slotId = await brand.slot({ startsAt: later(minutes * 60_000) });
  return (await booking.book(brand.as(memberId), { slotId, childId })).bookingId;
}

async function visit(memberId: MemberId, childId: ChildId, bookingId: BookingId): Promise<void> {
  const asked = { benefitId: brand.swim, bookingId, childId, reissue: false };
  const { codeId } = await codes.show(brand.as(memberId), asked);
  await redemption.confirm(brand.by(brand.mia), { codeId, storeId: brand.riverside });
}

/** A purpose that provides what it names to one recipient, assessed, live and told of. */
async function provideTo(recipient: string): Promise<void> {
  const { ann, ben, officer } = brand;
  const both = (chinese: string, english: string) => ({ "zh-CN": chinese, en: english });
  const terms: ActivityTerms = {
    ...SWIM_PREPARATION,
    name: both("向广告平台提供", "Provision to an advertising platform"),
    purpose: both("在广告平台上少打扰老会员。", "To spare members advertisements for what they have."),
    use: "provision",
    subject: "member",
    consentKind: "separate",
    fields: [],
    impact: null,
    retention: { trigger: "withdrawal", days: 0 },
    recipients: [
      {
        name: recipient,
        contact: "privacy@ads.example",
        relation: "provision",
        purpose: both("投放排除", "Exclusion from campaigns"),
        method: both("哈希后的会员编号", "Hashed member ids"),
        country: "CN",
      },
    ],
  };
  const code = "campaign_exclusion";
  const content = {
    lawfulness: "取得单独同意，仅向一家接收方提供。",
    impactAndRisk: "可能被识别为会员，影响有限，可随时撤回。",
    measures: "仅提供哈希，合同约束，留存提供记录。",
    risk: "medium",
  } as const;
  const { termsHash } = await activities.save(brand.by(ann), { code, editing: null, terms });
  const { assessmentId } = await activities.submitAssessment(brand.by(ann), { code, termsHash, content });
  await activities.decideAssessment(brand.by(officer), { assessmentId, approve: true, note: "同意" });
  await activities.move(brand.by(officer), { code, to: "active", reason: "启用" });
  const key = noticeKeyOf(code);
  const { contentHash } = await notices.draft(brand.by(ann), { key });
  await notices.review(brand.by(ben), { key, contentHash });
  await notices.publish(brand.by(officer), { key, contentHash, material: true, reason: "首次发布" });
}
