import { expect, test } from "vitest";
import { z } from "zod";
import { OfferTerms } from "./kinds/index.ts";
import { Line } from "./model.ts";
import { restRoutes } from "./rest.ts";

/** Everything that an offer, a question or a decision may speak of. A word about a person has no place in any of them. */
const impersonal = new Set([
  ..."title zh-CN en conditions tiers channels window from to scope skus categories excludeSkus excludeCategories".split(
    " ",
  ),
  ..."newMemberOnly stackingGroup priority capPerMember count period budget amountFen codeRequired".split(" "),
  ..."reward kind percent minimumFen offFen repeat priceFen printedListFen".split(" "),
  ..."giftSku giftName quantity worthFen serviceCode serviceName".split(" "),
  ..."tier channel at lines sku category listPriceFen newMember codes".split(" "),
]);

test.each([
  ["the terms of an offer", OfferTerms],
  ["a line of a cart", Line],
  ["a question to the interface", restRoutes.find(({ path }) => path === "/quotes")?.input ?? z.never()],
])("%s has no word for a person", (_, schema) => {
  const words = keysOf(z.toJSONSchema(schema, { io: "input" }));
  expect(words.size).toBeGreaterThan(3);
  expect([...words].filter((word) => !impersonal.has(word))).toEqual([]);
});

test("terms with anything else in them are refused", () => {
  for (const stray of ["gender", "age", "city", "memberId", "segment"]) {
    const parsed = OfferTerms.safeParse({
      title: { "zh-CN": "a", en: "a" },
      conditions: { [stray]: "x" },
      reward: { kind: "percent-off", percent: 1 },
    });
    expect(parsed.error?.issues.some((issue) => issue.code === "unrecognized_keys" && issue.keys.includes(stray))).toBe(
      true,
    );
  }
});

/** Every property name anywhere in a JSON schema. */
function keysOf(schema: unknown): Set<string> {
  if (typeof schema !== "object" || schema === null) return new Set();
  const named = Object.entries(schema).flatMap(([key, value]) =>
    key === "properties" && typeof value === "object" && value !== null ? Object.keys(value) : [],
  );
  return new Set([...named, ...Object.values(schema).flatMap((value) => [...keysOf(value)])]);
}
