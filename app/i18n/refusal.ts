import { dateTime, money } from "../format/format.ts";
import type { Locale } from "./locales.ts";

export type Condition = Readonly<Record<string, string | number>>;
export type Translator = { (key: string, values?: Condition): string; has(key: string): boolean };

/**
 * The sentence of a refusal code in the reader's language. Conditions are readied first: a number under a key that
 * ends in `Fen` becomes money, one under a key that ends in `At` (milliseconds) a minute in Beijing time.
 * A code without a sentence gets the general one; the kit shows the code itself beside it.
 */
export function refusalText(t: Translator, locale: Locale, code: string, condition: Condition = {}): string {
  return t.has(code) ? t(code, readied(locale, condition)) : t("UNKNOWN");
}

function readied(locale: Locale, condition: Condition): Condition {
  return Object.fromEntries(
    Object.entries(condition).map(([key, value]) => {
      if (typeof value !== "number") return [key, value];
      if (key.endsWith("Fen")) return [key, money(locale, value)];
      if (key.endsWith("At")) return [key, dateTime(new Date(value))];
      return [key, value];
    }),
  );
}
