import { sql } from "drizzle-orm";
import type {
  PublicText,
  ReservationState,
  SetMember,
  StoredQuestion,
  StoredResult,
  StoredTerms,
} from "#server/offers/model.ts";
import {
  appendOnly,
  bytes,
  check,
  fen,
  flag,
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

/** An offer: the thread that its versions hang on. */
export const offers = table("offers", {
  id: id<"offer">().primaryKey(),
  createdAt: instant().notNull(),
});

/** The next version in the making; at most one an offer. Approvals name the hash of the terms they are about. */
export const offerDrafts = table(
  "offer_drafts",
  {
    offerId: id<"offer">()
      .primaryKey()
      .references(() => offers.id),
    terms: json<StoredTerms>().notNull(),
    termsHash: text().notNull(),
    savedBy: id<"staff">()
      .notNull()
      .references(() => staff.id),
    savedAt: instant().notNull(),
    /** Everybody who had a hand in these terms: none of them may approve. */
    editors: json<readonly string[]>().notNull(),
    approvedBy: id<"staff">().references(() => staff.id),
    approvedAt: instant(),
    secondApprovedBy: id<"staff">().references(() => staff.id),
    secondApprovedAt: instant(),
  },
  (t) => [
    index("offer_drafts_saved").on(t.savedBy),
    index("offer_drafts_approved").on(t.approvedBy),
    index("offer_drafts_second").on(t.secondApprovedBy),
    check("offer_drafts_two_people", sql`${t.approvedBy} is null or ${t.approvedBy} <> ${t.savedBy}`),
    check(
      "offer_drafts_three_people",
      sql`${t.secondApprovedBy} is null or (${t.secondApprovedBy} <> ${t.savedBy} and ${t.secondApprovedBy} <> ${t.approvedBy})`,
    ),
  ],
);

/** Published versions: immutable, superseded by later ones of the same offer. */
export const offerVersions = appendOnly(
  table(
    "offer_versions",
    {
      id: id<"offerVersion">().primaryKey(),
      offerId: id<"offer">()
        .notNull()
        .references(() => offers.id),
      version: integer().notNull(),
      terms: json<StoredTerms>().notNull(),
      effectiveFrom: instant().notNull(),
      publishedAt: instant().notNull(),
      draftedBy: id<"staff">()
        .notNull()
        .references(() => staff.id),
      approvedBy: id<"staff">()
        .notNull()
        .references(() => staff.id),
      secondApprovedBy: id<"staff">().references(() => staff.id),
      publishedBy: id<"staff">()
        .notNull()
        .references(() => staff.id),
    },
    (t) => [
      uniqueIndex("offer_versions_version").on(t.offerId, t.version),
      index("offer_versions_drafted").on(t.draftedBy),
      index("offer_versions_approved").on(t.approvedBy),
      index("offer_versions_second").on(t.secondApprovedBy),
      index("offer_versions_published").on(t.publishedBy),
      check("offer_versions_two_people", sql`${t.approvedBy} <> ${t.draftedBy}`),
    ],
  ),
);

/** The end of an offer, for good. */
export const offerRetirements = appendOnly(
  table(
    "offer_retirements",
    {
      offerId: id<"offer">()
        .primaryKey()
        .references(() => offers.id),
      retiresAt: instant().notNull(),
      decidedBy: id<"staff">()
        .notNull()
        .references(() => staff.id),
      decidedAt: instant().notNull(),
    },
    (t) => [index("offer_retirements_decided").on(t.decidedBy)],
  ),
);

/** Counts up with every change of what is in force, so that processes know when to load it anew. One row. */
export const offerStamp = table("offer_stamp", {
  id: integer().primaryKey(),
  stamp: integer().notNull(),
});

/** What a version has used of its budget. A unit is in `used` from its reservation on, in `redeemed` for good. */
export const offerBudgets = table(
  "offer_budgets",
  {
    versionId: id<"offerVersion">()
      .primaryKey()
      .references(() => offerVersions.id),
    limitCount: integer(),
    limitFen: fen(),
    usedCount: integer().notNull(),
    usedFen: fen().notNull(),
    redeemedCount: integer().notNull(),
    redeemedFen: fen().notNull(),
    /** From when quotes answer BUDGET_EXHAUSTED. */
    exhaustedAt: instant(),
  },
  (t) => [
    check(
      "offer_budgets_count",
      sql`${t.usedCount} >= 0 and (${t.limitCount} is null or ${t.usedCount} <= ${t.limitCount})`,
    ),
    check("offer_budgets_fen", sql`${t.usedFen} >= 0 and (${t.limitFen} is null or ${t.usedFen} <= ${t.limitFen})`),
  ],
);

/** Uses of an offer by a member in one period. Keyed by the member, so that a changed phone starts nothing anew. */
export const offerUses = table(
  "offer_uses",
  {
    memberId: id<"member">()
      .notNull()
      .references(() => members.id),
    offerId: id<"offer">()
      .notNull()
      .references(() => offers.id),
    period: text().notNull(),
    used: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.memberId, t.offerId, t.period] }),
    index("offer_uses_offer").on(t.offerId),
    check("offer_uses_used", sql`${t.used} >= 0`),
  ],
);

/** One unit held for a member until it is redeemed, released or past its time. */
export const offerReservations = table(
  "offer_reservations",
  {
    id: id<"reservation">().primaryKey(),
    decisionId: id<"decision">().notNull(),
    memberId: id<"member">()
      .notNull()
      .references(() => members.id),
    offerId: id<"offer">()
      .notNull()
      .references(() => offers.id),
    versionId: id<"offerVersion">()
      .notNull()
      .references(() => offerVersions.id),
    period: text().notNull(),
    discountFen: fen().notNull(),
    codeHash: bytes(),
    state: text<ReservationState>().notNull(),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
    settledAt: instant(),
  },
  (t) => [
    index("offer_reservations_decision").on(t.decisionId, t.offerId),
    index("offer_reservations_member").on(t.memberId, t.createdAt),
    index("offer_reservations_offer").on(t.offerId),
    index("offer_reservations_version").on(t.versionId),
    index("offer_reservations_held").on(t.offerId, t.expiresAt).where(sql`${t.state} = 'held'`),
    check("offer_reservations_state", sql`${t.state} in ('held', 'redeemed', 'released', 'expired')`),
  ],
);

/** One making of codes; the codes themselves left in the file that was handed over then. */
export const offerCodeBatches = table(
  "offer_code_batches",
  {
    id: id<"codeBatch">().primaryKey(),
    offerId: id<"offer">()
      .notNull()
      .references(() => offers.id),
    count: integer().notNull(),
    createdBy: id<"staff">()
      .notNull()
      .references(() => staff.id),
    createdAt: instant().notNull(),
  },
  (t) => [index("offer_code_batches_offer").on(t.offerId), index("offer_code_batches_created").on(t.createdBy)],
);

/** SHA-256 of each code (80 random bits), and what became of it. */
export const offerCodes = table(
  "offer_codes",
  {
    codeHash: bytes().primaryKey(),
    batchId: id<"codeBatch">()
      .notNull()
      .references(() => offerCodeBatches.id),
    offerId: id<"offer">()
      .notNull()
      .references(() => offers.id),
    taken: flag().notNull(),
  },
  (t) => [index("offer_codes_batch").on(t.batchId, t.taken), index("offer_codes_offer").on(t.offerId)],
);

/** Each different set of versions that a quote was answered from, once. */
export const offerSets = appendOnly(
  table(
    "offer_sets",
    {
      id: id<"offerSet">().primaryKey(),
      hash: text().notNull(),
      versions: json<readonly SetMember[]>().notNull(),
      firstUsedAt: instant().notNull(),
    },
    (t) => [uniqueIndex("offer_sets_hash").on(t.hash)],
  ),
);

/**
 * One automated decision each (PIPL Art. 24): what was asked, of which offers, and what was answered. It holds no
 * member: whoever asked, the answer is the same. Its id sorts by time, so it needs no other index.
 */
export const decisions = appendOnly(
  table("decisions", {
    id: id<"decision">().primaryKey(),
    setId: id<"offerSet">()
      .notNull()
      .references(() => offerSets.id),
    question: json<StoredQuestion>().notNull(),
    result: json<StoredResult>().notNull(),
    /** Over the whole answer: every line, every offer's reason. */
    resultHash: text().notNull(),
    /** Over tier, cart, channel and the versions open at that instant: equal questions share it. */
    groupHash: text().notNull(),
    decidedAt: instant().notNull(),
  }),
);

/** The products for which prices are shown to everybody, tier beside tier. */
export const showcaseProducts = table("showcase_products", {
  sku: text().primaryKey(),
  name: json<PublicText>().notNull(),
  category: text().notNull(),
  listPriceFen: fen().notNull(),
  position: integer().notNull(),
});
