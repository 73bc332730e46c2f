import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("./globals.css", import.meta.url), "utf8");

/** The custom properties that a rule sets, by selector. */
function rule(selector: string): Record<string, string> {
  const body = new RegExp(`(?:^|\\n)${selector.replace(/[[\]().*]/g, "\\$&")} \\{([^}]*)\\}`).exec(css)?.[1] ?? "";
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+):\s*(#[0-9A-F]{6})/gi)].map(([, name = "", hex = ""]) => [name, hex]),
  );
}

const themes: readonly [string, Record<string, string>][] = [
  ["desk, light", { ...rule("@theme static"), ...rule(":root") }],
  ["desk, dark", { ...rule("@theme static"), ...rule(":root"), ...rule('[data-theme="dark"]') }],
  ["portal, light", { ...rule("@theme static"), ...rule(":root"), ...rule('[data-app="portal"]') }],
  [
    "portal, dark",
    {
      ...rule("@theme static"),
      ...rule(":root"),
      ...rule('[data-theme="dark"]'),
      ...rule('[data-app="portal"]'),
      ...rule('[data-app="portal"][data-theme="dark"]'),
    },
  ],
];

/** WCAG 2 relative luminance and contrast of two hex colours. */
function contrast(one: string | undefined, other: string | undefined): number {
  const luminance = (hex = "#000000") => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ["canvas", "surface", "sunken"];

describe.each(themes)("%s", (_, token) => {
  test.each(["ink", "ink-2", "ink-3", "brand", "ok", "warn", "bad", "info"])(
    "text in %s reaches 4.5:1 on every ground",
    (text) => {
      for (const ground of grounds) expect(contrast(token[text], token[ground])).toBeGreaterThanOrEqual(4.5);
    },
  );
  test("text on the brand, and on its soft form, reaches 4.5:1", () => {
    expect(contrast(token["on-brand"], token.brand)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(token.brand, token["brand-soft"])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(token.ink, token["brand-soft"])).toBeGreaterThanOrEqual(4.5);
  });
  test("the edges of controls reach 3:1", () => {
    for (const ground of grounds) expect(contrast(token.control, token[ground])).toBeGreaterThanOrEqual(3);
  });
  test("chart marks reach 3:1", () => {
    for (const mark of ["c1", "c2", "c3", "c4", "c5", "c6"])
      expect(contrast(token[`color-${mark}`], token.surface)).toBeGreaterThanOrEqual(3);
  });
});

test.each(["registered", "silver", "gold", "jade", "black"])(
  "the name of the %s tier reaches 4.5:1 on its card",
  (tier) => {
    const card = { ...rule("[data-tier]"), ...rule(`[data-tier="${tier}"]`) };
    expect(contrast(card["tier-text"], card["tier-ground"])).toBeGreaterThanOrEqual(4.5);
  },
);
