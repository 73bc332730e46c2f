import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ConsentStanding } from "../consents/ledger/model.ts";
import { giftTerms, swimTerms } from "./demo-terms.ts";
import { lockReasons } from "./model.ts";
import { bandOf, derive, type Facts, lockOf, maskNumber, stateOf } from "./rules.ts";

const at = new Date("2026-06-15T04:00:00Z");
const swim = swimTerms(new Date("2026-01-01T00:00:00Z"));
const granted: ConsentStanding = {
  state: "granted",
  fields: ["child.birthMonth", "child.weight"],
  valued: ["child.birthMonth", "child.weight"],
  disputed: false,
  restricted: false,
};
const open: Facts = { retired: false, tier: "silver", standing: granted, uses: { fromTier: 2, granted: 0 } };

describe("a lock", () => {
  test("is none where tier, consent, values and quota are there; an optional field is not asked for", () => {
    expect(lockOf(swim, open, at)).toBeNull();
  });

  test.each([
    ["notStarted", {}, { window: { from: "2026-06-16T00:00:00+08:00", to: null } }],
    ["over", {}, { window: { from: swim.window.from, to: "2026-06-15T12:00:00+08:00" } }],
    ["over", { retired: true }, {}],
    ["tierTooLow", { tier: "registered" }, {}],
    ["tierTooLow", { tier: null }, {}],
    ["consentNeeded", { standing: null }, {}],
    ["consentNeeded", { standing: { ...granted, state: "refused", valued: [] } }, {}],
    ["consentNeeded", { standing: { ...granted, state: "withdrawn", valued: [] } }, {}],
    ["consentNeeded", { standing: { ...granted, state: "expired", valued: [] } }, {}],
    ["consentNeeded", { standing: { ...granted, state: "invalidated", valued: [] } }, {}],
    ["consentStale", { standing: { ...granted, state: "stale", valued: [] } }, {}],
    ["valuesMissing", { standing: { ...granted, valued: ["child.weight"] } }, {}],
    ["guardianshipDisputed", { standing: { ...granted, disputed: true } }, {}],
    ["restricted", { standing: { ...granted, restricted: true } }, {}],
    ["quotaSpent", { uses: { fromTier: 0, granted: 0 } }, {}],
  ] as const)("is %s when it is", (reason, facts, terms) => {
    expect(lockOf({ ...swim, ...terms }, { ...open, ...facts }, at)?.reason).toBe(reason);
  });

  test("names the fields that are missing", () => {
    const lock = lockOf(swim, { ...open, standing: { ...granted, valued: ["child.weight"] } }, at);
    expect(lock?.missing).toEqual(["child.birthMonth"]);
  });

  test("is opened below the tier by uses given by hand", () => {
    expect(lockOf(swim, { ...open, tier: "registered", uses: { fromTier: 0, granted: 1 } }, at)).toBeNull();
  });

  const anyStanding = fc.option(
    fc.record({
      state: fc.constantFrom("none", "granted", "refused", "withdrawn", "stale", "expired", "invalidated" as const),
      fields: fc.constant([]),
      valued: fc.subarray(["child.birthMonth", "child.weight", "child.sex"]),
      disputed: fc.boolean(),
      restricted: fc.boolean(),
    }),
  );
  const anyFacts = fc.record({
    retired: fc.boolean(),
    tier: fc.option(fc.constantFrom("registered", "silver", "gold")),
    standing: anyStanding,
    uses: fc.record({ fromTier: fc.integer({ min: 0, max: 2 }), granted: fc.integer({ min: 0, max: 2 }) }),
  });

  test("of a benefit that needs nothing is the same whatever was agreed to, refused or withdrawn", () => {
    const gift = giftTerms(new Date("2026-01-01T00:00:00Z"));
    fc.assert(
      fc.property(anyFacts, anyStanding, (facts, standing) => {
        expect(lockOf(gift, { ...facts, standing }, at)).toEqual(lockOf(gift, facts, at));
      }),
    );
  });

  test("is lifted one reason at a time: putting the first right leads to a later one or to none", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const first = lockOf(swim, facts, at);
        const then = lockOf(swim, { ...facts, ...cure(first?.reason) }, at);
        if (first !== null && then !== null) {
          expect(lockReasons.indexOf(then.reason)).toBeGreaterThan(lockReasons.indexOf(first.reason));
        }
      }),
    );
  });
});

describe("what store staff see", () => {
  const birth = (value: string) => new Map([["child.birthMonth", { value, measuredOn: null }]]);

  test("is the band of the age in months and of the weight, and nothing for what was not given", () => {
    const values = new Map([
      ["child.birthMonth", { value: "2025-12", measuredOn: null }],
      ["child.weight", { value: "7.5", measuredOn: "2026-06-01" }],
    ]);
    const shown = derive(swim.derivations, values, at).map(({ key, value }) => [key, value?.en ?? null]);
    expect(shown).toEqual([
      ["ringSize", "Size M"],
      ["poolSize", "Medium"],
      ["ageBand", "6–11 months"],
    ]);
    expect(derive(swim.derivations, birth("2026-01"), at).map(({ value }) => value?.en ?? null)).toEqual([
      null,
      "Small",
      "0–5 months",
    ]);
  });

  test("is always a band of the table, whatever the number", () => {
    const [ring] = swim.derivations;
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1_000_000, noNaN: true }), (number) => {
        expect(ring?.bands.map(({ value }) => value)).toContainEqual(bandOf(ring?.bands ?? [], number));
      }),
    );
  });

  test("holds no value that was given", () => {
    fc.assert(
      fc.property(fc.integer({ min: 3_001, max: 29_999 }), (grams) => {
        const value = String(grams / 1000);
        const shown = derive(swim.derivations, new Map([["child.weight", { value, measuredOn: null }]]), at);
        expect(JSON.stringify(shown)).not.toContain(`"${value}"`);
      }),
    );
  });
});

test("a card number is shown by its first and last two digits", () => {
  expect(maskNumber("1234567834")).toBe("12******34");
});

test("a benefit is a draft, live, ended or retired", () => {
  const published = { terms: swim, retired: false };
  expect(stateOf(null, at)).toBe("draft");
  expect(stateOf(published, at)).toBe("live");
  expect(stateOf({ ...published, retired: true }, at)).toBe("retired");
  const over = { ...swim, window: { from: swim.window.from, to: "2026-06-01T00:00:00+08:00" } };
  expect(stateOf({ terms: over, retired: false }, at)).toBe("ended");
});

/** Facts that put one reason right. */
function cure(reason: (typeof lockReasons)[number] | undefined): Partial<Facts> {
  switch (reason) {
    case "over":
      return { retired: false };
    case "tierTooLow":
      return { tier: "silver" };
    case "consentNeeded":
    case "consentStale":
      return { standing: { ...granted, valued: [], disputed: true } };
    case "valuesMissing":
      return { standing: { ...granted, disputed: true } };
    case "guardianshipDisputed":
      return { standing: { ...granted, restricted: true } };
    case "restricted":
      return { standing: granted };
    default:
      return { uses: { fromTier: 1, granted: 0 } };
  }
}
