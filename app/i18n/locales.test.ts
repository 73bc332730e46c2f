import { expect, test } from "vitest";
import { localeOf } from "./locales.ts";

test.each([
  ["en", "zh-CN", "en"],
  ["fr", "en-GB,en;q=0.9", "en"],
  [undefined, "zh-TW,zh;q=0.9,en;q=0.8", "zh-CN"],
  [undefined, "en;q=0.5, zh-Hans;q=0.9", "zh-CN"],
  [undefined, "fr-FR, en;q=0.4", "en"],
  [undefined, "fr", "zh-CN"],
  [undefined, undefined, "zh-CN"],
])("chosen %s, wished %s: %s", (chosen, wished, locale) => {
  expect(localeOf(chosen, wished)).toBe(locale);
});
