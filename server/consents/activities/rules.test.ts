import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ADS_SHARING, BABY_RECOMMENDATION, SWIM_PREPARATION } from "../demo.ts";
import { builtInFields } from "../fields/catalogue.ts";
import type { FieldClass, FieldDefinition } from "../fields/model.ts";
import {
  type ActivityTerms,
  activityStates,
  activityUses,
  consentKinds,
  lawfulBases,
  type Recipient,
  recipientRelations,
  retentionTriggers,
} from "./model.ts";
import { assessmentReasons, checkTerms, faults, mayActivate, mayDecide, mayMove, neededConsentKind } from "./rules.ts";
import { standardActivities } from "./standard.ts";

const both = { "zh-CN": "示例", en: "Example" };
const ofMember = (key: `member.${string}`, of: FieldClass): FieldDefinition => ({
  key,
  subject: "member",
  class: of,
  name: both,
  format: { kind: "text", maxLength: 40 },
});
const definitions = new Map(
  [...builtInFields, ofMember("member.city", "general"), ofMember("member.allergy", "sensitive")].map((field) => [
    field.key,
    field,
  ]),
);
const recipient = (over: Partial<Recipient> = {}): Recipient => ({
  name: "示例广告有限公司",
  contact: "privacy@ads.example",
  relation: "entrusted",
  purpose: both,
  method: both,
  country: "CN",
  ...over,
});
const asks = (key: string): ActivityTerms["fields"][number] => ({ key, necessity: both, mandatory: true });
const codes = (terms: ActivityTerms) => faults(terms, definitions).map(({ code }) => code);

/** Terms of every shape, lawful or not. */
const anyTerms: fc.Arbitrary<ActivityTerms> = fc
  .record({
    use: fc.constantFrom(...activityUses),
    subject: fc.constantFrom("member" as const, "child" as const),
    basis: fc.constantFrom(...lawfulBases),
    basisDetail: fc.constantFrom(null, "会员服务协议"),
    consentKind: fc.constantFrom(...consentKinds),
    keys: fc.subarray([...definitions.keys(), "member.unheardOf"], { maxLength: 3 }),
    retention: fc.record({ trigger: fc.constantFrom(...retentionTriggers), days: fc.constantFrom(0, 1, 30) }),
    impact: fc.constantFrom(null, both),
    recipients: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom("示例广告有限公司", "合作伙伴", "示例物流有限公司"),
        relation: fc.constantFrom(...recipientRelations),
        country: fc.constantFrom("CN", "SG"),
      }),
      { maxLength: 2, selector: ({ name }) => name },
    ),
    automatedDecision: fc.boolean(),
  })
  .map(({ keys, recipients, ...rest }) => ({
    ...SWIM_PREPARATION,
    ...rest,
    fields: keys.map(asks),
    recipients: recipients.map(recipient),
  }));

describe("terms of an activity", () => {
  test("those of the demo and of the product are lawful", () => {
    for (const terms of [SWIM_PREPARATION, BABY_RECOMMENDATION, ADS_SHARING]) expect(codes(terms)).toEqual([]);
    for (const sms of ["off", "aliyun"] as const) {
      for (const { code, terms } of standardActivities({ sms })) expect(codes(terms), code).toEqual([]);
    }
  });

  test("control 1: marketing cannot rest on a contract", () => {
    const terms: ActivityTerms = { ...ADS_SHARING, use: "marketing", basis: "contract", basisDetail: "会员服务协议" };
    expect(checkTerms(terms, definitions)).toEqual({
      ok: false,
      code: "BASIS_INVALID",
      condition: { use: "marketing", basis: "contract" },
    });
  });

  test("control 16: what is of a child is asked of the guardian, and never together with a member's", () => {
    expect(codes({ ...SWIM_PREPARATION, consentKind: "separate" })).toEqual(["CONSENT_KIND_INVALID"]);
    const mixed = { ...SWIM_PREPARATION, fields: [...SWIM_PREPARATION.fields, asks("member.city")] };
    expect(faults(mixed, definitions)).toEqual([
      { code: "SUBJECT_MIXED", path: "fields.3", condition: { field: "member.city" } },
    ]);
  });

  test("asked for in the right form are lawful exactly when the law allows what they say", () => {
    fc.assert(
      fc.property(anyTerms, (given) => {
        const basisDetail = given.basis === "consent" ? null : "会员服务协议";
        const consentKind = neededConsentKind(given, definitions);
        const terms: ActivityTerms = { ...given, basisDetail, consentKind, impact: both };
        const { basis, use, retention, recipients } = terms;
        const isOnConsent = basis === "consent";
        const mayRest = isOnConsent || !["recommendation", "marketing", "analysis", "provision"].includes(use);
        const isOfOne = terms.fields.every(({ key }) => definitions.has(key) && key.startsWith(`${terms.subject}.`));
        const ends = retention.trigger === "withdrawal" ? isOnConsent && retention.days === 0 : retention.days > 0;
        const names = recipients.every(({ name, relation }) => name !== "合作伙伴" && relation !== "joint");
        expect(checkTerms(terms, definitions).ok).toBe(mayRest && isOfOne && ends && names);
      }),
      { numRuns: 1_000 },
    );
  });

  test("on consent ask a guardian for a child's data, and separately for what is delicate or leaves us", () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        const delicate = terms.fields.some(({ key }) => definitions.get(key)?.class === "sensitive");
        const minor = terms.fields.some(({ key }) => definitions.get(key)?.class === "minor");
        const leaves = terms.recipients.some(({ relation, country }) => relation === "provision" || country !== "CN");
        const needed = neededConsentKind(terms, definitions);
        expect(needed === "none").toBe(terms.basis !== "consent");
        if (needed !== "none" && terms.subject === "child") expect(needed).toBe("guardian");
        if (needed === "general") expect([delicate, minor, leaves]).toEqual([false, false, false]);
      }),
    );
  });

  test("are refused for the first of their faults, and each fault says where it is", () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        const [first] = faults(terms, definitions);
        expect(checkTerms(terms, definitions)).toEqual(
          first === undefined ? { ok: true } : { ok: false, code: first.code, condition: first.condition },
        );
        for (const { path } of faults(terms, definitions)) {
          expect(
            path.split(".").reduce<unknown>((at, part) => Reflect.get(Object(at), part), terms),
            path,
          ).not.toBe(undefined);
        }
      }),
    );
  });

  test("with the consent kind that is needed have no fault about it", () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        const consentKind = neededConsentKind(terms, definitions);
        expect(codes({ ...terms, consentKind })).not.toContain("CONSENT_KIND_INVALID");
      }),
    );
  });

  test.each([
    ["contract without a clause", { basis: "contract", consentKind: "none" }, "BASIS_DETAIL_MISSING"],
    ["consent with a clause", { basisDetail: "会员服务协议" }, "BASIS_DETAIL_MISSING"],
    ["an unknown field", { fields: [asks("member.unheardOf")] }, "FIELD_UNKNOWN"],
    ["a sensitive field without its impact", { fields: [asks("member.allergy")] }, "IMPACT_MISSING"],
    ["no end of keeping", { retention: { trigger: "lastUse", days: 0 } }, "RETENTION_UNBOUNDED"],
    ["days beside withdrawal", { retention: { trigger: "withdrawal", days: 30 } }, "RETENTION_UNBOUNDED"],
    ["partners", { recipients: [recipient({ name: "我们的合作伙伴", relation: "provision" })] }, "RECIPIENT_VAGUE"],
    ["affiliates", { recipients: [recipient({ name: "Its Affiliates", relation: "provision" })] }, "RECIPIENT_VAGUE"],
    ["a one-sided joint handler", { recipients: [recipient({ relation: "joint" })] }, "JOINT_ONE_SIDED"],
  ] satisfies [string, Partial<ActivityTerms>, string][])("are refused for %s", (_, change, code) => {
    expect(codes({ ...ADS_SHARING, ...change })).toContain(code);
  });

  test("a joint handler decides purpose and method together with us, in both languages", () => {
    const method = { "zh-CN": "双方共同决定目的和方式", en: "Purpose and method are jointly decided" };
    const joint = { ...ADS_SHARING, consentKind: "general" as const };
    expect(codes({ ...joint, recipients: [recipient({ relation: "joint", method })] })).toEqual([]);
    expect(
      codes({ ...joint, recipients: [recipient({ relation: "joint", method: { ...method, en: "By file" } })] }),
    ).toEqual(["JOINT_ONE_SIDED"]);
  });
});

describe("an impact assessment (control 31)", () => {
  const plain: ActivityTerms = { ...ADS_SHARING, consentKind: "general", recipients: [] };
  test.each([
    ["sensitive", { fields: [asks("member.allergy")] }],
    ["minor", { subject: "child", fields: [asks("child.weight")] }],
    ["automated", { automatedDecision: true }],
    ["entrusted", { recipients: [recipient()] }],
    ["provided", { recipients: [recipient({ relation: "provision" })] }],
    ["crossBorder", { recipients: [recipient({ relation: "joint", country: "SG" })] }],
  ] satisfies [string, Partial<ActivityTerms>][])("is needed: %s", (reason, change) => {
    expect(assessmentReasons(plain, definitions)).toEqual([]);
    expect(assessmentReasons({ ...plain, ...change }, definitions)).toEqual([reason]);
  });

  test("nothing goes live that is unlawful, leaves the country, or needs an assessment that is not approved", () => {
    fc.assert(
      fc.property(anyTerms, fc.boolean(), (terms, isAssessed) => {
        const leaves = terms.recipients.some(({ country }) => country !== "CN");
        const needs = assessmentReasons(terms, definitions).length > 0;
        const may = checkTerms(terms, definitions).ok && !leaves && (isAssessed || !needs);
        expect(mayActivate(terms, definitions, isAssessed).ok).toBe(may);
      }),
    );
    const abroad = { ...ADS_SHARING, recipients: [recipient({ relation: "provision", country: "SG" })] };
    expect(mayActivate(abroad, definitions, true)).toMatchObject({ code: "TRANSFER_NOT_REGISTERED" });
    expect(mayActivate(ADS_SHARING, definitions, false)).toMatchObject({ code: "ASSESSMENT_REQUIRED" });
  });

  test("is decided by nobody who had a hand in it", () => {
    expect(mayDecide(["ann", "ben"], "ben")).toMatchObject({ code: "SECOND_PERSON_REQUIRED" });
    expect(mayDecide(["ann", "ben"], "officer").ok).toBe(true);
  });
});

describe("states", () => {
  test("what was retired stays so, and nothing becomes a draft again", () => {
    for (const to of activityStates) expect(mayMove("retired", to, true).ok).toBe(false);
    for (const from of activityStates) expect(mayMove(from, "draft", true).ok).toBe(false);
  });

  test.each([
    ["draft", "active", true],
    ["draft", "suspended", false],
    ["draft", "retired", false],
    ["active", "active", true],
    ["active", "suspended", true],
    ["active", "retired", true],
    ["suspended", "active", true],
    ["suspended", "suspended", false],
    ["suspended", "retired", true],
  ] as const)("%s to %s: %s", (from, to, allowed) => {
    expect(mayMove(from, to, true)).toMatchObject(
      allowed ? { ok: true } : { code: "ACTIVITY_STATE", condition: { state: from } },
    );
  });

  test("without a draft there is nothing new to bring into force", () => {
    expect(mayMove("draft", "active", false).ok).toBe(false);
    expect(mayMove("active", "active", false).ok).toBe(false);
    expect(mayMove("suspended", "active", false).ok).toBe(true);
  });
});
