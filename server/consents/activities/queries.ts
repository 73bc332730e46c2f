import { and, asc, eq } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { activities, activityVersions, impactDecisions } from "#db/schema/consents.ts";
import { fieldDefinitions } from "../fields/queries.ts";
import type { PurposeCode } from "../model.ts";
import type { ActivityState, ActivityTerms } from "./model.ts";
import { assessmentReasons } from "./rules.ts";
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
