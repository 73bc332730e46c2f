import type { Fen } from "#server/core/money.ts";
import type { Locale } from "../i18n/locales.ts";

/** Every zone-dependent text is Beijing time, whoever reads it and wherever. */
const timeZone = "Asia/Shanghai";
export const nothing = "--";

/** Fen as yuan with two decimals: 129990 → ¥1,299.90 in both languages; a negative amount leads with its sign. */
export function money(locale: Locale, amount: Fen | number): string {
  return number(locale, { style: "currency", currency: "CNY", currencyDisplay: "narrowSymbol" }).format(amount / 100);
}

/** A whole number with separators: 3412 → 3,412. */
export function count(locale: Locale, amount: number): string {
  return number(locale, { maximumFractionDigits: 0 }).format(amount);
}

/** A large number for a chart label: 12300 → 1.2 万 in Chinese, 12K in English. */
export function compact(locale: Locale, amount: number): string {
  const text = number(locale, { notation: "compact", maximumFractionDigits: 1 }).format(amount);
  return text.replace(/(\d)([万亿])/u, "$1 $2");
}

/** A share of one as a percentage with at most one decimal: 0.125 → 12.5%. */
export function percent(locale: Locale, share: number): string {
  return number(locale, { style: "percent", maximumFractionDigits: 1 }).format(share);
}

/** The calendar day in Beijing as yyyy-MM-dd. */
export function date(at: Date): string {
  return stamp(at).slice(0, 10);
}

/** The minute in Beijing as yyyy-MM-dd HH:mm. */
export function dateTime(at: Date): string {
  return stamp(at).slice(0, 16);
}

/** The second in Beijing as yyyy-MM-dd HH:mm:ss, for logs and receipts. */
export function exactTime(at: Date): string {
  return stamp(at);
}

/** How long ago (or ahead) within a day: 刚刚, 5 分钟前; further away the minute itself. */
export function relative(locale: Locale, at: Date, now: Date): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const distance = Math.abs(seconds);
  if (distance >= 86_400) return dateTime(at);
  if (distance < 60) return relation(locale).format(0, "second").replace("现在", "刚刚");
  const text =
    distance < 3600
      ? relation(locale).format(Math.trunc(seconds / 60), "minute")
      : relation(locale).format(Math.trunc(seconds / 3600), "hour");
  return locale === "zh-CN" ? text.replace(/(\d+)\s*/u, "$1 ") : text;
}

/** First and last four characters; short ids keep only the last two: 4031…8821. */
export function maskedId(id: string): string {
  const characters = [...id];
  if (characters.length <= 8) return `…${characters.slice(-2).join("")}`;
  return `${characters.slice(0, 4).join("")}…${characters.slice(-4).join("")}`;
}

/** A file's size: 1536 → 1.5 kB; never less than 0.1 kB, which nobody counts in bytes. */
export function fileSize(locale: Locale, bytes: number): string {
  const units = ["kilobyte", "megabyte", "gigabyte"] as const;
  const power = bytes < 1024 ? 0 : Math.min(2, Math.floor(Math.log(bytes) / Math.log(1024)) - 1);
  const format = { style: "unit", unit: units[power] ?? "kilobyte", maximumFractionDigits: 1 } as const;
  return number(locale, format).format(Math.max(0.1, bytes / 1024 ** (power + 1)));
}

function number(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return kept(`number ${locale} ${JSON.stringify(options)}`, numbers, () => new Intl.NumberFormat(locale, options));
}

function relation(locale: Locale): Intl.RelativeTimeFormat {
  return kept(locale, relations, () => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));
}

const numbers = new Map<string, Intl.NumberFormat>();
const relations = new Map<string, Intl.RelativeTimeFormat>();
const stamps = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });

/** sv-SE writes yyyy-MM-dd HH:mm:ss, the form that both languages use here. */
function stamp(at: Date): string {
  return stamps.format(at);
}

/** Intl formatters are slow to make and free to keep. */
function kept<T>(key: string, shelf: Map<string, T>, make: () => T): T {
  const known = shelf.get(key);
  if (known !== undefined) return known;
  const made = make();
  shelf.set(key, made);
  return made;
}
