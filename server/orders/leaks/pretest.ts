import { isCiphertext } from "./detect.ts";
import { chineseDigits } from "./digits.ts";
import { CODE, ID_CARD, NAME, type Role } from "./roles.ts";

const DIGIT = 1;
const NUMERAL = 2;
const AT = 4;
const ROAD = 8;
const V = 16;
const Q = 32;
const ADDRESSEE = 64;
const STAR = 128;

/** What each UTF-16 code unit may be part of. One look-up a character decides whether the patterns need to run at all. */
const classes = new Uint8Array(0x1_0000);
for (const [mask, characters] of [
  [DIGIT, "0123456789０１２３４５６７８９⓪"],
  [NUMERAL, `${chineseDigits}十百`],
  [AT, "@＠"],
  [ROAD, "路街道巷弄同号栋幢室楼座元"],
  [V, "vwVWｖｗＶＷ微威薇徽"],
  [Q, "qQｑＱ扣企"],
  [ADDRESSEE, "收叫姓名联提"],
  [STAR, "*＊"],
] as const) {
  for (const character of characters) {
    const code = character.charCodeAt(0);
    classes[code] = (classes[code] ?? 0) | mask;
  }
}
/** Circled, superscript and other digits that NFKC folds. */
for (let code = 0x2070; code <= 0x249b; code++) classes[code] = (classes[code] ?? 0) | DIGIT;

/**
 * Whether a cell may hold something personal or a relay number, so that it must be inspected. Never says no to a cell in
 * which `inspect` finds something; says no to nearly all others.
 */
export function worthInspecting(text: string, start: number, end: number, role: Role): boolean {
  let seen = 0;
  let digits = 0;
  let numerals = 0;
  let foreign = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x80) foreign += 1;
    const mask = classes[code] ?? 0;
    if (mask === 0) continue;
    seen |= mask;
    if ((mask & DIGIT) !== 0) digits += 1;
    else if ((mask & NUMERAL) !== 0) numerals += 1;
  }
  if (role === NAME && (seen & STAR) === 0 && foreign >= 2) return true;
  if (role === ID_CARD && digits >= 6) return true;
  if (role === CODE && foreign === 0 && (seen & AT) === 0) return false;
  const suspicious =
    digits >= 10 ||
    (seen & AT) !== 0 ||
    (numerals > 0 && numerals + digits >= 11) ||
    ((seen & ROAD) !== 0 && digits + numerals > 0 && foreign >= 3) ||
    ((seen & V) !== 0 && end - start >= 8) ||
    ((seen & Q) !== 0 && digits >= 5) ||
    ((seen & ADDRESSEE) !== 0 && foreign >= 4);
  return suspicious && !(foreign === 0 && isCiphertext(text.slice(start, end)));
}
