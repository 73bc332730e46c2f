import type { Caller } from "#server/api/root.ts";

/** What `tiers.mine` answers once a ladder is in force. */
export type Mine = NonNullable<Awaited<ReturnType<Caller["tiers"]["mine"]>>>;

/** Periods end at a midnight: the last day they hold is the one before. */
export function lastDayBefore(midnight: Date): Date {
  return new Date(midnight.getTime() - 1);
}
