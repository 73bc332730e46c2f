import { inspect } from "../leaks/detect.ts";
import { maskLeak, redact } from "../leaks/mask.ts";
import { type Role, TEXT } from "../leaks/roles.ts";
import { BAD, parseMoment, plain } from "../reading/cells.ts";
import type { SeenColumn, SensitiveKind } from "./model.ts";
import type { ColumnProfile } from "./profile.ts";
import { afterSaleMeaningOf, meaningOf } from "./words.ts";

const LONGEST_SAMPLE = 40;
/** Words of a vocabulary are short; what is longer is somebody's text. */
const LONGEST_SHOWN_WORD = 20;
/** Order and tracking numbers: as little of them is shown as of an order's number anywhere. */
const NUMBER = /[A-Za-z0-9]{4}[A-Za-z0-9_-]{4,}[A-Za-z0-9]{4}/g;

/** A value as it may be shown to whoever maps the column: enough to know what it is, nothing to know whom it is about. */
export function sampleOf(cell: string, sensitive: SensitiveKind | null, role: Role): string {
  const text = plain(cell).replace(/\s+/g, " ").slice(0, LONGEST_SAMPLE);
  if (sensitive !== null) return maskedAs(sensitive, text);
  const moment = { at: BAD, exact: false };
  parseMoment(text, moment);
  if (moment.at !== BAD) return text;
  return redact(inspect(text, role)).replace(NUMBER, (number) => `${number.slice(0, 4)}****${number.slice(-4)}`);
}

/**
 * The words of a column that may be a vocabulary, most frequent first; null where one of them is somebody's text or
 * number.
 */
export function wordsOf({ words }: Pick<ColumnProfile, "words">): SeenColumn["words"] {
  if (words === null || words.size === 0) return null;
  const told = [...words].sort(([, a], [, b]) => b - a);
  const plainWords = told.every(
    ([word]) =>
      word.length <= LONGEST_SHOWN_WORD && !/\d{4,}|\*{2,}/.test(word) && inspect(word, TEXT).hits.length === 0,
  );
  return plainWords
    ? told.map(([word, count]) => ({ word, count, meaning: meaningOf(word), afterSale: afterSaleMeaningOf(word) }))
    : null;
}

function maskedAs(kind: SensitiveKind, text: string): string {
  switch (kind) {
    case "name":
      return maskLeak("name", text);
    case "phone":
      // A masked phone, unless the asterisk stands beside a clear one.
      return text.includes("*") ? text.slice(0, 13).replace(/\d{7,}/g, "****") : maskLeak("mobile", text.slice(0, 11));
    case "address":
      return maskLeak("address", text);
    case "idCard":
      return maskLeak("id_card", text);
  }
}
