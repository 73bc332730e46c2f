import { eq } from "drizzle-orm";
import { claims, orders } from "#db/schema/orders.ts";
import type { Context, StaffActor } from "../../../core/context.ts";
import { Refusal } from "../../../core/refusal.ts";
import { followOrders } from "../../following.ts";
import { factsIn } from "../../stored.ts";
import { bind, recordClaim, unbind } from "../binding.ts";
import type { DecideClaim } from "../model.ts";

/**
 * Decides a claim on an order that belongs to somebody else: it changes hands, or stays. Both members read the reason.
 * Refuses: CLAIM_NOT_FOUND, CLAIM_DECIDED.
 */
export async function decide(ctx: Context<StaffActor>, { claimId, grant, reason }: DecideClaim): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const [claim] = await tx.select().from(claims).where(eq(claims.id, claimId));
    if (claim === undefined || claim.orderId === null) throw new Refusal("CLAIM_NOT_FOUND", {}, "missing");
    if (claim.state !== "disputed") throw new Refusal("CLAIM_DECIDED");
    const [order] = await tx.select().from(orders).where(eq(orders.id, claim.orderId));
    if (order === undefined) throw new Refusal("ORDER_NOT_FOUND", {}, "missing");
    const decided = { decidedAt: ctx.now, decidedBy: ctx.actor.id, reason };
    await tx
      .update(claims)
      .set({ ...decided, state: "refused" })
      .where(eq(claims.id, claimId));
    await recordClaim(tx, ctx, "claim.decide", claimId, "done", { grant, reason }, claim.memberId);
    if (!grant) return;
    if (order.ownerId !== null) await unbind(tx, ctx, order.id, order.ownerId, "claim.unclaim", reason);
    await bind(tx, ctx, order.id, claim.memberId, claimId);
    await followOrders(tx, ctx, [{ memberId: claim.memberId, orderId: order.id, facts: factsIn(order) }]);
  });
}
