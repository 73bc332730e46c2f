/** How cells of order exports are normalised. All of it is pure; amounts are whole fen, instants UTC milliseconds. */

/** An amount or instant that does not parse. */
export const BAD = -1;

const EQUALS = 0x3d;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const BACKTICK = 0x60;

const EMPTY = new Set(["", "-", "--", "—", "——", "/", "null", "NULL"]);
/**
 * The text that a cell means: without the wrappings that keep spreadsheet programs from reading it as a number
 * (`="…"`, a leading apostrophe or back-tick, tabs), folded to half width.
 */
export function plain(cell: string): string {
  let text = unwrapped(cell);
  if (isWide(text)) text = unwrapped(text.normalize("NFKC"));
  return text;
}

function unwrapped(cell: string): string {
  let start = 0;
  let end = cell.length;
  while (start < end && isBlank(cell.charCodeAt(start))) start += 1;
  while (start < end && isBlank(cell.charCodeAt(end - 1))) end -= 1;
  const first = cell.charCodeAt(start);
  if (
    first === EQUALS &&
    end - start >= 3 &&
    cell.charCodeAt(start + 1) === QUOTE &&
    cell.charCodeAt(end - 1) === QUOTE
  ) {
    return cell.slice(start + 2, end - 1).trim();
  }
  if (first === APOSTROPHE || first === BACKTICK) return cell.slice(start + 1, end).trimStart();
  return start === 0 && end === cell.length ? cell : cell.slice(start, end);
}

/** Whether NFKC may change the text. CJK ideographs it leaves alone. */
function isWide(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0xff00 || code === 0x3000 || (code >= 0xa0 && code < 0xc0) || (code >= 0x2000 && code <= 0x2bff))
      return true;
  }
  return false;
}

/** Whether the cell says nothing: blank, a dash, a slash. */
export function isEmpty(text: string): boolean {
  return text.length <= 4 && EMPTY.has(text);
}

/** The name of a column as it is compared: folded, without blanks, lower case. */
export function columnName(cell: string): string {
  return word(cell).toLowerCase();
}

/** A status word as it is compared: folded (so that ， is a comma), without blanks. */
export function word(cell: string): string {
  return withoutBlanks(plain(cell));
}

/** The id that a cell means; blanks inside it are dropped. */
export function normaliseId(cell: string): string {
  return withoutBlanks(plain(cell));
}

function withoutBlanks(text: string): string {
  for (let i = 0; i < text.length; i++)
    if (isBlank(text.charCodeAt(i))) return text.replace(/[\s\u200b\u2060\ufeff]+/g, "");
  return text;
}

/** Whether a spreadsheet program turned the id into scientific notation. */
export function isScientific(id: string): boolean {
  return /^\d(?:\.\d+)?[eE]\+?\d{1,3}$/.test(id);
}

/** Whether the digits of a long id after its 15th are all 0, as a spreadsheet program leaves them. */
export function isRounded(id: string): boolean {
  return id.length >= 18 && /^\d{15}0{3,}[A-Z]?$/.test(id);
}

const MAX_FEN = 1e14;
/** Nothing longer is an amount or an instant. */
const MAX_WRITTEN = 64;

/**
 * An amount of yuan in fen; `BAD` for anything but a plain amount that is not negative and has at most two decimals.
 * ¥, ￥, 元, thousands separators and a remark in brackets after the amount are understood.
 */
export function parseFen(cell: string): number {
  const quick = parseDecimal(cell);
  return quick >= 0 ? quick : parseSpelledOut(cell);
}

/** Digits, a point, at most two digits; any blanks after it, since exports end numbers in a tab. */
function parseDecimal(cell: string): number {
  let amount = 0;
  let decimals = -1;
  let i = 0;
  for (; i < cell.length; i++) {
    const code = cell.charCodeAt(i);
    if (code >= 0x30 && code <= 0x39) {
      amount = amount * 10 + (code - 0x30);
      if (decimals >= 0 && ++decimals > 2) return BAD;
    } else if (code === 0x2e && decimals < 0 && i > 0) decimals = 0;
    else break;
  }
  if (i === 0 || decimals === 0) return BAD;
  for (; i < cell.length; i++) {
    const code = cell.charCodeAt(i);
    if (code !== 0x20 && code !== 0x09) return BAD;
  }
  const fen = decimals === 2 ? amount : decimals === 1 ? amount * 10 : amount * 100;
  return fen <= MAX_FEN ? fen : BAD;
}

function parseSpelledOut(cell: string): number {
  if (cell.length > MAX_WRITTEN) return BAD;
  const text = plain(cell)
    .replace(/^(?:[¥￥]|CNY|RMB)\s*/i, "")
    .replace(/\s*\([^()]*\)$/, "")
    .replace(/\s*元$/, "");
  if (!/^(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d{1,2})?$/.test(text)) return BAD;
  return parseDecimal(text.replaceAll(",", ""));
}

/** A whole number of fen, as some programs write amounts; `BAD` for anything else. */
export function parseWholeFen(cell: string): number {
  const text = plain(cell).replace(/\s*分$/, "");
  const amount = /^(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})$/.test(text) ? Number(text.replaceAll(",", "")) : BAD;
  return amount <= MAX_FEN ? amount : BAD;
}

/** An amount that the workbook holds as a number: what binary fractions added beyond the second decimal is dropped. */
export function fenOfNumber(text: string): number {
  const value = Number(text);
  const amount = Math.round(value * 100);
  return Number.isFinite(value) && value >= 0 && amount <= MAX_FEN && Math.abs(value * 100 - amount) < 1e-4
    ? amount
    : BAD;
}

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** An instant, and whether the cell holds its seconds. */
export type Moment = { at: number; exact: boolean };

const WRITTEN =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[\sT]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})秒?(?:\.\d+)?)?分?)?$/;

/**
 * The instant that a Beijing time means; `at` is `BAD` for a time that does not exist. Writes into `moment`, so that no
 * object is made for each cell.
 */
export function parseMoment(cell: string, moment: Moment): void {
  if (cell.length >= 19 && cell.charCodeAt(4) === 0x2d && cell.charCodeAt(13) === 0x3a && isBlankFrom(cell, 19)) {
    moment.at = instant(
      number(cell, 0, 4),
      number(cell, 5, 7),
      number(cell, 8, 10),
      number(cell, 11, 13),
      number(cell, 14, 16),
      number(cell, 17, 19),
    );
    moment.exact = true;
    if (moment.at !== BAD) return;
  }
  const parts = cell.length > MAX_WRITTEN ? null : WRITTEN.exec(plain(cell));
  if (!parts) {
    moment.at = BAD;
    return;
  }
  const [, year, month, day, hour, minute, second] = parts;
  moment.at = instant(
    Number(year),
    Number(month),
    Number(day),
    Number(hour ?? 0),
    Number(minute ?? 0),
    Number(second ?? 0),
  );
  moment.exact = second !== undefined;
}

/** The instant that a workbook's serial date means: days since 1899-12-30, or since 1904-01-01 in old Mac workbooks. */
export function momentOfSerial(text: string, from1904: boolean, moment: Moment): void {
  const days = Number(text) + (from1904 ? 1_462 : 0);
  moment.exact = true;
  moment.at =
    days >= FIRST_SERIAL && days < LAST_SERIAL
      ? Math.round((days - 25_569) * 86_400) * 1_000 - SHANGHAI_OFFSET_MS
      : BAD;
}

const FIRST_SERIAL = 36_526;
const LAST_SERIAL = 73_051;
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function instant(year: number, month: number, day: number, hour: number, minute: number, second: number): number {
  if (!(year >= 2000 && year < 2100 && month >= 1 && month <= 12 && day >= 1)) return BAD;
  if (day > (DAYS_IN_MONTH[month - 1] ?? 0) || (month === 2 && day === 29 && year % 4 !== 0)) return BAD;
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return BAD;
  return Date.UTC(year, month - 1, day, hour, minute, second) - SHANGHAI_OFFSET_MS;
}

/** The whole number in these places; NaN when a place holds no digit. */
function number(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function isBlankFrom(text: string, from: number): boolean {
  for (let i = from; i < text.length; i++) if (text.charCodeAt(i) > 0x20) return false;
  return true;
}

/** A whole quantity from 0 to 999,999, or null. */
export function parseQuantity(cell: string): number | null {
  const text = plain(cell);
  return /^\d{1,6}(?:\.0+)?$/.test(text) ? Number(text) : null;
}

/**
 * Whether a spreadsheet program would take the cell for a formula. A sign before a plain number or phone, a lone dash
 * and an id wrapped as `="…"` are none.
 */
export function isFormula(text: string, start: number, end: number): boolean {
  let i = start;
  while (i < end && isBlank(text.charCodeAt(i))) i++;
  if (i >= end) return false;
  const code = text.charCodeAt(i);
  if (code !== EQUALS && code !== 0x2b && code !== 0x2d && code !== 0x40 && !isWideSign(code)) return false;
  if (isWrappedId(text, i, end)) return false;
  const cell = text.slice(i, end).trim();
  return cell.length > 1 && !/^[+\-＋－—][\d.,\s()+\-＋－—]*%?$/.test(cell);
}

/** `="…"` with no other mark inside; the marks stand doubled inside a quoted cell. */
function isWrappedId(text: string, start: number, end: number): boolean {
  let from = start + 1;
  let to = end;
  while (from < to && text.charCodeAt(from) === QUOTE) from += 1;
  while (to > from && text.charCodeAt(to - 1) === QUOTE) to -= 1;
  if (from === start + 1 || to === end) return false;
  for (let i = from; i < to; i++) if (text.charCodeAt(i) === QUOTE) return false;
  return true;
}

/** Control characters, blanks of any width, byte order marks and zero-width characters. */
function isBlank(code: number): boolean {
  return code <= 0x20 || code === 0xa0 || code === 0x200b || code === 0x2060 || code === 0x3000 || code === 0xfeff;
}

function isWideSign(code: number): boolean {
  return code === 0xff1d || code === 0xff0b || code === 0xff0d || code === 0xff20;
}
