import { sql } from "drizzle-orm";
import type {
  CaseState,
  DisputeReason,
  RelationKind,
  RelationMethod,
  RelationState,
} from "#server/consents/guardianship/model.ts";
import { check, id, index, instant, integer, table, text, uniqueIndex } from "../columns.ts";
import { members } from "./members.ts";
import { staff } from "./staff.ts";

/** Children of members, known by a number within the family: nothing about a child needs to be known to have one here. */
export const children = table(
  "children",
  {
    id: id<"child">().primaryKey(),
    /** The member who added the child. */
    memberId: id<"member">()
      .notNull()
      .references(() => members.id),
    /** 1 for 宝宝 1: the only name a child has here. */
    ordinal: integer().notNull(),
    /** Eight characters by which another guardian can name the child. */
    code: text().notNull(),
    addedAt: instant().notNull(),
    removedAt: instant(),
  },
  (t) => [uniqueIndex("children_ordinal").on(t.memberId, t.ordinal), uniqueIndex("children_code").on(t.code)],
);

/** Who declared to be a child's guardian, and whether that stands. One at most is not over. */
export const guardianRelations = table(
  "guardian_relations",
  {
    id: id<"guardianRelation">().primaryKey(),
    childId: id<"child">()
      .notNull()
      .references(() => children.id),
    memberId: id<"member">()
      .notNull()
      .references(() => members.id),
    relation: text<RelationKind>().notNull(),
    method: text<RelationMethod>().notNull(),
    state: text<RelationState>().notNull(),
    declaredAt: instant().notNull(),
    endedAt: instant(),
  },
  (t) => [
    uniqueIndex("guardian_relations_open").on(t.childId).where(sql`${t.state} <> 'ended'`),
    index("guardian_relations_child").on(t.childId),
    index("guardian_relations_member").on(t.memberId),
    check("guardian_relations_state", sql`${t.state} in ('active', 'disputed', 'ended')`),
  ],
);

/** Disputed guardianships: opened by another guardian or by staff, decided by the privacy officer. */
export const guardianCases = table(
  "guardian_cases",
  {
    id: id<"guardianCase">().primaryKey(),
    relationId: id<"guardianRelation">()
      .notNull()
      .references(() => guardianRelations.id),
    reason: text<DisputeReason>().notNull(),
    /** The member who disputes; null when staff opened it for somebody. */
    memberId: id<"member">().references(() => members.id),
    openedBy: id<"staff">().references(() => staff.id),
    openedAt: instant().notNull(),
    state: text<CaseState>().notNull(),
    note: text(),
    decidedBy: id<"staff">().references(() => staff.id),
    decidedAt: instant(),
  },
  (t) => [
    uniqueIndex("guardian_cases_open").on(t.relationId).where(sql`${t.state} = 'open'`),
    index("guardian_cases_relation").on(t.relationId),
    index("guardian_cases_member").on(t.memberId),
    index("guardian_cases_opened").on(t.openedBy),
    index("guardian_cases_decided").on(t.decidedBy),
    index("guardian_cases_state").on(t.state, t.id),
  ],
);
