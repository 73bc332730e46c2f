import { describe, expect, test } from "vitest";
import { giftTerms, swimTerms } from "#server/benefits/demo-terms.ts";
import type { BenefitTerms } from "#server/benefits/model.ts";
import { termsOf } from "./benefit-terms.ts";

const day = new Date("2026-06-15T00:00:00+08:00");

/** The form as the editor draws it for these terms. */
function formOf({ title, description, quota, needs, derivations, ...terms }: BenefitTerms): FormData {
  const data = new FormData();
  const both = (name: string, text: BenefitTerms["title"]) => {
    data.append(`${name}.zh-CN`, text["zh-CN"]);
    data.append(`${name}.en`, ` ${text.en} `);
  };
  both("title", title);
  both("description", description);
  for (const tier of terms.tiers) data.append("tiers", tier);
  data.append("gives", terms.gives.kind);
  for (const [key, value] of Object.entries(quota)) data.append(`quota.${key}`, String(value));
  data.append("purpose", terms.purpose ?? "");
  for (const { field, necessity, mandatory } of needs) {
    data.append("needs", field);
    both(`need.${field}.necessity`, necessity);
    if (mandatory) data.append(`need.${field}.mandatory`, "on");
  }
  for (const [table, { key, name, field, bands }] of derivations.entries()) {
    const own = `derivations.${table}`;
    data.append("derivations", own);
    data.append(`${own}.key`, key);
    both(`${own}.name`, name);
    data.append(`${own}.field`, field);
    for (const [band, { below, value }] of bands.entries()) {
      data.append(`${own}.bands`, String(band));
      if (below !== null) data.append(`${own}.bands.${band}.below`, String(below));
      both(`${own}.bands.${band}.value`, value);
    }
  }
  if (terms.booked) data.append("booked", "on");
  for (const store of terms.stores) data.append("stores", store);
  data.append("window.from", "2026-06-15T00:00");
  return data;
}

function wrongFields(data: FormData): unknown {
  try {
    return termsOf(data);
  } catch (error) {
    const issues = error instanceof Error && "issues" in error && Array.isArray(error.issues) ? error.issues : [];
    return issues.map(({ path }: { path: readonly string[] }) => path.join("."));
  }
}

describe("what the editor's form holds", () => {
  test.each([
    ["a booked service with needs and tables", swimTerms(day)],
    ["a gift without data", giftTerms(day)],
    ["points", { ...giftTerms(day), gives: { kind: "points" as const, points: 50 } }],
  ])("reads as the terms it was drawn from: %s", (_, terms) => {
    const data = formOf(terms);
    if (terms.gives.kind === "points") data.append("gives.points", String(terms.gives.points));
    expect(termsOf(data)).toEqual({ ...terms, window: { from: "2026-06-15T00:00:00+08:00", to: null } });
  });

  test("is wrong where it was typed: a need by its field, a band by its place, an empty number by its name", () => {
    const data = formOf(swimTerms(day));
    data.set("need.child.weight.necessity.en", " ");
    data.set("derivations.1.bands.0.below", "");
    data.set("quota.count", "");
    expect(wrongFields(data)).toEqual(
      expect.arrayContaining(["need.child.weight.necessity.en", "derivations.1.bands.0.below", "quota.count"]),
    );
  });

  test("has no needs and tables once no purpose is chosen and nothing of it is drawn", () => {
    expect(termsOf(formOf(giftTerms(day)))).toMatchObject({ purpose: null, needs: [], derivations: [] });
  });
});
