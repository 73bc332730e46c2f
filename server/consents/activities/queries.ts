import { and, asc, desc, eq } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { activities, activityVersions, impactAssessments, impactDecisions } from "#db/schema/consents.ts";
import { staff } from "#db/schema/staff.ts";
import { Refusal } from "../../core/refusal.ts";
import { fieldDefinitions } from "../fields/queries.ts";
import type { PurposeCode } from "../model.ts";
import type { ActivityState, ActivityTerms } from "./model.ts";
import { assessmentReasons, checkTerms } from "./rules.ts";
import { standardActivities } from "./standard.ts";

/** A processing activity as it is carried out: the version in force. */
export type ActivityInForce = {
  readonly code: PurposeCode;
  readonly state: ActivityState;
  readonly version: number;
  readonly terms: ActivityTerms;
  /** Whether it needs no impact assessment, or this very version has an approved one. */
  readonly assessed: boolean;
  /** Consents older than this were given under a notice that has changed materially since. */
  readonly freshSince: Date | null;
};

/** The version in force of one activity; null when it never went live. */
export async function activityInForce(reader: Reader, code: PurposeCode): Promise<ActivityInForce | null> {
  const standard = standing.find((activity) => activity.code === code);
  if (standard !== undefined) return standard;
  const [row] = await versionsInForce(reader, eq(activities.code, code));
  return row === undefined ? null : assessedOrNot(reader, row);
}

/** Every activity that ever went live, with its state, the product's own first. A handful: read whole. */
export async function activitiesInForce(reader: Reader): Promise<ActivityInForce[]> {
  const rows = await versionsInForce(reader);
  return [...standing, ...(await Promise.all(rows.map((row) => assessedOrNot(reader, row))))];
}

/** What the product does for every brand. */
const standing: readonly ActivityInForce[] = standardActivities.map((standard) => ({
  ...standard,
  state: "active",
  version: 1,
  assessed: true,
  freshSince: null,
}));

function versionsInForce(reader: Reader, only?: ReturnType<typeof eq>) {
  return reader
    .select({
      code: activities.code,
      state: activities.state,
      version: activityVersions.version,
      terms: activityVersions.terms,
      freshSince: activities.freshSince,
      assessmentId: activityVersions.assessmentId,
      approved: impactDecisions.approved,
    })
    .from(activities)
    .innerJoin(
      activityVersions,
      and(eq(activityVersions.code, activities.code), eq(activityVersions.version, activities.version)),
    )
    .leftJoin(impactDecisions, eq(impactDecisions.assessmentId, activityVersions.assessmentId))
    .where(only)
    .orderBy(asc(activities.code));
}

async function assessedOrNot(
  reader: Reader,
  { assessmentId, approved, ...row }: Awaited<ReturnType<typeof versionsInForce>>[number],
): Promise<ActivityInForce> {
  const assessed =
    assessmentId === null
      ? assessmentReasons(row.terms, await fieldDefinitions(reader)).length === 0
      : approved === true;
  return { ...row, assessed };
}

/** The records of processing as the desk lists them: the product's own, those that went live, those in the making. */
export async function list(reader: Reader) {
  const definitions = await fieldDefinitions(reader);
  const inForce = new Map((await activitiesInForce(reader)).map((activity) => [activity.code, activity]));
  const rows = await reader.select().from(activities).orderBy(asc(activities.code));
  const standard = standing.map(({ code, state, version, terms }) => ({ code, state, version, terms, own: true }));
  const brands = rows.flatMap(({ code, state, version, draft }) => {
    const terms = inForce.get(code)?.terms ?? draft;
    return terms === null ? [] : [{ code, state, version, terms, own: false }];
  });
  return [...standard, ...brands].map((activity) => ({
    ...activity,
    /** True when a next version is in the making. */
    drafted: rows.some(({ code, draft }) => code === activity.code && draft !== null),
    assessed: inForce.get(activity.code)?.assessed ?? false,
    reasons: assessmentReasons(activity.terms, definitions),
  }));
}

/** One activity: what is in force, what is in the making and whether it may go live, every version and assessment. */
export async function detail(reader: Reader, code: PurposeCode) {
  const inForce = await activityInForce(reader, code);
  const [row] = await reader.select().from(activities).where(eq(activities.code, code));
  if (row === undefined && inForce === null) throw new Refusal("ACTIVITY_NOT_FOUND", {}, "missing");
  const definitions = await fieldDefinitions(reader);
  const assessments = await reader
    .select({
      id: impactAssessments.id,
      termsHash: impactAssessments.termsHash,
      content: impactAssessments.content,
      submittedBy: impactAssessments.submittedBy,
      submitterName: staff.name,
      submittedAt: impactAssessments.submittedAt,
      approved: impactDecisions.approved,
      note: impactDecisions.note,
      decidedAt: impactDecisions.decidedAt,
      keepUntil: impactDecisions.keepUntil,
    })
    .from(impactAssessments)
    .innerJoin(staff, eq(staff.id, impactAssessments.submittedBy))
    .leftJoin(impactDecisions, eq(impactDecisions.assessmentId, impactAssessments.id))
    .where(eq(impactAssessments.code, code))
    .orderBy(desc(impactAssessments.id));
  const versions = await reader
    .select({
      version: activityVersions.version,
      terms: activityVersions.terms,
      activatedAt: activityVersions.activatedAt,
      activatorName: staff.name,
    })
    .from(activityVersions)
    .innerJoin(staff, eq(staff.id, activityVersions.activatedBy))
    .where(eq(activityVersions.code, code))
    .orderBy(desc(activityVersions.version));
  const { draft = null, draftHash = null, editors = [], savedAt = null } = row ?? {};
  return {
    code,
    state: row?.state ?? "active",
    /** Carried out by the product itself: read only. */
    own: row === undefined,
    inForce,
    draft:
      draft === null || draftHash === null
        ? null
        : {
            terms: draft,
            termsHash: draftHash,
            editors,
            savedAt,
            verdict: checkTerms(draft, definitions),
            reasons: assessmentReasons(draft, definitions),
            assessed: assessments.some(({ termsHash, approved }) => termsHash === draftHash && approved === true),
          },
    versions,
    assessments,
  };
}

/** What an editor is told while terms are being written: whether they are lawful, and why they need an assessment. */
export async function check(reader: Reader, terms: ActivityTerms) {
  const definitions = await fieldDefinitions(reader);
  return { verdict: checkTerms(terms, definitions), reasons: assessmentReasons(terms, definitions) };
}
