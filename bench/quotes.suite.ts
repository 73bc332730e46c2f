/** Quotes a second on one core, in process: a cart of ten lines against two hundred offers in force. */
import fc from "fast-check";
import { kindOf } from "#server/offers/kinds/index.ts";
import { type Line, type Question, questionKeys } from "#server/offers/model.ts";
import { compile, type OfferVersion, quote } from "#server/offers/rules.ts";
import { anOffer, anyReward } from "#server/offers/testing.ts";
import { report } from "./figure.ts";

const GOAL = 50_000;
const categories = ["formula", "diapers", "wipes", "bottles", "toys", "clothes", "food", "care"];
const tiers = ["registered", "silver", "gold", "jade"];
const skus = Array.from({ length: 200 }, (_, index) => ({
  sku: `sku-${index}`,
  category: categories[index % 8] ?? "",
}));

/** As a brand has them: most for single products, some for a category, a few for everything; three stacking groups. */
function population(size: number): OfferVersion[] {
  const rewards = fc.sample(
    anyReward.filter((reward) => kindOf(reward).deepestOf(reward) <= 400),
    { numRuns: size, seed: 7 },
  );
  return rewards.map((reward, index) =>
    anOffer({
      reward,
      conditions: {
        priority: index % 5,
        stackingGroup: ["price", "coupon", "extra"][index % 3] ?? null,
        tiers: tiers.slice(index % 4),
        newMemberOnly: index % 20 === 0,
        codeRequired: index % 20 === 1,
        scope: {
          skus: index % 10 < 6 ? [`sku-${index}`, `sku-${(index * 7) % 200}`] : [],
          categories: index % 10 >= 6 && index % 10 < 9 ? [categories[index % 8] ?? ""] : [],
          excludeSkus: index % 10 === 9 ? [`sku-${index % 13}`] : [],
          excludeCategories: [],
        },
      },
    }),
  );
}

function cart(seed: number): Line[] {
  return Array.from({ length: 10 }, (_, index) => ({
    ...skus[(seed * 31 + index * 17) % skus.length],
    sku: `sku-${(seed * 31 + index * 17) % skus.length}`,
    quantity: 1 + ((seed + index) % 3),
    listPriceFen: 2_990 + ((seed * 13 + index * 1_700) % 30_000),
  }));
}

const questions = Array.from(
  { length: 256 },
  (_, seed): Question => ({
    tier: tiers[seed % 4] ?? "",
    channel: "web",
    at: new Date("2026-06-15T04:00:00Z"),
    lines: cart(seed),
  }),
);

/** The best of three runs of a second each, in calls a second. */
function rate(call: (question: Question) => unknown): number {
  const runs = [1, 2, 3].map(() => {
    const start = performance.now();
    let calls = 0;
    while (performance.now() - start < 1_000)
      for (const question of questions) calls += call(question) === undefined ? 0 : 1;
    return (calls * 1_000) / (performance.now() - start);
  });
  return Math.max(...runs);
}

const offers = compile(population(200));
const few = compile(population(10));
const reference = { name: "parse the question from JSON", value: rate(parsing()) };

report("quotes", [
  figure(
    "quote, 10 lines against 200 offers",
    rate((question) => quote(offers, question)),
    GOAL,
  ),
  figure(
    "quote, 10 lines against 10 offers",
    rate((question) => quote(few, question)),
    GOAL,
  ),
]);

function figure(name: string, value: number, goal: number) {
  return { name, value, unit: "quotes/s", reference, goal: `≥ ${goal.toLocaleString("en")}/s`, met: value >= goal };
}

function parsing(): (question: Question) => unknown {
  const texts = new Map(
    questions.map((question) => [
      question,
      JSON.stringify(question, [...questionKeys, "sku", "category", "quantity", "listPriceFen"]),
    ]),
  );
  return (question) => JSON.parse(texts.get(question) ?? "");
}
