import { and, asc, desc, eq, inArray } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { activities, activityVersions, impactAssessments, impactDecisions } from "#db/schema/activities.ts";
import { staff } from "#db/schema/staff.ts";
import { processConfig } from "../../config.ts";
import type { StaffId } from "../../core/id.ts";
import { Refusal } from "../../core/refusal.ts";
import { termsHash } from "../../core/terms-hash.ts";
import { fieldDefinitions } from "../fields/queries.ts";
import type { PurposeCode } from "../model.ts";
import { isMaterial, termsDiff } from "./changes/rules.ts";
import type { ActivityState, ActivityTerms, AssessmentId } from "./model.ts";
import { assessmentReasons, faults, mayDecide } from "./rules.ts";
import { isStandard, standardActivities } from "./standard.ts";

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
  const standard = ofProduct().find((activity) => activity.code === code);
  if (standard !== undefined) return standing(reader, standard);
  const [row] = await versionsInForce(reader, eq(activities.code, code));
  return row === undefined ? null : assessedOrNot(reader, row);
}

/** Every activity that ever went live, with its state, the product's own first. A handful: read whole. */
export async function activitiesInForce(reader: Reader): Promise<ActivityInForce[]> {
  const rows = await versionsInForce(reader);
  const own = await Promise.all(ofProduct().map((standard) => standing(reader, standard)));
  return [...own, ...(await Promise.all(rows.map((row) => assessedOrNot(reader, row))))];
}

type Standard = ReturnType<typeof standardActivities>[number];

/** What the product does for every brand, as this process is set. */
function ofProduct(): readonly Standard[] {
  return standardActivities({ sms: processConfig().sms.gateway });
}

/** Carried out from the first day. Whether it is assessed is asked of exactly these terms, as of a brand's own. */
async function standing(reader: Reader, { code, terms }: Standard): Promise<ActivityInForce> {
  const isNeeded = assessmentReasons(terms, new Map()).length > 0;
  const assessed = !isNeeded || (await approvedAssessment(reader, code, termsHash(terms))) !== null;
  return { code, terms, state: "active", version: 1, assessed, freshSince: null };
}

/** The assessment of these terms that was decided on last, if it was approved. */
export async function approvedAssessment(reader: Reader, code: PurposeCode, of: string): Promise<AssessmentId | null> {
  const [latest] = await reader
    .select({ id: impactAssessments.id, approved: impactDecisions.approved })
    .from(impactAssessments)
    .innerJoin(impactDecisions, eq(impactDecisions.assessmentId, impactAssessments.id))
    .where(and(eq(impactAssessments.code, code), eq(impactAssessments.termsHash, of)))
    .orderBy(desc(impactDecisions.decidedAt), desc(impactAssessments.id))
    .limit(1);
  return latest?.approved ? latest.id : null;
}

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
  const inForce = await activitiesInForce(reader);
  const rows = await reader.select().from(activities).orderBy(asc(activities.code));
  const own = inForce
    .filter(({ code }) => isStandard(code))
    .map((activity) => ({ ...activity, own: true, drafted: false }));
  const brands = rows.flatMap(({ code, state, version, draft }) => {
    const live = inForce.find((activity) => activity.code === code);
    const terms = live?.terms ?? draft;
    const more = { own: false, drafted: draft !== null, assessed: live?.assessed ?? false };
    return terms === null || isStandard(code) ? [] : [{ code, state, version, terms, ...more }];
  });
  return [...own, ...brands].map((activity) => ({
    ...activity,
    reasons: assessmentReasons(activity.terms, definitions),
  }));
}

/**
 * One activity: what is in force, what is in the making and what is wrong with it, every version and assessment. Refuses:
 * ACTIVITY_NOT_FOUND.
 */
export async function detail(reader: Reader, code: PurposeCode, staffId: StaffId) {
  const inForce = await activityInForce(reader, code);
  const [row] = await reader.select().from(activities).where(eq(activities.code, code));
  if (row === undefined && inForce === null) throw new Refusal("ACTIVITY_NOT_FOUND", {}, "missing");
  const definitions = await fieldDefinitions(reader);
  const versions = await reader
    .select()
    .from(activityVersions)
    .where(eq(activityVersions.code, code))
    .orderBy(desc(activityVersions.version));
  const assessments = await reader
    .select({ assessment: impactAssessments, decision: impactDecisions })
    .from(impactAssessments)
    .leftJoin(impactDecisions, eq(impactDecisions.assessmentId, impactAssessments.id))
    .where(eq(impactAssessments.code, code))
    .orderBy(desc(impactAssessments.id));
  const names = await namesOf(reader, [
    ...(row?.editors ?? []),
    ...versions.map(({ activatedBy }) => activatedBy),
    ...assessments.flatMap(({ assessment, decision }) => [assessment.submittedBy, decision?.decidedBy]),
  ]);
  const nameOf = (id: StaffId) => names.get(id) ?? null;
  const { draft = null, draftHash = null, editors = [] } = row ?? {};
  const reasons = draft === null ? [] : assessmentReasons(draft, definitions);
  const own = isStandard(code) ? inForce : null;
  /** The terms that an assessment handed in now is of. */
  const assessable = own === null ? draftHash : termsHash(own.terms);
  return {
    code,
    state: row?.state ?? "active",
    /** Carried out by the product itself: its terms are read only. */
    own: own !== null,
    /** What an assessment of the product's own is due for; null when none is. */
    due:
      own === null || own.assessed
        ? null
        : { termsHash: termsHash(own.terms), reasons: assessmentReasons(own.terms, definitions) },
    definitions,
    inForce,
    draft:
      draft === null || draftHash === null || row === undefined
        ? null
        : {
            terms: draft,
            termsHash: draftHash,
            editors: editors.map(nameOf),
            savedAt: row.savedAt,
            faults: faults(draft, definitions),
            reasons,
            /** Whether it needs no assessment, or the last decision on one of exactly these terms approved it. */
            assessed: reasons.length === 0 || lastDecision(assessments, draftHash)?.approved === true,
            changes: inForce === null ? [] : termsDiff(inForce.terms, draft),
            material: inForce !== null && isMaterial(inForce.terms, draft),
          },
    assessments: assessments.map(
      ({ assessment: { id, termsHash: of, content, submittedBy, submittedAt }, decision }) => ({
        id,
        content,
        submittedBy: nameOf(submittedBy),
        submittedAt,
        /** Whether it is about the draft, or the product's terms, as they are now. */
        ofDraft: of === assessable,
        /** The version that went live with it; null for none. */
        version: versions.find(({ assessmentId }) => assessmentId === id)?.version ?? null,
        /** Whether whoever asks may decide on it: nobody who had a hand in it does. */
        mayDecide: mayDecide([submittedBy, ...editors], staffId).ok,
        decision:
          decision === null
            ? null
            : {
                approved: decision.approved,
                note: decision.note,
                decidedBy: nameOf(decision.decidedBy),
                decidedAt: decision.decidedAt,
                keepUntil: decision.keepUntil,
              },
      }),
    ),
    versions: versions.map(({ version, terms, termsHash: hash, activatedBy, activatedAt }, index) => {
      const before = versions[index + 1];
      const changes = before === undefined ? [] : termsDiff(before.terms, terms);
      return { version, termsHash: hash, activatedBy: nameOf(activatedBy), activatedAt, changes };
    }),
  };
}

function lastDecision<T extends { readonly decidedAt: Date }>(
  assessments: readonly { readonly assessment: { readonly termsHash: string }; readonly decision: T | null }[],
  of: string,
): T | undefined {
  return assessments
    .filter(({ assessment }) => assessment.termsHash === of)
    .flatMap(({ decision }) => decision ?? [])
    .sort((a, b) => b.decidedAt.getTime() - a.decidedAt.getTime())[0];
}

async function namesOf(reader: Reader, ids: readonly (StaffId | undefined)[]): Promise<ReadonlyMap<StaffId, string>> {
  const known = [...new Set(ids)].filter((id) => id !== undefined);
  if (known.length === 0) return new Map();
  const rows = await reader.select({ id: staff.id, name: staff.name }).from(staff).where(inArray(staff.id, known));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
