/** Milliseconds of one day. Asia/Shanghai has had no daylight saving since 1991, so every day has as many. */
export const DAY_MS = 86_400_000;
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** Where the present instant comes from. Read once at the door of a request or job, never inside a rule. */
export type Clock = () => Date;

/** The machine's clock. */
export const systemClock: Clock = () => new Date();

/** The calendar day in Asia/Shanghai (UTC+8, no daylight saving) of a UTC instant, as YYYY-MM-DD. */
export function businessDay(at: Date): string {
  return new Date(at.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);
}

/** The wall clock of Asia/Shanghai at an instant, as YYYY-MM-DD HH:mm:ss. */
export function localTime(at: Date): string {
  return new Date(at.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 19).replace("T", " ");
}

/** The instant at which a business day (YYYY-MM-DD) begins in Asia/Shanghai. */
export function startOfBusinessDay(day: string): Date {
  return new Date(`${day}T00:00:00+08:00`);
}

/** The instant `days` whole days after `at` (before it when negative). */
export function addDays(at: Date, days: number): Date {
  return new Date(at.getTime() + days * DAY_MS);
}

/** The calendar year in Asia/Shanghai of an instant, as the half-open span [from, to). */
export function businessYear(at: Date): { readonly from: Date; readonly to: Date } {
  const year = Number(businessDay(at).slice(0, 4));
  return { from: startOfBusinessDay(`${year}-01-01`), to: startOfBusinessDay(`${year + 1}-01-01`) };
}
