import { expect, test } from "vitest";
import { DEFAULT_POINTS } from "#server/points/model.ts";
import { termsIn } from "./terms-in.ts";

function form(over: Readonly<Record<string, string>> = {}): FormData {
  const data = new FormData();
  const typed = {
    "terms.perYuan.numerator": "1",
    "terms.perYuan.denominator": "1",
    "terms.expiry.months": "12",
    "terms.expiry.roundTo": "month",
    "terms.negative": "carry",
    ...over,
  };
  for (const [name, value] of Object.entries(typed)) data.append(name, value);
  return data;
}

test("reads what the form holds; without months points never expire", () => {
  expect(termsIn(form())).toEqual({ terms: DEFAULT_POINTS });
  expect(termsIn(form({ "terms.expiry.months": " " })).terms.expiry).toBeNull();
});

test.each([
  ["terms.perYuan.numerator", ""],
  ["terms.perYuan.denominator", "0"],
  ["terms.expiry.months", "61"],
  ["terms.negative", "later"],
])("%s of %j is refused under its own name", (name, value) => {
  expect(() => termsIn(form({ [name]: value }))).toThrow(
    expect.objectContaining({ issues: [expect.objectContaining({ path: name.split(".") })] }),
  );
});
