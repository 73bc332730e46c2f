import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newId } from "#db/testing.ts";
import { fen } from "../../core/money.ts";
import { addDays } from "../../core/time.ts";
import type { OrderFacts } from "../../tiers/model.ts";
import { balanceOf, dueAt, lotsOf, sumPoints, worth } from "../ledger/rules.ts";
import { DEFAULT_POINTS, expiryRoundings, negativePolicies, type PointsPolicy, type PointsTerms } from "../model.ts";
import { NO_POINTS, pointsTarget } from "../rules.ts";
import { draw, type Entry, entriesFor, nextLine, settle } from "./rules.ts";

const START = new Date("2026-01-05T02:00:00Z");
const memberId = newId<"member">();
type Line = ReturnType<typeof nextLine>;

/** One member's ledger in memory, as the service keeps it. */
function openLedger(terms: PointsTerms = DEFAULT_POINTS) {
  const history: PointsPolicy[] = [
    { id: newId<"pointsPolicy">(), version: 1, effectiveFrom: addDays(START, -999), terms },
  ];
  const lines: Line[] = [];
  const post = (now: Date, entries: readonly Entry[]) => {
    for (const entry of entries) {
      lines.push(nextLine(lines, entry, { memberId, id: newId<"pointsLine">(), recordedAt: now, revision: null }));
    }
    return entries;
  };
  const target = (facts: OrderFacts | null) => (facts === null ? NO_POINTS : pointsTarget(facts, history, []));
  return {
    lines,
    target,
    of: (orderId: Line["sourceId"]) => lines.filter((line) => line.sourceId === orderId),
    balance: (now: Date) => balanceOf(lines, now),
    follow(now: Date, orderId: Line["sourceId"], facts: OrderFacts | null) {
      const own = lines.filter(({ sourceId }) => sourceId === orderId);
      const entries = post(now, entriesFor(own, orderId, target(facts), now));
      post(now, settle(lines, now, terms.negative));
      return entries;
    },
    settle: (now: Date) => post(now, settle(lines, now, terms.negative)),
    spend(now: Date, points: number) {
      post(now, settle(lines, now, terms.negative));
      const { verdict, entries } = draw(lines, points, { rule: "deduction", sourceId: newId() }, now);
      post(now, entries);
      return { verdict, entries };
    },
  };
}

/** An order of so many yuan, paid at the start and completed five days later: its points are available on day 12. */
function order(yuan: number, over: Partial<OrderFacts> = {}): OrderFacts {
  return {
    paid: fen(yuan * 100),
    refunded: fen(0),
    status: "completed",
    placedAt: START,
    paidAt: START,
    completedAt: addDays(START, 5),
    revision: 1,
    ...over,
  };
}
const day = (n: number) => addDays(START, n);
const told = (entries: readonly Entry[]) => entries.map(({ kind, points }) => [kind, points]);

describe("points follow the order", () => {
  test("pending on payment, available after the return window, nothing twice", () => {
    const { follow, balance } = openLedger();
    const id = newId<"order">();
    const paid = order(200, { status: "paid", completedAt: null });
    expect(told(follow(day(0), id, paid))).toEqual([["pending", 200]]);
    expect(balance(day(0))).toMatchObject({ available: 0, pending: 200, waiting: 200 });
    expect(told(follow(day(5), id, order(200)))).toEqual([
      ["available", -200],
      ["available", 200],
    ]);
    expect(balance(day(11))).toMatchObject({ available: 0, pending: 200, arriving: [{ at: day(12), points: 200 }] });
    expect(balance(day(12))).toMatchObject({ available: 200, pending: 0, expiring: [{ points: 200 }] });
    expect(follow(day(13), id, order(200))).toEqual([]);
  });

  test("a refund takes back its share; withdrawn, it comes back", () => {
    const { follow, balance } = openLedger();
    const id = newId<"order">();
    follow(day(20), id, order(200));
    expect(told(follow(day(21), id, order(200, { refunded: fen(5_000) })))).toEqual([["reversed", -50]]);
    expect(told(follow(day(22), id, order(200)))).toEqual([["reinstated", 50]]);
    expect(told(follow(day(23), id, null))).toEqual([
      ["reversed", -50],
      ["reversed", -150],
    ]);
    expect(told(follow(day(24), id, order(200)))).toEqual([["reinstated", 200]]);
    expect(balance(day(24)).available).toBe(200);
  });

  test("a corrected day moves the points, whatever was spent of them", () => {
    const { follow, spend, balance } = openLedger();
    const id = newId<"order">();
    follow(day(20), id, order(200));
    spend(day(20), 30);
    expect(told(follow(day(21), id, order(200, { completedAt: day(6) })))).toEqual([
      ["corrected", -200],
      ["corrected", 200],
    ]);
    expect(balance(day(21))).toMatchObject({ available: 170 });
  });
});

describe("points that were spent and are then reversed", () => {
  function spentThenRefunded(negative: PointsTerms["negative"]) {
    const ledger = openLedger({ ...DEFAULT_POINTS, negative });
    const [id, next] = [newId<"order">(), newId<"order">()];
    ledger.follow(day(20), id, order(200));
    ledger.spend(day(20), 150);
    ledger.follow(day(21), id, order(200, { status: "refunded" }));
    return { ...ledger, id, next };
  }

  test("carried: the balance goes below zero and later points make up for it", () => {
    const { follow, balance, lines, next } = spentThenRefunded("carry");
    expect(balance(day(21)).available).toBe(-150);
    follow(day(22), next, order(100));
    expect(balance(day(22)).available).toBe(-50);
    follow(day(23), next, order(400));
    expect(balance(day(23)).available).toBe(250);
    expect(sumPoints(lines.filter(({ kind }) => kind === "repaid"))).toBe(0);
    expect(lotsOf(lines).map(({ left }) => left)).toEqual(expect.arrayContaining([0]));
    expect(lotsOf(lines).every(({ left }) => left >= 0)).toBe(true);
  });

  test("carried points that are not available yet make up for it when they become so", () => {
    const { follow, balance, settle: sweep, lines, next } = spentThenRefunded("carry");
    follow(day(21), next, order(200, { completedAt: day(30) }));
    expect(balance(day(21))).toMatchObject({ available: -150, pending: 200 });
    expect(dueAt(lines, day(21))).toEqual(day(37));
    sweep(day(37));
    expect(balance(day(37))).toMatchObject({ available: 50, pending: 0 });
  });

  test("forgiven: the balance stays at zero, and the order that comes back pays back what was written off", () => {
    const { follow, balance, lines, id } = spentThenRefunded("forgive");
    expect(balance(day(21)).available).toBe(0);
    expect(lines.filter(({ kind }) => kind === "forgiven").map(({ points }) => points)).toEqual([150]);
    follow(day(22), id, order(200));
    expect(balance(day(22)).available).toBe(50);
    follow(day(23), id, null);
    expect(balance(day(23)).available).toBe(0);
  });

  test("what had expired is not owed", () => {
    const { follow, settle: sweep, balance, lines } = openLedger();
    const id = newId<"order">();
    follow(day(20), id, order(200));
    sweep(day(800));
    expect(lines.at(-1)).toMatchObject({ kind: "expired", points: -200 });
    follow(day(801), id, null);
    expect(balance(day(801)).available).toBe(0);
  });
});

const happening = fc.oneof(
  fc.record({
    what: fc.constant("order" as const),
    which: fc.nat(3),
    after: fc.nat(40),
    yuan: fc.integer({ min: 0, max: 500 }),
    share: fc.nat(100),
    status: fc.constantFrom("placed", "paid", "shipped", "completed", "completed", "closed", "refunding", "refunded"),
    completedOn: fc.option(fc.nat(60)),
    gone: fc.boolean(),
  }),
  fc.record({ what: fc.constant("spend" as const), after: fc.nat(40), points: fc.integer({ min: 1, max: 400 }) }),
  fc.record({ what: fc.constant("wait" as const), after: fc.nat(400) }),
);
const anyTerms: fc.Arbitrary<PointsTerms> = fc.record({
  perYuan: fc.record({ numerator: fc.integer({ min: 1, max: 5 }), denominator: fc.integer({ min: 1, max: 3 }) }),
  expiry: fc.option(
    fc.record({ months: fc.integer({ min: 1, max: 14 }), roundTo: fc.constantFrom(...expiryRoundings) }),
  ),
  negative: fc.constantFrom(...negativePolicies),
});

/** Plays a history and calls `check` after every happening. */
function play(
  terms: PointsTerms,
  history: readonly (typeof happening extends fc.Arbitrary<infer H> ? H : never)[],
  check: (ledger: ReturnType<typeof openLedger>, now: Date, facts: ReadonlyMap<string, OrderFacts | null>) => void,
) {
  const ledger = openLedger(terms);
  const ids = [0, 1, 2, 3].map(() => newId<"order">());
  const facts = new Map<string, OrderFacts | null>();
  let now = START;
  for (const each of history) {
    now = addDays(now, each.after);
    if (each.what === "spend") spendAndLook(ledger, now, each.points);
    else if (each.what === "wait") ledger.settle(now);
    else {
      const id = ids[each.which] ?? newId<"order">();
      const { yuan, share, status, completedOn, gone } = each;
      const refunded = fen(yuan * share);
      const completedAt = completedOn === null ? null : day(completedOn);
      facts.set(id, gone ? null : order(yuan, { refunded, status, completedAt }));
      ledger.follow(now, id, facts.get(id) ?? null);
    }
    ledger.settle(now);
    check(ledger, now, facts);
  }
}

/** A spend takes what it was asked for from the batches that expire first, or nothing at all. */
function spendAndLook(ledger: ReturnType<typeof openLedger>, now: Date, points: number) {
  ledger.settle(now);
  const before = lotsOf(ledger.lines).filter((lot) => lot.availableAt <= now && lot.left > 0);
  const { available } = ledger.balance(now);
  const { verdict, entries } = ledger.spend(now, points);
  expect(verdict.ok).toBe(points <= available);
  expect(sumPoints(entries)).toBe(verdict.ok ? -points : 0);
  const drawn = new Map(entries.map((entry) => [entry.lotId, -entry.points]));
  const touched = before.findLastIndex(({ id }) => drawn.has(id));
  for (const [place, lot] of before.entries()) {
    if (place < touched) expect(drawn.get(lot.id)).toBe(lot.left);
    if (place > touched) expect(drawn.has(lot.id)).toBe(false);
  }
}

describe("whatever happens in whatever order (promises 15 and 23)", () => {
  const histories = fc.array(happening, { minLength: 1, maxLength: 14 });

  test("the balance is the sum of the ledger, and each order is worth what it says", () => {
    fc.assert(
      fc.property(anyTerms, histories, (terms, history) => {
        play(terms, history, ({ lines, balance, of, target }, now, facts) => {
          const { available, pending } = balance(now);
          expect(available + pending).toBe(sumPoints(lines));
          for (const [id, known] of facts) {
            const own = of(id as Line["sourceId"]).filter(({ rule }) => rule === "order");
            expect(sumPoints(worth(own))).toBe(target(known).points);
          }
          const total = [...facts.values()].reduce((sum, known) => sum + target(known).points, 0);
          const kinds = (...wanted: Line["kind"][]) => lines.filter(({ kind }) => wanted.includes(kind));
          expect(sumPoints(worth(lines))).toBe(total);
          expect(sumPoints(lines)).toBe(total + sumPoints(kinds("spent", "expired", "forgiven")));
          expect(sumPoints(kinds("repaid"))).toBe(0);
        });
      }),
      { numRuns: 300 },
    );
  });

  test("nobody owes while they have points, nobody owes at all where it is forgiven, and nothing outlives its day", () => {
    fc.assert(
      fc.property(anyTerms, histories, (terms, history) => {
        play(terms, history, ({ lines, balance }, now) => {
          const lots = lotsOf(lines);
          const usable = lots.filter(({ availableAt, left }) => availableAt <= now && left > 0);
          if (lots.some(({ left }) => left < 0)) expect(usable).toEqual([]);
          if (terms.negative === "forgive") expect(balance(now).available).toBeGreaterThanOrEqual(0);
          expect(usable.filter(({ expiresAt }) => expiresAt !== null && expiresAt <= now)).toEqual([]);
          expect(dueAt(lines, now)?.getTime() ?? Number.POSITIVE_INFINITY).toBeGreaterThan(now.getTime());
        });
      }),
      { numRuns: 300 },
    );
  });

  test("a replay adds nothing, and no line has the key of another", () => {
    fc.assert(
      fc.property(anyTerms, histories, (terms, history) => {
        play(terms, history, ({ lines, follow }, now, facts) => {
          const before = lines.length;
          for (const [id, known] of facts) follow(now, id as Line["sourceId"], known);
          expect(lines.length).toBe(before);
        });
        const seen = new Set<string>();
        play(terms, history, ({ lines }) => {
          seen.clear();
          for (const { rule, sourceId, direction, seq } of lines) seen.add([rule, sourceId, direction, seq].join());
          expect(seen.size).toBe(lines.length);
        });
      }),
      { numRuns: 150 },
    );
  });

  test("a partial refund followed by the rest equals a full refund", () => {
    fc.assert(
      fc.property(
        anyTerms,
        fc.integer({ min: 1, max: 5_000_000 }),
        fc.array(fc.nat(100), { maxLength: 4 }),
        fc.integer({ min: 0, max: 5_000 }),
        (terms, amount, shares, spent) => {
          const whole = order(0, { paid: fen(amount) });
          const rest = order(0, { paid: fen(amount), refunded: fen(amount), status: "refunded" });
          const [inParts, atOnce] = [openLedger(terms), openLedger(terms)];
          for (const [ledger, steps] of [
            [inParts, [...shares].sort((a, b) => a - b)],
            [atOnce, []],
          ] as const) {
            const id = newId<"order">();
            ledger.follow(day(20), id, whole);
            ledger.spend(day(21), spent);
            for (const share of steps) {
              ledger.follow(day(22), id, { ...whole, refunded: fen(Math.floor((amount * share) / 100)) });
            }
            ledger.follow(day(23), id, rest);
            expect(sumPoints(worth(ledger.lines))).toBe(0);
          }
          expect(inParts.balance(day(23))).toEqual(atOnce.balance(day(23)));
        },
      ),
    );
  });
});
