/** Offers and questions for tests: named ones by `anOffer`, any at all by the arbitraries. */
import fc from "fast-check";
import { z } from "zod";
import { idSource } from "../core/id.ts";
import type { OfferKind } from "./kind.ts";
import { kinds, type OfferTerms, Reward } from "./kinds/index.ts";
import { type Conditions, channels, type Question } from "./model.ts";
import type { OfferVersion } from "./rules.ts";

let clock = 1_780_000_000_000;
const newId = idSource(
  () => ++clock,
  (size) => new Uint8Array(size).fill(7),
);

const open: Conditions = {
  tiers: ["registered", "silver", "gold", "jade"],
  channels: [...channels],
  window: { from: "2026-01-01T00:00:00+08:00", to: null },
  scope: { skus: [], categories: [], excludeSkus: [], excludeCategories: [] },
  newMemberOnly: false,
  stackingGroup: null,
  priority: 0,
  capPerMember: null,
  budget: null,
  codeRequired: false,
};

/** Terms open to everybody at any time, but for what is said. */
export function someTerms({
  reward,
  conditions = {},
}: {
  reward: Reward;
  conditions?: Partial<Conditions>;
}): OfferTerms {
  return { title: { "zh-CN": "测试优惠", en: "Test offer" }, conditions: { ...open, ...conditions }, reward };
}

/** A published version with these terms. Offers made later have larger ids. */
export function anOffer(terms: Parameters<typeof someTerms>[0]): OfferVersion {
  return {
    id: newId<"offer">(),
    versionId: newId<"offerVersion">(),
    version: 1,
    terms: someTerms(terms),
    exhausted: false,
  };
}

const items = [
  { sku: "formula-1", category: "formula" },
  { sku: "formula-3", category: "formula" },
  { sku: "diaper-m", category: "diapers" },
  { sku: "wipes-80", category: "wipes" },
  { sku: "bottle" },
];
const instants = ["2026-06-01T00:00:00Z", "2026-06-15T00:00:00Z", "2026-07-01T00:00:00Z", "2026-08-01T00:00:00Z"];

export const anyLine = fc
  .record({
    item: fc.constantFrom(...items),
    quantity: fc.integer({ min: 1, max: 5 }),
    listPriceFen: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 60_000 })),
  })
  .map(({ item, ...line }) => ({ ...item, ...line }));

export const anyQuestion: fc.Arbitrary<Question> = fc.record({
  tier: fc.constantFrom("registered", "silver", "gold", "jade"),
  channel: fc.constantFrom("web" as const, "store" as const),
  at: fc.constantFrom(...instants.map((instant) => new Date(instant))),
  lines: fc.array(anyLine, { minLength: 1, maxLength: 6 }),
  newMember: fc.boolean(),
});

/** Any terms of a kind that its schema and its check allow, with amounts of the size of a cart. */
export function anyRewardOf(kind: OfferKind): fc.Arbitrary<Reward> {
  const { properties = {} } = z.toJSONSchema(kind.reward);
  const fields = Object.entries(properties).map(
    ([name, schema]) => [name, typeof schema === "object" ? anyField(schema) : fc.constant(true)] as const,
  );
  return fc
    .record(Object.fromEntries(fields))
    .filter((raw) => kind.checkOf(raw).ok)
    .map((raw) => Reward.parse(raw));
}

function anyField({
  const: literal,
  type,
  minimum = 0,
  maximum = 0,
  multipleOf = 1,
}: z.core.JSONSchema.JSONSchema): fc.Arbitrary<unknown> {
  if (literal !== undefined) return fc.constant(literal);
  if (type === "boolean") return fc.boolean();
  if (type === "object") return fc.constant({ "zh-CN": "试用装", en: "Sample" });
  if (type === "string") return fc.constant("sample-1");
  const most = Math.floor(Math.min(maximum, 40_000) / multipleOf);
  return fc.integer({ min: Math.ceil(minimum / multipleOf), max: most }).map((count) => count * multipleOf);
}

export const anyReward: fc.Arbitrary<Reward> = fc.oneof(...kinds.map(anyRewardOf));

const someOf = <T>(values: readonly T[], minLength = 0) => fc.subarray([...values], { minLength });

export const anyConditions: fc.Arbitrary<Partial<Conditions>> = fc.record(
  {
    tiers: someOf(open.tiers, 1),
    channels: someOf(["web" as const, "store" as const], 1),
    window: fc.record({ from: fc.constantFrom(...instants), to: fc.option(fc.constantFrom(...instants)) }),
    scope: fc.record({
      skus: someOf(["formula-1", "bottle"]),
      categories: someOf(["formula", "diapers"]),
      excludeSkus: someOf(["formula-3"]),
      excludeCategories: someOf(["wipes"]),
    }),
    stackingGroup: fc.option(fc.constantFrom("price", "extra")),
    priority: fc.integer({ min: 0, max: 2 }),
    newMemberOnly: fc.boolean(),
  },
  { requiredKeys: [] },
);

export const anyOffer: fc.Arbitrary<OfferVersion> = fc
  .record({ reward: anyReward, conditions: anyConditions })
  .map((terms) => anOffer(terms));
