import { no, type Verdict, yes } from "../../core/refusal.ts";
import { addDays } from "../../core/time.ts";
import type { BatchState } from "../importing/model.ts";
import { UNDO_DAYS, type Undone, type UndoPlan } from "./model.ts";

/** The states in which what a batch brought lies still: only then can it be taken out again. */
const resting: readonly BatchState[] = ["done", "cancelled", "stopped"];

type Asked = {
  readonly state: BatchState;
  readonly changed: number;
  readonly undone: Undone | null;
  readonly startedAt: Date | null;
  readonly createdAt: Date;
};

/** Until when a batch can be undone. What later batches overwrote is kept for as long, so that every dependence shows. */
export function undoableUntil({ startedAt, createdAt }: Pick<Asked, "startedAt" | "createdAt">): Date {
  return addDays(startedAt ?? createdAt, UNDO_DAYS);
}

/** Whether there is anything to undo, and it is not too late. Refuses: UNDO_NOT_NOW, UNDO_NOTHING, UNDO_TOO_LATE. */
export function mayUndo(batch: Asked, at: Date): Verdict {
  if (!resting.includes(batch.state) || batch.undone !== null) return no("UNDO_NOT_NOW");
  if (batch.changed === 0) return no("UNDO_NOTHING");
  return undoableUntil(batch) > at ? yes : no("UNDO_TOO_LATE", { days: UNDO_DAYS });
}

/** Whether nothing depends on what a batch brought. Refuses: UNDO_CLAIMED, UNDO_CHANGED_LATER. */
export function nothingDepends({ claimed, later }: Pick<UndoPlan, "claimed" | "later">): Verdict {
  if (claimed.count > 0) return no("UNDO_CLAIMED", { orders: claimed.count });
  if (later.length === 0) return yes;
  const orders = later.reduce((sum, batch) => sum + batch.orders, 0);
  return no("UNDO_CHANGED_LATER", { orders, batches: later.length });
}
