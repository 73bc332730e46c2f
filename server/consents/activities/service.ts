import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { activities, activityVersions, impactAssessments, impactDecisions } from "#db/schema/activities.ts";
import * as audit from "../../audit/service.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import { demand, Refusal } from "../../core/refusal.ts";
import { termsHash as hashOf } from "../../core/terms-hash.ts";
import { addDays } from "../../core/time.ts";
import { enqueue } from "../../jobs/outbox.ts";
import { fieldDefinitions } from "../fields/queries.ts";
import type { PurposeCode } from "../model.ts";
import {
  type ActivityTerms,
  ASSESSMENT_KEPT_DAYS,
  type AssessmentId,
  type DecideAssessment,
  type MoveActivity,
  type SaveActivity,
  type SubmitAssessment,
} from "./model.ts";
import { activityInForce, approvedAssessment } from "./queries.ts";
import { checkTerms, mayActivate, mayDecide, mayMove } from "./rules.ts";
import { isStandard } from "./standard.ts";

/**
 * Saves the next version of an activity, or a new one. An assessment of other terms does not carry over. Refuses:
 * ACTIVITY_CHANGED, ACTIVITY_UNCHANGED, ACTIVITY_STATE for a retired one or one of the product's own, and what `checkTerms` refuses.
 */
export async function save(
  ctx: Context<StaffActor>,
  { code, editing, terms }: SaveActivity,
): Promise<{ code: PurposeCode; termsHash: string }> {
  const draftHash = hashOf(terms);
  if (isStandard(code)) throw new Refusal("ACTIVITY_STATE", { state: "active" });
  return ctx.db.transact(async (tx) => {
    demand(checkTerms(terms, await fieldDefinitions(tx)));
    const [known] = await tx.select().from(activities).where(eq(activities.code, code));
    if ((known?.draftHash ?? null) !== editing) throw new Refusal("ACTIVITY_CHANGED");
    if (known?.state === "retired") throw new Refusal("ACTIVITY_STATE", { state: known.state });
    const inForce = known === undefined ? null : await versionOf(tx, code, known.version);
    if (inForce?.termsHash === draftHash) throw new Refusal("ACTIVITY_UNCHANGED");
    const editors = [...new Set([...(known?.draft == null ? [] : known.editors), ctx.actor.id])];
    const saved = { draft: terms, draftHash, editors, savedAt: ctx.now };
    await tx
      .insert(activities)
      .values({ code, state: "draft", version: 0, ...saved })
      .onConflictDoUpdate({ target: activities.code, set: saved });
    await audit.record(tx, ctx, {
      action: "activity.draft",
      subject: { kind: "activity", id: code },
      detail: { termsHash: draftHash },
    });
    return { code, termsHash: draftHash };
  });
}

/**
 * Hands in an impact assessment of exactly the draft on screen, or of what the product itself does as it does it now.
 * Refuses: ACTIVITY_NOT_FOUND, ACTIVITY_CHANGED.
 */
export async function submitAssessment(
  ctx: Context<StaffActor>,
  { code, termsHash: of, content }: SubmitAssessment,
): Promise<{ assessmentId: AssessmentId }> {
  return ctx.db.transact(async (tx) => {
    const assessed = await assessable(tx, code);
    if (assessed.termsHash !== of) throw new Refusal("ACTIVITY_CHANGED");
    if (isStandard(code)) await keepName(tx, ctx, code);
    const assessmentId = ctx.newId<"impactAssessment">();
    await tx.insert(impactAssessments).values({
      id: assessmentId,
      code,
      termsHash: of,
      content,
      submittedBy: ctx.actor.id,
      submittedAt: ctx.now,
    });
    await audit.record(tx, ctx, {
      action: "activity.assess",
      subject: { kind: "impactAssessment", id: assessmentId },
      detail: { activity: code, termsHash: of, risk: content.risk },
    });
    return { assessmentId };
  });
}

/**
 * Decides on an assessment; whoever wrote it or the terms does not. Kept for three years from now (PIPL Art. 56).
 * Refuses: ASSESSMENT_NOT_FOUND, SECOND_PERSON_REQUIRED, ASSESSMENT_DECIDED, ACTIVITY_CHANGED when the terms are no longer
 * those that were assessed.
 */
export async function decideAssessment(
  ctx: Context<StaffActor>,
  { assessmentId, approve, note }: DecideAssessment,
): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const [assessment] = await tx.select().from(impactAssessments).where(eq(impactAssessments.id, assessmentId));
    if (assessment === undefined) throw new Refusal("ASSESSMENT_NOT_FOUND", {}, "missing");
    const { editors, termsHash } = await assessable(tx, assessment.code);
    demand(mayDecide([assessment.submittedBy, ...editors], ctx.actor.id));
    const decided = await tx
      .insert(impactDecisions)
      .values({
        assessmentId,
        approved: approve,
        note,
        submittedBy: assessment.submittedBy,
        decidedBy: ctx.actor.id,
        decidedAt: ctx.now,
        keepUntil: addDays(ctx.now, ASSESSMENT_KEPT_DAYS),
      })
      .onConflictDoNothing()
      .returning({ assessmentId: impactDecisions.assessmentId });
    if (decided.length === 0) throw new Refusal("ASSESSMENT_DECIDED");
    if (termsHash !== assessment.termsHash) throw new Refusal("ACTIVITY_CHANGED");
    await audit.record(tx, ctx, {
      action: "activity.decide",
      subject: { kind: "impactAssessment", id: assessmentId },
      detail: { activity: assessment.code, approve },
    });
  });
}

/**
 * Moves an activity: live with its draft as the next version, suspended, live again, or retired for good, which ends
 * every consent to it. Refuses: ACTIVITY_NOT_FOUND, ACTIVITY_STATE, and what `mayActivate` refuses.
 */
export async function move(ctx: Context<StaffActor>, { code, to, reason }: MoveActivity): Promise<void> {
  await ctx.db.transact(async (tx) => {
    if (isStandard(code)) throw new Refusal("ACTIVITY_STATE", { state: "active" });
    const activity = await activityOf(tx, code);
    demand(mayMove(activity.state, to, activity.draft !== null));
    const version = to === "active" && activity.draft !== null ? await activate(tx, ctx, activity) : activity.version;
    const isDraftOver = version !== activity.version || to === "retired";
    const withoutDraft = isDraftOver ? { draft: null, draftHash: null, editors: [] } : {};
    await tx
      .update(activities)
      .set({ state: to, version, ...withoutDraft })
      .where(eq(activities.code, code));
    if (to === "retired") await enqueue(tx, ctx, { kind: "consents.retire", payload: { purpose: code } });
    await audit.record(tx, ctx, {
      action: "activity.move",
      subject: { kind: "activity", id: code },
      detail: { from: activity.state, to, version, reason },
    });
  });
}

type Activity = typeof activities.$inferSelect;

async function activate(tx: Tx, ctx: Context<StaffActor>, activity: Activity): Promise<number> {
  const { code, draft, draftHash } = activity;
  if (draft === null || draftHash === null) throw new Refusal("ACTIVITY_STATE", { state: activity.state });
  const assessmentId = await approvedAssessment(tx, code, draftHash);
  demand(mayActivate(draft, await fieldDefinitions(tx), assessmentId !== null));
  const version = activity.version + 1;
  await tx.insert(activityVersions).values({
    code,
    version,
    terms: draft satisfies ActivityTerms,
    termsHash: draftHash,
    assessmentId,
    activatedBy: ctx.actor.id,
    activatedAt: ctx.now,
  });
  return version;
}

/** What an assessment is of, and who had a hand in it: a draft, or what the product itself does, which no staff wrote. */
async function assessable(
  tx: Tx,
  code: PurposeCode,
): Promise<Pick<Activity, "editors"> & { termsHash: string | null }> {
  const own = isStandard(code) ? await activityInForce(tx, code) : null;
  if (own !== null) return { editors: [], termsHash: hashOf(own.terms) };
  const { editors, draftHash } = await activityOf(tx, code);
  return { editors, termsHash: draftHash };
}

/** What the product itself does has no row of its own until an assessment refers to it; its terms stay the product's. */
async function keepName(tx: Tx, ctx: Context, code: PurposeCode): Promise<void> {
  const row = { code, state: "active", version: 0, editors: [], savedAt: ctx.now } as const;
  await tx.insert(activities).values(row).onConflictDoNothing();
}

async function activityOf(tx: Tx, code: PurposeCode): Promise<Activity> {
  const [activity] = await tx.select().from(activities).where(eq(activities.code, code));
  if (activity === undefined) throw new Refusal("ACTIVITY_NOT_FOUND", {}, "missing");
  return activity;
}

async function versionOf(tx: Tx, code: PurposeCode, version: number) {
  const [row] = await tx
    .select({ termsHash: activityVersions.termsHash })
    .from(activityVersions)
    .where(and(eq(activityVersions.code, code), eq(activityVersions.version, version)));
  return row ?? null;
}
