import type { Limit } from "../../core/limits.ts";
import { businessDay, DAY_MS, startOfBusinessDay } from "../../core/time.ts";
import type { ShownStatus } from "../model.ts";
import type { ImportedSince } from "./model.ts";

/** Tries of one member of staff at tails: an extension has 10^4, so whoever reads numbers out of answers needs months. */
export const tailLimits: readonly Limit[] = [
  { count: 20, windowMs: 10 * 60_000 },
  { count: 100, windowMs: DAY_MS },
];

/** When today, this week (from Monday) or this month began in Asia/Shanghai. */
export function beginningOf(span: ImportedSince, now: Date): Date {
  const today = businessDay(now);
  switch (span) {
    case "today":
      return startOfBusinessDay(today);
    case "thisWeek":
      return startOfBusinessDay(businessDay(new Date(now.getTime() - daysSinceMonday(today) * DAY_MS)));
    case "thisMonth":
      return startOfBusinessDay(`${today.slice(0, 7)}-01`);
  }
}

/** Whether a status is one of the few that have an index: nearly every order ends in one of the others. */
export function isExceptional(status: ShownStatus): boolean {
  return status !== "paid" && status !== "shipped" && status !== "completed";
}

function daysSinceMonday(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}
