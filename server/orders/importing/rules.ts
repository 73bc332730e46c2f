import type { BatchState, ChosenSettings, Counters, FindingKind, Stopped } from "./model.ts";

/** The counters of an import that found the very same file taken in already, and nothing changed since. */
export function unchangedAgain(earlier: Counters): Counters {
  const { created, updated, unchanged, rejected } = earlier.orders;
  return { ...earlier, orders: { created: 0, updated: 0, unchanged: created + updated + unchanged, rejected } };
}

/** Whether a file is no platform's own export and nobody declared where it comes from: its rows then stay in quarantine. */
export function lacksProvenance({ thirdParty, mapping, provenance }: ChosenSettings): boolean {
  return provenance === undefined && (thirdParty === true || mapping?.platform === "other");
}

/** Whether a batch can be dropped: it waits or runs, or stopped at something other than its undo. */
export function isCancellable({
  state,
  stopped,
}: {
  readonly state: BatchState;
  readonly stopped: Stopped | null;
}): boolean {
  if (state === "stopped") return stopped?.at !== "undoing";
  return ["checking", "checked", "quarantined", "running"].includes(state);
}

/** How many findings of one kind there are in all. */
export function countOf(found: Counters["found"], kind: FindingKind): number {
  return Object.values(found[kind]).reduce((sum, count) => sum + count, 0);
}

/** How many rows to store in the next transaction, so that it holds the one writer for about `targetMs`. */
export function nextChunkSize(size: number, tookMs: number, targetMs: number): number {
  const fitting = (size * targetMs) / Math.max(tookMs, 1);
  return Math.round(Math.min(Math.max((size + fitting) / 2, 100), 8_000));
}
