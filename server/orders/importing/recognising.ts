import type { Db } from "#db/client.ts";
import { orders } from "#db/schema/orders.ts";
import type { Asked, Recognised } from "../reading/recognition.ts";

const told = ["orderKey", "rowsHash", "maskedId", "status", "paid", "refunded", "refundUnknown", "placedAt"] as const;

/**
 * The orders of the store that stand as these rows left them. Asked outside any transaction: an order that somebody
 * changes a moment later was taken in before that.
 */
export async function findByRows(db: Db, asked: readonly Asked[]): Promise<(Recognised | null)[]> {
  const rows = await db.bulkRead(
    orders,
    told,
    "orderKey",
    asked.map(({ orderKey }) => orderKey),
  );
  const stored = new Map(rows.map((row) => [row.orderKey.toString("latin1"), row]));
  return asked.map(({ orderKey, rowsHash }) => {
    const row = stored.get(orderKey.toString("latin1"));
    if (row === undefined || row.rowsHash === null || !row.rowsHash.equals(rowsHash)) return null;
    const { maskedId, status, paid, refunded, refundUnknown, placedAt } = row;
    return { maskedId, status, paid, refunded, refundUnknown, placedAt };
  });
}
