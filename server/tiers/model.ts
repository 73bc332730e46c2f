import { z } from "zod";
import { type Id, idSchema, type MemberId, type OrderId } from "../core/id.ts";
import type { Fen } from "../core/money.ts";

/** A tier's stable name across ladder versions, such as "silver". Its display name is ladder data. */
export const TierCode = z.string().regex(/^[a-z][a-z0-9_]{0,31}$/);
export type TierCode = z.infer<typeof TierCode>;

/** Where an order of any platform stands. `refunded` means the whole order. */
export const orderStatuses = ["placed", "paid", "shipped", "completed", "closed", "refunding", "refunded"] as const;
export const OrderStatus = z.enum(orderStatuses);
export type OrderStatus = z.infer<typeof OrderStatus>;

/** What growth follows from: nothing else about an order is known to the tiers. */
export type OrderFacts = {
  readonly paid: Fen;
  /** Money given back so far, never more than `paid`. */
  readonly refunded: Fen;
  readonly status: OrderStatus;
  readonly placedAt: Date;
  readonly paidAt: Date | null;
  readonly completedAt: Date | null;
  /** Counts up with every change of the order; kept with the ledger lines that the change caused. */
  readonly revision: number;
};

/** An order of a member as it is now; `facts: null` when it is no longer this member's. */
export type FollowedOrder = {
  readonly memberId: MemberId;
  readonly orderId: OrderId;
  readonly facts: OrderFacts | null;
};

/** One rung: reached at `upgradeAt` growth, kept at the end of a period with `keepAt` growth earned in it. */
export const Tier = z.strictObject({
  code: TierCode,
  name: z.strictObject({ "zh-CN": z.string().trim().min(1).max(12), en: z.string().trim().min(1).max(24) }),
  upgradeAt: z.int().min(0),
  keepAt: z.int().min(0),
});
export type Tier = z.infer<typeof Tier>;

/** Growth for money: `numerator / denominator` per yuan of what was paid and not refunded, whole values only. */
export const GrowthRule = z.strictObject({
  perYuan: z.strictObject({ numerator: z.int().min(1).max(10_000), denominator: z.int().min(1).max(10_000) }),
  /** Days after completion in which goods may be returned; growth counts once they are over. */
  returnWindowDays: z.int().min(0).max(60),
});
export type GrowthRule = z.infer<typeof GrowthRule>;

/** The window in which growth counts: the last `days` days, or the calendar year of Asia/Shanghai. */
export const Qualification = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("rolling"), days: z.int().min(30).max(1_095) }),
  z.strictObject({ kind: z.literal("calendarYear") }),
]);
export type Qualification = z.infer<typeof Qualification>;

export const downgradePolicies = ["one_down", "by_growth"] as const;

/** The public terms of one ladder version. No personal attribute has a place in them. */
export const LadderTerms = z.strictObject({
  /** From the lowest up; `ladders/rules.ts` holds what makes a ladder sound. */
  tiers: z.array(Tier).min(1).max(12),
  qualification: Qualification,
  /** Where somebody lands who did not keep a tier: one tier lower, or the best tier whose keep threshold was met. */
  downgrade: z.enum(downgradePolicies),
  /** Days after a missed period in which the tier is still held and can still be kept. */
  graceDays: z.int().min(0).max(180),
  /** Days that a successor of this version is public before it takes effect (at least 7, cf. E-Commerce Law Art. 34). */
  noticeDays: z.int().min(7).max(180),
  growth: GrowthRule,
});
export type LadderTerms = z.infer<typeof LadderTerms>;

/** A published version. Versions count from 1, and a later one takes effect later. */
export type Ladder = {
  readonly id: string;
  readonly version: number;
  readonly effectiveFrom: Date;
  readonly terms: LadderTerms;
};

/** Before any ladder is published orders earn by this rule, and the first ladder counts what they earned. */
export const DEFAULT_GROWTH: GrowthRule = { perYuan: { numerator: 1, denominator: 1 }, returnWindowDays: 7 };

/** Why a ledger line was written. */
export const growthReasons = ["paid", "completed", "refunded", "unclaimed", "corrected"] as const;
export type GrowthReason = (typeof growthReasons)[number];

/** One line of the growth ledger. Lines are only ever added; a reversal is a line of its own. */
export type GrowthLine = {
  readonly id: Id<"growthLine">;
  readonly orderId: OrderId;
  /** Signed growth. */
  readonly growth: number;
  /** From when it counts; null while the order is not completed. A reversal carries the instant of what it reverses. */
  readonly earnedAt: Date | null;
  readonly recordedAt: Date;
  readonly reason: GrowthReason;
};

/** A tier given by hand: with a reason, an end, and two people. It lifts, never lowers. */
export type ManualTier = {
  readonly tier: TierCode;
  readonly reason: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
};

export const ladderStates = ["draft", "approved", "published"] as const;
export type LadderState = (typeof ladderStates)[number];
export const assignmentStates = ["requested", "approved", "declined"] as const;
export type AssignmentState = (typeof assignmentStates)[number];

export const LadderRef = z.strictObject({ ladderId: idSchema<"tierLadder">(), revision: z.int().min(1) });
export type LadderRef = z.infer<typeof LadderRef>;
export const OneLadder = z.strictObject({ ladderId: idSchema<"tierLadder">() });
export const DraftLadder = z.strictObject({ terms: LadderTerms });
export type DraftLadder = z.infer<typeof DraftLadder>;
export const EditLadder = LadderRef.extend({ terms: LadderTerms });
export type EditLadder = z.infer<typeof EditLadder>;
/** `effectiveFrom: null` asks for the earliest instant that the notice allows. */
export const PublishLadder = LadderRef.extend({ effectiveFrom: z.date().nullable() });
export type PublishLadder = z.infer<typeof PublishLadder>;
export const DryRunLadder = z.strictObject({ terms: LadderTerms });
export type DryRunLadder = z.infer<typeof DryRunLadder>;

export const AssignTier = z.strictObject({
  /** The member's public card number. */
  cardNumber: z
    .string()
    .trim()
    .regex(/^\d{10}$/),
  tier: TierCode,
  reason: z.string().trim().min(4).max(200),
  endsAt: z.date(),
});
export type AssignTier = z.infer<typeof AssignTier>;
export const DecideAssignment = z.strictObject({ assignmentId: idSchema<"tierAssignment">(), approve: z.boolean() });
export type DecideAssignment = z.infer<typeof DecideAssignment>;

export const OneMember = z.strictObject({ memberId: idSchema<"member">() });
export const LedgerPage = z.strictObject({
  before: idSchema<"growthLine">().optional(),
  size: z.int().min(1).max(100).default(20),
});
export type LedgerPage = z.infer<typeof LedgerPage>;

export const refusalCodes = [
  "LADDER_NOT_FOUND",
  "LADDER_ALREADY_PUBLISHED",
  "LADDER_NOT_APPROVED",
  "LADDER_SAME_PERSON",
  "LADDER_CHANGED",
  "LADDER_FIRST_NOT_ZERO",
  "LADDER_NOT_INCREASING",
  "LADDER_KEEP_ABOVE_UPGRADE",
  "LADDER_CODE_REPEATED",
  "LADDER_TOO_EARLY",
  "LADDER_MISSING",
  "TIER_UNKNOWN",
  "TIER_NOT_HIGHER",
  "ASSIGNMENT_NOT_FOUND",
  "ASSIGNMENT_DECIDED",
  "ASSIGNMENT_SAME_PERSON",
  "ASSIGNMENT_OPEN",
  "ASSIGNMENT_END_PAST",
] as const;
