import { z } from "zod";
import { type ImportBatchId, idSchema, type MemberId, type OrderId } from "../core/id.ts";
import type { Fen } from "../core/money.ts";
import type { OrderStatus } from "../tiers/model.ts";
import type { Platform } from "./reading/model.ts";

/**
 * Every place an order or a line of it can be at, in the order in which later beats earlier. A refund under way counts
 * as just after the delivery step at which it was asked for, so that the next step shows it was withdrawn.
 */
export const stages = [
  "placed",
  "paid",
  "refunding:paid",
  "shipped",
  "refunding:shipped",
  "completed",
  "refunding:completed",
  "closed",
  "refunded",
] as const;
export const Stage = z.enum(stages);
export type Stage = z.infer<typeof Stage>;

/** What is known of an order as a whole, or of one line of it, from all rows that spoke of it. */
export type Part = {
  readonly stage: Stage;
  /** What was paid before anything was given back. */
  readonly paid: Fen;
  readonly refunded: Fen;
  /** Money was given back and no row said how much. */
  readonly refundUnknown: boolean;
  readonly sku: string | null;
  readonly quantity: number | null;
};

/** The instants of an order's life, as far as any row told them. */
export type Times = {
  readonly placedAt: Date;
  readonly paidAt: Date | null;
  readonly shippedAt: Date | null;
  readonly completedAt: Date | null;
};

/** All that is known of an order: what was said of the whole, and of each line by its fingerprint. */
export type Knowledge = {
  readonly times: Times;
  readonly whole: Part | null;
  readonly lines: ReadonlyMap<string, Part>;
};

/** A part as it is stored: stage, paid, refunded, refund unknown, SKU, quantity. */
export type StoredPart = readonly [Stage, Fen, Fen, 0 | 1, string | null, number | null];
export type StoredParts = { readonly whole: StoredPart | null; readonly lines: Readonly<Record<string, StoredPart>> };

/** What follows from it, for money and growth. `refunded` is never more than `paid`. */
export type Summary = {
  readonly status: OrderStatus;
  readonly paid: Fen;
  readonly refunded: Fen;
  readonly refundUnknown: boolean;
};

/** Where people see an order or a line of it: what is stored, and that part of its money went back (`shownStatus`). */
export const shownStatuses = [
  "placed",
  "paid",
  "shipped",
  "completed",
  "refunding",
  "partiallyRefunded",
  "refunded",
  "closed",
] as const;
export type ShownStatus = (typeof shownStatuses)[number];

/** A place in a list of orders, newest first. */
export const OrderCursor = z.strictObject({ placedAt: z.date(), id: idSchema<"order">() });
export type OrderCursor = z.infer<typeof OrderCursor>;

/** An order number as somebody typed it: masked, or in full to be hashed on the way and kept nowhere. */
export const FindOrder = z.strictObject({ number: z.string().trim().min(8).max(40) });
export type FindOrder = z.infer<typeof FindOrder>;

export const OneOrder = z.strictObject({ orderId: idSchema<"order">() });
export type OneOrder = z.infer<typeof OneOrder>;

export const OwnNumbers = z.strictObject({ orderIds: z.array(idSchema<"order">()).max(100) });

/** Why a member of staff may ring a virtual number: only to fulfil the order (PIPL Art. 6, 13). */
export const dialPurposes = ["delivery", "afterSale", "recall"] as const;
export const DialOrder = z.strictObject({ orderId: idSchema<"order">(), purpose: z.enum(dialPurposes) });
export type DialOrder = z.infer<typeof DialOrder>;

/** One line of an order as people see it. */
export type LineView = {
  readonly sku: string | null;
  readonly quantity: number | null;
  readonly status: ShownStatus;
  readonly paid: Fen;
  readonly refunded: Fen;
};

/** An order as staff see it. */
export type OrderView = Omit<Summary, "status"> & {
  readonly status: ShownStatus;
  readonly id: OrderId;
  readonly platform: Platform;
  readonly maskedId: string;
  readonly times: Times;
  readonly ownerId: MemberId | null;
  readonly batchId: ImportBatchId;
  readonly lines: readonly LineView[];
  readonly virtualNumber: { readonly masked: string; readonly expiresAt: Date } | null;
};

export const refusalCodes = ["ORDER_NOT_FOUND", "VIRTUAL_NUMBER_GONE"] as const;
