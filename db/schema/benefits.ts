import { sql } from "drizzle-orm";
import type { BenefitTerms, BookingState, CodeState } from "#server/benefits/model.ts";
import type { Id } from "#server/core/id.ts";
import type { PublicText } from "#server/core/public-text.ts";
import {
  appendOnly,
  bytes,
  check,
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
import { children } from "./guardianship.ts";
import { members } from "./members.ts";
import { staff } from "./staff.ts";

/** What the versions of one benefit share, and its next version in the making. */
export const benefits = table(
  "benefits",
  {
    id: id<"benefit">().primaryKey(),
    createdAt: instant().notNull(),
    /** The version in force; 0 before the first. */
    version: integer().notNull(),
    draft: json<BenefitTerms>(),
    draftHash: text(),
    editors: json<readonly Id<"staff">[]>().notNull(),
    savedBy: id<"staff">()
      .notNull()
      .references(() => staff.id),
    savedAt: instant().notNull(),
    approvedBy: id<"staff">().references(() => staff.id),
    approvedAt: instant(),
    retiredAt: instant(),
    retiredBy: id<"staff">().references(() => staff.id),
  },
  (t) => [
    index("benefits_saved").on(t.savedBy),
    index("benefits_approved").on(t.approvedBy),
    index("benefits_retired").on(t.retiredBy),
    check("benefits_two_people", sql`${t.approvedBy} is null or ${t.approvedBy} <> ${t.savedBy}`),
  ],
);

/** Published versions: immutable. `approvedBy` answers for the necessity of each mandatory field. */
export const benefitVersions = appendOnly(
  table(
    "benefit_versions",
    {
      id: id<"benefitVersion">().primaryKey(),
      benefitId: id<"benefit">()
        .notNull()
        .references(() => benefits.id),
      version: integer().notNull(),
      terms: json<BenefitTerms>().notNull(),
      draftedBy: id<"staff">()
        .notNull()
        .references(() => staff.id),
      approvedBy: id<"staff">()
        .notNull()
        .references(() => staff.id),
      publishedBy: id<"staff">()
        .notNull()
        .references(() => staff.id),
      publishedAt: instant().notNull(),
    },
    (t) => [
      uniqueIndex("benefit_versions_version").on(t.benefitId, t.version),
      index("benefit_versions_drafted").on(t.draftedBy),
      index("benefit_versions_approved").on(t.approvedBy),
      index("benefit_versions_published").on(t.publishedBy),
      check("benefit_versions_two_people", sql`${t.approvedBy} <> ${t.draftedBy}`),
    ],
  ),
);

/** Where benefits are used. */
export const stores = table("stores", {
  id: id<"store">().primaryKey(),
  name: json<PublicText>().notNull(),
  address: json<PublicText>().notNull(),
  open: flag().notNull(),
  createdAt: instant().notNull(),
});

/** Who works where: a code of another store is refused. */
export const storeStaff = table(
  "store_staff",
  {
    storeId: id<"store">()
      .notNull()
      .references(() => stores.id),
    staffId: id<"staff">()
      .notNull()
      .references(() => staff.id),
    since: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.storeId, t.staffId] }), index("store_staff_staff").on(t.staffId)],
);

/** Uses given to one member by hand, beside what the tier gives. */
export const benefitGrants = table(
  "benefit_grants",
  {
    id: id<"benefitGrant">().primaryKey(),
    memberId: id<"member">()
      .notNull()
      .references(() => members.id),
    benefitId: id<"benefit">()
      .notNull()
      .references(() => benefits.id),
    uses: integer().notNull(),
    /** Shown to the member. */
    reason: text().notNull(),
    grantedBy: id<"staff">()
      .notNull()
      .references(() => staff.id),
    grantedAt: instant().notNull(),
    endsAt: instant().notNull(),
    revokedBy: id<"staff">().references(() => staff.id),
    revokedAt: instant(),
    revokeReason: text(),
  },
  (t) => [
    index("benefit_grants_member").on(t.memberId, t.benefitId),
    index("benefit_grants_benefit").on(t.benefitId),
    index("benefit_grants_granted").on(t.grantedBy),
    index("benefit_grants_revoked").on(t.revokedBy),
    check("benefit_grants_uses", sql`${t.uses} > 0`),
  ],
);

/**
 * How much of a benefit a member has used in one period: `2026-06`, or `grant:<id>` for uses given by hand. Made with
 * the first use. Keyed by the member, so that a changed phone starts nothing anew.
 */
export const entitlements = table(
  "entitlements",
  {
    memberId: id<"member">()
      .notNull()
      .references(() => members.id),
    benefitId: id<"benefit">()
      .notNull()
      .references(() => benefits.id),
    period: text().notNull(),
    /** Quota and what was carried into the period. */
    allowance: integer().notNull(),
    used: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.memberId, t.benefitId, t.period] }),
    index("entitlements_benefit").on(t.benefitId),
    check("entitlements_used", sql`${t.used} >= 0 and ${t.used} <= ${t.allowance}`),
  ],
);

/** Times at which a benefit can be used somewhere, and how many places are left. */
export const slots = table(
  "slots",
  {
    id: id<"slot">().primaryKey(),
    benefitId: id<"benefit">()
      .notNull()
      .references(() => benefits.id),
    storeId: id<"store">()
      .notNull()
      .references(() => stores.id),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
    capacity: integer().notNull(),
    booked: integer().notNull(),
  },
  (t) => [
    uniqueIndex("slots_start").on(t.benefitId, t.storeId, t.startsAt),
    index("slots_store").on(t.storeId, t.startsAt),
    check("slots_booked", sql`${t.booked} >= 0 and ${t.booked} <= ${t.capacity}`),
  ],
);

/** A place in a slot, holding one use until it is redeemed or given back. */
export const bookings = table(
  "bookings",
  {
    id: id<"booking">().primaryKey(),
    memberId: id<"member">()
      .notNull()
      .references(() => members.id),
    benefitId: id<"benefit">()
      .notNull()
      .references(() => benefits.id),
    slotId: id<"slot">()
      .notNull()
      .references(() => slots.id),
    childId: id<"child">().references(() => children.id),
    /** The child's id, or the member's: one place each in a slot. */
    subjectId: text().notNull(),
    /** The period whose use it holds. */
    period: text().notNull(),
    state: text<BookingState>().notNull(),
    createdAt: instant().notNull(),
    settledAt: instant(),
  },
  (t) => [
    uniqueIndex("bookings_once").on(t.slotId, t.subjectId).where(sql`${t.state} = 'booked'`),
    index("bookings_slot").on(t.slotId, t.state),
    index("bookings_member").on(t.memberId, t.createdAt),
    index("bookings_benefit").on(t.benefitId),
    index("bookings_child").on(t.childId),
    check("bookings_state", sql`${t.state} in ('booked', 'cancelled', 'redeemed')`),
  ],
);

/** Codes shown to members. The digits are known to the screen alone: here is their keyed hash. */
export const redemptionCodes = table(
  "redemption_codes",
  {
    id: id<"redemptionCode">().primaryKey(),
    memberId: id<"member">()
      .notNull()
      .references(() => members.id),
    benefitId: id<"benefit">()
      .notNull()
      .references(() => benefits.id),
    childId: id<"child">().references(() => children.id),
    bookingId: id<"booking">().references(() => bookings.id),
    digitsHash: bytes().notNull(),
    state: text<CodeState>().notNull(),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex("redemption_codes_digits").on(t.digitsHash),
    index("redemption_codes_member").on(t.memberId, t.benefitId, t.state),
    index("redemption_codes_benefit").on(t.benefitId),
    index("redemption_codes_child").on(t.childId),
    index("redemption_codes_booking").on(t.bookingId),
    index("redemption_codes_expiry").on(t.expiresAt),
    check("redemption_codes_state", sql`${t.state} in ('open', 'used', 'revoked')`),
  ],
);

/** Uses, for good: which benefit, where, by whose hand. Nothing of why it may be used. */
export const redemptions = appendOnly(
  table(
    "redemptions",
    {
      id: id<"redemption">().primaryKey(),
      memberId: id<"member">()
        .notNull()
        .references(() => members.id),
      benefitId: id<"benefit">()
        .notNull()
        .references(() => benefits.id),
      /** Not a foreign key: codes are swept once they are over. */
      codeId: id<"redemptionCode">().notNull(),
      bookingId: id<"booking">().references(() => bookings.id),
      period: text().notNull(),
      storeId: id<"store">()
        .notNull()
        .references(() => stores.id),
      staffId: id<"staff">()
        .notNull()
        .references(() => staff.id),
      at: instant().notNull(),
    },
    (t) => [
      uniqueIndex("redemptions_code").on(t.codeId),
      uniqueIndex("redemptions_booking").on(t.bookingId),
      index("redemptions_member").on(t.memberId, t.at),
      index("redemptions_benefit").on(t.benefitId),
      index("redemptions_store").on(t.storeId, t.at),
      index("redemptions_staff").on(t.staffId),
    ],
  ),
);
