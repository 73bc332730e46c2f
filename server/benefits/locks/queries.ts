import type { Reader } from "#db/client.ts";
import { childrenOf } from "../../consents/guardianship/queries.ts";
import type { ConsentStanding } from "../../consents/ledger/model.ts";
import { consentStanding } from "../../consents/ledger/queries.ts";
import type { ChildId, Subject } from "../../consents/model.ts";
import type { MemberId } from "../../core/id.ts";
import { Refusal } from "../../core/refusal.ts";
import type { TierCode } from "../../tiers/model.ts";
import { standingOf } from "../../tiers/queries.ts";
import { usesOf } from "../entitlements/queries.ts";
import { type Uses, withHeld } from "../entitlements/rules.ts";
import type { Benefit } from "../publishing/queries.ts";
import { isForChild, lockOf, purposeOf } from "../rules.ts";

/** Who wants to use a benefit, when. */
export type Wish = {
  readonly memberId: MemberId;
  readonly childId: ChildId | null;
  /** The instant of use. */
  readonly at: Date;
  readonly now: Date;
  /** The period whose use a booking holds already; null when a use must still be left. */
  readonly held: string | null;
};

/** What was looked at to tell that a wish can be granted. */
export type Ground = {
  readonly tier: TierCode | null;
  readonly uses: Uses;
  readonly standing: ConsentStanding | null;
};

/** Holds a wish against tier, consent and quota as they are now. Refuses: BENEFIT_LOCKED { reason }. */
export async function demandOpen(reader: Reader, benefit: Benefit, wish: Wish): Promise<Ground> {
  const { memberId, at, now } = wish;
  const tier = (await standingOf(reader, memberId, now))?.tier ?? null;
  const uses = await usesOf(reader, benefit, { memberId, tier, at, now });
  const standing = await standingUnder(reader, benefit, wish);
  const facts = { retired: benefit.retired, tier, standing, uses: withHeld(uses, wish.held) };
  const lock = lockOf(benefit.terms, facts, at);
  if (lock !== null) throw new Refusal("BENEFIT_LOCKED", { reason: lock.reason });
  return { tier, uses, standing };
}

/** How consent stands under the benefit's purpose; null when it has none, or is for a child and there is no child. */
export async function standingUnder(
  reader: Reader,
  { terms }: Benefit,
  { memberId, childId, now }: Pick<Wish, "memberId" | "childId" | "now">,
): Promise<ConsentStanding | null> {
  const purpose = purposeOf(terms);
  if (purpose === null || (isForChild(terms) && childId === null)) return null;
  return consentStanding(reader, subjectOf({ terms }, memberId, childId), purpose, now);
}

/** Whose data a benefit uses. */
export function subjectOf({ terms }: Pick<Benefit, "terms">, memberId: MemberId, childId: ChildId | null): Subject {
  return { memberId, childId: isForChild(terms) ? childId : null };
}

/**
 * The child for whom a benefit is used: one of the member's own where it is for children, nobody otherwise. Refuses:
 * CHILD_NOT_FOUND.
 */
export async function childFor(
  reader: Reader,
  { terms }: Benefit,
  memberId: MemberId,
  childId: ChildId | null,
): Promise<ChildId | null> {
  if (!isForChild(terms)) return null;
  if (childId === null) throw new Refusal("CHILD_NOT_FOUND", {}, "missing");
  const own = await childrenOf(reader, memberId);
  if (!own.some(({ id }) => id === childId)) throw new Refusal("CHILD_NOT_FOUND", {}, "missing");
  return childId;
}
