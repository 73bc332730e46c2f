import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ADS_SHARING, BABY_RECOMMENDATION, SWIM_PREPARATION } from "../../demo.ts";
import { type ActivityTerms, activityUses, retentionTriggers } from "../model.ts";
import { isMaterial, termsDiff } from "./rules.ts";

const text = fc.record({ "zh-CN": fc.constantFrom("甲", "乙"), en: fc.constantFrom("a", "b") });
/** Terms that differ from each other in some of their parts. */
const someTerms: fc.Arbitrary<ActivityTerms> = fc
  .record({
    name: text,
    purpose: text,
    method: text,
    refusal: text,
    impact: fc.option(text),
    use: fc.constantFrom(...activityUses),
    retention: fc.record({ trigger: fc.constantFrom(...retentionTriggers), days: fc.integer({ min: 0, max: 2 }) }),
    necessity: text,
    keys: fc.subarray(["child.weight", "child.sex"]),
    shared: fc.option(text),
    systems: fc.subarray(["会员系统", "门店系统"]),
    automatedDecision: fc.boolean(),
  })
  .map(
    ({ keys, necessity, shared, ...rest }): ActivityTerms => ({
      ...SWIM_PREPARATION,
      ...rest,
      fields: keys.map((key) => ({ key, necessity, mandatory: true })),
      recipients: shared === null ? [] : ADS_SHARING.recipients.map((one) => ({ ...one, purpose: shared })),
    }),
  );

describe("the difference of two versions", () => {
  test("is empty exactly when they are the same", () => {
    fc.assert(
      fc.property(someTerms, someTerms, (before, after) => {
        expect(termsDiff(before, after).length === 0).toBe(JSON.stringify(before) === JSON.stringify(after));
        expect(termsDiff(before, before)).toEqual([]);
      }),
    );
  });

  test("read backwards is the same difference", () => {
    fc.assert(
      fc.property(someTerms, someTerms, (before, after) => {
        const turned = termsDiff(after, before).map(({ path, before: b, after: a }) => ({ path, before: a, after: b }));
        const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);
        expect(turned.sort(byPath)).toEqual(termsDiff(before, after).sort(byPath));
      }),
    );
  });

  test("what is the same is never material", () => {
    fc.assert(fc.property(someTerms, (terms) => !isMaterial(terms, terms)));
  });
});

describe("a change is material", () => {
  const { recipients } = ADS_SHARING;
  const mandatory = SWIM_PREPARATION.fields.slice(0, 2);
  test.each([
    ["a new field", { fields: [...SWIM_PREPARATION.fields, { ...mandatory[0], key: "child.allergy" }] }, true],
    ["a field less", { fields: mandatory }, false],
    [
      "another reason for a field",
      { fields: SWIM_PREPARATION.fields.map((one) => ({ ...one, necessity: BABY_RECOMMENDATION.name })) },
      false,
    ],
    ["a new recipient", { recipients }, true],
    ["another use", { use: "recommendation" }, true],
    ["another purpose", { purpose: BABY_RECOMMENDATION.purpose }, true],
    ["another method", { method: BABY_RECOMMENDATION.method }, true],
    ["kept longer", { retention: { trigger: "lastUse", days: 31 } }, true],
    ["kept shorter", { retention: { trigger: "lastUse", days: 29 } }, false],
    ["kept from another day on", { retention: { trigger: "collected", days: 29 } }, true],
    ["decided by a program", { automatedDecision: true }, true],
    ["another system", { systems: ["会员系统", "门店系统"] }, false],
    ["another name", { name: BABY_RECOMMENDATION.name }, false],
  ] as [string, Partial<ActivityTerms>, boolean][])("%s: %s", (_, change, material) => {
    expect(isMaterial(SWIM_PREPARATION, { ...SWIM_PREPARATION, ...change })).toBe(material);
  });

  test("a recipient that is told of otherwise is; one that goes is not", () => {
    const renamed = recipients.map((one) => ({ ...one, purpose: { ...one.purpose, "zh-CN": "另一个目的" } }));
    expect(isMaterial(ADS_SHARING, { ...ADS_SHARING, recipients: renamed })).toBe(true);
    expect(isMaterial(ADS_SHARING, { ...ADS_SHARING, recipients: [] })).toBe(false);
  });
});
