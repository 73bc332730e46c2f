import type { Locale } from "../i18n/locales.ts";
import * as format from "./format.ts";

/** The formatters with the reader's language filled in; `null` and `undefined` print as `--`. */
export function boundTo(locale: Locale) {
  return {
    money: (amount: number | null | undefined) => (amount == null ? format.nothing : format.money(locale, amount)),
    count: (amount: number | null | undefined) => (amount == null ? format.nothing : format.count(locale, amount)),
    compact: (amount: number) => format.compact(locale, amount),
    percent: (share: number | null | undefined) => (share == null ? format.nothing : format.percent(locale, share)),
    date: (at: Date | null | undefined) => (at == null ? format.nothing : format.date(at)),
    dateTime: (at: Date | null | undefined) => (at == null ? format.nothing : format.dateTime(at)),
    exactTime: (at: Date | null | undefined) => (at == null ? format.nothing : format.exactTime(at)),
    relative: (at: Date | null | undefined, now = new Date()) =>
      at == null ? format.nothing : format.relative(locale, at, now),
    maskedId: format.maskedId,
    fileSize: (bytes: number) => format.fileSize(locale, bytes),
  };
}
export type Formats = ReturnType<typeof boundTo>;
