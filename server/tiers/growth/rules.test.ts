import fc from "fast-check";
import { expect, test } from "vitest";
import { fen } from "../../core/money.ts";
import { addDays } from "../../core/time.ts";
import { type GrowthRule, type OrderFacts, orderStatuses } from "../model.ts";
import { entriesFor, type GrowthEntry, growthTarget } from "./rules.ts";

const rule: GrowthRule = { perYuan: { numerator: 1, denominator: 1 }, returnWindowDays: 7 };
const at = new Date("2026-03-01T02:00:00Z");
const paid: OrderFacts = {
  paid: fen(19_990),
  refunded: fen(0),
  status: "paid",
  placedAt: at,
  paidAt: at,
  completedAt: null,
  revision: 1,
};
const completed: OrderFacts = { ...paid, status: "completed", completedAt: addDays(at, 5), revision: 2 };

/** Follows a sequence of facts as the ledger would, and gives all lines. */
function follow(sequence: readonly (OrderFacts | null)[]): GrowthEntry[] {
  const lines: GrowthEntry[] = [];
  for (const facts of sequence) lines.push(...entriesFor(lines, facts, []));
  return lines;
}
const sum = (lines: readonly GrowthEntry[]) => lines.reduce((total, { growth }) => total + growth, 0);

test("pending at payment, counting from completion plus the return window", () => {
  expect(growthTarget(paid, rule)).toEqual({ growth: 199, earnedAt: null });
  expect(growthTarget(completed, rule)).toEqual({ growth: 199, earnedAt: addDays(at, 12) });
  expect(follow([paid, completed])).toEqual([
    { growth: 199, earnedAt: null, reason: "paid" },
    { growth: -199, earnedAt: null, reason: "completed" },
    { growth: 199, earnedAt: addDays(at, 12), reason: "completed" },
  ]);
});

test("nothing for an order that was never paid, was closed, or was refunded whole", () => {
  for (const status of ["placed", "closed", "refunded"] as const)
    expect(growthTarget({ ...paid, status }, rule).growth).toBe(0);
});

test("a refund takes its share back from where it was credited", () => {
  const half = { ...completed, refunded: fen(10_000), revision: 3 };
  expect(follow([completed, half]).at(-1)).toEqual({ growth: -100, earnedAt: addDays(at, 12), reason: "refunded" });
});

test("a request for a refund alone changes nothing", () => {
  expect(entriesFor(follow([completed]), { ...completed, status: "refunding", revision: 3 }, [])).toEqual([]);
});

const anyFacts: fc.Arbitrary<OrderFacts> = fc
  .record({
    paid: fc.integer({ min: 0, max: 10_000_000 }),
    share: fc.integer({ min: 0, max: 100 }),
    status: fc.constantFrom(...orderStatuses),
    paidAfter: fc.option(fc.integer({ min: 0, max: 5 })),
    completedAfter: fc.option(fc.integer({ min: 0, max: 30 })),
    revision: fc.nat(),
  })
  .map((each) => ({
    paid: fen(each.paid),
    refunded: fen(Math.floor((each.paid * each.share) / 100)),
    status: each.status,
    placedAt: at,
    paidAt: each.paidAfter === null ? null : addDays(at, each.paidAfter),
    completedAt: each.completedAfter === null ? null : addDays(at, each.completedAfter),
    revision: each.revision,
  }));

test("the ledger of an order always sums to what the order is worth now, however it came there", () => {
  fc.assert(
    fc.property(fc.array(fc.option(anyFacts), { minLength: 1, maxLength: 8 }), (sequence) => {
      const last = sequence.at(-1) ?? null;
      const target = last === null ? { growth: 0, earnedAt: null } : growthTarget(last, rule);
      const lines = follow(sequence);
      expect(sum(lines)).toBe(target.growth);
      expect(sum(lines.filter(({ earnedAt }) => earnedAt?.getTime() === target.earnedAt?.getTime()))).toBe(
        target.growth,
      );
      expect(entriesFor(lines, last, [])).toEqual([]);
    }),
  );
});

test("a partial refund followed by the rest equals a full refund", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.array(fc.nat(100), { maxLength: 4 }), (amount, shares) => {
      const order = { ...completed, paid: fen(amount) };
      const parts = [...shares]
        .sort((a, b) => a - b)
        .map((share) => ({ ...order, refunded: fen(Math.floor((amount * share) / 100)) }));
      const rest = { ...order, refunded: fen(amount), status: "refunded" as const };
      expect(sum(follow([order, ...parts, rest]))).toBe(0);
      expect(sum(follow([order, rest]))).toBe(0);
    }),
  );
});

test("a later ladder does not revalue an order that was paid before", () => {
  const terms = {
    tiers: [],
    qualification: { kind: "rolling" as const, days: 365 },
    downgrade: "one_down" as const,
    graceDays: 0,
    noticeDays: 7,
    growth: rule,
  };
  const double = { ...terms, growth: { ...rule, perYuan: { numerator: 2, denominator: 1 } } };
  const history = [
    { id: "1", version: 1, effectiveFrom: addDays(at, -10), terms },
    { id: "2", version: 2, effectiveFrom: addDays(at, 1), terms: double },
  ];
  expect(sum(entriesFor([], paid, history))).toBe(199);
  expect(sum(entriesFor([], { ...paid, paidAt: addDays(at, 2) }, history))).toBe(399);
});
