import type { ImportBatchId, OrderId } from "../../core/id.ts";

/** For how many days after it began an import can be undone; what it overwrote is kept no longer. */
export const UNDO_DAYS = 60;

/** How many orders an undo has put back and removed so far, and how many it left since something new depends on them. */
export type Undone = { readonly restored: number; readonly removed: number; readonly kept: number };

/** How many claimed orders are named where they stand in the way of an undo. */
export const CLAIMED_SHOWN = 20;

/** What an undo of a batch would do, and what stands in its way. */
export type UndoPlan = {
  /** Orders the batch created, which would go. */
  readonly created: number;
  /** Orders the batch changed, which would be again what they were. */
  readonly changed: number;
  readonly until: Date;
  /** Orders that members claimed on what the batch brought. */
  readonly claimed: { readonly count: number; readonly orders: readonly { id: OrderId; maskedId: string }[] };
  /** Later batches that changed orders of this one. */
  readonly later: readonly { readonly batchId: ImportBatchId; readonly fileName: string; readonly orders: number }[];
};

export const refusalCodes = [
  "UNDO_NOT_NOW",
  "UNDO_NOTHING",
  "UNDO_TOO_LATE",
  "UNDO_CLAIMED",
  "UNDO_CHANGED_LATER",
] as const;
