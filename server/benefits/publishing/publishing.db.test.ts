import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditEntries } from "#db/schema/audit.ts";
import { benefits } from "#db/schema/benefits.ts";
import { rawSql } from "#db/testing.ts";
import { giftTerms, swimTerms } from "../demo-terms.ts";
import { type BenefitId, BenefitTerms } from "../model.ts";
import * as stores from "../stores/service.ts";
import { type BenefitBrand, NOW, openBenefitBrand, refusal } from "../testing.ts";
import { check, detail, list } from "./queries.ts";
import * as publishing from "./service.ts";

let brand: BenefitBrand;
beforeAll(async () => {
  brand = await openBenefitBrand();
});

const gift = giftTerms(NOW);
const swim = swimTerms(NOW);
const weekly: BenefitTerms = { ...gift, quota: { count: 1, period: "week", rollover: 0 } };
const save = (terms: BenefitTerms, benefitId: BenefitId | null = null, editing: string | null = null) =>
  publishing.save(brand.by(brand.ann), { benefitId, editing, terms });
const actionsOf = async (benefitId: BenefitId) =>
  (
    await brand.db.select().from(auditEntries).where(eq(auditEntries.subjectId, benefitId)).orderBy(auditEntries.id)
  ).map(({ action }) => action);

describe("a benefit", () => {
  test("is published by two people, as it was approved, and what was published stays", async () => {
    const draft = await save(gift);
    await expect(publishing.publish(brand.by(brand.ann), draft)).rejects.toMatchObject(refusal("BENEFIT_NOT_APPROVED"));
    await expect(publishing.approve(brand.by(brand.ann), draft)).rejects.toMatchObject(
      refusal("BENEFIT_SELF_APPROVAL"),
    );
    await publishing.approve(brand.by(brand.officer), draft);
    await expect(publishing.approve(brand.by(brand.ben), draft)).rejects.toMatchObject(refusal("ALREADY_APPROVED"));
    const changed = await publishing.save(brand.by(brand.ben), {
      benefitId: draft.benefitId,
      editing: draft.termsHash,
      terms: weekly,
    });
    await expect(publishing.publish(brand.by(brand.ann), draft)).rejects.toMatchObject(refusal("BENEFIT_CHANGED"));
    await expect(publishing.publish(brand.by(brand.ann), changed)).rejects.toMatchObject(
      refusal("BENEFIT_NOT_APPROVED"),
    );
    for (const editor of [brand.ann, brand.ben]) {
      await expect(publishing.approve(brand.by(editor), changed)).rejects.toMatchObject(
        refusal("BENEFIT_SELF_APPROVAL"),
      );
    }
    await publishing.approve(brand.by(brand.officer), changed);
    expect(await publishing.publish(brand.by(brand.ann), changed)).toEqual({ version: 1 });
    expect(await detail(brand.db, draft.benefitId, NOW)).toMatchObject({
      state: "live",
      draft: null,
      versions: [{ version: 1, terms: weekly, draftedBy: "测试", approvedBy: "测试", publishedBy: "测试" }],
    });
    expect(await actionsOf(draft.benefitId)).toEqual([
      "benefit.draft",
      "benefit.approve",
      "benefit.draft",
      "benefit.approve",
      "benefit.publish",
    ]);
    await expect(rawSql(brand.db, "UPDATE benefit_versions SET version = 9")).rejects.toThrow();
  });

  test("gets a next version; the same terms again are nothing to save", async () => {
    const benefitId = await brand.publish(gift);
    await expect(save(gift, benefitId)).rejects.toMatchObject(refusal("BENEFIT_UNCHANGED"));
    const draft = await save(weekly, benefitId);
    await expect(save(weekly, benefitId, "x".repeat(43))).rejects.toMatchObject(refusal("BENEFIT_CHANGED"));
    await publishing.approve(brand.by(brand.officer), draft);
    await publishing.publish(brand.by(brand.ann), draft);
    expect(await detail(brand.db, benefitId, NOW)).toMatchObject({ current: { version: 2, terms: weekly } });
  });

  test("that is retired is neither drafted, approved nor published again", async () => {
    const benefitId = await brand.publish(gift);
    const draft = await save(weekly, benefitId);
    await publishing.retire(brand.by(brand.ann), { benefitId, reason: "季节结束" });
    const gone = refusal("BENEFIT_RETIRED");
    await expect(publishing.retire(brand.by(brand.ann), { benefitId, reason: "季节结束" })).rejects.toMatchObject(gone);
    await expect(save(gift, benefitId)).rejects.toMatchObject(gone);
    await expect(publishing.approve(brand.by(brand.officer), draft)).rejects.toMatchObject(gone);
    await expect(publishing.publish(brand.by(brand.ann), draft)).rejects.toMatchObject(gone);
    expect((await list(brand.db, NOW)).find(({ id }) => id === benefitId)?.state).toBe("retired");
  });

  test("that is not there is refused as such", async () => {
    const unknown = brand.at(NOW).newId<"benefit">();
    const missing = refusal("BENEFIT_NOT_FOUND");
    await expect(save(gift, unknown)).rejects.toMatchObject(missing);
    await expect(detail(brand.db, unknown, NOW)).rejects.toMatchObject(missing);
    await expect(
      publishing.retire(brand.by(brand.ann), { benefitId: unknown, reason: "季节结束" }),
    ).rejects.toMatchObject(missing);
  });
});

describe("terms that ask for too much", () => {
  const kept = () => brand.db.$count(benefits);
  test("are refused whatever is wrong with them, and nothing is kept", async () => {
    const before = await kept();
    const bad: readonly [string, BenefitTerms][] = [
      ["POINTS_FOR_PERSONAL_DATA", { ...swim, gives: { kind: "points", points: 100 } }],
      ["BENEFIT_PURPOSE_MISSING", { ...swim, purpose: "nothing_known" }],
      ["BENEFIT_MANDATORY_UNFOUNDED", { ...swim, needs: swim.needs.map((need) => ({ ...need, mandatory: true })) }],
      ["BENEFIT_TIER_UNKNOWN", { ...swim, tiers: ["platinum"] }],
      ["STORE_NOT_FOUND", { ...gift, stores: [brand.at(NOW).newId<"store">()] }],
    ];
    for (const [code, terms] of bad) await expect(save(BenefitTerms.parse(terms))).rejects.toMatchObject({ code });
    expect(await kept()).toBe(before);
  });

  test("are warned of before they are saved", async () => {
    const points = { ...swim, gives: { kind: "points" as const, points: 100 } };
    expect(await check(brand.db, points, NOW)).toEqual({
      refusal: { code: "POINTS_FOR_PERSONAL_DATA", condition: {} },
      warnings: ["pointsPromised", "optionalField"],
    });
    expect(await check(brand.db, swim, NOW)).toEqual({ refusal: null, warnings: ["optionalField"] });
  });

  test("are refused when they come to be published after their purpose was suspended", async () => {
    const draft = await save({ ...swim, quota: { ...swim.quota, count: 3 } });
    await publishing.approve(brand.by(brand.officer), draft);
    const { move } = await import("../../consents/activities/service.ts");
    const suspend = { code: "swim_preparation", reason: "测试暂停" };
    await move(brand.by(brand.officer), { ...suspend, to: "suspended" });
    await expect(publishing.publish(brand.by(brand.ann), draft)).rejects.toMatchObject(
      refusal("BENEFIT_PURPOSE_MISSING"),
    );
    await move(brand.by(brand.officer), { ...suspend, to: "active" });
  });
});

describe("a store", () => {
  test("is added, changed, and staffed", async () => {
    const name = { "zh-CN": "北山店", en: "North Hill store" };
    const { storeId } = await stores.save(brand.by(brand.ann), { storeId: null, name, address: name, open: true });
    await stores.save(brand.by(brand.ann), { storeId, name, address: name, open: false });
    await stores.assign(brand.by(brand.ann), { storeId, staffId: brand.ola.id, works: true });
    await stores.assign(brand.by(brand.ann), { storeId, staffId: brand.ola.id, works: true });
    await stores.assign(brand.by(brand.ann), { storeId, staffId: brand.ola.id, works: false });
    const entries = await brand.db.select().from(auditEntries).where(eq(auditEntries.subjectId, storeId));
    expect(entries.map(({ action }) => action).sort()).toEqual([
      "store.assign",
      "store.assign",
      "store.assign",
      "store.save",
      "store.save",
    ]);
  });

  test("that is not there is refused, as is somebody who is not there", async () => {
    const { newId } = brand.at(NOW);
    const name = { "zh-CN": "无", en: "None" };
    const open = { storeId: newId<"store">(), name, address: name, open: true };
    await expect(stores.save(brand.by(brand.ann), open)).rejects.toMatchObject(refusal("STORE_NOT_FOUND"));
    const assign = { staffId: brand.mia.id, works: true };
    await expect(stores.assign(brand.by(brand.ann), { ...assign, storeId: open.storeId })).rejects.toMatchObject(
      refusal("STORE_NOT_FOUND"),
    );
    await expect(
      stores.assign(brand.by(brand.ann), { storeId: brand.riverside, staffId: newId<"staff">(), works: true }),
    ).rejects.toMatchObject(refusal("STAFF_NOT_FOUND"));
  });
});
