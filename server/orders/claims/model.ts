import { z } from "zod";
import { type ClaimId, idSchema, type MemberId, type OrderId } from "../../core/id.ts";
import type { TierCode } from "../../tiers/model.ts";
import type { Platform } from "../reading/model.ts";

/**
 * `pending` waits for an order that bears it out · `granted` · `disputed` it is borne out, but the order belongs to
 * somebody else, and staff decide · `refused` by staff · `undone` by staff after it was granted · `expired` unanswered.
 */
export const claimStates = ["pending", "granted", "disputed", "refused", "undone", "expired"] as const;
export type ClaimState = (typeof claimStates)[number];

/** What a claim can be borne out by: facts that every platform's export holds. */
export const claimFactKinds = ["amount", "day"] as const;
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
    /** The business day on which the order was placed. */
    z.strictObject({ kind: z.literal("day"), day: z.iso.date() }),
  ]),
});
export type Claim = z.infer<typeof Claim>;

/**
 * The answer to a claim. `received` says the same whether the order is unknown, the fact is wrong, or the order belongs
 * to somebody else: a guess learns nothing (promise 14).
 */
export type ClaimAnswer =
  | { readonly outcome: "received"; readonly maskedId: string }
  | {
      readonly outcome: "granted";
      readonly maskedId: string;
      readonly orderId: OrderId;
      /** Growth booked for the order, whether it counts already or is still pending. */
      readonly growth: number;
      /** From when the growth counts for the tier; null while the order is not completed. */
      readonly countsFrom: Date | null;
      readonly tierBefore: TierCode | null;
      readonly tierAfter: TierCode | null;
    };

/** Orders of the demo brand that nobody has claimed yet: a newcomer can, with the amount as second fact. */
export const demoClaims = [
  { number: "4261500000000010001", yuan: "1288.00" },
  { number: "4261500000000020002", yuan: "369.00" },
  { number: "4261500000000030003", yuan: "4599.00" },
] as const;

/** A claim as its member sees it: disputed looks like pending. */
export type OwnClaim = {
  readonly id: ClaimId;
  readonly maskedId: string;
  readonly state: "pending" | "granted" | "refused" | "undone" | "expired";
  readonly createdAt: Date;
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

/** Why an order is taken from a member again. */
export const unclaimReasons = ["mistake", "dispute", "fraud", "memberAsked"] as const;
export const UnclaimOrder = z.strictObject({ orderId: idSchema<"order">(), reason: z.enum(unclaimReasons) });
export type UnclaimOrder = z.infer<typeof UnclaimOrder>;

export const DecideClaim = z.strictObject({ claimId: idSchema<"claim">(), grant: z.boolean() });
export type DecideClaim = z.infer<typeof DecideClaim>;

export const refusalCodes = ["ORDER_NOT_CLAIMED", "CLAIM_NOT_FOUND", "CLAIM_DECIDED"] as const;
