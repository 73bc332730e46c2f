import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Line, Question } from "./model.ts";
import { questionKeys } from "./model.ts";
import { compile, type OfferVersion, quote } from "./rules.ts";
import { anOffer, anyOffer, anyQuestion } from "./testing.ts";

const anyOffers = fc.uniqueArray(anyOffer, { maxLength: 12, selector: (offer) => offer.id });

describe("for any offers and any question", () => {
  test("no line falls below zero or rises above its list price, and the fen add up", () => {
    fc.assert(
      fc.property(anyOffers, anyQuestion, (offers, question) => {
        const answer = quote(compile(offers), question);
        for (const line of answer.lines) {
          expect(line.totalFen).toBeGreaterThanOrEqual(0);
          expect(line.totalFen).toBeLessThanOrEqual(line.listFen);
          expect(line.totalFen + line.discountFen).toBe(line.listFen);
        }
        const given = answer.offers.reduce((sum, offer) => sum + (offer.applied ? offer.discountFen : 0), 0);
        expect(answer.totalFen).toBe(answer.lines.reduce((sum, line) => sum + line.totalFen, 0));
        expect(answer.totalFen + given).toBe(answer.listFen);
      }),
    );
  });

  test("every offer is answered once: applied with an effect, or refused with a code", () => {
    fc.assert(
      fc.property(anyOffers, anyQuestion, (offers, question) => {
        const answer = quote(compile(offers), question);
        expect(answer.offers.map(({ id }) => id).sort()).toEqual(offers.map(({ id }) => id).sort());
        for (const offer of answer.offers) {
          if (offer.applied) expect(offer.discountFen + offer.grants.length).toBeGreaterThan(0);
          else expect(offer.code).toMatch(/^[A-Z_]+$/);
        }
      }),
    );
  });

  test("the order in which offers are given does not matter", () => {
    fc.assert(
      fc.property(
        anyOffers.chain((offers) =>
          fc.tuple(fc.constant(offers), fc.shuffledSubarray(offers, { minLength: offers.length })),
        ),
        anyQuestion,
        ([offers, shuffled], question) => {
          expect(quote(compile(shuffled), question)).toEqual(quote(compile(offers), question));
        },
      ),
    );
  });

  test("asking again, of the same compiled set or a new one, gives the same answer", () => {
    fc.assert(
      fc.property(anyOffers, anyQuestion, anyQuestion, (offers, question, between) => {
        const compiled = compile(offers);
        const first = quote(compiled, question);
        quote(compiled, between);
        expect(quote(compiled, question)).toEqual(first);
        expect(quote(compile(offers), question)).toEqual(first);
      }),
    );
  });

  test("the policy holds: no permitted combination costs less", () => {
    fc.assert(
      fc.property(anyOffers, anyQuestion, (offers, question) => {
        expect(quote(compile(offers), question).totalFen).toBe(cheapest(offers, question));
      }),
      { numRuns: 300 },
    );
  });

  test("a tier that is in every offer of another tier never pays more than it", () => {
    fc.assert(
      fc.property(anyOffers, anyQuestion, (offers, question) => {
        const climbing = compile(offers.map((offer) => withTiers(offer, upwards(offer.terms.conditions.tiers))));
        const prices = ladder.map((tier) => quote(climbing, { ...question, tier }).totalFen);
        expect(prices).toEqual([...prices].sort((a, b) => b - a));
      }),
    );
  });

  test("a line split in two costs what it cost whole", () => {
    fc.assert(
      fc.property(anyOffers, anyQuestion, (offers, question) => {
        const split = question.lines.flatMap((line) =>
          line.quantity > 1
            ? [
                { ...line, quantity: 1 },
                { ...line, quantity: line.quantity - 1 },
              ]
            : [line],
        );
        expect(quote(compile(offers), { ...question, lines: split }).totalFen).toBe(
          quote(compile(offers), question).totalFen,
        );
      }),
    );
  });
});

describe("the policy, by example", () => {
  const lines: Line[] = [
    { sku: "formula-3", category: "formula", quantity: 2, listPriceFen: 29_800 },
    { sku: "wipes-80", category: "wipes", quantity: 1, listPriceFen: 2_990 },
  ];
  const question: Question = { tier: "gold", channel: "web", at: new Date("2026-06-15T04:00:00Z"), lines };

  test("of one group the better applies, and the other says by which it was excluded", () => {
    const tenth = anOffer({ reward: { kind: "percent-off", percent: 10 }, conditions: { stackingGroup: "price" } });
    const fifth = anOffer({ reward: { kind: "percent-off", percent: 20 }, conditions: { stackingGroup: "price" } });
    const answer = quote(compile([tenth, fifth]), question);
    expect(answer.totalFen).toBe(62_590 - 12_518);
    expect(answer.offers.find(({ id }) => id === tenth.id)).toMatchObject({
      code: "EXCLUDED_BY",
      condition: { offer: fifth.id },
    });
  });

  test("groups combine, each computed on list prices", () => {
    const tenth = anOffer({ reward: { kind: "percent-off", percent: 10 }, conditions: { stackingGroup: "price" } });
    const off = anOffer({ reward: { kind: "amount-off", minimumFen: 30_000, offFen: 3_000, repeat: true } });
    expect(quote(compile([tenth, off]), question).totalFen).toBe(62_590 - 6_259 - 6_000);
  });

  test("equal offers of a group: the higher priority, then the older one", () => {
    const terms = { reward: { kind: "percent-off", percent: 10 }, conditions: { stackingGroup: "price" } } as const;
    const [older, newer] = [anOffer(terms), anOffer(terms)];
    const urgent = anOffer({ ...terms, conditions: { stackingGroup: "price", priority: 5 } });
    const applied = (offers: OfferVersion[]) =>
      quote(compile(offers), question)
        .offers.filter(({ applied }) => applied)
        .map(({ id }) => id);
    expect(applied([newer, older])).toEqual([older.id]);
    expect(applied([newer, older, urgent])).toEqual([urgent.id]);
  });

  test.each([
    ["TIER_NOT_INCLUDED", { tiers: ["silver"] }],
    ["CHANNEL_MISMATCH", { channels: ["store" as const] }],
    ["NOT_STARTED", { window: { from: "2026-06-15T04:00:00.001Z", to: null } }],
    ["EXPIRED", { window: { from: "2026-06-01T00:00:00Z", to: "2026-06-15T04:00:00Z" } }],
    ["NOT_NEW_MEMBER", { newMemberOnly: true }],
    ["CODE_REQUIRED", { codeRequired: true }],
    ["OUT_OF_SCOPE", { scope: { skus: ["toy-1"], categories: [], excludeSkus: [], excludeCategories: [] } }],
    ["OUT_OF_SCOPE", { scope: { skus: [], categories: [], excludeSkus: ["formula-3"], excludeCategories: ["wipes"] } }],
  ])("%s", (code, conditions) => {
    const offer = anOffer({ reward: { kind: "percent-off", percent: 10 }, conditions });
    const answer = quote(compile([offer]), question);
    expect(answer.totalFen).toBe(answer.listFen);
    expect(answer.offers).toMatchObject([{ id: offer.id, applied: false, code }]);
  });

  test("a used-up budget, a minimum not reached and nothing to take off are said as such", () => {
    const spent = { ...anOffer({ reward: { kind: "percent-off", percent: 10 } }), exhausted: true };
    const high = anOffer({ reward: { kind: "amount-off", minimumFen: 100_000, offFen: 1, repeat: false } });
    const dear = anOffer({ reward: { kind: "fixed-price", priceFen: 40_000, printedListFen: 50_000 } });
    expect(quote(compile([spent, high, dear]), question).offers).toMatchObject([
      { code: "BUDGET_EXHAUSTED" },
      { code: "BELOW_MINIMUM", condition: { minimumFen: 100_000, inScopeFen: 62_590 } },
      { code: "NO_EFFECT" },
    ]);
  });

  test("a code and the new-member window open what they are for", () => {
    const coded = anOffer({
      reward: { kind: "percent-off", percent: 10 },
      conditions: { codeRequired: true, newMemberOnly: true },
    });
    const asked = { ...question, unlocked: [coded.id], newMember: true };
    expect(quote(compile([coded]), asked).offers).toMatchObject([{ applied: true, discountFen: 6_259 }]);
  });
});

test("a question has no place for a person", () => {
  expect([...questionKeys].sort()).toEqual(["at", "channel", "lines", "newMember", "tier", "unlocked"]);
});

const ladder = ["registered", "silver", "gold", "jade"];
function upwards(tiers: readonly string[]): string[] {
  return ladder.slice(Math.min(...tiers.map((tier) => ladder.indexOf(tier))));
}
function withTiers(offer: OfferVersion, tiers: string[]): OfferVersion {
  return { ...offer, terms: { ...offer.terms, conditions: { ...offer.terms.conditions, tiers } } };
}

/** The policy again, the slow way: the price of every combination with at most one offer of each group. */
function cheapest(offers: readonly OfferVersion[], question: Question): number {
  const groups = Object.values(Object.groupBy(offers, (offer) => offer.terms.conditions.stackingGroup ?? offer.id));
  const combinations = groups.reduce<OfferVersion[][]>(
    (all, group = []) => all.flatMap((combination) => [combination, ...group.map((offer) => [...combination, offer])]),
    [[]],
  );
  const alone = new Map(
    offers.map((offer) => [
      offer.id,
      quote(compile([offer]), question).lines.map((line) => line.discountFen as number),
    ]),
  );
  const list = question.lines.map((line) => line.quantity * line.listPriceFen);
  const price = (combination: readonly OfferVersion[]) =>
    list.reduce(
      (sum, amount, position) =>
        sum + Math.max(0, amount - combination.reduce((off, { id }) => off + (alone.get(id)?.[position] ?? 0), 0)),
      0,
    );
  return Math.min(...combinations.map(price));
}
