import { and, desc, eq, inArray, lt } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { claimKeys, claims, orders } from "#db/schema/orders.ts";
import type { ClaimId } from "../../../core/id.ts";
import { Refusal } from "../../../core/refusal.ts";
import type { Attempt, Dispute, DisputeEvidence } from "../model.ts";

/** How many attempts at an order are shown. */
const ATTEMPTS_SHOWN = 50;

/** A page of the claims that staff must decide, newest first. */
export async function disputes(reader: Reader, before: ClaimId | undefined, size: number) {
  const rows = await reader
    .select({ id: claims.id, memberId: claims.memberId, orderId: claims.orderId, createdAt: claims.createdAt })
    .from(claims)
    .where(and(eq(claims.state, "disputed"), before === undefined ? undefined : lt(claims.id, before)))
    .orderBy(desc(claims.id))
    .limit(size + 1);
  const page = rows.slice(0, size);
  const about = page.flatMap(({ orderId }) => (orderId === null ? [] : [orderId]));
  const found = about.length === 0 ? [] : await reader.select().from(orders).where(inArray(orders.id, about));
  const byId = new Map(found.map((order) => [order.id, order]));
  return {
    disputes: page.flatMap(({ orderId, ...claim }): Dispute[] => {
      const order = orderId === null ? undefined : byId.get(orderId);
      if (order === undefined) return [];
      const { id, maskedId, platform, ownerId } = order;
      return [{ ...claim, orderId: id, maskedId, platform, ownerId }];
    }),
    before: rows.length > size ? (page.at(-1)?.id ?? null) : null,
  };
}

/**
 * A disputed claim with all that was tried at its order: what the order bore out names the order, what it did not still
 * waits under the order's key. Refuses: CLAIM_NOT_FOUND.
 */
export async function dispute(reader: Reader, claimId: ClaimId): Promise<DisputeEvidence> {
  const [found] = await reader
    .select({ claim: claims, order: orders })
    .from(claims)
    .innerJoin(orders, eq(orders.id, claims.orderId))
    .where(eq(claims.id, claimId));
  const state = found && (["disputed", "granted", "refused"] as const).find((one) => one === found.claim.state);
  // A claim that was granted at once was no dispute.
  if (found === undefined || state === undefined || (state === "granted" && found.claim.decidedBy === null))
    throw new Refusal("CLAIM_NOT_FOUND", {}, "missing");
  const { claim, order } = found;
  const tried = { id: claims.id, memberId: claims.memberId, at: claims.createdAt, fact: claims.factKind };
  const [borneOut, others] = await Promise.all([
    reader
      .select(tried)
      .from(claims)
      .where(eq(claims.orderId, order.id))
      .orderBy(desc(claims.id))
      .limit(ATTEMPTS_SHOWN),
    reader
      .select(tried)
      .from(claimKeys)
      .innerJoin(claims, eq(claims.id, claimKeys.claimId))
      .where(eq(claimKeys.orderKey, order.orderKey))
      .orderBy(desc(claims.id))
      .limit(ATTEMPTS_SHOWN),
  ]);
  const attempt =
    (boreOut: boolean) =>
    ({ memberId, ...rest }: (typeof borneOut)[number]): Attempt => ({
      ...rest,
      boreOut,
      by: memberId === claim.memberId ? "claimant" : memberId === order.ownerId ? "owner" : "somebodyElse",
    });
  const { id, memberId, createdAt, reason } = claim;
  return {
    ...{ id, memberId, createdAt, state, reason },
    ...{ orderId: order.id, maskedId: order.maskedId, platform: order.platform, ownerId: order.ownerId },
    placedAt: order.placedAt,
    attempts: [...borneOut.map(attempt(true)), ...others.map(attempt(false))]
      .sort((a, b) => b.at.getTime() - a.at.getTime())
      .slice(0, ATTEMPTS_SHOWN),
  };
}
