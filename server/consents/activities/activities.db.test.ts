import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { activities, activityVersions, impactAssessments, impactDecisions } from "#db/schema/activities.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { jobs } from "#db/schema/jobs.ts";
import { newId, rawSql } from "#db/testing.ts";
import type { StaffActor } from "../../core/context.ts";
import { addDays } from "../../core/time.ts";
import { ADS_SHARING, BABY_RECOMMENDATION, SWIM_PREPARATION } from "../demo.ts";
import { type ConsentBrand, NOW, openConsentBrand } from "../testing.ts";
import { type ActivityTerms, ASSESSMENT_KEPT_DAYS, type AssessmentContent } from "./model.ts";
import { activitiesInForce, activityInForce, detail, list } from "./queries.ts";
import * as service from "./service.ts";
import { standardActivities } from "./standard.ts";

const content: AssessmentContent = {
  lawfulness: "目的明确、方式合理、范围最小。",
  impactAndRisk: "涉及儿童信息，影响有限，风险可控。",
  measures: "加密存储、最小权限、访问留痕。",
  risk: "low",
};
const code = (expected: string) => ({ code: expected });

let brand: ConsentBrand;
let made = 0;
beforeAll(async () => {
  brand = await openConsentBrand();
});

/** A new activity of the brand, drafted by Ann. */
async function drafted(terms: ActivityTerms = SWIM_PREPARATION) {
  made += 1;
  return service.save(brand.by(brand.ann), { code: `activity_${made}`, editing: null, terms });
}
async function assessed(terms?: ActivityTerms) {
  const draft = await drafted(terms);
  const { assessmentId } = await service.submitAssessment(brand.by(brand.ben), { ...draft, content });
  await service.decideAssessment(brand.by(brand.officer), { assessmentId, approve: true, note: "同意" });
  return { ...draft, assessmentId };
}
const to = (state: "active" | "suspended" | "retired", of: string, by: StaffActor = brand.officer) =>
  service.move(brand.by(by), { code: of, to: state, reason: "测试" });
const stateOf = async (of: string) =>
  (await brand.db.select().from(activities).where(eq(activities.code, of)))[0]?.state;
const trailOf = async (subjectId: string) =>
  (await brand.db.select().from(auditEntries).where(eq(auditEntries.subjectId, subjectId))).map(({ action }) => action);

describe("a draft", () => {
  test("is saved and recorded; whoever edits it next has a hand in it too", async () => {
    const draft = await drafted();
    const terms = { ...SWIM_PREPARATION, systems: ["门店系统"] };
    const next = await service.save(brand.by(brand.ben), { code: draft.code, editing: draft.termsHash, terms });
    const shown = await detail(brand.db, draft.code, brand.officer.id);
    expect(shown).toMatchObject({ state: "draft", inForce: null, own: false });
    expect(shown.draft).toMatchObject({ termsHash: next.termsHash, terms, faults: [], reasons: ["minor"] });
    const [row] = await brand.db.select().from(activities).where(eq(activities.code, draft.code));
    expect(row?.editors).toEqual([brand.ann.id, brand.ben.id]);
    expect(await trailOf(draft.code)).toEqual(["activity.draft", "activity.draft"]);
  });

  test("that was changed meanwhile, is unlawful, or is what is in force already, is refused and nothing is stored", async () => {
    const { code: of, termsHash } = await assessed();
    await to("active", of);
    const before = await brand.db.select().from(activities).where(eq(activities.code, of));
    const save = (editing: string | null, terms: ActivityTerms) =>
      service.save(brand.by(brand.ann), { code: of, editing, terms });
    await expect(save(termsHash, BABY_RECOMMENDATION)).rejects.toMatchObject(code("ACTIVITY_CHANGED"));
    await expect(save(null, SWIM_PREPARATION)).rejects.toMatchObject(code("ACTIVITY_UNCHANGED"));
    await expect(save(null, { ...SWIM_PREPARATION, impact: null })).rejects.toMatchObject(code("IMPACT_MISSING"));
    expect(await brand.db.select().from(activities).where(eq(activities.code, of))).toEqual(before);
  });

  test("control 1: marketing on a contract cannot even be drafted", async () => {
    const terms: ActivityTerms = { ...ADS_SHARING, use: "marketing", basis: "contract", basisDetail: "会员服务协议" };
    const refused = service.save(brand.by(brand.ann), { code: "marketing_by_contract", editing: null, terms });
    await expect(refused).rejects.toMatchObject({ code: "BASIS_INVALID", condition: { use: "marketing" } });
    expect(await stateOf("marketing_by_contract")).toBeUndefined();
  });

  test("of what the product itself does cannot be written", async () => {
    for (const { code: of, terms } of standardActivities({ sms: "off" })) {
      const refused = service.save(brand.by(brand.ann), { code: of, editing: null, terms });
      await expect(refused).rejects.toMatchObject(code("ACTIVITY_STATE"));
    }
  });
});

describe("an impact assessment (control 31)", () => {
  test("without an approved one nothing goes live", async () => {
    const { code: of, termsHash } = await drafted();
    await expect(to("active", of)).rejects.toMatchObject(code("ASSESSMENT_REQUIRED"));
    const { assessmentId } = await service.submitAssessment(brand.by(brand.ben), { code: of, termsHash, content });
    await expect(to("active", of)).rejects.toMatchObject(code("ASSESSMENT_REQUIRED"));
    await service.decideAssessment(brand.by(brand.officer), { assessmentId, approve: false, note: "措施不足" });
    await expect(to("active", of)).rejects.toMatchObject(code("ASSESSMENT_REQUIRED"));
    expect(await stateOf(of)).toBe("draft");
    expect(await activityInForce(brand.db, of)).toBeNull();
    expect(await trailOf(assessmentId)).toEqual(["activity.assess", "activity.decide"]);
  });

  test("is decided once, by somebody who wrote neither it nor the terms, and kept for three years", async () => {
    const { code: of, termsHash } = await drafted();
    const { assessmentId } = await service.submitAssessment(brand.by(brand.ben), { code: of, termsHash, content });
    const decide = (by: StaffActor) =>
      service.decideAssessment(brand.by(by), { assessmentId, approve: true, note: "同意" });
    for (const hand of [brand.ann, brand.ben]) {
      await expect(decide(hand)).rejects.toMatchObject(code("SECOND_PERSON_REQUIRED"));
    }
    const [open] = (await detail(brand.db, of, brand.ann.id)).assessments;
    expect(open).toMatchObject({ ofDraft: true, mayDecide: false, decision: null, version: null });
    await decide(brand.officer);
    await expect(decide(brand.officer)).rejects.toMatchObject(code("ASSESSMENT_DECIDED"));
    const [decision] = await brand.db
      .select()
      .from(impactDecisions)
      .where(eq(impactDecisions.assessmentId, assessmentId));
    expect(decision?.keepUntil).toEqual(addDays(NOW, ASSESSMENT_KEPT_DAYS));
    expect(ASSESSMENT_KEPT_DAYS).toBeGreaterThanOrEqual(3 * 365 + 1);
  });

  test("is of exact terms: of others it is refused, and once they are edited it does not carry over", async () => {
    const { code: of, termsHash } = await assessed();
    const stale = service.submitAssessment(brand.by(brand.ben), { code: of, termsHash: "A".repeat(43), content });
    await expect(stale).rejects.toMatchObject(code("ACTIVITY_CHANGED"));
    const { assessmentId } = await service.submitAssessment(brand.by(brand.ben), { code: of, termsHash, content });
    const terms = { ...SWIM_PREPARATION, systems: ["门店系统"] };
    await service.save(brand.by(brand.ann), { code: of, editing: termsHash, terms });
    const late = service.decideAssessment(brand.by(brand.officer), { assessmentId, approve: true, note: "" });
    await expect(late).rejects.toMatchObject(code("ACTIVITY_CHANGED"));
    await expect(to("active", of)).rejects.toMatchObject(code("ASSESSMENT_REQUIRED"));
    expect(await brand.db.$count(impactDecisions, eq(impactDecisions.assessmentId, assessmentId))).toBe(0);
  });

  test("that is declined after one was approved keeps the terms from going live", async () => {
    const { code: of, termsHash } = await assessed();
    const { assessmentId } = await service.submitAssessment(brand.by(brand.ben), { code: of, termsHash, content });
    const later = brand.by(brand.officer, new Date(NOW.getTime() + 1_000));
    await service.decideAssessment(later, { assessmentId, approve: false, note: "发现新的风险" });
    await expect(to("active", of)).rejects.toMatchObject(code("ASSESSMENT_REQUIRED"));
    expect((await detail(brand.db, of, brand.ann.id)).draft?.assessed).toBe(false);
  });

  test("of nothing, or that is not there, is refused", async () => {
    const none = { code: "not_there", termsHash: "A".repeat(43), content };
    await expect(service.submitAssessment(brand.by(brand.ann), none)).rejects.toMatchObject(code("ACTIVITY_NOT_FOUND"));
    const decide = { assessmentId: newId<"impactAssessment">(), approve: true, note: "" };
    await expect(service.decideAssessment(brand.by(brand.ann), decide)).rejects.toMatchObject(
      code("ASSESSMENT_NOT_FOUND"),
    );
  });

  test("cannot be changed or purged, not even behind the product's back", async () => {
    await assessed();
    for (const table of ["impact_assessments", "impact_decisions", "activity_versions"]) {
      await expect(rawSql(brand.db, `DELETE FROM ${table}`)).rejects.toThrow(/append-only/);
    }
    expect(await brand.db.$count(impactAssessments)).toBeGreaterThan(0);
  });
});

describe("an activity", () => {
  test("goes live with the terms that were assessed, and again with the next version", async () => {
    const { code: of, termsHash, assessmentId } = await assessed();
    expect((await detail(brand.db, of, brand.ann.id)).draft?.assessed).toBe(true);
    await to("active", of);
    expect(await activityInForce(brand.db, of)).toMatchObject({
      state: "active",
      version: 1,
      assessed: true,
      terms: SWIM_PREPARATION,
    });
    const [version] = await brand.db.select().from(activityVersions).where(eq(activityVersions.code, of));
    expect(version).toMatchObject({ termsHash, assessmentId, activatedBy: brand.officer.id });
    await expect(to("active", of)).rejects.toMatchObject(code("ACTIVITY_STATE"));

    const terms = { ...SWIM_PREPARATION, systems: ["会员系统", "门店系统"] };
    const next = await service.save(brand.by(brand.ann), { code: of, editing: null, terms });
    const shown = await detail(brand.db, of, brand.officer.id);
    expect(shown.draft).toMatchObject({ material: false, changes: [{ path: "systems", before: "会员系统" }] });
    const again = await service.submitAssessment(brand.by(brand.ann), { ...next, content });
    await service.decideAssessment(brand.by(brand.officer), { ...again, approve: true, note: "同意" });
    await to("active", of);
    expect(await activityInForce(brand.db, of)).toMatchObject({ version: 2, terms });
    expect((await detail(brand.db, of, brand.officer.id)).versions.map(({ version: nr }) => nr)).toEqual([2, 1]);
    expect(await trailOf(of)).toEqual(["activity.draft", "activity.move", "activity.draft", "activity.move"]);
  });

  test("is suspended, goes on, and is retired for good: its consents are then ended by a job", async () => {
    const { code: of } = await assessed();
    await expect(to("suspended", of)).rejects.toMatchObject(code("ACTIVITY_STATE"));
    await to("active", of);
    await to("suspended", of);
    expect(await activityInForce(brand.db, of)).toMatchObject({ state: "suspended", version: 1 });
    await to("active", of);
    expect(await activityInForce(brand.db, of)).toMatchObject({ state: "active", version: 1 });
    await service.save(brand.by(brand.ann), { code: of, editing: null, terms: BABY_RECOMMENDATION });
    await to("retired", of);
    expect(await detail(brand.db, of, brand.ann.id)).toMatchObject({ state: "retired", draft: null });
    const waiting = await brand.db.select().from(jobs).where(eq(jobs.kind, "consents.retire"));
    expect(waiting.map(({ payload }) => payload)).toContainEqual({ purpose: of });
    for (const state of ["active", "suspended", "retired"] as const) {
      await expect(to(state, of)).rejects.toMatchObject({ code: "ACTIVITY_STATE", condition: { state: "retired" } });
    }
    const revived = service.save(brand.by(brand.ann), { code: of, editing: null, terms: BABY_RECOMMENDATION });
    await expect(revived).rejects.toMatchObject(code("ACTIVITY_STATE"));
  });

  test("with a recipient abroad does not go live, assessed or not", async () => {
    const recipients = ADS_SHARING.recipients.map((one) => ({ ...one, country: "SG" }));
    const { code: of } = await assessed({ ...ADS_SHARING, recipients });
    await expect(to("active", of)).rejects.toMatchObject(code("TRANSFER_NOT_REGISTERED"));
    expect(await stateOf(of)).toBe("draft");
    const moves = and(eq(auditEntries.subjectId, of), eq(auditEntries.action, "activity.move"));
    expect(await brand.db.$count(auditEntries, moves)).toBe(0);
  });

  test("that was never heard of is neither moved nor shown", async () => {
    await expect(to("active", "not_there")).rejects.toMatchObject(code("ACTIVITY_NOT_FOUND"));
    await expect(detail(brand.db, "not_there", brand.ann.id)).rejects.toMatchObject(code("ACTIVITY_NOT_FOUND"));
    expect(await activityInForce(brand.db, "not_there")).toBeNull();
  });
});

describe("the records of processing", () => {
  test("hold what the product does for every brand, what is in force and what is being drafted", async () => {
    const rows = await list(brand.db);
    expect(rows.slice(0, 4).map(({ code: of, own }) => [of, own])).toEqual(
      standardActivities({ sms: "off" }).map((standard) => [standard.code, true]),
    );
    expect(rows.find((row) => row.code === "swim_preparation")).toMatchObject({
      state: "active",
      assessed: true,
      drafted: false,
      reasons: ["minor"],
    });
    expect(rows.find((row) => row.code === "ads_sharing")).toMatchObject({
      state: "draft",
      version: 0,
      assessed: false,
      drafted: true,
      reasons: ["provided"],
    });
    const inForce = (await activitiesInForce(brand.db)).map((activity) => activity.code);
    expect(inForce).toEqual(expect.arrayContaining(["account", "swim_preparation"]));
    expect(inForce).not.toContain("ads_sharing");
  });
});
