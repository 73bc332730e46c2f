import { z } from "zod";
import { type Id, idSchema, type OrderId } from "../core/id.ts";

export type PointsLineId = Id<"pointsLine">;
export type PointsPolicyId = Id<"pointsPolicy">;
export type PointsDeductionId = Id<"pointsDeduction">;

/** What the day of expiry is moved out to: the end of that day, month, quarter or year in Asia/Shanghai. */
export const expiryRoundings = ["day", "month", "quarter", "year"] as const;
export type ExpiryRounding = (typeof expiryRoundings)[number];

/**
 * What happens when points are reversed that were spent already. `carry`: the balance goes below zero and later points
 * make up for it; nothing is ever asked of the member in money. `forgive`: the balance stays at zero and the rest is
 * written off.
 */
export const negativePolicies = ["carry", "forgive"] as const;
export type NegativePolicy = (typeof negativePolicies)[number];

/** The public terms of the points of a brand. The same for everybody: no tier and no attribute has a place in them. */
export const PointsTerms = z.strictObject({
  /** Points per yuan of what was paid and not refunded, rounded down for the whole order. */
  perYuan: z.strictObject({ numerator: z.int().min(1).max(10_000), denominator: z.int().min(1).max(10_000) }),
  /** Null: points never expire. */
  expiry: z.strictObject({ months: z.int().min(1).max(60), roundTo: z.enum(expiryRoundings) }).nullable(),
  negative: z.enum(negativePolicies),
});
export type PointsTerms = z.infer<typeof PointsTerms>;

/** What a first version starts from in the desk's form. */
export const DEFAULT_POINTS: PointsTerms = {
  perYuan: { numerator: 1, denominator: 1 },
  expiry: { months: 12, roundTo: "month" },
  negative: "carry",
};

/** Days that a new version is public before it takes effect (E-Commerce Law Art. 34). */
export const POINTS_NOTICE_DAYS = 7;
/** Whatever is credited late, e.g. for an order claimed a year after, can be used for at least so many days. */
export const USABLE_DAYS = 30;

/** A published version. Versions count from 1, and a later one takes effect later. */
export type PointsPolicy = {
  readonly id: PointsPolicyId;
  readonly version: number;
  readonly effectiveFrom: Date;
  readonly terms: PointsTerms;
};

/**
 * What a line of the ledger does. Of an order's worth: `pending` 待生效, `available` 可用, `reversed`, `reinstated`,
 * `corrected` (the day changed). Of what became of the points: `spent`, `expired`, `repaid` (later points make up for
 * points spent and then reversed: two lines that add up to nothing), `forgiven` (such points written off).
 */
export const pointsKinds = [
  "pending",
  "available",
  "reversed",
  "reinstated",
  "corrected",
  "spent",
  "expired",
  "repaid",
  "forgiven",
] as const;
export type PointsKind = (typeof pointsKinds)[number];

/** By which rule a line came: an order, a benefit that was used at a store, or points deducted at the desk. */
export const pointsRules = ["order", "benefit", "deduction"] as const;
export type PointsRule = (typeof pointsRules)[number];
export const directions = ["credit", "debit"] as const;
export type Direction = (typeof directions)[number];

/** What a line follows from: which of the three, its rule says. */
export type PointsSourceId = Id<"order" | "redemption" | "pointsDeduction">;

/**
 * One line of the points ledger. Lines are only ever added. A credit of a `lotId` of its own opens a batch of points
 * with its own expiry; every other line with a `lotId` draws from or adds to that batch. A line without one is of points
 * that nobody can date yet.
 */
export type PointsLine = {
  readonly id: PointsLineId;
  readonly kind: PointsKind;
  readonly rule: PointsRule;
  readonly direction: Direction;
  readonly sourceId: PointsSourceId;
  /** Signed, never 0. */
  readonly points: number;
  readonly lotId: PointsLineId | null;
  /** Of the batch: from when it can be used, and until when (exclusive; null for ever). Null without a batch. */
  readonly availableAt: Date | null;
  readonly expiresAt: Date | null;
  readonly recordedAt: Date;
};

/** A line as its member reads it: with its order, and of a deduction with the reason that was given. */
export type OwnPointsLine = PointsLine & { readonly orderId: OrderId | null; readonly reason: string | null };

export const ProposePoints = z.strictObject({ terms: PointsTerms });
export type ProposePoints = z.infer<typeof ProposePoints>;
/** `effectiveFrom: null` asks for the earliest instant that the notice allows. */
export const PublishPoints = z.strictObject({
  policyId: idSchema<"pointsPolicy">(),
  effectiveFrom: z.date().nullable(),
});
export type PublishPoints = z.infer<typeof PublishPoints>;

export const DeductPoints = z.strictObject({
  memberId: idSchema<"member">(),
  points: z.int().min(1).max(10_000_000),
  /** Shown to the member. */
  reason: z.string().trim().min(4).max(200),
});
export type DeductPoints = z.infer<typeof DeductPoints>;

export const PointsPage = z.strictObject({
  before: idSchema<"pointsLine">().optional(),
  size: z.int().min(1).max(100).default(20),
});
export type PointsPage = z.infer<typeof PointsPage>;

export const refusalCodes = [
  "POINTS_PROPOSAL_NOT_FOUND",
  "POINTS_PROPOSAL_SUPERSEDED",
  "POINTS_PROPOSAL_UNCHANGED",
  "POINTS_ALREADY_PUBLISHED",
  "POINTS_SAME_PERSON",
  "POINTS_TOO_EARLY",
  "POINTS_NOT_ENOUGH",
] as const;
