import { hash } from "node:crypto";
import { and, desc, eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { activities } from "#db/schema/activities.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { jobs } from "#db/schema/jobs.ts";
import { noticeDrafts, noticeVersions } from "#db/schema/notices.ts";
import { newId, rawSql } from "#db/testing.ts";
import { canonicalText } from "../../audit/rules.ts";
import type { StaffActor } from "../../core/context.ts";
import type { ActivityTerms } from "../activities/model.ts";
import { activityInForce } from "../activities/queries.ts";
import * as activity from "../activities/service.ts";
import { type ConsentBrand, NOW, openConsentBrand } from "../testing.ts";
import { draftNextDemoNotice } from "./demo.ts";
import type { NoticeContent, NoticeKey } from "./model.ts";
import { noticeKeyOf } from "./model.ts";
import { currentNotice, currentNotices, detail, list, noticeVersion, publicNotice } from "./queries.ts";
import { hashedNotice } from "./rules.ts";
import * as notices from "./service.ts";

const handler = { brand: "Evenhand", operator: "一视（测试）有限公司", privacyContact: "privacy@example.com" };
const both = (chinese: string, english: string) => ({ "zh-CN": chinese, en: english });
const weight = { key: "child.weight", necessity: both("决定泳圈", "Decides the ring"), mandatory: true };
const swim: ActivityTerms = {
  name: both("游泳准备", "Swim preparation"),
  purpose: both("按月龄准备水温。", "To prepare the water for the child's age."),
  use: "service",
  subject: "child",
  basis: "consent",
  basisDetail: null,
  consentKind: "guardian",
  fields: [{ key: "child.birthMonth", necessity: both("决定水温", "Decides the water"), mandatory: true }],
  method: both("加密保存，服务当天读取", "Stored encrypted, read on the day"),
  retention: { trigger: "lastUse", days: 30 },
  storagePlace: both("中国境内", "Within China"),
  impact: both("泄露可能影响孩子的安全", "A leak could touch the child's safety"),
  refusal: both("只是不能预约游泳", "Only swims cannot be booked"),
  recipients: [],
  automatedDecision: false,
  systems: ["会员系统"],
};
const later = new Date(NOW.getTime() + 60_000);

let brand: ConsentBrand;
let purposes = 0;
/** An active purpose of this test's own, and its notice. */
let purpose: string;
let key: NoticeKey;

beforeAll(async () => {
  brand = await openConsentBrand();
});
beforeEach(async () => {
  purposes += 1;
  purpose = `swim_${purposes}`;
  key = noticeKeyOf(purpose);
  await bring(swim);
});

/** Brings terms into force as the next version of this test's purpose. */
async function bring(terms: ActivityTerms): Promise<void> {
  const { ann, officer, by } = brand;
  const { termsHash } = await activity.save(by(ann), { code: purpose, editing: null, terms });
  const words = "目的明确、方式合理、范围最小，风险可控。";
  const { assessmentId } = await activity.submitAssessment(by(ann), {
    code: purpose,
    termsHash,
    content: { lawfulness: words, impactAndRisk: words, measures: words, risk: "low" },
  });
  await activity.decideAssessment(by(officer), { assessmentId, approve: true, note: "同意" });
  await activity.move(by(officer), { code: purpose, to: "active", reason: "测试启用" });
}

const draft = (who: StaffActor = brand.ann) => notices.draft(brand.by(who), { key }, handler);
async function reviewed(content?: (before: NoticeContent) => NoticeContent): Promise<string> {
  let { contentHash } = await draft();
  if (content !== undefined) {
    const written = content(await contentNow());
    ({ contentHash } = await notices.save(brand.by(brand.ann), { key, editing: contentHash, content: written }));
  }
  await notices.review(brand.by(brand.ben), { key, contentHash });
  return contentHash;
}
const publish = (contentHash: string, { material = true, now = NOW } = {}) =>
  notices.publish(brand.by(brand.officer, now), { key, contentHash, material, reason: "测试：首次发布" });
const draftRow = async () => (await brand.db.select().from(noticeDrafts).where(eq(noticeDrafts.key, key)))[0];
async function contentNow(): Promise<NoticeContent> {
  const row = await draftRow();
  if (row === undefined) throw new Error("no draft");
  return row.content;
}
const without = (element: string) => (content: NoticeContent) => ({
  ...content,
  sections: content.sections.filter((section) => section.element !== element),
});
const retitled = (content: NoticeContent) => ({ ...content, title: both("新的标题", "A new title") });
const trail = (action: "notice.draft" | "notice.review" | "notice.publish") =>
  brand.db
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.action, action), eq(auditEntries.subjectId, key)))
    .orderBy(desc(auditEntries.id));
const freshSince = async () => (await activityInForce(brand.db, purpose))?.freshSince ?? null;
const supersedes = async () =>
  (await brand.db.select().from(jobs).where(eq(jobs.kind, "consents.supersede"))).filter(
    ({ payload }) => JSON.stringify(payload) === JSON.stringify({ purpose }),
  );

describe("draft", () => {
  test("is written from the activity as it is, and recorded", async () => {
    const { contentHash } = await draft();
    expect(await draftRow()).toMatchObject({
      kind: "enhanced",
      contentHash,
      editors: [brand.ann.id],
      reviewedBy: null,
    });
    expect(JSON.stringify(await contentNow())).toContain(handler.operator);
    expect(await trail("notice.draft")).toMatchObject([{ actorId: brand.ann.id, detail: { contentHash } }]);
    expect((await detail(brand.db, key, brand.ann.id)).draft).toMatchObject({ gaps: [], outdated: false, own: true });
  });

  test("is renewed in place: who had a hand in it stays known, and a review falls away", async () => {
    await reviewed();
    await draft(brand.officer);
    expect(await draftRow()).toMatchObject({
      editors: [brand.ann.id, brand.officer.id],
      savedBy: brand.officer.id,
      reviewedBy: null,
      reviewedAt: null,
    });
  });

  test("is refused for what is not active: a purpose unknown, suspended, or not on consent", async () => {
    await activity.move(brand.by(brand.officer), { code: purpose, to: "suspended", reason: "测试暂停" });
    for (const one of [key, noticeKeyOf("nobody_knows"), noticeKeyOf("account")]) {
      await expect(notices.draft(brand.by(brand.ann), { key: one }, handler)).rejects.toMatchObject({
        code: "PURPOSE_NOT_ACTIVE",
        condition: { purpose: one.replace("enhanced:", "") },
      });
    }
    expect(await draftRow()).toBeUndefined();
  });
});

describe("save", () => {
  test("keeps the words and who wrote them", async () => {
    const { contentHash } = await draft();
    const saved = await notices.save(brand.by(brand.ben), {
      key,
      editing: contentHash,
      content: retitled(await contentNow()),
    });
    expect(await draftRow()).toMatchObject({
      content: { title: both("新的标题", "A new title") },
      contentHash: saved.contentHash,
      editors: [brand.ann.id, brand.ben.id],
    });
    expect(await trail("notice.draft")).toHaveLength(2);
  });

  test("is refused without a draft, and over words that changed meanwhile", async () => {
    const { contentHash } = await draft();
    const content = await contentNow();
    const save = (over: Partial<Parameters<typeof notices.save>[1]>) =>
      notices.save(brand.by(brand.ben), { key, editing: contentHash, content: retitled(content), ...over });
    await expect(save({ key: noticeKeyOf("nobody_knows") })).rejects.toMatchObject({ code: "NOTICE_DRAFT_NOT_FOUND" });
    await expect(save({ editing: "A".repeat(43) })).rejects.toMatchObject({ code: "NOTICE_CHANGED" });
    expect(await contentNow()).toEqual(content);
  });
});

describe("review", () => {
  test("is a second person's, and recorded", async () => {
    const contentHash = await reviewed();
    expect(await draftRow()).toMatchObject({ reviewedBy: brand.ben.id, reviewedAt: NOW });
    expect(await trail("notice.review")).toMatchObject([{ actorId: brand.ben.id, detail: { contentHash } }]);
  });

  test("is refused to whoever had a hand in it, however early", async () => {
    const { contentHash } = await draft();
    const saved = await notices.save(brand.by(brand.ben), {
      key,
      editing: contentHash,
      content: retitled(await contentNow()),
    });
    for (const editor of [brand.ann, brand.ben]) {
      await expect(notices.review(brand.by(editor), { key, contentHash: saved.contentHash })).rejects.toMatchObject({
        code: "NOTICE_OWN_REVIEW",
      });
    }
    expect(await draftRow()).toMatchObject({ reviewedBy: null });
  });

  test("is of exactly what was read: not of other words, not of an activity that changed since", async () => {
    const { contentHash } = await draft();
    const review = (of: string) => notices.review(brand.by(brand.ben), { key, contentHash: of });
    await expect(review("A".repeat(43))).rejects.toMatchObject({ code: "NOTICE_CHANGED" });
    await bring({ ...swim, method: both("改为三天内读取", "Read within three days") });
    await expect(review(contentHash)).rejects.toMatchObject({ code: "NOTICE_CHANGED" });
    expect((await detail(brand.db, key, brand.ben.id)).draft).toMatchObject({ outdated: true, reviewedAt: null });
  });
});

describe("publish", () => {
  test("freezes the words and the purposes under a hash that recomputes (invariant 6)", async () => {
    await draft();
    const content = await contentNow();
    const published = await publish(await reviewed());
    const current = await currentNotice(brand.db, key);
    if (current === null) throw new Error("not published");
    expect(current).toMatchObject({ key, kind: "enhanced", version: 1, content, publishedAt: NOW });
    expect(current.purposes).toEqual([{ code: purpose, version: 1, terms: swim }]);
    expect(hash("sha256", canonicalText(hashedNotice(current)), "hex")).toBe(published.hash);
    expect(current.hash).toBe(published.hash);
    expect(await noticeVersion(brand.db, current.id)).toEqual(current);
    expect(await draftRow()).toBeUndefined();
    expect(await trail("notice.publish")).toMatchObject([
      { detail: { version: 1, hash: published.hash, material: true, reasonLength: 7 } },
    ]);
  });

  test("of the first version makes nothing stale", async () => {
    await publish(await reviewed(), { material: false });
    const [version] = (await detail(brand.db, key, brand.ann.id)).versions;
    expect(version).toMatchObject({ material: true, materialReason: "测试：首次发布", changes: [] });
    expect(await freshSince()).toBeNull();
    expect(await supersedes()).toEqual([]);
  });

  test("is refused without a review, and without a draft", async () => {
    const { contentHash } = await draft();
    await expect(publish(contentHash)).rejects.toMatchObject({ code: "NOTICE_NOT_REVIEWED" });
    await publish(await reviewed());
    await expect(publish(contentHash)).rejects.toMatchObject({ code: "NOTICE_DRAFT_NOT_FOUND" });
    expect((await currentNotice(brand.db, key))?.version).toBe(1);
  });

  test("of a sensitive notice without impact text is blocked, and the missing item named (control 6)", async () => {
    await expect(publish(await reviewed(without("impact")))).rejects.toMatchObject({
      code: "NOTICE_INCOMPLETE",
      condition: { element: "impact", locale: "zh-CN" },
    });
    expect(await currentNotice(brand.db, key)).toBeNull();
    const untold = (content: NoticeContent) => ({
      ...content,
      sections: content.sections.map((section) =>
        section.element === "fields" ? { ...section, body: { ...section.body, en: "Some information." } } : section,
      ),
    });
    await expect(publish(await reviewed(untold))).rejects.toMatchObject({
      condition: { element: "fields", locale: "en" },
    });
  });

  test("is refused for words that changed, for a purpose that is not active any more, for what is in force already", async () => {
    const contentHash = await reviewed();
    await expect(publish("A".repeat(43))).rejects.toMatchObject({ code: "NOTICE_CHANGED" });
    await activity.move(brand.by(brand.officer), { code: purpose, to: "suspended", reason: "测试暂停" });
    await expect(publish(contentHash)).rejects.toMatchObject({ code: "PURPOSE_NOT_ACTIVE", condition: { purpose } });
    await activity.move(brand.by(brand.officer), { code: purpose, to: "active", reason: "测试恢复" });
    await publish(contentHash);
    await expect(publish(await reviewed())).rejects.toMatchObject({ code: "NOTICE_UNCHANGED" });
    expect((await currentNotice(brand.db, key))?.version).toBe(1);
  });

  test("of a new field cannot be called immaterial; called material it makes earlier consents stale (promise 10)", async () => {
    await publish(await reviewed());
    await bring({ ...swim, fields: [...swim.fields, weight] });
    const contentHash = await reviewed();
    await expect(publish(contentHash, { material: false, now: later })).rejects.toMatchObject({
      code: "NOTICE_MATERIAL",
    });
    expect(await freshSince()).toBeNull();
    await publish(contentHash, { now: later });
    expect(await freshSince()).toEqual(new Date(later.getTime() + 1));
    expect(await supersedes()).toMatchObject([{ payload: { purpose }, state: "waiting" }]);
    const { versions } = await detail(brand.db, key, brand.ann.id);
    expect(versions[0]?.changes).toContainEqual({
      path: "purposes.".concat(purpose, ".fields.child.weight"),
      before: null,
      after: "mandatory",
    });
  });

  test("of other words alone is as material as the decision says (golden 14)", async () => {
    await publish(await reviewed());
    await publish(await reviewed(retitled), { material: false, now: later });
    expect(await freshSince()).toBeNull();
    expect(await supersedes()).toEqual([]);
    await publish(await reviewed(), { material: true, now: later });
    expect(await freshSince()).toEqual(new Date(later.getTime() + 1));
    expect(await supersedes()).toHaveLength(1);
    const [third, second] = (await detail(brand.db, key, brand.ann.id)).versions;
    expect([third?.material, second?.material]).toEqual([true, false]);
  });

  test("of the children's rules asks nobody twice for terms that the purpose's own notice has asked for", async () => {
    const republish = async (of: NoticeKey, now: Date) => {
      const { contentHash } = await notices.draft(brand.by(brand.ann), { key: of }, handler);
      await notices.review(brand.by(brand.ben), { key: of, contentHash });
      await notices.publish(brand.by(brand.officer, now), { key: of, contentHash, material: true, reason: "测试发布" });
    };
    await republish(key, NOW);
    await republish("child", NOW);
    await bring({ ...swim, fields: [...swim.fields, weight] });
    await republish(key, later);
    await republish("child", new Date(later.getTime() + 60_000));
    expect(await freshSince()).toEqual(new Date(later.getTime() + 1));
    expect(await supersedes()).toHaveLength(1);
  });

  test("what was published never changes, nor goes", async () => {
    const { hash: versionHash } = await publish(await reviewed());
    for (const sql of [
      `UPDATE notice_versions SET hash = 'other' WHERE hash = '${versionHash}'`,
      `DELETE FROM notice_versions WHERE hash = '${versionHash}'`,
    ]) {
      await expect(rawSql(brand.db, sql)).rejects.toThrow();
    }
    expect((await currentNotice(brand.db, key))?.hash).toBe(versionHash);
  });
});

describe("what is read", () => {
  test("the desk lists each notice there can be, with gaps, review and what the activities left behind", async () => {
    const row = async () => (await list(brand.db)).find((one) => one.key === key);
    expect(await row()).toMatchObject({
      kind: "enhanced",
      purpose: swim.name,
      draftable: true,
      current: null,
      draft: null,
    });
    await reviewed(without("impact"));
    expect(await row()).toMatchObject({ draft: { gaps: 2, reviewed: true } });
    await publish(await reviewed());
    expect(await row()).toMatchObject({ current: { version: 1 }, behind: false, draft: null });
    await bring({ ...swim, method: both("改为三天内读取", "Read within three days") });
    expect(await row()).toMatchObject({ behind: true });
    expect((await list(brand.db)).map((one) => one.key).slice(0, 2)).toEqual(["general", "child"]);
  });

  test("anybody reads the version in force and every one before it, with what it changed", async () => {
    await expect(publicNotice(brand.db, key)).rejects.toMatchObject({ code: "NOTICE_NOT_FOUND" });
    await publish(await reviewed());
    await publish(await reviewed(retitled), { material: false, now: later });
    const newest = await publicNotice(brand.db, key);
    expect(newest.notice).toMatchObject({ version: 2, content: { title: both("新的标题", "A new title") } });
    expect(newest.versions.map(({ version, material }) => [version, material])).toEqual([
      [2, false],
      [1, true],
    ]);
    expect(newest.changes.map(({ path }) => path)).toEqual(["title.zh-CN", "title.en"]);
    expect(await publicNotice(brand.db, key, 1)).toMatchObject({ notice: { version: 1 }, changes: [] });
    await expect(publicNotice(brand.db, key, 3)).rejects.toMatchObject({ code: "NOTICE_NOT_FOUND", status: "missing" });
    const all = await currentNotices(brand.db);
    expect(all.filter((one) => one.key === key)).toMatchObject([{ version: 2 }]);
    expect(all.slice(0, 2).map((one) => one.key)).toEqual(["general", "child"]);
  });

  test("a notice that cannot be is not found", async () => {
    await expect(detail(brand.db, noticeKeyOf("nobody_knows"), brand.ann.id)).rejects.toMatchObject({
      code: "NOTICE_NOT_FOUND",
    });
    expect(await noticeVersion(brand.db, newId<"noticeVersion">())).toBeNull();
  });

  test("the demo's notices tell of the activities in force, word for word complete", async () => {
    const all = await list(brand.db);
    const ofDemo = ["general", "enhanced:swim_preparation", "enhanced:baby_recommendation"];
    expect(all.filter(({ key: one }) => ofDemo.includes(one))).toHaveLength(ofDemo.length);
    for (const row of all.filter(({ key: one }) => ofDemo.includes(one))) {
      expect(row).toMatchObject({ current: { version: 1 }, behind: false });
    }
    await draftNextDemoNotice(brand.by(brand.ann));
    const { draft: next } = await detail(brand.db, "general", brand.ben.id);
    expect(next).toMatchObject({ gaps: [], own: false, mustBeMaterial: false });
    expect(next?.changes.map(({ path }) => path)).toEqual(["sections.contact.body.zh-CN", "sections.contact.body.en"]);
    expect((await brand.db.select().from(activities)).length).toBeGreaterThan(2);
    expect(await brand.db.$count(noticeVersions)).toBeGreaterThan(3);
  });
});
