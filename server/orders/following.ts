import type { Tx } from "#db/client.ts";
import type { Context } from "../core/context.ts";
import * as points from "../points/service.ts";
import type { FollowedOrder } from "../tiers/model.ts";
import * as tiers from "../tiers/service.ts";

/**
 * Lets all that orders give their members follow them, growth and points alike, in the transaction that changed the
 * orders (promise 15). Asking again adds nothing.
 */
export async function followOrders(tx: Tx, ctx: Context, orders: readonly FollowedOrder[]): Promise<void> {
  if (orders.length === 0) return;
  await tiers.followOrders(tx, ctx, orders);
  await points.followOrders(tx, ctx, orders);
}
