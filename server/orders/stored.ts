import type { orders } from "#db/schema/orders.ts";
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

/**
 * Parts as they are stored: the text that `JSON.stringify` makes of `StoredParts`, without the objects that it would be
 * made of. An import writes it for each order, and most of its time went into them.
 */
export function writeParts({ whole, lines }: Pick<Knowledge, "whole" | "lines">): string {
  let written = "";
  for (const [key, part] of lines) written += `${written === "" ? "" : ","}${JSON.stringify(key)}:${writePart(part)}`;
  return `{"whole":${whole === null ? "null" : writePart(whole)},"lines":{${written}}}`;
}

/** What stored parts say. */
export function unpackParts({ whole, lines }: StoredParts): Pick<Knowledge, "whole" | "lines"> {
  const parts = new Map<string, Part>();
  for (const [key, part] of Object.entries(lines)) parts.set(key, unpack(part));
  return { whole: whole === null ? null : unpack(whole), lines: parts };
}

/** The columns of a row that follow from what is known of the order. */
export function columnsFor(knowledge: Knowledge, { status, paid, refunded, refundUnknown }: Summary): Told {
  const { placedAt, paidAt, shippedAt, completedAt } = knowledge.times;
  const parts = new Written<StoredParts>(writeParts(knowledge));
  return { status, paid, refunded, refundUnknown, placedAt, paidAt, shippedAt, completedAt, parts };
}

/** What an order's row lets the tiers know. */
export function factsIn(row: OrderRow): OrderFacts {
  return factsOf(row, row, row.revision);
}

function writePart({ stage, paid, refunded, refundUnknown, sku, quantity }: Part): string {
  const code = sku === null ? "null" : JSON.stringify(sku);
  return `["${stage}",${paid},${refunded},${refundUnknown ? 1 : 0},${code},${quantity}]`;
}

function unpack([stage, paid, refunded, refundUnknown, sku, quantity]: StoredPart): Part {
  return { stage, paid, refunded, refundUnknown: refundUnknown === 1, sku, quantity };
}
