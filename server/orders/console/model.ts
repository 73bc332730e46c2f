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

/** An order number as somebody typed it: masked, or in full to be hashed on the way and kept nowhere. */
export const FindOrder = z.strictObject({ number: z.string().trim().min(8).max(40) });
export type FindOrder = z.infer<typeof FindOrder>;

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
