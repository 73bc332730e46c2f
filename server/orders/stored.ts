import type { orders } from "#db/schema/orders.ts";
import type { OrderFacts } from "../tiers/model.ts";
import type { Knowledge, Part, StoredPart, StoredParts, Summary } from "./model.ts";
import { factsOf } from "./rules.ts";

export type OrderRow = typeof orders.$inferSelect;

/** What an order's row knows of it. */
export function knowledgeIn(
  row: Pick<OrderRow, "placedAt" | "paidAt" | "shippedAt" | "completedAt" | "parts">,
): Knowledge {
  const { placedAt, paidAt, shippedAt, completedAt, parts } = row;
  return {
    times: { placedAt, paidAt, shippedAt, completedAt },
    whole: parts.whole === null ? null : unpack(parts.whole),
    lines: Object.fromEntries(Object.entries(parts.lines).map(([key, part]) => [key, unpack(part)])),
  };
}

/** The columns of a row that follow from what is known of the order. */
export function columnsFor({ times, whole, lines }: Knowledge, summary: Summary) {
  const parts: StoredParts = {
    whole: whole === null ? null : pack(whole),
    lines: Object.fromEntries(Object.entries(lines).map(([key, part]) => [key, pack(part)])),
  };
  return { ...summary, ...times, parts };
}

/** What an order's row lets the tiers know. */
export function factsIn(row: OrderRow): OrderFacts {
  return factsOf(row, row, row.revision);
}

function pack({ stage, paid, refunded, refundUnknown, sku, quantity }: Part): StoredPart {
  return [stage, paid, refunded, refundUnknown ? 1 : 0, sku, quantity];
}

function unpack([stage, paid, refunded, refundUnknown, sku, quantity]: StoredPart): Part {
  return { stage, paid, refunded, refundUnknown: refundUnknown === 1, sku, quantity };
}
