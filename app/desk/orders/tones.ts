import type { BatchState } from "#server/orders/importing/model.ts";
import type { ShownStatus } from "#server/orders/model.ts";
import type { Tone } from "../../ui/badge.tsx";

export const batchTones = {
  checking: "info",
  checked: "warn",
  quarantined: "warn",
  running: "info",
  done: "ok",
  refused: "bad",
  cancelled: "neutral",
  stopped: "bad",
  undoing: "info",
  undone: "neutral",
} satisfies Record<BatchState, Tone>;

/** The state to show of a batch: one whose command died over it has stopped, whatever its row says. */
export function shownState({ state, interrupted }: { state: BatchState; interrupted: boolean }): BatchState {
  return interrupted ? "stopped" : state;
}

export const statusTones = {
  placed: "draft",
  paid: "info",
  shipped: "info",
  completed: "ok",
  closed: "neutral",
  refunding: "warn",
  partiallyRefunded: "warn",
  refunded: "neutral",
} satisfies Record<ShownStatus, Tone>;
