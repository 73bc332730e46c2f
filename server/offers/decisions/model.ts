import { z } from "zod";
import { type DecisionId, idSchema } from "../../core/id.ts";
import { TierCode } from "../../tiers/model.ts";

export const DecisionRef = z.strictObject({ decisionId: idSchema<"decision">() });
export type DecisionRef = z.infer<typeof DecisionRef>;

export const DecisionSearch = z.strictObject({
  /** A decision's id, to find that one. */
  id: z.string().trim().max(36).optional(),
  tier: TierCode.optional(),
  offerId: idSchema<"offer">().optional(),
  /** The id of the last decision seen: the next page begins after it. */
  before: idSchema<"decision">().optional(),
  size: z.int().min(1).max(100).default(50),
});
export type DecisionSearch = z.infer<typeof DecisionSearch>;

export type ReplayReport = {
  readonly checked: number;
  readonly same: number;
  readonly different: readonly { readonly decisionId: DecisionId; readonly because: "result" | "group" | "set" }[];
};

export type FairnessReport = {
  readonly groups: number;
  readonly decisions: number;
  /** One decision of each price, so that both can be looked at. */
  readonly groupsWithMoreThanOnePrice: readonly {
    readonly groupHash: string;
    readonly decisionIds: readonly DecisionId[];
  }[];
};
