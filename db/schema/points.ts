import { sql } from "drizzle-orm";
import type { Direction, PointsKind, PointsRule, PointsTerms } from "#server/points/model.ts";
import {
  appendOnly,
  check,
  id,
  index,
  instant,
  integer,
  json,
  primaryKey,
  table,
  text,
  uniqueIndex,
} from "../columns.ts";
import { members } from "./members.ts";
import { staff } from "./staff.ts";

/** Terms that somebody proposed. The newest is the one that can be published; another proposal takes its place. */
export const pointsProposals = appendOnly(
  table(
    "points_proposals",
    {
      id: id<"pointsPolicy">().primaryKey(),
      terms: json<PointsTerms>().notNull(),
      proposedBy: id<"staff">()
        .notNull()
        .references(() => staff.id),
      proposedAt: instant().notNull(),
    },
    (t) => [index("points_proposals_proposed").on(t.proposedBy)],
  ),
);

/** Published versions of the points' terms: immutable, superseded by later ones. */
export const pointsPolicies = appendOnly(
  table(
    "points_policies",
    {
      id: id<"pointsPolicy">()
        .primaryKey()
        .references(() => pointsProposals.id),
      version: integer().notNull(),
      terms: json<PointsTerms>().notNull(),
      effectiveFrom: instant().notNull(),
      publishedAt: instant().notNull(),
      proposedBy: id<"staff">()
        .notNull()
        .references(() => staff.id),
      publishedBy: id<"staff">()
        .notNull()
        .references(() => staff.id),
    },
    (t) => [
      uniqueIndex("points_policies_version").on(t.version),
      uniqueIndex("points_policies_effective").on(t.effectiveFrom),
      index("points_policies_proposed").on(t.proposedBy),
      index("points_policies_published").on(t.publishedBy),
      check("points_policies_two_people", sql`${t.publishedBy} <> ${t.proposedBy}`),
    ],
  ),
);

/**
 * The points ledger: a balance is the sum of its lines. `seq` numbers the lines of one source, rule and direction, so
 * that nothing is credited or taken twice.
 */
export const pointsLines = appendOnly(
  table(
    "points_lines",
    {
      memberId: id<"member">()
        .notNull()
        .references(() => members.id),
      id: id<"pointsLine">().notNull(),
      kind: text<PointsKind>().notNull(),
      rule: text<PointsRule>().notNull(),
      direction: text<Direction>().notNull(),
      /** The order, redemption or deduction that the line follows from. */
      sourceId: id<"order" | "redemption" | "pointsDeduction">().notNull(),
      seq: integer().notNull(),
      points: integer().notNull(),
      /** The credit that opened the batch; the line's own id when it opens one; null while nobody can date the points. */
      lotId: id<"pointsLine">(),
      availableAt: instant(),
      expiresAt: instant(),
      recordedAt: instant().notNull(),
      /** The order's revision that caused the line; null when none did. */
      revision: integer(),
    },
    (t) => [
      primaryKey({ columns: [t.memberId, t.id] }),
      uniqueIndex("points_lines_source").on(t.memberId, t.rule, t.sourceId, t.direction, t.seq),
      check("points_lines_direction", sql`(${t.direction} = 'credit') = (${t.points} > 0) and ${t.points} <> 0`),
      check("points_lines_rule", sql`${t.rule} in ('order', 'benefit', 'deduction')`),
      check(
        "points_lines_kind",
        sql`${t.kind} in ('pending', 'available', 'reversed', 'reinstated', 'corrected', 'spent', 'expired', 'repaid', 'forgiven')`,
      ),
      check("points_lines_lot", sql`(${t.lotId} is null) = (${t.availableAt} is null)`),
    ],
  ),
);

/**
 * One row for each member with a ledger: how many lines it has, so that two writers of one ledger meet, and when the
 * next one is due by itself (an expiry, or points that make up for a balance below zero).
 */
export const pointsAccounts = table(
  "points_accounts",
  {
    memberId: id<"member">()
      .primaryKey()
      .references(() => members.id),
    lines: integer().notNull(),
    dueAt: instant(),
  },
  (t) => [index("points_accounts_due").on(t.dueAt)],
);

/** Points taken at the desk: with a reason that the member reads. */
export const pointsDeductions = appendOnly(
  table(
    "points_deductions",
    {
      memberId: id<"member">()
        .notNull()
        .references(() => members.id),
      id: id<"pointsDeduction">().notNull(),
      points: integer().notNull(),
      reason: text().notNull(),
      deductedBy: id<"staff">()
        .notNull()
        .references(() => staff.id),
      at: instant().notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.memberId, t.id] }),
      index("points_deductions_by").on(t.deductedBy),
      check("points_deductions_points", sql`${t.points} > 0`),
    ],
  ),
);
