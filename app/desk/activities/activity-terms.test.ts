import { expect, test } from "vitest";
import type { ActivityTerms } from "#server/consents/activities/model.ts";
import { ADS_SHARING, BABY_RECOMMENDATION, SWIM_PREPARATION } from "#server/consents/demo.ts";
import { builtInFields } from "#server/consents/fields/catalogue.ts";
import { termsOf } from "./activity-terms.ts";

const definitions = new Map(builtInFields.map((field) => [field.key, field]));

/** Terms as somebody would type them in. */
function typed(terms: ActivityTerms): FormData {
  const data = new FormData();
  const both = (path: string, text: { "zh-CN": string; en: string } | null) => {
    data.set(`${path}.zh-CN`, text?.["zh-CN"] ?? "");
    data.set(`${path}.en`, text?.en ?? "");
  };
  for (const name of ["name", "purpose", "method", "storagePlace", "impact", "refusal"] as const)
    both(name, terms[name]);
  for (const name of ["use", "subject", "basis", "basisDetail"] as const) data.set(name, terms[name] ?? "");
  data.set("retention.trigger", terms.retention.trigger);
  data.set("retention.days", ` ${terms.retention.days} `);
  data.set("systems", terms.systems.join("，"));
  if (terms.automatedDecision) data.set("automatedDecision", "on");
  for (const [index, { key, necessity, mandatory }] of terms.fields.entries()) {
    data.append("ask", key);
    both(`fields.${index}.necessity`, necessity);
    if (mandatory) data.set(`fields.${index}.mandatory`, "on");
  }
  for (const [index, recipient] of terms.recipients.entries()) {
    data.append("recipient", String(index));
    for (const name of ["name", "contact", "relation", "country"] as const)
      data.set(`recipients.${index}.${name}`, recipient[name]);
    both(`recipients.${index}.purpose`, recipient.purpose);
    both(`recipients.${index}.method`, recipient.method);
  }
  return data;
}

test.each([
  ["swimming", SWIM_PREPARATION],
  ["recommendation", BABY_RECOMMENDATION],
  ["sharing", ADS_SHARING],
])("%s is read as it was typed, and the form of consent follows from it", (_, terms) => {
  expect(termsOf(typed(terms), definitions)).toEqual(terms);
});

test("no number of days is none, not zero; what is wrong is told under the name of its input", () => {
  const data = typed(ADS_SHARING);
  data.set("retention.days", "");
  data.set("recipients.0.purpose.en", "");
  data.set("fields.0.necessity.zh-CN", " ");
  const paths = (() => {
    try {
      termsOf(data, definitions);
      return [];
    } catch (error) {
      return Object(error).issues.map(({ path }: { path: string[] }) => path.join("."));
    }
  })();
  expect(paths.sort()).toEqual(["fields.0.necessity.zh-CN", "recipients.0.purpose.en", "retention.days"]);
});
