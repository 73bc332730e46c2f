import type { Reader, Tx } from "#db/client.ts";
import { orders, overwrittenNumbers, overwrittenOrders, virtualNumbers } from "#db/schema/orders.ts";
import type { Context } from "../../core/context.ts";
import type { ImportBatchId, OrderId } from "../../core/id.ts";
import { addDays } from "../../core/time.ts";
import * as claims from "../claims/service.ts";
import { tailsOf } from "../console/tails.ts";
import { followOrders } from "../following.ts";
import { relayOf } from "../formats/index.ts";
import { relayEnds } from "../rules.ts";
import { factsIn, type OrderRow } from "../stored.ts";
import type { Gathered } from "./gathering.ts";
import type { Weighed } from "./weighing.ts";

/** What may change in an order's row; key, platform, masked id, owner and id never do here. */
export const changing = [
  "status",
  "paid",
  "refunded",
  "refundUnknown",
  "placedAt",
  "paidAt",
  "shippedAt",
  "completedAt",
  "parts",
  "revision",
  "rowsHash",
  "batchId",
] as const;

/** The rows of these orders as they are, by key. */
export async function rowsFor(reader: Reader, gathered: readonly Gathered[]): Promise<Map<string, OrderRow>> {
  const rows = await reader.bulkSelect(orders, "orderKey", gathered.map(keyOf));
  return new Map(rows.map((row) => [row.orderKey.toString("latin1"), row]));
}

/**
 * Writes what a chunk changes: the orders, what they were before, their relay numbers, the growth of those that have an
 * owner, and the claims that were waiting for them. Sorted by key as `gather` left them. Gives how many orders it left a
 * trace on: those it created or changed, and those that it brought a relay number alone.
 */
export async function storeOrders(
  tx: Tx,
  ctx: Context,
  batchId: ImportBatchId,
  weighed: readonly Weighed[],
  before: ReadonlyMap<string, OrderRow>,
): Promise<number> {
  const after = new Map(before);
  const fresh: OrderRow[] = [];
  const changed: OrderRow[] = [];
  for (const { gathered, told, change } of weighed) {
    if (change === "unchanged") continue;
    const { key, platform, maskedId, rowsHash } = gathered;
    const { status, paid, refunded, refundUnknown, placedAt, paidAt, shippedAt, completedAt, parts } = told;
    const old = before.get(key);
    const row: OrderRow = {
      id: old?.id ?? ctx.newId<"order">(),
      platform,
      orderKey: keyOf(gathered),
      maskedId,
      status,
      paid,
      refunded,
      refundUnknown,
      placedAt,
      paidAt,
      shippedAt,
      completedAt,
      parts,
      revision: (old?.revision ?? 0) + 1,
      rowsHash: rowsHash === "" ? null : Buffer.from(rowsHash, "latin1"),
      batchId,
      ownerId: old?.ownerId ?? null,
    };
    after.set(key, row);
    (old === undefined ? fresh : changed).push(row);
  }
  // `before` was looked for in this transaction: an order that another import brings meanwhile makes it run again.
  await tx.bulkInsert(orders, fresh);
  await tx.bulkInsert(orders, changed, { key: ["orderKey"], update: changing });
  await keepOverwritten(tx, batchId, changed, before);
  const numbered = await storeVirtualNumbers(tx, ctx, batchId, weighed, after);
  await followOwned(tx, ctx, changed);
  await claims.settleWaiting(tx, ctx, [...after.values()]);
  return new Set([...fresh.map(({ id }) => id), ...changed.map(({ id }) => id), ...numbered]).size;
}

/** Keeps what each order was before this batch: once, however many chunks of the batch speak of it. */
async function keepOverwritten(
  tx: Tx,
  batchId: ImportBatchId,
  changed: readonly OrderRow[],
  before: ReadonlyMap<string, OrderRow>,
): Promise<void> {
  await tx.bulkInsert(
    overwrittenOrders,
    changed.flatMap(({ orderKey }) => {
      const old = before.get(orderKey.toString("latin1"));
      if (old === undefined || old.batchId === batchId) return [];
      return [{ ...old, batchId, orderId: old.id, previousBatchId: old.batchId, owned: old.ownerId !== null }];
    }),
  );
}

/** Lets growth and points follow these orders as far as they have an owner. */
export async function followOwned(tx: Tx, ctx: Context, changed: readonly OrderRow[]): Promise<void> {
  const owned = changed.flatMap((row) =>
    row.ownerId === null ? [] : [{ memberId: row.ownerId, orderId: row.id, facts: factsIn(row) }],
  );
  await followOrders(tx, ctx, owned);
}

/** Keeps, sealed, each number that is still alive; of two of one order the one that lives longer. Gives whose it kept. */
async function storeVirtualNumbers(
  tx: Tx,
  ctx: Context,
  batchId: ImportBatchId,
  weighed: readonly Weighed[],
  rows: ReadonlyMap<string, OrderRow>,
): Promise<OrderId[]> {
  const fresh = weighed.flatMap(({ gathered: { key, virtualNumber } }) => {
    const order = rows.get(key);
    if (virtualNumber === null || order === undefined) return [];
    const rule = relayOf(order.platform);
    const stated = virtualNumber.expiresAt === null ? null : new Date(virtualNumber.expiresAt);
    if (relayEnds(rule, order, stated) <= ctx.now) return [];
    return [{ orderId: order.id, virtualNumber, expiresAt: stated ?? addDays(order.placedAt, rule.atMost) }];
  });
  if (fresh.length === 0) return [];
  const stored = await tx.bulkSelect(
    virtualNumbers,
    "orderId",
    fresh.map(({ orderId }) => orderId),
  );
  const known = new Map(stored.map((number) => [number.orderId, number]));
  const longer = fresh.filter(({ orderId, expiresAt }) => expiresAt > (known.get(orderId)?.expiresAt ?? ctx.now));
  await tx.bulkInsert(
    overwrittenNumbers,
    longer.flatMap(({ orderId }) => {
      const old = known.get(orderId);
      if (old === undefined || old.batchId === batchId) return [];
      return [{ ...old, batchId, previousBatchId: old.batchId }];
    }),
    {
      key: ["batchId", "orderId"],
      update: ["previousBatchId", "sealed", "masked", "numberTail", "extensionTail", "expiresAt"],
    },
  );
  await tx.bulkInsert(
    virtualNumbers,
    longer.map(({ orderId, virtualNumber: { number, extension }, expiresAt }) => ({
      orderId,
      sealed: ctx.keys.sealForSystem(`${number}-${extension}`, placeOf(orderId)),
      masked: `${number.slice(0, 3)}****${number.slice(-4)}-${"*".repeat(extension.length)}`,
      ...tailsOf(ctx.keys, number, extension),
      expiresAt,
      batchId,
    })),
    { key: ["orderId"], update: ["sealed", "masked", "numberTail", "extensionTail", "expiresAt", "batchId"] },
  );
  return longer.map(({ orderId }) => orderId);
}

/** Where a relay number lies: it opens nowhere else. */
export function placeOf(orderId: OrderId) {
  return { table: "virtual_numbers", column: "sealed", row: orderId };
}

function keyOf({ key }: Gathered): Buffer {
  return Buffer.from(key, "latin1");
}
