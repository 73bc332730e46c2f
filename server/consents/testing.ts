import { and, eq } from "drizzle-orm";
import { grants, vaultValues } from "#db/schema/consents.ts";
import { staff } from "#db/schema/staff.ts";
import { freshDatabase, newId, testContext, testStaff } from "#db/testing.ts";
import type { Context, MemberActor, StaffActor } from "../core/context.ts";
import type { MemberId } from "../core/id.ts";
import { addDays } from "../core/time.ts";
import { create } from "../members/service.ts";
import type { Role } from "../staff/model.ts";
import type { ActivityTerms } from "./activities/model.ts";
import { activityInForce } from "./activities/queries.ts";
import * as activities from "./activities/service.ts";
import { seedDemoActivities } from "./demo.ts";
import { addChild } from "./guardianship/service.ts";
import type { GivenValue } from "./ledger/model.ts";
import * as ledger from "./ledger/service.ts";
import type { ChildId, PurposeCode } from "./model.ts";
import { seedDemoNotices } from "./notices/demo.ts";
import { noticeKeyOf } from "./notices/model.ts";
import * as notices from "./notices/service.ts";
import { supersede, sweep } from "./retention/service.ts";

/** The instant at which tests of consents stand. */
export const NOW = new Date("2026-06-15T04:00:00Z");

/** What a guardian gives for a swim. */
export const swimValues: readonly GivenValue[] = [
  { key: "child.birthMonth", value: "2026-02", measuredOn: null },
  { key: "child.weight", value: "7.25", measuredOn: "2026-06-10" },
];

/** A job that nobody takes away. */
export const soloJob = { hold: async () => undefined, signal: new AbortController().signal };

/** A brand of a suite's own with the demo's activities live and its notices public; nobody has joined yet. */
export async function openConsentBrand() {
  const db = await freshDatabase();
  const opening = addDays(NOW, -30);
  const by = (actor: StaffActor, now = NOW): Context<StaffActor> => testContext(db, { actor, now });
  const at = (now: Date) => testContext(db, { actor: { kind: "system" as const, name: "test" }, now });
  const as = (memberId: MemberId, now = NOW): Context<MemberActor> =>
    testContext(db, { actor: { kind: "member", id: memberId, sessionId: newId<"memberSession">() }, now });

  async function employ(role: Role): Promise<StaffActor> {
    const actor = testStaff(role);
    const email = Buffer.from(actor.id);
    await db.transact(async (tx) => {
      await tx.insert(staff).values({
        id: actor.id,
        name: "测试",
        emailSealed: email,
        emailIndex: email,
        state: "active",
        passwordHash: "-",
        createdAt: opening,
      });
    });
    return actor;
  }

  const ann = await employ("operator");
  const ben = await employ("operator");
  const officer = await employ("privacyOfficer");
  await seedDemoActivities(by(ann, opening), by(officer, opening));
  await seedDemoNotices(by(ann, opening), by(ben, opening), by(officer, opening));

  const join = (now = opening) => db.transact((tx) => create(tx, at(now))).then(({ id }) => id);

  /** Shows the notice and agrees to it with these values. */
  async function agree(
    memberId: MemberId,
    purpose: PurposeCode,
    childId: ChildId | null,
    values: readonly GivenValue[] = swimValues,
    now = NOW,
  ): Promise<void> {
    const { servedId } = await ledger.serve(as(memberId, now), { purpose, childId, channel: "portal" }, "zh-CN");
    await ledger.grant(as(memberId, now), { servedId, guardian: childId !== null, values: [...values] });
  }

  return {
    db,
    ann,
    ben,
    officer,
    by,
    at,
    as,
    employ,
    join,
    agree,
    /** A member who is guardian of one child. */
    async family(now = opening): Promise<{ memberId: MemberId; childId: ChildId }> {
      const memberId = await join(now);
      const { childId } = await addChild(as(memberId, now), { relation: "parent", statement: true });
      return { memberId, childId };
    },
    async say(memberId: MemberId, purpose: PurposeCode, childId: ChildId | null, now = NOW): Promise<void> {
      const { servedId } = await ledger.serve(as(memberId, now), { purpose, childId, channel: "portal" }, "zh-CN");
      await ledger.refuse(as(memberId, now), { servedId });
    },
    /** Brings a purpose's next version into force and publishes its notice. */
    async republish(
      purpose: PurposeCode,
      change: (terms: ActivityTerms) => ActivityTerms,
      { material, now = NOW }: { readonly material: boolean; readonly now?: Date },
    ): Promise<void> {
      const before = await activityInForce(db, purpose);
      if (before === null) throw new Error(`no activity ${purpose}`);
      const terms = change(before.terms);
      const { termsHash } = await activities.save(by(ann, now), { code: purpose, editing: null, terms });
      const content = {
        lawfulness: "目的明确、方式合理、范围最小。",
        impactAndRisk: "涉及儿童信息，影响有限，风险可控。",
        measures: "加密存储、最小权限、访问留痕。",
        risk: "low" as const,
      };
      const { assessmentId } = await activities.submitAssessment(by(ann, now), { code: purpose, termsHash, content });
      await activities.decideAssessment(by(officer, now), { assessmentId, approve: true, note: "同意" });
      await activities.move(by(officer, now), { code: purpose, to: "active", reason: "新版本" });
      const key = noticeKeyOf(purpose);
      const { contentHash } = await notices.draft(by(ann, now), { key });
      await notices.review(by(ben, now), { key, contentHash });
      await notices.publish(by(officer, now), { key, contentHash, material, reason: "测试发布" });
    },
    valuesOf: (memberId: MemberId) =>
      db.select({ field: vaultValues.field }).from(vaultValues).where(eq(vaultValues.memberId, memberId)),
    grantOf: async (memberId: MemberId, purpose: PurposeCode) =>
      (
        await db
          .select()
          .from(grants)
          .where(and(eq(grants.memberId, memberId), eq(grants.purpose, purpose)))
      )[0],
    grantsOf: (purpose: PurposeCode) => db.select().from(grants).where(eq(grants.purpose, purpose)),
    sweep: (now: Date) => sweep(at(now), soloJob),
    supersede: (purpose: PurposeCode, now: Date) => supersede(at(now), soloJob, purpose),
  };
}
export type ConsentBrand = Awaited<ReturnType<typeof openConsentBrand>>;
