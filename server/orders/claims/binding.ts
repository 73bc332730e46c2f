import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { claimKeys, claims, orders } from "#db/schema/orders.ts";
import type { AuditAction } from "../../audit/model.ts";
import * as audit from "../../audit/service.ts";
import type { Context, MemberActor, StaffActor } from "../../core/context.ts";
import type { ClaimId, MemberId, OrderId } from "../../core/id.ts";
import { Refusal } from "../../core/refusal.ts";
import { followOrders } from "../following.ts";
import type { ClaimReason } from "./model.ts";

/** Gives the order to the member if nobody has it; else the claim becomes a dispute. One statement decides (promise 14). */
export async function bind(
  tx: Tx,
  ctx: Context,
  orderId: OrderId,
  memberId: MemberId,
  claimId: ClaimId,
): Promise<boolean> {
  const bound = await tx
    .update(orders)
    .set({ ownerId: memberId })
    .where(and(eq(orders.id, orderId), isNull(orders.ownerId)))
    .returning({ id: orders.id });
  const won = bound.length > 0;
  if (!won) await supersedeDisputed(tx, orderId, memberId);
  await tx
    .update(claims)
    .set({ state: won ? "granted" : "disputed", orderId, decidedAt: won ? ctx.now : null })
    .where(eq(claims.id, claimId));
  await tx.delete(claimKeys).where(eq(claimKeys.claimId, claimId));
  if (won) await recordClaim(tx, ctx, "claim.grant", claimId, "done", {}, memberId);
  return won;
}

/** A member disputes an order once, however often they claim it: their list shows one claim, as for an order nobody knows. */
async function supersedeDisputed(tx: Tx, orderId: OrderId, memberId: MemberId): Promise<void> {
  await tx
    .update(claims)
    .set({ state: "superseded" })
    .where(and(eq(claims.orderId, orderId), eq(claims.memberId, memberId), eq(claims.state, "disputed")));
}

/**
 * Takes the order from its owner again and reverses everything it gave them. Refuses: ORDER_NOT_CLAIMED, when it is not theirs
 * any more.
 */
export async function unbind(
  tx: Tx,
  ctx: Context<StaffActor | MemberActor>,
  orderId: OrderId,
  ownerId: MemberId,
  action: "claim.unclaim" | "claim.letGo",
  reason: ClaimReason,
): Promise<void> {
  const freed = await tx
    .update(orders)
    .set({ ownerId: null })
    .where(and(eq(orders.id, orderId), eq(orders.ownerId, ownerId)))
    .returning({ id: orders.id });
  if (freed.length === 0) throw new Refusal("ORDER_NOT_CLAIMED");
  await tx
    .update(claims)
    .set({
      state: "undone",
      decidedAt: ctx.now,
      decidedBy: ctx.actor.kind === "staff" ? ctx.actor.id : null,
      reason,
    })
    .where(and(eq(claims.orderId, orderId), eq(claims.memberId, ownerId), eq(claims.state, "granted")));
  await followOrders(tx, ctx, [{ memberId: ownerId, orderId, facts: null }]);
  await audit.record(tx, ctx, {
    action,
    subject: { kind: "order", id: orderId },
    memberId: ownerId,
    detail: { reason },
  });
}

/** Records an act about a claim; null for one that came to no claim. */
export async function recordClaim(
  tx: Tx,
  ctx: Context,
  action: AuditAction,
  claimId: ClaimId | null,
  outcome: "done" | "refused",
  detail: audit.NewEntry["detail"],
  memberId?: MemberId,
): Promise<void> {
  await audit.record(tx, ctx, { action, subject: { kind: "claim", id: claimId }, outcome, detail, memberId });
}
