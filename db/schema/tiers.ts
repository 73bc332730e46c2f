import { sql } from "drizzle-orm";
import type { Id } from "#server/core/id.ts";
import type { AssignmentState, GrowthReason, LadderState, LadderTerms, TierCode } from "#server/tiers/model.ts";
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

/** Ladder versions in the making. Publishing copies the terms into `tier_ladders`, where nothing can change them. */
export const tierLadderDrafts = table(
  "tier_ladder_drafts",
  {
    id: id<"tierLadder">().primaryKey(),
    terms: json<LadderTerms>().notNull(),
    state: text<LadderState>().notNull(),
    /** Counts up with every edit: an approval or publication names the revision it is about. */
    revision: integer().notNull(),
    editedBy: id<"staff">()
      .notNull()
      .references(() => staff.id),
    editedAt: instant().notNull(),
    /** Everybody who had a hand in the terms: none of them may approve. */
    editors: json<readonly Id<"staff">[]>().notNull(),
    approvedBy: id<"staff">().references(() => staff.id),
    approvedAt: instant(),
  },
  (t) => [
    index("tier_ladder_drafts_edited").on(t.editedBy),
    index("tier_ladder_drafts_approved").on(t.approvedBy),
    index("tier_ladder_drafts_recent").on(t.editedAt, t.id),
    check("tier_ladder_drafts_state", sql`${t.state} in ('draft', 'approved', 'published')`),
    check("tier_ladder_drafts_two_people", sql`${t.approvedBy} is null or ${t.approvedBy} <> ${t.editedBy}`),
  ],
);

/** Published ladder versions: immutable, superseded by later ones. */
export const tierLadders = appendOnly(
  table(
    "tier_ladders",
    {
      id: id<"tierLadder">()
        .primaryKey()
        .references(() => tierLadderDrafts.id),
      version: integer().notNull(),
      terms: json<LadderTerms>().notNull(),
      effectiveFrom: instant().notNull(),
      publishedAt: instant().notNull(),
      draftedBy: id<"staff">()
        .notNull()
        .references(() => staff.id),
      approvedBy: id<"staff">()
        .notNull()
        .references(() => staff.id),
      publishedBy: id<"staff">()
        .notNull()
        .references(() => staff.id),
    },
    (t) => [
      uniqueIndex("tier_ladders_version").on(t.version),
      uniqueIndex("tier_ladders_effective").on(t.effectiveFrom),
      index("tier_ladders_drafted").on(t.draftedBy),
      index("tier_ladders_approved").on(t.approvedBy),
      index("tier_ladders_published").on(t.publishedBy),
      check("tier_ladders_two_people", sql`${t.approvedBy} <> ${t.draftedBy}`),
    ],
  ),
);

/**
 * The growth ledger. What an order is worth is the sum of its lines; a change appends the difference. `seq` numbers the
 * lines of one order, so that no difference is ever added twice.
 */
export const growthLines = appendOnly(
  table(
    "growth_lines",
    {
      memberId: id<"member">()
        .notNull()
        .references(() => members.id),
      id: id<"growthLine">().notNull(),
      orderId: id<"order">().notNull(),
      seq: integer().notNull(),
      growth: integer().notNull(),
      /** From when it counts; null while pending. */
      earnedAt: instant(),
      recordedAt: instant().notNull(),
      reason: text<GrowthReason>().notNull(),
      /** The order's revision that caused the line; null when the order was taken from the member. */
      revision: integer(),
    },
    (t) => [
      primaryKey({ columns: [t.memberId, t.id] }),
      uniqueIndex("growth_lines_order").on(t.memberId, t.orderId, t.seq),
    ],
  ),
);

/** Where members with any growth or manual tier stand, as last evaluated. No row: the first tier of the ladder. */
export const tierStandings = table(
  "tier_standings",
  {
    memberId: id<"member">()
      .primaryKey()
      .references(() => members.id),
    tier: text<TierCode>().notNull(),
    earned: text<TierCode>().notNull(),
    since: instant(),
    keepUntil: instant(),
    graceUntil: instant(),
    /** When it can change by itself, and so is evaluated again; null if never. */
    dueAt: instant(),
    evaluatedAt: instant().notNull(),
  },
  (t) => [index("tier_standings_due").on(t.dueAt), index("tier_standings_tier").on(t.tier, t.memberId)],
);

/** How many rows of `tier_standings` each tier has, kept in the transaction that changes them. */
export const tierTotals = table(
  "tier_totals",
  {
    tier: text<TierCode>().primaryKey(),
    members: integer().notNull(),
  },
  (t) => [check("tier_totals_members", sql`${t.members} >= 0`)],
);

/** What a change of tier rested on: the last turn of the standing. */
export type ChangeExplanation = {
  readonly kind: string;
  readonly at: number;
  readonly version: number;
  readonly growth: number;
  readonly threshold: number;
  readonly from: number;
  readonly to: number;
  readonly manualUntil: number | null;
  /** The ledger lines that were counted. */
  readonly lines: readonly string[];
};

/** Every change of tier, with its explanation. */
export const tierChanges = appendOnly(
  table(
    "tier_changes",
    {
      memberId: id<"member">()
        .notNull()
        .references(() => members.id),
      id: id<"tierChange">().notNull(),
      recordedAt: instant().notNull(),
      fromTier: text<TierCode>().notNull(),
      toTier: text<TierCode>().notNull(),
      explanation: json<ChangeExplanation>().notNull(),
    },
    (t) => [primaryKey({ columns: [t.memberId, t.id] })],
  ),
);

/** Warnings ahead of a loss of tier: one for each member and end of period. */
export const tierWarnings = appendOnly(
  table(
    "tier_warnings",
    {
      memberId: id<"member">()
        .notNull()
        .references(() => members.id),
      keepUntil: instant().notNull(),
      tier: text<TierCode>().notNull(),
      projectedTier: text<TierCode>().notNull(),
      missing: integer().notNull(),
      recordedAt: instant().notNull(),
    },
    (t) => [primaryKey({ columns: [t.memberId, t.keepUntil] })],
  ),
);

/** Tiers given by hand: asked for by one person, decided by another, never without an end. */
export const tierAssignments = table(
  "tier_assignments",
  {
    id: id<"tierAssignment">().primaryKey(),
    memberId: id<"member">()
      .notNull()
      .references(() => members.id),
    tier: text<TierCode>().notNull(),
    /** Shown to the member. */
    reason: text().notNull(),
    state: text<AssignmentState>().notNull(),
    requestedBy: id<"staff">()
      .notNull()
      .references(() => staff.id),
    requestedAt: instant().notNull(),
    decidedBy: id<"staff">().references(() => staff.id),
    decidedAt: instant(),
    endsAt: instant().notNull(),
  },
  (t) => [
    index("tier_assignments_member").on(t.memberId),
    uniqueIndex("tier_assignments_open").on(t.memberId).where(sql`${t.state} = 'requested'`),
    index("tier_assignments_state").on(t.state, t.id),
    index("tier_assignments_requested").on(t.requestedBy),
    index("tier_assignments_decided").on(t.decidedBy),
    check("tier_assignments_state_known", sql`${t.state} in ('requested', 'approved', 'declined')`),
    check("tier_assignments_two_people", sql`${t.decidedBy} is null or ${t.decidedBy} <> ${t.requestedBy}`),
    check("tier_assignments_ends", sql`${t.endsAt} > ${t.requestedAt}`),
  ],
);
