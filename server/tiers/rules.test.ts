import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idSource, type OrderId } from "../core/id.ts";
import { addDays, businessDay } from "../core/time.ts";
import { migrationTable, rankOf } from "./ladders/rules.ts";
import type { GrowthLine, Ladder, LadderTerms, ManualTier } from "./model.ts";
import { standing } from "./rules.ts";

const terms: LadderTerms = {
  tiers: [
    { code: "registered", name: { "zh-CN": "注册会员", en: "Registered" }, upgradeAt: 0, keepAt: 0 },
    { code: "silver", name: { "zh-CN": "银卡", en: "Silver" }, upgradeAt: 1_000, keepAt: 800 },
    { code: "gold", name: { "zh-CN": "金卡", en: "Gold" }, upgradeAt: 5_000, keepAt: 4_000 },
  ],
  qualification: { kind: "rolling", days: 365 },
  downgrade: "one_down",
  graceDays: 30,
  noticeDays: 7,
  growth: { perYuan: { numerator: 1, denominator: 1 }, returnWindowDays: 7 },
};
const START = new Date("2025-01-01T00:00:00Z");
const day = (n: number) => addDays(START, n);
const ladder = (over: Partial<LadderTerms> = {}, version = 1, effectiveFrom = day(-1_000)): Ladder => ({
  id: `ladder ${version}`,
  version,
  effectiveFrom,
  terms: { ...terms, ...over },
});

type Line = Pick<GrowthLine, "orderId" | "growth" | "earnedAt" | "recordedAt">;
const newId = idSource(
  () => START.getTime(),
  (size) => new Uint8Array(size),
);
const line = (n: number | null, growth: number, recorded = n ?? 0, orderId: OrderId = newId<"order">()): Line => ({
  orderId,
  growth,
  earnedAt: n === null ? null : day(n),
  recordedAt: day(recorded),
});
const stand = (lines: Line[], n: number, history = [ladder()], manual: ManualTier[] = []) =>
  standing({ lines, history, manual, at: day(n) });

describe("rising", () => {
  test("happens at the instant the threshold is met, not before", () => {
    const lines = [line(10, 600), line(20, 400)];
    expect(stand(lines, 19.99).tier).toBe("registered");
    expect(stand(lines, 20)).toMatchObject({ tier: "silver", since: day(20), growth: 1_000 });
    expect(stand(lines, 20).steps.at(-1)).toMatchObject({ kind: "rose", growth: 1_000, threshold: 1_000, version: 1 });
  });

  test("says what is missing and until when the counted growth stays", () => {
    const { toRise, expiring } = stand([line(10, 600)], 20);
    expect(toRise).toMatchObject({ tier: "silver", threshold: 1_000, missing: 400 });
    expect(businessDay(toRise?.by ?? START)).toBe(businessDay(day(375)));
    expect(expiring).toMatchObject([{ growth: 600 }]);
  });

  test("growth older than the window does not count, nor that of another calendar year", () => {
    const lines = [line(10, 600), line(376, 400)];
    expect(stand(lines, 400).tier).toBe("registered");
    const calendar = [ladder({ qualification: { kind: "calendarYear" } })];
    expect(stand([line(300, 600), line(370, 400)], 400, calendar).tier).toBe("registered");
    expect(stand([line(300, 600), line(350, 400)], 351, calendar).tier).toBe("silver");
  });

  test("growth that waits for completion is pending and projected, not counted", () => {
    expect(stand([line(null, 1_500)], 5)).toMatchObject({
      tier: "registered",
      pending: 1_500,
      growth: 0,
      projectedTier: "silver",
    });
  });
});

describe("keeping", () => {
  const risen = [line(0, 1_000, 0)];
  const end = stand(risen, 1).keepUntil ?? START;
  const pastEnd = (ms: number) => (end.getTime() + ms - START.getTime()) / 86_400_000;

  test("the period ends with a day in Asia/Shanghai, and the lifting growth does not count for it", () => {
    expect(businessDay(new Date(end.getTime() - 1))).toBe(businessDay(day(365)));
    expect(stand(risen, 1).toKeep).toMatchObject({ threshold: 800, earned: 0, missing: 800, by: end });
  });

  test("enough growth in the period keeps the tier for another one", () => {
    expect(stand([...risen, line(200, 800)], pastEnd(0))).toMatchObject({
      tier: "silver",
      since: day(0),
      keepUntil: addDays(end, 365),
      graceUntil: null,
    });
  });

  test("too little opens grace; growth in grace still keeps; otherwise the tier is lost when it ends", () => {
    const lines = [...risen, line(200, 799)];
    expect(stand(lines, pastEnd(0))).toMatchObject({ tier: "silver", graceUntil: addDays(end, 30) });
    expect(stand([...lines, line(pastEnd(5 * 86_400_000), 1)], pastEnd(6 * 86_400_000))).toMatchObject({
      tier: "silver",
      graceUntil: null,
    });
    expect(stand(lines, pastEnd(30 * 86_400_000 - 1)).tier).toBe("silver");
    expect(stand(lines, pastEnd(30 * 86_400_000))).toMatchObject({ tier: "registered", keepUntil: null, toKeep: null });
  });

  test("one_down falls one rung, by_growth falls to the best rung that was kept", () => {
    const lines = [line(0, 5_000)];
    expect(stand(lines, 400, [ladder({ graceDays: 0 })]).tier).toBe("silver");
    expect(stand(lines, 400, [ladder({ graceDays: 0, downgrade: "by_growth" })]).tier).toBe("registered");
    expect(stand([...lines, line(100, 900)], 400, [ladder({ graceDays: 0, downgrade: "by_growth" })]).tier).toBe(
      "silver",
    );
  });

  test("a member is warned from 30 days ahead when the tier will be lost as things stand", () => {
    expect(stand(risen, 300)).toMatchObject({
      projectedTier: "registered",
      willFall: { at: addDays(end, 30), toldFrom: addDays(end, -30) },
    });
    expect(stand([...risen, line(200, 800)], 300)).toMatchObject({ projectedTier: "silver", willFall: null });
  });
});

describe("money given back", () => {
  test("undoes the rise that rested on it, as if it had never been earned", () => {
    const bought = line(0, 1_000);
    const returned = line(0, -1_000, 9, bought.orderId);
    expect(stand([bought, returned], 8).tier).toBe("silver");
    expect(stand([bought, returned], 9)).toMatchObject({ tier: "registered", growth: 0 });
  });
});

describe("a new version", () => {
  const stricter = ladder(
    { tiers: terms.tiers.map((tier) => ({ ...tier, upgradeAt: tier.upgradeAt * 10, keepAt: tier.keepAt * 10 })) },
    2,
    day(100),
  );

  test("does not judge a period that began under another version", () => {
    const lines = [line(0, 1_000), line(200, 800)];
    expect(stand(lines, 150, [ladder(), stricter]).tier).toBe("silver");
    expect(stand(lines, 380, [ladder(), stricter])).toMatchObject({ tier: "silver", toKeep: { threshold: 8_000 } });
  });

  test("lifts at once whom its lower thresholds admit", () => {
    const easier = ladder(
      { tiers: terms.tiers.map((tier) => ({ ...tier, upgradeAt: tier.upgradeAt / 2, keepAt: tier.keepAt / 2 })) },
      2,
      day(50),
    );
    expect(stand([line(0, 500)], 49, [ladder(), easier]).tier).toBe("registered");
    expect(stand([line(0, 500)], 50, [ladder(), easier])).toMatchObject({ tier: "silver", since: day(50) });
  });

  test("carries a dropped tier to the next rung above it", () => {
    const dropped = ladder({ tiers: terms.tiers.filter(({ code }) => code !== "silver") }, 2, day(50));
    expect(stand([line(0, 1_000)], 51, [ladder(), dropped]).tier).toBe("gold");
  });
});

describe("a manual tier", () => {
  const manual = [{ tier: "gold", reason: "service recovery", startsAt: day(10), endsAt: day(40) }];
  test("holds until its end date, whatever is recalculated", () => {
    const lines = [line(0, 1_000), line(20, 10), line(25, -10, 26)];
    expect(stand(lines, 9, [ladder()], manual).tier).toBe("silver");
    expect(stand(lines, 30, [ladder()], manual)).toMatchObject({ tier: "gold", earned: "silver" });
    expect(stand(lines, 40, [ladder()], manual)).toMatchObject({ tier: "silver", manual: null });
  });

  test("never lowers", () => {
    expect(
      stand(
        [line(0, 6_000)],
        20,
        [ladder()],
        [{ ...manual[0], tier: "silver", reason: "x", startsAt: day(10), endsAt: day(40) }],
      ).tier,
    ).toBe("gold");
  });
});

const history = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 900 }),
    delay: fc.integer({ min: 0, max: 60 }),
    growth: fc.integer({ min: 1, max: 3_000 }),
  }),
  { maxLength: 12 },
);
const anyTerms = fc
  .record({
    steps: fc.array(
      fc.record({ up: fc.integer({ min: 2, max: 3_000 }), keepShare: fc.integer({ min: 1, max: 100 }) }),
      { minLength: 1, maxLength: 4 },
    ),
    rolling: fc.boolean(),
    days: fc.integer({ min: 30, max: 500 }),
    policy: fc.constantFrom("one_down" as const, "by_growth" as const),
    graceDays: fc.integer({ min: 0, max: 60 }),
  })
  .map(({ steps, rolling, days, policy, graceDays }): LadderTerms => {
    let [upgradeAt, keepAt] = [0, 0];
    const tiers = steps.map(({ up, keepShare }, index) => {
      keepAt += Math.max(1, Math.floor((up * keepShare) / 100));
      upgradeAt += up;
      return { code: `t${index + 1}`, name: { "zh-CN": "级", en: "T" }, upgradeAt, keepAt };
    });
    return {
      ...terms,
      tiers: [{ code: "t0", name: { "zh-CN": "级", en: "T" }, upgradeAt: 0, keepAt: 0 }, ...tiers],
      qualification: rolling ? { kind: "rolling", days } : { kind: "calendarYear" },
      downgrade: policy,
      graceDays,
    };
  });
const toLines = (events: readonly { at: number; delay: number; growth: number }[]) =>
  events.map(({ at, delay, growth }) => line(at, growth, at + delay));

describe("properties", () => {
  test("the standing does not depend on the order in which lines are read", () => {
    fc.assert(
      fc.property(
        history,
        anyTerms,
        fc.integer({ min: 0, max: 1_500 }),
        fc.infiniteStream(fc.nat()),
        (events, own, n, keys) => {
          const lines = toLines(events);
          const shuffled = lines
            .map((each) => ({ each, key: keys.next().value ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ each }) => each);
          const ladders = [ladder(own)];
          expect(stand(shuffled, n, ladders)).toEqual(stand(lines, n, ladders));
        },
      ),
    );
  });

  test("lines that cancel out leave no trace", () => {
    fc.assert(
      fc.property(
        history,
        anyTerms,
        fc.integer({ min: 0, max: 1_500 }),
        fc.integer({ min: 0, max: 900 }),
        fc.integer({ min: 1, max: 9_000 }),
        (events, own, n, at, growth) => {
          const lines = toLines(events);
          const gone = line(at, growth);
          const undone = [gone, line(at, -growth, at, gone.orderId)];
          expect(stand([...lines, ...undone], n, [ladder(own)])).toEqual(stand(lines, n, [ladder(own)]));
        },
      ),
    );
  });

  test("nothing changes between one announced instant of change and the next", () => {
    fc.assert(
      fc.property(
        history,
        anyTerms,
        fc.integer({ min: 0, max: 1_500 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (events, own, n, share) => {
          const lines = toLines(events).filter((each) => each.recordedAt <= day(n));
          const ladders = [ladder(own)];
          const now = stand(lines, n, ladders);
          const until = now.nextChangeAt ?? day(n + 400);
          const later = standing({
            lines,
            history: ladders,
            manual: [],
            at: new Date(Math.floor(day(n).getTime() + share * (until.getTime() - day(n).getTime()))),
          });
          expect(later).toMatchObject({
            tier: now.tier,
            since: now.since,
            keepUntil: now.keepUntil,
            graceUntil: now.graceUntil,
          });
        },
      ),
    );
  });

  test("a version that takes effect lowers nobody", () => {
    fc.assert(
      fc.property(history, anyTerms, anyTerms, fc.integer({ min: 1, max: 900 }), (events, own, other, n) => {
        const lines = toLines(events);
        const before = standing({ lines, history: [ladder(own)], manual: [], at: day(n) });
        const after = standing({ lines, history: [ladder(own), ladder(other, 2, day(n))], manual: [], at: day(n) });
        const held = own.tiers[rankOf(own, before.tier)];
        const same = other.tiers.find(({ code }) => code === before.tier);
        const now = other.tiers[rankOf(other, after.tier)];
        const floor =
          same ?? other.tiers.find(({ upgradeAt }) => upgradeAt >= (held?.upgradeAt ?? 0)) ?? other.tiers.at(-1);
        expect(now?.upgradeAt).toBeGreaterThanOrEqual(floor?.upgradeAt ?? 0);
      }),
    );
  });

  test("the tier held is justified: its growth was met in the last period or the one before", () => {
    fc.assert(
      fc.property(history, anyTerms, fc.integer({ min: 0, max: 1_500 }), (events, own, n) => {
        const now = stand(toLines(events), n, [ladder(own)]);
        const turn = now.steps.findLast(({ kind }) => kind === "rose" || kind === "kept" || kind === "fell");
        if (turn?.kind === "rose" || turn?.kind === "kept") expect(turn.growth).toBeGreaterThanOrEqual(turn.threshold);
        if (turn?.kind === "fell") expect(turn.growth).toBeLessThan(turn.threshold);
        expect(turn?.to ?? "t0").toBe(now.tier);
      }),
    );
  });
});

test("the migration table loses and invents nobody", () => {
  const code = fc.constantFrom("registered", "silver", "gold");
  fc.assert(
    fc.property(fc.array(fc.record({ from: code, to: code, members: fc.nat({ max: 1_000 }) })), (moves) => {
      const rows = migrationTable(terms, terms, moves);
      const total = moves.reduce((sum, { members }) => sum + members, 0);
      expect(rows.reduce((sum, { opening }) => sum + opening, 0)).toBe(total);
      expect(rows.reduce((sum, { closing }) => sum + closing, 0)).toBe(total);
      for (const { opening, rose, kept, fell } of rows) expect(rose + kept + fell).toBe(opening);
    }),
  );
});
