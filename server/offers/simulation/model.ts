import { z } from "zod";
import { idSchema } from "../../core/id.ts";
import type { TierCode } from "../../tiers/model.ts";
import { OfferTerms } from "../kinds/index.ts";

/** Terms to be tried on the orders of the last days, in place of the offer's present ones. */
export const Simulate = z.strictObject({
  offerId: idSchema<"offer">().nullable(),
  terms: OfferTerms,
  days: z.int().min(1).max(365),
});
export type Simulate = z.infer<typeof Simulate>;

/** What the orders would have come to, with and without the terms. Money in fen. */
export type Outcome = {
  readonly tier: TierCode;
  readonly orders: number;
  /** Orders to which the terms would have applied. */
  readonly reached: number;
  readonly listFen: number;
  readonly beforeFen: number;
  readonly afterFen: number;
};

export type Simulation = {
  readonly from: Date;
  readonly orders: number;
  /** Orders that name no article cannot be priced. */
  readonly withoutItems: number;
  /** Only the newest orders up to the limit were looked at. */
  readonly truncated: boolean;
  /** Every order priced for every tier: what the tiers would pay for the same carts. */
  readonly everyTier: readonly Outcome[];
  /** Claimed orders, each in the tier its owner has now: what it would cost. */
  readonly owners: readonly Outcome[];
};
