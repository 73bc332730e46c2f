import { sql } from "drizzle-orm";
import type { ActivityState, ActivityTerms, AssessmentContent } from "#server/consents/activities/model.ts";
import type { FieldDefinition, FieldKey } from "#server/consents/fields/model.ts";
import type { PurposeCode } from "#server/consents/model.ts";
import type { Id } from "#server/core/id.ts";
import { appendOnly, check, flag, id, index, instant, integer, json, primaryKey, table, text } from "../columns.ts";
import { staff } from "./staff.ts";

/** Fields that the brand added to the catalogue. What was collected under a definition must stay readable: none changes. */
export const brandFields = appendOnly(
  table(
    "brand_fields",
    {
      key: text<FieldKey>().primaryKey(),
      definition: json<FieldDefinition>().notNull(),
      addedBy: id<"staff">()
        .notNull()
        .references(() => staff.id),
      addedAt: instant().notNull(),
    },
    (t) => [index("brand_fields_added").on(t.addedBy)],
  ),
);

/** Processing activities 处理活动, one for each purpose: where each stands, and its next version in the making. */
export const activities = table(
  "activities",
  {
    code: text<PurposeCode>().primaryKey(),
    state: text<ActivityState>().notNull(),
    /** The version in force; 0 before the first. */
    version: integer().notNull(),
    /** Terms being edited; null when the version in force is all there is. */
    draft: json<ActivityTerms>(),
    draftHash: text(),
    /** Everybody who had a hand in the draft: none of them may approve its assessment. */
    editors: json<readonly Id<"staff">[]>().notNull(),
    savedAt: instant().notNull(),
    /** Consents older than this were given under a notice that has changed materially since (Art. 14(2)). */
    freshSince: instant(),
  },
  () => [check("activities_state", sql`state in ('draft', 'active', 'suspended', 'retired')`)],
);

/** Versions that went live: immutable. */
export const activityVersions = appendOnly(
  table(
    "activity_versions",
    {
      code: text<PurposeCode>()
        .notNull()
        .references(() => activities.code),
      version: integer().notNull(),
      terms: json<ActivityTerms>().notNull(),
      termsHash: text().notNull(),
      assessmentId: id<"impactAssessment">().references(() => impactAssessments.id),
      activatedBy: id<"staff">()
        .notNull()
        .references(() => staff.id),
      activatedAt: instant().notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.code, t.version] }),
      index("activity_versions_assessment").on(t.assessmentId),
      index("activity_versions_activated").on(t.activatedBy),
    ],
  ),
);

/** Impact assessments 个人信息保护影响评估 as they were handed in (PIPL Art. 55, 56): kept, whatever was decided. */
export const impactAssessments = appendOnly(
  table(
    "impact_assessments",
    {
      id: id<"impactAssessment">().primaryKey(),
      code: text<PurposeCode>()
        .notNull()
        .references(() => activities.code),
      /** The exact terms that were assessed. */
      termsHash: text().notNull(),
      content: json<AssessmentContent>().notNull(),
      submittedBy: id<"staff">()
        .notNull()
        .references(() => staff.id),
      submittedAt: instant().notNull(),
    },
    (t) => [
      index("impact_assessments_activity").on(t.code, t.id),
      index("impact_assessments_submitted").on(t.submittedBy),
    ],
  ),
);

/** The decision on an assessment, by somebody who did not write it. */
export const impactDecisions = appendOnly(
  table(
    "impact_decisions",
    {
      assessmentId: id<"impactAssessment">()
        .primaryKey()
        .references(() => impactAssessments.id),
      approved: flag().notNull(),
      note: text().notNull(),
      submittedBy: id<"staff">()
        .notNull()
        .references(() => staff.id),
      decidedBy: id<"staff">()
        .notNull()
        .references(() => staff.id),
      decidedAt: instant().notNull(),
      /** At least three years after the decision. */
      keepUntil: instant().notNull(),
    },
    (t) => [
      index("impact_decisions_submitted").on(t.submittedBy),
      index("impact_decisions_decided").on(t.decidedBy),
      check("impact_decisions_two_people", sql`${t.decidedBy} <> ${t.submittedBy}`),
    ],
  ),
);
