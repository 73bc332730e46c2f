import { businessDay, businessYear, DAY_MS, startOfBusinessDay } from "../../core/time.ts";
import type { BenefitTerms, QuotaPeriod } from "../model.ts";

/** A calendar period of Asia/Shanghai, as the half-open span [from, to). */
export type Span = { readonly from: Date; readonly to: Date };

/** The period that holds an instant. Weeks begin on Monday. */
export function periodSpan(period: QuotaPeriod, at: Date): Span {
  const day = businessDay(at);
  const [year = 0, month = 1] = day.split("-").map(Number);
  switch (period) {
    case "day":
      return daysFrom(startOfBusinessDay(day), 1);
    case "week": {
      const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
      return daysFrom(new Date(startOfBusinessDay(day).getTime() - sinceMonday * DAY_MS), 7);
    }
    case "month":
      return { from: startOfMonth(year, month), to: startOfMonth(year, month + 1) };
    case "quarter": {
      const first = month - ((month - 1) % 3);
      return { from: startOfMonth(year, first), to: startOfMonth(year, first + 3) };
    }
    case "year":
      return businessYear(at);
  }
}

/** The name under which the uses of a period are counted: 2026-06-15, week 2026-06-15, 2026-06, 2026-Q2, 2026. */
export function periodName(period: QuotaPeriod, at: Date): string {
  const first = businessDay(periodSpan(period, at).from);
  switch (period) {
    case "day":
      return first;
    case "week":
      return `week ${first}`;
    case "month":
      return first.slice(0, 7);
    case "quarter":
      return `${first.slice(0, 4)}-Q${Math.ceil(Number(first.slice(5, 7)) / 3)}`;
    case "year":
      return first.slice(0, 4);
  }
}

/** The last instant of the period before the one that holds `at`. */
export function lastOfPrevious(period: QuotaPeriod, at: Date): Date {
  return new Date(periodSpan(period, at).from.getTime() - 1);
}

/**
 * How many uses a period has: the quota, and of the period before what was left of its own quota, as far as it may be
 * carried. Carried uses are spent first, so nothing is carried twice. Of a period without a row nothing was used.
 */
export function allowance(
  { count, rollover }: BenefitTerms["quota"],
  previous: { readonly allowance: number; readonly used: number } | null,
  entitledBefore: boolean,
): number {
  if (previous === null) return count + (entitledBefore ? Math.min(rollover, count) : 0);
  return count + Math.min(rollover, count, previous.allowance - previous.used);
}

function daysFrom(from: Date, days: number): Span {
  return { from, to: new Date(from.getTime() + days * DAY_MS) };
}

function startOfMonth(year: number, month: number): Date {
  const first = new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10);
  return startOfBusinessDay(first);
}
