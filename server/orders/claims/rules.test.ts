import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fen } from "../../core/money.ts";
import type { GrowthReason } from "../../tiers/model.ts";
import { formats } from "../formats/index.ts";
import { type ClaimFactKind, claimFactKinds } from "./model.ts";
import { type Bearing, delayAfter, effectOf, factOf, factsFor, factsIn, orderLimits, spokenWait } from "./rules.ts";
import { claimableShapes, factsHeld } from "./shapes.ts";

const order: Bearing = {
  paid: fen(9_950),
  placedAt: new Date("2026-05-20T17:00:00Z"),
  skus: ["BATH-01", "soft towel"],
  relay: "17000004847-011",
};

describe("facts", () => {
  test.each([
    [{ kind: "amount", yuan: "99.5" }, true],
    [{ kind: "amount", yuan: "99.51" }, false],
    [{ kind: "dayAndSku", day: "2026-05-21", sku: "bath-01" }, true],
    [{ kind: "dayAndSku", day: "2026-05-21", sku: "ＳoftTowel" }, true],
    [{ kind: "dayAndSku", day: "2026-05-20", sku: "BATH-01" }, false],
    [{ kind: "extension", digits: "7011" }, true],
    [{ kind: "extension", digits: "4847" }, false],
  ] as const)("%o", (fact, bears) => expect(factsIn(order, fact.kind).includes(factOf(fact))).toBe(bears));

  test("an order bears out nothing that it lacks", () => {
    const bare: Bearing = { paid: fen(0), placedAt: order.placedAt, skus: [], relay: null };
    for (const kind of claimFactKinds) expect(factsIn(bare, kind)).toEqual([]);
  });
});

describe("the facts of a platform", () => {
  const of = (number: string) => factsFor(number, claimableShapes);

  test("are those that its declared columns hold, and no day that its numbers tell", () => {
    const held = (platform: string) => factsHeld(formats.find((one) => one.platform === platform)?.layouts ?? []);
    expect(held("taobao")).toEqual(["amount", "dayAndSku", "extension"]);
    expect(held("pdd")).toEqual(["amount", "extension"]);
    expect(held("youzan")).toEqual(["amount", "extension"]);
    for (const { layouts } of formats) expect(factsHeld(layouts)).toContain("amount");
  });

  test("are offered by what the number looks like; any number has an amount", () => {
    expect(of("5414549813667000001")).toEqual(["amount", "dayAndSku", "extension"]);
    expect(of("260501-923421038607422")).toEqual(["amount", "extension"]);
    expect(of("SHOP-0001")).toEqual(["amount"]);
  });
});

describe("the wait after wrong guesses", () => {
  test("is none for two slips, then grows fourfold up to a day", () => {
    const minutes = Array.from({ length: 10 }, (_, failures) => delayAfter(failures) / 60_000);
    expect(minutes).toEqual([0, 0, 0, 1, 4, 16, 64, 256, 1_024, 1_440]);
  });

  test("never shrinks and never exceeds a day", () => {
    fc.assert(
      fc.property(fc.nat(1_000), (failures) => {
        expect(delayAfter(failures + 1)).toBeGreaterThanOrEqual(delayAfter(failures));
        expect(delayAfter(failures)).toBeLessThanOrEqual(86_400_000);
      }),
    );
  });

  test("is said in minutes, and in hours from two on", () => {
    expect([spokenWait(1), spokenWait(7_140), spokenWait(7_200), spokenWait(86_400)]).toEqual([
      { minutes: 1, hours: 0 },
      { minutes: 119, hours: 0 },
      { minutes: 120, hours: 2 },
      { minutes: 1_440, hours: 24 },
    ]);
  });
});

test("a guesser who has an order's number finds its fact in a day with odds of at most one in 200", () => {
  const likely = { amount: 1_000, dayAndSku: 1_000, extension: 10_000 } satisfies Record<ClaimFactKind, number>;
  for (const kind of claimFactKinds) {
    const [daily, season] = orderLimits[kind];
    expect([daily?.windowMs, season?.windowMs]).toEqual([86_400_000, 90 * 86_400_000]);
    expect((daily?.count ?? 0) / likely[kind]).toBeLessThanOrEqual(1 / 200);
    expect((season?.count ?? 0) / likely[kind]).toBeLessThanOrEqual(3 / 100);
  }
});

describe("what came of an order's growth", () => {
  const now = new Date("2026-06-15T00:00:00Z");
  const line = (growth: number, reason: GrowthReason, earned: string | null) => ({
    ...{ growth, reason },
    earnedAt: earned === null ? null : new Date(earned),
  });
  test.each([
    ["nothing yet", [], { state: "none", reversed: 0 }],
    ["not completed", [line(90, "paid", null)], { state: "unsettled", from: null }],
    ["in its return window", [line(90, "paid", "2026-06-20T00:00:00Z")], { state: "pending" }],
    ["over its return window", [line(90, "paid", "2026-06-01T00:00:00Z")], { state: "effective" }],
    [
      "partly refunded",
      [line(90, "paid", "2026-06-01T00:00:00Z"), line(-30, "refunded", "2026-06-01T00:00:00Z")],
      { state: "effective", reversed: 30 },
    ],
    ["wholly refunded", [line(90, "paid", null), line(-90, "refunded", null)], { state: "reversed", reversed: 90 }],
  ] as const)("%s", (_, lines, expected) => expect(effectOf(lines, now)).toMatchObject(expected));
});
