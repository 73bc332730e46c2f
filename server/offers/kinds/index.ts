import { z } from "zod";
import type { OfferKind } from "../kind.ts";
import { Conditions, PublicText } from "../model.ts";
import { amountOff } from "./amount-off.ts";
import { fixedPrice } from "./fixed-price.ts";
import { freeService } from "./free-service.ts";
import { gift } from "./gift.ts";
import { percentOff } from "./percent-off.ts";
import { pointsMultiplier } from "./points-multiplier.ts";

/** The registry: one line a kind. */
export const kinds = [percentOff, amountOff, fixedPrice, gift, pointsMultiplier, freeService] as const;

const [first, ...others] = kinds;

/** What an offer gives: the terms of one kind. */
export const Reward = z.discriminatedUnion("kind", [first.reward, ...others.map((kind) => kind.reward)]);
export type Reward = z.infer<typeof Reward>;

/** The terms of an offer: what everybody reads, and all that decides. */
export const OfferTerms = z.strictObject({ title: PublicText, conditions: Conditions, reward: Reward });
export type OfferTerms = z.infer<typeof OfferTerms>;

const byName: ReadonlyMap<string, OfferKind> = new Map(kinds.map((kind) => [kind.name, kind]));

/** The kind of a reward. Throws for one that the schema would have refused. */
export function kindOf(reward: { readonly kind: string }): OfferKind {
  const kind = byName.get(reward.kind);
  if (kind === undefined) throw new RangeError(`no such kind of offer: ${reward.kind}`);
  return kind;
}
