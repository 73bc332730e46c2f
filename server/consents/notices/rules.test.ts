import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { termsDiff } from "../activities/changes/rules.ts";
import { type ActivityTerms, lawfulBases, recipientRelations, retentionTriggers } from "../activities/model.ts";
import { standardActivities } from "../activities/standard.ts";
import { builtInFields } from "../fields/catalogue.ts";
import type { FieldDefinition } from "../fields/model.ts";
import { draftContent } from "./drafting/rules.ts";
import {
  type FrozenPurpose,
  keyOfSlug,
  NoticeContent,
  type NoticeKind,
  noticeElements,
  noticeKinds,
  slugOf,
} from "./model.ts";
import {
  changedParagraphs,
  gaps,
  hashedDraft,
  layers,
  madeStale,
  mayReview,
  mustBeMaterial,
  noticeDiff,
  plainText,
  requiredElements,
} from "./rules.ts";

const handler = { brand: "Evenhand", operator: "一视（测试）有限公司", privacyContact: "privacy@example.com" };
const both = (chinese: string, english: string) => ({ "zh-CN": chinese, en: english });
const skin: FieldDefinition = {
  key: "member.skinType",
  subject: "member",
  class: "sensitive",
  name: both("肤质", "Skin type"),
  format: { kind: "text", maxLength: 20 },
};
const taste: FieldDefinition = { ...skin, key: "member.taste", class: "general", name: both("口味", "Taste") };
const definitions = new Map([...builtInFields, skin, taste].map((field) => [field.key, field]));

const swim: ActivityTerms = {
  name: both("游泳准备", "Swim preparation"),
  purpose: both("按月龄和体重准备泳圈和水温。", "To prepare ring and water for age and weight."),
  use: "service",
  subject: "child",
  basis: "consent",
  basisDetail: null,
  consentKind: "guardian",
  fields: [
    { key: "child.birthMonth", necessity: both("决定水温", "Decides the water"), mandatory: true },
    { key: "child.weight", necessity: both("决定泳圈", "Decides the ring"), mandatory: true },
  ],
  method: both("加密保存，服务当天读取", "Stored encrypted, read on the day"),
  retention: { trigger: "lastUse", days: 30 },
  storagePlace: both("中国境内", "Within China"),
  impact: both("泄露可能影响孩子的安全", "A leak could touch the child's safety"),
  refusal: both("只是不能预约游泳", "Only swims cannot be booked"),
  recipients: [],
  automatedDecision: false,
  systems: ["会员系统"],
};
const cloud = {
  name: "测试云",
  contact: "cloud@example.com",
  relation: "entrusted" as const,
  purpose: both("存储", "Storage"),
  method: both("加密传输", "Encrypted transfer"),
  country: "CN",
};
const frozen = (code: string, terms: ActivityTerms = swim, version = 1): FrozenPurpose => ({ code, version, terms });
const told = (purposes: readonly FrozenPurpose[], kind: NoticeKind = "enhanced") => ({
  purposes,
  content: draftContent(kind, purposes, definitions, handler),
});

const word = fc.string({ minLength: 2, maxLength: 12, unit: fc.constantFrom(..."一二三四五六七八九十abcdef") });
const text = fc.record({ "zh-CN": word, en: word });
const terms: fc.Arbitrary<ActivityTerms> = fc
  .record({
    name: text,
    purpose: text,
    subject: fc.constantFrom("member" as const, "child" as const),
    basis: fc.constantFrom(...lawfulBases),
    chosen: fc.uniqueArray(fc.constantFrom(...definitions.keys())),
    mandatory: fc.boolean(),
    necessity: text,
    method: text,
    retention: fc.record({ trigger: fc.constantFrom(...retentionTriggers), days: fc.integer({ min: 1, max: 3_650 }) }),
    impact: text,
    refusal: text,
    recipients: fc.array(
      fc.record({
        name: word,
        contact: word,
        relation: fc.constantFrom(...recipientRelations),
        purpose: text,
        method: text,
        country: fc.constantFrom("CN", "SG"),
      }),
      { maxLength: 4 },
    ),
    automatedDecision: fc.boolean(),
  })
  .map(({ chosen, mandatory, necessity, ...rest }) => ({
    ...swim,
    ...rest,
    basisDetail: rest.basis === "consent" ? null : "会员服务协议",
    consentKind: rest.basis === "consent" ? ("separate" as const) : ("none" as const),
    fields: chosen.filter((key) => key.startsWith(rest.subject)).map((key) => ({ key, necessity, mandatory })),
  }));
const purposes = fc
  .array(terms, { minLength: 1, maxLength: 4 })
  .map((all) => all.map((one, index) => frozen(`purpose_${index}`, one)));
const kind = fc.constantFrom(...noticeKinds);

describe("a draft made by the system", () => {
  test("has no gaps, whatever the terms, and fits the schema", () => {
    fc.assert(
      fc.property(kind, purposes, (of, all) => {
        const content = draftContent(of, all, definitions, handler);
        expect(NoticeContent.safeParse(content).success).toBe(true);
        expect(gaps(of, content, all, definitions)).toEqual([]);
      }),
    );
  });

  test("of the largest purpose there can be still fits the schema", () => {
    const long = (size: number) => both("字".repeat(size), "w".repeat(size * 2));
    const keys = Array.from({ length: 20 }, (_, n) => `child.field${n}`);
    const many = new Map(keys.map((key) => [key, { ...skin, key, class: "minor" as const, name: long(20) }]));
    const largest: ActivityTerms = {
      ...swim,
      name: long(30),
      purpose: long(160),
      fields: keys.map((key) => ({ key, necessity: long(120), mandatory: true })),
      method: long(160),
      storagePlace: long(60),
      impact: long(240),
      refusal: long(160),
      recipients: Array.from({ length: 20 }, (_, n) => ({
        ...cloud,
        name: `${"名".repeat(57)}${n}`,
        contact: "c".repeat(120),
        purpose: long(120),
        method: long(120),
      })),
    };
    const of = { brand: "B".repeat(40), operator: "O".repeat(80), privacyContact: "p".repeat(120) };
    for (const each of noticeKinds) {
      const content = draftContent(each, [frozen("largest", largest)], many, of);
      expect(NoticeContent.safeParse(content).success).toBe(true);
    }
  });

  test("says what the law asks it to say, in both languages", () => {
    const withCloud = { ...swim, recipients: [cloud] };
    const zh = plainText(layers(told([frozen("swim", withCloud)]), "zh-CN"));
    const en = plainText(layers(told([frozen("swim", withCloud)]), "en"));
    for (const said of [
      handler.operator,
      handler.privacyContact,
      "宝宝体重：决定泳圈。",
      "最后一次使用后保存 30 天",
      "测试云",
    ]) {
      expect(zh).toContain(said);
    }
    expect(zh).toContain("监护人的单独同意（《个人信息保护法》第二十九条、第三十一条）");
    expect(zh).toContain("只是不能预约游泳。");
    expect(en).toContain("Child's weight: Decides the ring.");
    expect(en).toContain("the guardian's separate consent (PIPL Art. 29, 31)");
    expect(en).toContain("30 days after its last use.");
    expect(zh).not.toMatch(/[。；]。|您/);
  });

  test("says once what several purposes have in common", () => {
    const general = told(
      standardActivities({ sms: "off" }).map(({ code, terms }) => frozen(code, terms)),
      "general",
    );
    const places = layers(general, "zh-CN").sections.find(({ element }) => element === "storagePlace");
    expect(places?.paragraphs.filter((line) => line.includes("存放地点"))).toEqual(["存放地点：中华人民共和国境内。"]);
  });
});

describe("what a notice must say", () => {
  const memberOwn: ActivityTerms = {
    ...swim,
    subject: "member",
    consentKind: "general",
    fields: [{ key: taste.key, necessity: both("选口味", "To choose"), mandatory: false }],
  };

  test("follows from its kind and purposes", () => {
    const contract = { ...memberOwn, basis: "contract" as const, consentKind: "none" as const };
    expect(requiredElements("general", [frozen("a", contract)], definitions)).toEqual([
      "handler",
      "contact",
      "purpose",
      "fields",
      "method",
      "retention",
      "withdrawal",
      "rights",
    ]);
    const added = (of: NoticeKind, changed: ActivityTerms) => {
      const base = requiredElements("general", [frozen("a", contract)], definitions);
      return requiredElements(of, [frozen("a", changed)], definitions).filter((element) => !base.includes(element));
    };
    expect(added("general", memberOwn)).toEqual(["refusal"]);
    expect(added("general", { ...contract, recipients: [cloud] })).toEqual(["recipients"]);
    expect(added("enhanced", contract)).toEqual(["necessity"]);
    const sensitive = { ...contract, fields: [{ key: skin.key, necessity: both("护肤", "Care"), mandatory: true }] };
    expect(added("general", sensitive)).toEqual(["necessity", "impact"]);
    const ofChildren = ["necessity", "impact", "storagePlace", "refusal", "guardian", "complaint"];
    expect(added("child", swim)).toEqual(ofChildren);
    expect(added("enhanced", swim)).toEqual(ofChildren);
  });

  test("is named when it is taken away or left empty in a language", () => {
    fc.assert(
      fc.property(kind, purposes, fc.nat(), fc.boolean(), (of, all, pick, entirely) => {
        const content = draftContent(of, all, definitions, handler);
        const required = requiredElements(of, all, definitions);
        const gone = required[pick % required.length];
        const sections = content.sections.flatMap((section) => {
          if (section.element !== gone) return [section];
          return entirely ? [] : [{ ...section, body: { ...section.body, en: " " } }];
        });
        const found = gaps(of, { ...content, sections }, all, definitions);
        const languages = entirely ? (["zh-CN", "en"] as const) : (["en"] as const);
        expect(found).toEqual(languages.map((locale) => ({ element: gone, locale, name: null })));
      }),
    );
  });

  test("names each field and recipient in the section about them", () => {
    const before = told([frozen("swim")]);
    const more = {
      ...swim,
      fields: [...swim.fields, { key: "child.sex", necessity: both("选泳衣", "Suit"), mandatory: false }],
      recipients: [cloud],
    };
    expect(gaps("enhanced", before.content, [frozen("swim", more, 2)], definitions)).toEqual([
      { element: "fields", locale: "zh-CN", name: "宝宝性别" },
      { element: "fields", locale: "en", name: "Child's sex" },
      { element: "recipients", locale: "zh-CN", name: "测试云" },
      { element: "recipients", locale: "en", name: "测试云" },
    ]);
  });

  test("a sensitive notice without impact text has that gap alone (control 6)", () => {
    const silent = told([frozen("swim", { ...swim, impact: null })]);
    expect(gaps("enhanced", silent.content, silent.purposes, definitions)).toEqual([
      { element: "impact", locale: "zh-CN", name: null },
      { element: "impact", locale: "en", name: null },
    ]);
  });
});

describe("the difference between two versions", () => {
  test("is empty exactly when they tell the same", () => {
    fc.assert(
      fc.property(kind, purposes, purposes, (of, some, others) => {
        const [before, after] = [told(some, of), told(others, of)];
        expect(noticeDiff(before, before)).toEqual([]);
        expect(noticeDiff(before, after).length === 0).toBe(isSame(before, after));
      }),
    );
  });

  test("names each text, the sections, and what came and went of the purposes", () => {
    const before = told([frozen("swim")]);
    const weightless = { ...swim, fields: swim.fields.slice(0, 1) };
    const after = {
      content: { ...before.content, sections: before.content.sections.slice(1) },
      purposes: [frozen("swim", weightless, 2), frozen("reco")],
    };
    const changed = new Map(noticeDiff(before, after).map(({ path, ...values }) => [path, values]));
    expect(changed.get("purposes.swim.fields.child.weight")).toEqual({ before: "mandatory", after: null });
    expect(changed.get("purposes.reco")).toEqual({ before: null, after: "reco" });
    expect(changed.get("sections.handler.body.en")?.after).toBeNull();
    expect(changed.has("sections")).toBe(true);
    expect(changed.has("title.en")).toBe(false);
  });

  test("of two texts is the paragraphs that went and came", () => {
    expect(changedParagraphs("甲\n乙", "乙\n丙")).toEqual({ gone: ["甲"], come: ["丙"] });
    expect(changedParagraphs("", "丙")).toEqual({ gone: [], come: ["丙"] });
  });

  const isSame = (a: ReturnType<typeof told>, b: ReturnType<typeof told>) =>
    JSON.stringify(a.content) === JSON.stringify(b.content) &&
    a.purposes.length === b.purposes.length &&
    a.purposes.every(({ terms }, index) => {
      const other = b.purposes[index];
      return other !== undefined && termsDiff(terms, other.terms).length === 0;
    });
});

describe("whether a change is material", () => {
  const more = {
    ...swim,
    fields: [...swim.fields, { key: "child.sex", necessity: both("选泳衣", "Suit"), mandatory: false }],
  };
  test("cannot be denied for a new field, recipient or purpose", () => {
    const before = [frozen("swim")];
    expect(mustBeMaterial(before, [frozen("swim", more, 2)])).toBe(true);
    expect(mustBeMaterial(before, [frozen("swim", { ...swim, recipients: [cloud] }, 2)])).toBe(true);
    expect(mustBeMaterial(before, [frozen("swim"), frozen("reco")])).toBe(true);
    expect(mustBeMaterial(before, before)).toBe(false);
    expect(mustBeMaterial([frozen("swim"), frozen("reco")], before)).toBe(false);
    expect(mustBeMaterial([frozen("swim", more)], [frozen("swim", swim, 2)])).toBe(false);
  });

  test("what it makes stale: changed purposes, or all where the words alone changed", () => {
    const contract = { ...swim, basis: "contract" as const };
    const before = told([frozen("swim"), frozen("reco"), frozen("account", contract)], "child");
    const after = told([frozen("swim", more, 2), frozen("reco"), frozen("account", contract)], "child");
    expect(madeStale(before, after, new Map())).toEqual(["swim"]);
    expect(madeStale(before, after, new Map([["swim", 1]]))).toEqual(["swim"]);
    expect(madeStale(before, before, new Map([["swim", 1]]))).toEqual(["swim", "reco"]);
  });

  test("nobody is asked twice: not for terms that the purpose's own notice asks for already", () => {
    const [before, after] = [told([frozen("swim")], "child"), told([frozen("swim", more, 2)], "child")];
    expect(madeStale(before, after, new Map([["swim", 2]]))).toEqual([]);
  });
});

test("a draft's hash covers the versions of its purposes", () => {
  const { content } = told([frozen("swim")]);
  expect(hashedDraft(content, [frozen("swim")])).not.toEqual(hashedDraft(content, [frozen("swim", swim, 2)]));
});

test("nobody reviews what they had a hand in", () => {
  expect(mayReview({ editors: ["ann", "ben"] }, "ben")).toMatchObject({ ok: false, code: "NOTICE_OWN_REVIEW" });
  expect(mayReview({ editors: ["ann"] }, "ben")).toEqual({ ok: true });
});

test("layers keep every paragraph in order, and plain text every word of them", () => {
  fc.assert(
    fc.property(kind, purposes, (of, all) => {
      const { content } = told(all, of);
      const read = layers({ content }, "zh-CN");
      expect(read.sections.map(({ element }) => element)).toEqual(content.sections.map(({ element }) => element));
      expect(read.sections.map(({ paragraphs }) => paragraphs.join("\n"))).toEqual(
        content.sections.map(({ body }) => body["zh-CN"]),
      );
      const lines = plainText(read).split("\n");
      for (const line of [...read.short, ...read.sections.flatMap(({ paragraphs }) => paragraphs)]) {
        expect(lines).toContain(line);
      }
    }),
  );
});

test("a key survives its way through an address", () => {
  for (const key of ["general", "child", "enhanced:swim_preparation"]) expect(keyOfSlug(slugOf(key))).toBe(key);
  expect(keyOfSlug("enhanced~")).toBeNull();
  expect(keyOfSlug("Everything")).toBeNull();
});

test("a content holds each element once", () => {
  const { content } = told([frozen("swim")]);
  const doubled = { ...content, sections: [...content.sections, ...content.sections.slice(0, 1)] };
  expect(NoticeContent.safeParse(doubled).success).toBe(false);
  expect(content.sections.map(({ element }) => noticeElements.indexOf(element))).toEqual(
    content.sections.map(({ element }) => noticeElements.indexOf(element)).toSorted((a, b) => a - b),
  );
});
