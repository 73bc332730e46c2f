import { addDays } from "../../core/time.ts";
import {
  DEFAULT_GROWTH,
  type GrowthLine,
  type GrowthReason,
  type GrowthRule,
  type Ladder,
  type OrderFacts,
} from "../model.ts";

/** What the ledger should say about an order: so much growth, counting from that instant (null: not yet known). */
export type GrowthTarget = { readonly growth: number; readonly earnedAt: Date | null };

/** A line to append, before it has an id. */
export type GrowthEntry = Pick<GrowthLine, "growth" | "earnedAt" | "reason">;

/** The state of one order in the ledger: its growth under each instant from which it counts. */
type Booked = ReadonlyMap<number | null, number>;

/**
 * The growth an order is worth as it stands: pending from payment (`earnedAt` null), counting from completion plus the
 * return window, in proportion to the money that stayed. An order under refund keeps what it has until money is given
 * back. A completed order whose platform does not tell when is taken as completed when it was paid.
 */
export function growthTarget(facts: OrderFacts, rule: GrowthRule): GrowthTarget {
  if (facts.status === "placed" || facts.status === "closed" || facts.status === "refunded") {
    return { growth: 0, earnedAt: null };
  }
  const kept = Math.max(0, facts.paid - facts.refunded);
  const growth = growthFor(kept, rule);
  const completed = facts.completedAt ?? (facts.status === "completed" ? (facts.paidAt ?? facts.placedAt) : null);
  return { growth, earnedAt: growth === 0 || completed === null ? null : addDays(completed, rule.returnWindowDays) };
}

/** Whole growth for an amount in fen, rounded down; exact for every safe integer. */
export function growthFor(amount: number, { perYuan }: GrowthRule): number {
  return Number((BigInt(amount) * BigInt(perYuan.numerator)) / BigInt(100 * perYuan.denominator));
}

/**
 * The growth rule of an order: that of the version in force when it was paid (placed, if unpaid), for good; before the
 * first version, that of the first. A new ladder therefore never revalues an old order.
 */
export function growthRuleFor(facts: OrderFacts, history: readonly Ladder[]): GrowthRule {
  const at = facts.paidAt ?? facts.placedAt;
  const inForce = history.findLast((ladder) => ladder.effectiveFrom <= at) ?? history[0];
  return inForce?.terms.growth ?? DEFAULT_GROWTH;
}

/**
 * The lines that bring an order's part of the ledger to what its facts imply: none when it already says so, however
 * often it is asked. `facts: null` reverses all there is. The sum of all lines ever appended equals the target.
 */
export function entriesFor(
  booked: Iterable<Pick<GrowthLine, "growth" | "earnedAt">>,
  facts: OrderFacts | null,
  history: readonly Ladder[],
): GrowthEntry[] {
  const before = sumByInstant(booked);
  const target = facts === null ? { growth: 0, earnedAt: null } : growthTarget(facts, growthRuleFor(facts, history));
  const wanted: Booked = new Map(target.growth === 0 ? [] : [[target.earnedAt?.getTime() ?? null, target.growth]]);
  const reason = reasonFor(before, target, facts);
  return [...new Set([...before.keys(), ...wanted.keys()])]
    .map((instant) => ({
      growth: (wanted.get(instant) ?? 0) - (before.get(instant) ?? 0),
      earnedAt: instant === null ? null : new Date(instant),
      reason,
    }))
    .filter((entry) => entry.growth !== 0);
}

function sumByInstant(lines: Iterable<Pick<GrowthLine, "growth" | "earnedAt">>): Booked {
  const sums = new Map<number | null, number>();
  for (const line of lines) {
    const instant = line.earnedAt?.getTime() ?? null;
    sums.set(instant, (sums.get(instant) ?? 0) + line.growth);
  }
  return sums;
}

function reasonFor(before: Booked, target: GrowthTarget, facts: OrderFacts | null): GrowthReason {
  if (facts === null) return "unclaimed";
  const had = [...before.values()].reduce((sum, growth) => sum + growth, 0);
  if (target.growth < had) return facts.refunded > 0 || facts.status === "refunded" ? "refunded" : "corrected";
  if (target.growth > had && had > 0) return "corrected";
  if (had === 0) return target.earnedAt === null ? "paid" : "completed";
  return (before.get(null) ?? 0) > 0 ? "completed" : "corrected";
}
