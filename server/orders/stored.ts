import type { orders } from "#db/schema/orders.ts";
import { dictionary } from "../core/dictionary.ts";
import { Written } from "../core/written.ts";
import type { OrderFacts } from "../tiers/model.ts";
import type { Knowledge, Part, StoredPart, StoredParts, Summary, Times } from "./model.ts";
import { factsOf } from "./rules.ts";

export type OrderRow = typeof orders.$inferSelect;

/** All that an order's row tells of it. */
export type Told = Summary & Times & { readonly parts: Written<StoredParts> };

/** What an order's row knows of it. */
export function knowledgeIn({ placedAt, paidAt, shippedAt, completedAt, parts }: Told): Knowledge {
  return { times: { placedAt, paidAt, shippedAt, completedAt }, ...unpackParts(parts.read()) };
}

/** Parts as they are stored. */
export function packParts({ whole, lines }: Pick<Knowledge, "whole" | "lines">): StoredParts {
  const packed = dictionary<StoredPart>();
  for (const [key, part] of Object.entries(lines)) packed[key] = pack(part);
  return { whole: whole === null ? null : pack(whole), lines: packed };
}

/** What stored parts say. */
export function unpackParts({ whole, lines }: StoredParts): Pick<Knowledge, "whole" | "lines"> {
  const parts = dictionary<Part>();
  for (const [key, part] of Object.entries(lines)) parts[key] = unpack(part);
  return { whole: whole === null ? null : unpack(whole), lines: parts };
}

/** The columns of a row that follow from what is known of the order. */
export function columnsFor(knowledge: Knowledge, summary: Summary): Told {
  return { ...summary, ...knowledge.times, parts: Written.of(packParts(knowledge)) };
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
