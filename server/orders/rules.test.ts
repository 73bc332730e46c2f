import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fen } from "../core/money.ts";
import type { OrderStatus } from "../tiers/model.ts";
import { relayOf } from "./formats/index.ts";
import { type Knowledge, type Part, stages } from "./model.ts";
import { type Platform, platforms } from "./reading/model.ts";
import {
  laterStage,
  maskOrderId,
  merge,
  relayEnds,
  shownLine,
  shownStatus,
  stageFor,
  staleness,
  summarise,
} from "./rules.ts";

const money = fc.integer({ min: 0, max: 500_000 }).map(fen);
const instant = fc.integer({ min: 0, max: 40 }).map((day) => new Date(Date.UTC(2026, 4, 1) + day * 86_400_000));
const part: fc.Arbitrary<Part> = fc.record({
  stage: fc.constantFrom(...stages),
  paid: money,
  refunded: money,
  refundUnknown: fc.boolean(),
  sku: fc.option(fc.constantFrom("A1", "B2")),
  quantity: fc.option(fc.integer({ min: 1, max: 9 })),
});
const sighting: fc.Arbitrary<Knowledge> = fc.record({
  times: fc.record({
    placedAt: instant,
    paidAt: fc.option(instant),
    shippedAt: fc.option(instant),
    completedAt: fc.option(instant),
  }),
  whole: fc.option(part),
  lines: fc
    .uniqueArray(fc.tuple(fc.constantFrom("l1", "l2", "l3"), part), { selector: ([key]) => key })
    .map((all) => new Map(all)),
});
const history = fc.array(sighting, { minLength: 1, maxLength: 8 });

const fold = (all: readonly Knowledge[]) => all.reduce(merge);

describe("merging sightings of one order", () => {
  test("ends in one state whatever the order, the pieces and the repetitions", () => {
    fc.assert(
      fc.property(
        history.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
            fc.array(fc.nat(all.length - 1), { maxLength: 6 }),
            fc.nat(all.length),
          ),
        ),
        ([all, shuffled, repeated, cut]) => {
          const again = [...shuffled, ...repeated.flatMap((index) => all[index] ?? [])];
          expect(fold(again)).toEqual(fold(all));
          const pieces = [again.slice(0, cut), again.slice(cut)].filter((piece) => piece.length > 0).map(fold);
          expect(fold(pieces)).toEqual(fold(all));
        },
      ),
      { numRuns: 500 },
    );
  });

  test("gives back the very same object when nothing is new", () => {
    fc.assert(
      fc.property(history, (all) => {
        const state = fold(all);
        for (const seen of all) expect(merge(state, seen)).toBe(state);
      }),
    );
  });

  test("no part goes back, and money given back never shrinks", () => {
    fc.assert(
      fc.property(history, sighting, (all, next) => {
        const before = fold(all);
        const after = merge(before, next);
        for (const [key, line] of [["", before.whole] as const, ...before.lines]) {
          const now = key === "" ? after.whole : after.lines.get(key);
          if (!line || !now) continue;
          expect(laterStage(line.stage, now.stage)).toBe(now.stage);
          expect(now.refunded).toBeGreaterThanOrEqual(line.refunded);
        }
      }),
    );
  });

  test("what is given back never exceeds what was paid", () => {
    fc.assert(
      fc.property(history, (all) => {
        const { paid, refunded } = summarise(fold(all));
        expect(refunded).toBeGreaterThanOrEqual(0);
        expect(refunded).toBeLessThanOrEqual(paid);
      }),
    );
  });

  test("what was merged is never stale", () => {
    fc.assert(
      fc.property(history, (all) => {
        expect(staleness(fold(all), fold(all))).toBeNull();
      }),
    );
  });
});

const times = { placedAt: new Date("2026-05-01T00:00:00Z"), paidAt: null, shippedAt: null, completedAt: null };
const of = (stage: Part["stage"], more: Partial<Part> = {}): Part => ({
  stage,
  paid: fen(10_000),
  refunded: fen(0),
  refundUnknown: false,
  sku: null,
  quantity: null,
  ...more,
});
const whole = (each: Part): Knowledge => ({ times, whole: each, lines: new Map() });
const lined = (lines: Record<string, Part>): Knowledge => ({
  times,
  whole: null,
  lines: new Map(Object.entries(lines)),
});

describe("summary", () => {
  test.each([
    ["a closed order was never paid", whole(of("closed")), { status: "closed", paid: 0, refunded: 0 }],
    [
      "a refunded order without an amount gave back everything",
      whole(of("refunded")),
      { status: "refunded", refunded: 10_000 },
    ],
    [
      "one line refunded, one completed",
      lined({ a: of("completed"), b: of("refunded") }),
      { status: "completed", paid: 20_000, refunded: 10_000 },
    ],
    [
      "all paid lines refunded, the gift closed",
      lined({ a: of("refunded"), b: of("closed", { paid: fen(0) }) }),
      { status: "refunded", paid: 10_000, refunded: 10_000 },
    ],
    ["the slowest line counts", lined({ a: of("shipped"), b: of("paid") }), { status: "paid" }],
    [
      "a refund asked for on one line shows",
      lined({ a: of("shipped"), b: of("refunding:paid") }),
      { status: "refunding" },
    ],
    [
      "a refund of unknown size",
      lined({ a: of("completed", { refundUnknown: true }) }),
      { status: "completed", refunded: 0, refundUnknown: true },
    ],
    [
      "order money counted once beside its lines",
      { times, whole: of("paid"), lines: new Map([["a", of("paid", { paid: fen(0) })]]) },
      { paid: 10_000 },
    ],
  ] as const)("%s", (_, knowledge, expected) => expect(summarise(knowledge)).toMatchObject(expected));
});

describe("the status that people see", () => {
  const summary = (status: OrderStatus, refunded: number, refundUnknown = false) =>
    shownStatus({ status, paid: fen(10_000), refunded: fen(refunded), refundUnknown });
  test.each(["paid", "shipped", "completed"] as const)("%s, part of it given back, is partially refunded", (status) => {
    expect(summary(status, 0)).toBe(status);
    expect(summary(status, 1)).toBe("partiallyRefunded");
    expect(summary(status, 9_999)).toBe("partiallyRefunded");
    expect(summary(status, 0, true)).toBe("partiallyRefunded");
    expect(summary(status, 10_000)).toBe("refunded");
  });
  test.each(["placed", "closed", "refunding", "refunded"] as const)("%s stays what it is", (status) => {
    expect(summary(status, 4_000)).toBe(status);
    expect(summary(status, 0, true)).toBe(status);
  });
  test("one of two lines refunded: the order partially, its lines each in full or not at all", () => {
    const parts = { a: of("completed"), b: of("refunded") };
    expect(shownStatus(summarise(lined(parts)))).toBe("partiallyRefunded");
    expect([shownLine(parts.a), shownLine(parts.b)]).toEqual(["completed", "refunded"]);
  });
  test("a line whose share of the payment nobody states is partially refunded until the platform ends it", () => {
    expect(shownLine(of("completed", { paid: fen(0), refunded: fen(500) }))).toBe("partiallyRefunded");
    expect(shownLine(of("refunding:completed", { refunded: fen(500) }))).toBe("refunding");
  });
  test("agrees with the amounts for everything that can be known of an order", () => {
    fc.assert(
      fc.property(history, (all) => {
        const known = summarise(fold(all));
        const shown = shownStatus(known);
        if (shown === "partiallyRefunded")
          expect(known.refunded < known.paid && (known.refunded > 0 || known.refundUnknown)).toBe(true);
        else if (shown !== known.status) expect([shown, known.refunded]).toEqual(["refunded", known.paid]);
        else if (["paid", "shipped", "completed"].includes(shown)) expect(known.refunded).toBe(0);
      }),
    );
  });
});

describe("stages", () => {
  test("a refund under way is overtaken by the next step of the delivery, not by the same", () => {
    expect(laterStage("refunding:paid", "shipped")).toBe("shipped");
    expect(laterStage("refunding:shipped", "shipped")).toBe("refunding:shipped");
    expect(laterStage("placed", "refunding:paid")).toBe("refunding:paid");
  });
  test("a closed order can only turn out refunded", () => {
    expect(laterStage("closed", "completed")).toBe("closed");
    expect(laterStage("closed", "refunded")).toBe("refunded");
  });
  test("the times tell how far a delivery under refund had come", () => {
    expect(stageFor("refunding", { shippedAt: times.placedAt, completedAt: null })).toBe("refunding:shipped");
    expect(stageFor("refunding", { shippedAt: null, completedAt: null })).toBe("refunding:paid");
    expect(stageFor("paid", { shippedAt: times.placedAt, completedAt: null })).toBe("paid");
  });
});

test("an earlier status is stale, and so is less money back under the same status", () => {
  const known = whole(of("completed", { refunded: fen(500) }));
  expect(staleness(known, whole(of("paid")))).toBe("STALE_STATUS");
  expect(staleness(known, whole(of("completed")))).toBe("STALE_REFUND");
  expect(staleness(known, whole(of("refunded")))).toBeNull();
});

describe("the end of a relay number", () => {
  const placedAt = new Date("2026-05-01T00:00:00Z");
  const completedAt = new Date("2026-05-06T00:00:00Z");
  const stated = new Date("2026-05-25T00:00:00Z");
  const day = (platform: Platform, completed: Date | null, said: Date | null) =>
    relayEnds(relayOf(platform), { placedAt, completedAt: completed }, said).toISOString().slice(0, 10);

  test.each([
    ["taobao", "15 days after completion", "2026-05-21"],
    ["wechat", "30 days after completion", "2026-06-05"],
    ["jd", "with completion", "2026-05-06"],
    ["pdd", "15 days after it was bound, so after the order", "2026-05-16"],
    ["other", "with completion, for all we know", "2026-05-06"],
  ] as const)("%s: %s", (platform, _, end) => expect(day(platform, completedAt, null)).toBe(end));

  test("while nobody tells of a completion is the platform's longest life of one", () => {
    expect(day("taobao", null, null)).toBe("2026-06-30");
    expect(day("pdd", null, null)).toBe("2026-05-16");
  });

  test("is what the file states, unless the order's completion ends it sooner", () => {
    expect(day("taobao", null, stated)).toBe("2026-05-25");
    expect(day("taobao", completedAt, stated)).toBe("2026-05-21");
    expect(day("wechat", completedAt, stated)).toBe("2026-05-25");
  });

  test("never comes later for knowing more", () => {
    fc.assert(
      fc.property(fc.constantFrom(...platforms), instant, fc.option(instant), (platform, completed, said) => {
        const rule = relayOf(platform);
        const open = relayEnds(rule, { placedAt, completedAt: null }, said);
        expect(relayEnds(rule, { placedAt, completedAt: completed }, said) <= open).toBe(true);
      }),
    );
  });
});

test("a masked order id shows four characters at each end", () => {
  expect(maskOrderId("5414549813667561167")).toBe("5414****1167");
});
