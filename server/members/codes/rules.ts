import type { Limit } from "../../core/limits.ts";

/** How long a code counts (5 minutes), and how many tries it has. */
export const CODE_MS = 5 * 60_000;
export const CODE_TRIES = 5;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Messages to one number; the operators' own limits for one signature and number are the same. */
export const SENDS_PER_PHONE: readonly Limit[] = [
  { count: 1, windowMs: MINUTE },
  { count: 5, windowMs: HOUR },
  { count: 10, windowMs: DAY },
];

/** Messages asked for by one address: a mobile operator puts thousands of people behind one IPv4 address. */
export const SENDS_PER_ADDRESS: readonly Limit[] = [
  { count: 10, windowMs: MINUTE },
  { count: 60, windowMs: HOUR },
  { count: 200, windowMs: DAY },
];

/** Messages to one prefix of ten thousand numbers: pumping walks through neighbours. */
export const SENDS_PER_PREFIX: readonly Limit[] = [{ count: 60, windowMs: HOUR }];

/** Codes tried from one address, whatever the number. */
export const CHECKS_PER_ADDRESS: readonly Limit[] = [{ count: 120, windowMs: 10 * MINUTE }];

/** A code of six digits, each as likely as the others. `below(n)` draws 0..n-1. */
export function sixDigits(below: (limit: number) => number): string {
  return String(below(1_000_000)).padStart(6, "0");
}
