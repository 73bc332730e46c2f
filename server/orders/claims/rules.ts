import type { Limit } from "../../core/limits.ts";
import { type Fen, fen } from "../../core/money.ts";
import { businessDay } from "../../core/time.ts";
import type { GrowthLine } from "../../tiers/model.ts";
import type { Claim, ClaimFactKind } from "./model.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/**
 * How often a claim may be tried. Widening windows make each further wrong guess wait longer; a claim that is granted
 * does not count. An amount has some 10^4 likely values and a day some 10^2, so an order withstands a year of guessing
 * at ten a day by amount, and by day is guarded by the order number itself, which nobody else has.
 */
export const claimLimits = {
  member: [
    { count: 4, windowMs: MINUTE_MS },
    { count: 12, windowMs: HOUR_MS },
    { count: 30, windowMs: DAY_MS },
  ],
  address: [
    { count: 30, windowMs: HOUR_MS },
    { count: 100, windowMs: DAY_MS },
  ],
  order: [{ count: 10, windowMs: DAY_MS }],
  everyone: [{ count: 3_000, windowMs: HOUR_MS }],
} satisfies Record<string, readonly Limit[]>;

/** A second fact in the one spelling in which it is hashed and compared. */
export function factOf(fact: Claim["fact"]): string {
  return fact.kind === "amount" ? String(fenOf(fact.yuan)) : fact.day;
}

/** The same fact as an order has it; null where it has none: an order that was never paid is not borne out by an amount. */
export function factIn(order: { readonly paid: Fen; readonly placedAt: Date }, kind: ClaimFactKind): string | null {
  if (kind === "day") return businessDay(order.placedAt);
  return order.paid > 0 ? String(order.paid) : null;
}

/** What an order gave: its growth, and from when it counts (null while nobody can say, or when it gave none). */
export function growthOf(lines: readonly GrowthLine[]): { readonly growth: number; readonly countsFrom: Date | null } {
  const growth = lines.reduce((sum, line) => sum + line.growth, 0);
  return { growth, countsFrom: growth > 0 ? (lines.findLast((line) => line.growth > 0)?.earnedAt ?? null) : null };
}

/** Yuan as people write them ("99.5") in whole fen. */
export function fenOf(yuan: string): Fen {
  const [whole = "0", cents = ""] = yuan.split(".");
  return fen(Number(whole) * 100 + Number(cents.padEnd(2, "0")));
}
