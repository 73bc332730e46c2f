import { z } from "zod";
import { type ImportBatchId, idSchema, type MemberId, type OrderId } from "../../core/id.ts";
import type { Fen } from "../../core/money.ts";
import { dialPurposes, OrderCursor, type ShownStatus, shownStatuses } from "../model.ts";
import { Platform } from "../reading/model.ts";

/** Imported since when: relative, so that a saved view means this week every week. */
export const importedSince = ["today", "thisWeek", "thisMonth"] as const;
export type ImportedSince = (typeof importedSince)[number];

/** What the console filters by; all that is given must hold. Days are business days, both included. */
export const OrderFilter = z.strictObject({
  /** A masked order id, `1234****5678`: filters stand in addresses, where a full one has no place. */
  number: z
    .string()
    .regex(/^.{4}\*{4}.{4}$/)
    .optional(),
  platform: Platform.optional(),
  status: z.enum(shownStatuses).optional(),
  batchId: idSchema<"importBatch">().optional(),
  /** Last changed by an import that began then or later. */
  imported: z.enum(importedSince).optional(),
  owned: z.boolean().optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});
export type OrderFilter = z.infer<typeof OrderFilter>;

export const OrderSearch = OrderFilter.extend({
  after: OrderCursor.optional(),
  size: z.int().min(1).max(100).default(50),
});
export type OrderSearch = z.infer<typeof OrderSearch>;

/** The last four digits of a relay number, or its extension, and why somebody asks. */
export const FindByTail = z.strictObject({
  digits: z
    .string()
    .trim()
    .regex(/^\d{3,4}$/),
  purpose: z.enum(dialPurposes),
});
export type FindByTail = z.infer<typeof FindByTail>;

/** An order as a list shows it. */
export type FoundOrder = {
  readonly id: OrderId;
  readonly platform: Platform;
  readonly maskedId: string;
  readonly status: ShownStatus;
  readonly paid: Fen;
  readonly refunded: Fen;
  readonly refundUnknown: boolean;
  readonly placedAt: Date;
  readonly ownerId: MemberId | null;
  readonly batchId: ImportBatchId;
};

/** A page of orders, newest first. */
export type OrderPage = {
  readonly orders: readonly FoundOrder[];
  /** Where to go on; null when nothing is left. */
  readonly after: OrderCursor | null;
  /** Back to when this page looked, when it stopped before it was full; null otherwise. */
  readonly lookedBackTo: Date | null;
};

/**
 * Most orders that one page looks at. Filters that have no index (a platform, who has an owner, what was imported of
 * late) are held against orders one by one; a page that does not fill up stops here, says back to when it looked, and
 * can be gone on from. So the rarest value costs a request as much as the commonest, and an import no index of its own.
 */
export const LOOKED_AT = 20_000;
