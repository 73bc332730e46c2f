import { z } from "zod";
import { type ClaimId, idSchema, type MemberId, type OrderId } from "../../core/id.ts";
import type { TierCode } from "../../tiers/model.ts";
import type { Platform } from "../reading/model.ts";

/**
 * `pending` waits for an order that bears it out · `superseded` its member tried again · `granted` · `disputed` it is borne
 * out, but the order belongs to somebody else, and staff decide · `refused` by staff · `undone` after it was granted, by
 * staff or by its member · `expired` unanswered.
 */
export const claimStates = ["pending", "superseded", "granted", "disputed", "refused", "undone", "expired"] as const;
export type ClaimState = (typeof claimStates)[number];

/**
 * What a claim can be borne out by, beside the order's number. The day and the product code are weak each (`rules.ts` says
 * how weak), and count together as one.
 */
export const claimFactKinds = ["amount", "dayAndSku", "extension"] as const;
export type ClaimFactKind = (typeof claimFactKinds)[number];

/** Days for which a claim waits for its order to be imported. */
export const CLAIM_WAITS_DAYS = 90;

/** What a member says of an order: its id as the platform shows it, and one more fact. */
export const Claim = z.strictObject({
  orderNumber: z.string().trim().min(8).max(40),
  fact: z.discriminatedUnion("kind", [
    /** What was paid, in yuan with up to two decimals. */
    z.strictObject({
      kind: z.literal("amount"),
      yuan: z
        .string()
        .trim()
        .regex(/^\d{1,8}(\.\d{1,2})?$/),
    }),
    /** The business day on which the order was placed, and the merchant's code of a product in it. */
    z.strictObject({ kind: z.literal("dayAndSku"), day: z.iso.date(), sku: z.string().trim().min(1).max(64) }),
    /** The last four digits of the relay number with its extension, while the number lives. */
    z.strictObject({
      kind: z.literal("extension"),
      digits: z
        .string()
        .trim()
        .regex(/^\d{4}$/),
    }),
  ]),
});
export type Claim = z.infer<typeof Claim>;

/** What order numbers of one platform look like, as the source of a regular expression, and the facts its exports hold. */
export type ClaimableShape = { readonly shape: string; readonly facts: readonly ClaimFactKind[] };

/**
 * The answer to a claim. `received` says the same whether the order is unknown, the fact is wrong, or the order belongs
 * to somebody else: a guess learns nothing (promise 14). What its member learns is when they may try again.
 */
export type ClaimAnswer =
  | {
      readonly outcome: "received";
      readonly maskedId: string;
      /** From when this order may be tried again; null for at once. */
      readonly nextTryAt: Date | null;
    }
  | {
      readonly outcome: "granted";
      readonly maskedId: string;
      readonly orderId: OrderId;
      /** Growth booked for the order, whether it counts already or is still pending. */
      readonly growth: number;
      /** From when the growth counts for the tier; null while the order is not completed. */
      readonly countsFrom: Date | null;
      /** Points booked for the order, and from when they can be used; null while it is not completed. */
      readonly points: number;
      readonly usableFrom: Date | null;
      readonly tierBefore: TierCode | null;
      readonly tierAfter: TierCode | null;
    };

/** Orders of the demo brand that nobody has claimed yet: a newcomer can, with the amount as second fact. */
export const demoClaims = [
  { number: "4261500000000010001", yuan: "1288.00" },
  { number: "4261500000000020002", yuan: "369.00" },
  { number: "4261500000000030003", yuan: "4599.00" },
] as const;

/** Why an order is taken from a member again. */
export const unclaimReasons = ["mistake", "dispute", "fraud", "memberAsked"] as const;
/** Why a disputed order changes hands, and why it stays. Chosen, never written: both members read it. */
export const grantReasons = ["proofOfPurchase", "platformConfirmed", "ownerAgreed"] as const;
export const refuseReasons = ["ownerProved", "ownerConfirmed", "notProved"] as const;
/** `letGo`: its own member let go of the order. */
export const claimReasons = [...unclaimReasons, ...grantReasons, ...refuseReasons, "letGo"] as const;
export type ClaimReason = (typeof claimReasons)[number];

export const UnclaimOrder = z.strictObject({ orderId: idSchema<"order">(), reason: z.enum(unclaimReasons) });
export type UnclaimOrder = z.infer<typeof UnclaimOrder>;

export const LetGoOfOrder = z.strictObject({ orderId: idSchema<"order">() });
export type LetGoOfOrder = z.infer<typeof LetGoOfOrder>;

export const OneClaim = z.strictObject({ claimId: idSchema<"claim">() });
export type OneClaim = z.infer<typeof OneClaim>;

export const DecideClaim = z.discriminatedUnion("grant", [
  OneClaim.extend({ grant: z.literal(true), reason: z.enum(grantReasons) }),
  OneClaim.extend({ grant: z.literal(false), reason: z.enum(refuseReasons) }),
]);
export type DecideClaim = z.infer<typeof DecideClaim>;

/** A claim as its member sees it: disputed looks like pending. */
export type OwnClaim = {
  readonly id: ClaimId;
  readonly maskedId: string;
  readonly state: "pending" | "granted" | "refused" | "undone" | "expired";
  readonly createdAt: Date;
  readonly reason: ClaimReason | null;
};

/** A claim that staff must decide: the order belongs to another member, and both have facts. */
export type Dispute = {
  readonly id: ClaimId;
  readonly memberId: MemberId;
  readonly maskedId: string;
  readonly platform: Platform;
  readonly orderId: OrderId;
  readonly ownerId: MemberId | null;
  readonly createdAt: Date;
};

/** One attempt at an order: who, when, by which fact, and whether the order bore it out. */
export type Attempt = {
  readonly id: ClaimId;
  readonly by: "claimant" | "owner" | "somebodyElse";
  readonly at: Date;
  readonly fact: ClaimFactKind;
  readonly boreOut: boolean;
};

/** A dispute with its evidence. What a fact said is in no evidence: it is kept as a keyed hash only. */
export type DisputeEvidence = Dispute & {
  readonly state: "disputed" | "granted" | "refused";
  readonly reason: ClaimReason | null;
  readonly placedAt: Date;
  /** Latest first, of the last 90 days. */
  readonly attempts: readonly Attempt[];
};

export const refusalCodes = [
  "ORDER_NOT_CLAIMED",
  "CLAIM_NOT_FOUND",
  "CLAIM_DECIDED",
  "CLAIM_FACT_NOT_HELD",
  "CLAIM_TOO_SOON",
] as const;
