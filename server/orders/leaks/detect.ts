import type { LeakKind } from "../reading/model.ts";
import { chineseDigits, isIdCard, passesLuhn, toDigits } from "./digits.ts";
import { isPersonName } from "./names.ts";
import {
  CARD,
  CIPHERTEXT,
  EMAIL,
  HOUSE,
  ID_CARD_NUMBER,
  INTRODUCED,
  INVISIBLE,
  LANDLINE,
  LINK,
  MOBILE,
  QQ,
  RELAY,
  ROOM,
  SPELLED,
  STREET,
  WECHAT,
} from "./patterns.ts";
import { ADDRESS, ID_CARD, NAME, PLACE, type Role } from "./roles.ts";

/** Something personal: what it is and where it stands in the folded text. */
export type Hit = { readonly kind: LeakKind; readonly start: number; readonly end: number };

/** What the guard found in one cell. `text` is the cell folded to half width, which the hits refer to. */
export type Finding = { readonly text: string; readonly hits: readonly Hit[]; readonly virtualNumbers: number };

const MAX_CIPHERTEXT = 1_024;
const LETTERS_BEFORE = /[A-Za-z]+$/;
const PHONE_WORDS = new Set(["v", "vx", "wx", "tel", "phone", "mobile", "weixin"]);
const NUMERAL = new RegExp(`[${chineseDigits}]`);
const GAPS = /[\s.–—-]+/;
/** How people group the eleven digits of a phone; else they stand together, or each by itself. */
const GROUPINGS = new Set(["3 4 4", "3 8", "7 4", "4 3 4", "3 3 5", "11", "1 1 1 1 1 1 1 1 1 1 1"]);

/**
 * Finds what is personal in one cell, after NFKC folding, with links and the platforms' relay numbers left out. The role
 * of the column decides about names, addresses and codes; a cell of ciphertext holds nothing that can be read.
 */
export function inspect(cell: string, role: Role): Finding {
  const text = cell.normalize("NFKC").replace(INVISIBLE, "");
  const trimmed = text.trim();
  if (isCiphertext(trimmed)) return { text, hits: [], virtualNumbers: 0 };
  const hits: Hit[] = [];
  let rest = text.replace(LINK, blank);
  let virtualNumbers = 0;
  rest = rest.replace(RELAY, (match) => {
    virtualNumbers += 1;
    return blank(match);
  });

  const take = (kind: LeakKind, pattern: RegExp, holds: (match: RegExpExecArray) => boolean = always): void => {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(rest); match !== null; match = pattern.exec(rest)) {
      if (!holds(match)) continue;
      const end = match.index + match[0].length;
      const value = match.groups?.value ?? match[0];
      const start = end - value.length;
      hits.push({ kind, start, end });
      rest = rest.slice(0, start) + blank(value) + rest.slice(end);
    }
  };

  if (role === NAME && isPersonName(trimmed.replace(/^['`]/, ""))) {
    hits.push({ kind: "name", start: 0, end: text.length });
    return { text, hits, virtualNumbers };
  }
  if (role === ID_CARD && trimmed !== "" && !/[*]/.test(trimmed) && /\d{6,}/.test(trimmed)) {
    hits.push({ kind: "id_card", start: 0, end: text.length });
    return { text, hits, virtualNumbers };
  }
  take("name", INTRODUCED);
  take("email", EMAIL);
  take("id_card", ID_CARD_NUMBER, (match) => isIdCard(match[0].replace(/[\s-]/g, "")));
  take("bank_card", CARD, (match) => isBankCardWritten(match[0]));
  take("mobile", MOBILE, (match) => isMobile(match, rest));
  take("mobile", SPELLED, (match) => isSpelledMobile(match[0]));
  take("landline", LANDLINE);
  take("wechat", WECHAT);
  take("qq", QQ);
  if (role !== PLACE) {
    take("address", STREET);
    take("address", ROOM);
    if (role === ADDRESS && !trimmed.includes("*")) take("address", HOUSE);
  }
  return { text, hits, virtualNumbers };
}

/** Whether a cell is one of the platforms' ciphertexts as a whole. */
export function isCiphertext(cell: string): boolean {
  return cell.length <= MAX_CIPHERTEXT && CIPHERTEXT.test(cell);
}

function always(): boolean {
  return true;
}

function blank(match: string): string {
  return " ".repeat(match.length);
}

/** Letters straight before a number make it a tracking or model number, unless they say that it is a phone. */
function isMobile(match: RegExpExecArray, text: string): boolean {
  const [, number = ""] = match;
  const groups = number.split(GAPS).map((group) => group.length);
  if (!GROUPINGS.has(groups.join(" "))) return false;
  const letters = LETTERS_BEFORE.exec(text.slice(Math.max(0, match.index - 12), match.index));
  return letters === null || PHONE_WORDS.has(letters[0].toLowerCase());
}

function isSpelledMobile(match: string): boolean {
  return NUMERAL.test(match) && /^(?:86)?1[3-9]\d{9}$/.test(toDigits(match).replace(/[\s、,-]/g, ""));
}

/** A number that stands apart behind sixteen digits need not belong to them. */
function isBankCardWritten(match: string): boolean {
  const [, sixteen = ""] = /^((?:\d{4}[ -]*){4}) *\d{1,3}$/.exec(match.replace(/-/g, " ")) ?? [];
  const apart = sixteen.endsWith(" ") && isBankCard(sixteen.replaceAll(" ", ""));
  return apart || isBankCard(match.replace(/[ -]/g, ""));
}

function isBankCard(digits: string): boolean {
  const known = digits.length === 16 ? /^(?:62|4|5[1-5]|35)/.test(digits) : digits.startsWith("62");
  return known && passesLuhn(digits);
}
