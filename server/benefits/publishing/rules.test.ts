import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ActivityTerms } from "../../consents/activities/model.ts";
import type { FieldDefinition, FieldKey } from "../../consents/fields/model.ts";
import { giftTerms, swimTerms } from "../demo-terms.ts";
import { BenefitTerms, type Derivation } from "../model.ts";
import { checkTerms, type Ground, mayApprove, warnings } from "./rules.ts";

const from = new Date("2026-01-01T00:00:00Z");
const swim = swimTerms(from);
const gift = giftTerms(from);
const text = (chinese: string, english: string) => ({ "zh-CN": chinese, en: english });
const purposeField = (key: FieldKey, mandatory: boolean) => ({ key, necessity: text("必要", "Needed"), mandatory });
const swimActivity: ActivityTerms = {
  name: text("游泳准备", "Preparing a swim"),
  purpose: text("准备泳圈和泳池", "To prepare ring and pool"),
  use: "service",
  subject: "child",
  basis: "consent",
  basisDetail: null,
  consentKind: "guardian",
  fields: [
    purposeField("child.birthMonth", true),
    purposeField("child.weight", true),
    purposeField("child.sex", false),
  ],
  method: text("门店查看对照结果", "Stores see bands"),
  retention: { trigger: "lastUse", days: 30 },
  storagePlace: text("中国境内", "In China"),
  impact: text("影响很小", "Little"),
  refusal: text("仅无法预约游泳", "Only no swimming"),
  recipients: [],
  automatedDecision: false,
  systems: ["会员系统"],
};
const field = (key: FieldKey, format: FieldDefinition["format"]): [FieldKey, FieldDefinition] => [
  key,
  { key, subject: "child", class: "minor", name: { "zh-CN": "字段", en: "Field" }, format },
];
const ground: Ground = {
  tiers: ["registered", "silver", "gold", "jade"],
  activity: { state: "active", terms: swimActivity },
  definitions: new Map([
    field("child.birthMonth", { kind: "month" }),
    field("child.weight", {
      kind: "number",
      unit: { "zh-CN": "千克", en: "kg" },
      min: 1,
      max: 40,
      decimals: 1,
      measured: true,
    }),
    field("child.sex", {
      kind: "choice",
      options: [
        { value: "female", name: { "zh-CN": "女", en: "Female" } },
        { value: "male", name: { "zh-CN": "男", en: "Male" } },
      ],
    }),
  ]),
};
const [ring] = swim.derivations;
if (ring === undefined) throw new Error("the demo's swimming has no table");
const withBands = (bands: Derivation["bands"]) => ({ ...swim, derivations: [{ ...ring, bands }] });
const band = (below: number | null) => ({ below, value: { "zh-CN": "档", en: "Band" } });

describe("terms", () => {
  test("of the demo may stand", () => {
    expect(checkTerms(swim, ground)).toEqual({ ok: true });
    expect(checkTerms(gift, { ...ground, activity: null })).toEqual({ ok: true });
  });

  test.each([
    ["WINDOW_BACKWARDS", { window: { from: "2026-06-02T00:00:00Z", to: "2026-06-01T00:00:00Z" } }, {}],
    ["BENEFIT_TIER_UNKNOWN", { tiers: ["silver", "platinum"] }, {}],
    ["POINTS_FOR_PERSONAL_DATA", { gives: { kind: "points", points: 100 } }, {}],
    ["BENEFIT_PURPOSE_MISSING", { purpose: null }, { activity: null }],
    ["BENEFIT_PURPOSE_MISSING", {}, { activity: { state: "suspended", terms: swimActivity } }],
    ["BENEFIT_PURPOSE_MISSING", {}, { activity: { state: "active", terms: { ...swimActivity, basis: "contract" } } }],
    [
      "BENEFIT_FIELD_OUTSIDE_PURPOSE",
      { needs: [{ field: "child.name", necessity: { "zh-CN": "称呼", en: "To call" }, mandatory: false }] },
      {},
    ],
    ["BENEFIT_MANDATORY_UNFOUNDED", { needs: swim.needs.map((need) => ({ ...need, mandatory: true })) }, {}],
    ["BENEFIT_DERIVATION_WRONG", { derivations: [{ ...ring, field: "child.sex" }] }, {}],
    ["BENEFIT_DERIVATION_WRONG", { needs: swim.needs.filter(({ field: key }) => key !== "child.weight") }, {}],
  ] as const)("are refused with %s", (code, terms, other) => {
    const changed = BenefitTerms.parse({ ...swim, ...terms });
    expect(checkTerms(changed, { ...ground, ...other })).toMatchObject({ ok: false, code });
  });

  test("that name a field or a table twice are not terms", () => {
    expect(BenefitTerms.safeParse({ ...swim, needs: [...swim.needs, ...swim.needs] }).success).toBe(false);
    expect(BenefitTerms.safeParse({ ...swim, derivations: [ring, ring] }).success).toBe(false);
  });

  test("have tables whose bands rise and whose last has no bound: just these cover every number once", () => {
    const anyBands = fc.array(fc.option(fc.integer({ min: 0, max: 5 })), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(anyBands, (bounds) => {
        const rising = bounds.slice(0, -1).every((below, index) => {
          const next = bounds[index + 1] ?? null;
          return below !== null && (next === null || below < next);
        });
        const sound = rising && bounds.at(-1) === null;
        expect(checkTerms(withBands(bounds.map(band)), ground).ok).toBe(sound);
      }),
    );
  });
});

test("an editor is warned of points beside fields, of optional fields and of values that nobody uses", () => {
  const promising = { ...swim, description: { "zh-CN": "填写即送积分", en: "Fill in for a reward" } };
  expect(warnings(promising)).toContain("pointsPromised");
  expect(warnings({ ...promising, needs: [], derivations: [] })).toEqual([]);
  expect(warnings(swim)).toEqual(["optionalField"]);
  expect(warnings({ ...swim, derivations: [] })).toEqual(["optionalField", "valueUnseen"]);
  expect(warnings({ ...swim, gives: { kind: "points", points: 1 } })).toContain("pointsPromised");
});

test("whoever had a hand in a draft does not approve it, and it is approved once", () => {
  expect(mayApprove({ editors: ["a", "b"], approvedBy: null }, "b")).toMatchObject({ code: "BENEFIT_SELF_APPROVAL" });
  expect(mayApprove({ editors: ["a"], approvedBy: "c" }, "b")).toMatchObject({ code: "ALREADY_APPROVED" });
  expect(mayApprove({ editors: ["a"], approvedBy: null }, "b")).toEqual({ ok: true });
});
