import type { LeakKind } from "../reading/model.ts";
import { chineseDigits, isIdCard, passesLuhn, toDigits } from "./digits.ts";
import { isPersonName, surnames } from "./names.ts";
import { ADDRESS, CODE, ID_CARD, NAME, PLACE, type Role } from "./roles.ts";

/** Something personal: what it is and where it stands in the folded text. */
export type Hit = { readonly kind: LeakKind; readonly start: number; readonly end: number };

/** What the guard found in one cell. `text` is the cell folded to half width, which the hits refer to. */
export type Finding = { readonly text: string; readonly hits: readonly Hit[]; readonly virtualNumbers: number };

/** `##…#1##`, `$$…$1$$`, `~…~4~`, `#idx#…#4##`: what platforms put for names, phones and addresses. */
const CIPHERTEXT = /^[~#$]{1,2}(?:idx[#$])?[\w+/=#$~-]{16,}[~#$]+\d+[~#$]+$/;
const MAX_CIPHERTEXT = 1_024;
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const LINK = /(?:https?:\/\/|www\.)[^\s\u4e00-\u9fff]+/gi;
const VIRTUAL = /(?<!\d)1\d{10}\s*(?:[-_,转]|\[|分机)\s*\d{3,4}\]?(?!\d)/g;
const ID = /(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])/g;
const CARD = /(?<![\dA-Za-z])\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)/g;
const EMAIL = /[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/g;
const MOBILE = /(?<!\d)(?:\+?86[\s-]?)?1[3-9]\d(?:([\s.-]?)\d{4})([\s.-]?)\d{4}(?![\d*A-Za-z])/g;
const LETTERS_BEFORE = /[A-Za-z]+$/;
const PHONE_WORDS = new Set(["v", "vx", "wx", "tel", "phone", "mobile", "weixin"]);
const SPELLED = new RegExp(`[\\d${chineseDigits}](?:[\\s-]?[\\d${chineseDigits}]){10,}`, "g");
const NUMERAL = new RegExp(`[${chineseDigits}]`);
const LANDLINE = /(?<![\dA-Za-z-])\(?0(?:10|2\d|[3-9]\d{2})\)?[-\s]?\d{7,8}(?!\d)/g;
const WECHAT = /(?<![a-z])(?:微信号?|威信|薇信|v信|vx|wx|wechat|weixin)[:\s]*[a-z][-_a-z0-9]{5,19}/gi;
const QQ = /(?<![a-z])(?:qq|扣扣)号?[:\s]*[1-9]\d{4,10}(?!\d)/gi;
const STREET = /[\u4e00-\u9fa5]{2,12}(?:路|街|大道|巷|弄|胡同)\d{1,5}(?:号|弄)/g;
const HOUSE = /[\u4e00-\u9fa5]{2,12}\d{1,5}(?:号|弄|栋|幢|单元|室|座|楼)/g;
const INTRODUCED = new RegExp(
  `(?<=(?:收件人|收货人|我叫|姓名)[:\\s]{0,3})(?:${surnames})[\\u4e00-\\u9fa5]{1,2}(?=$|[^\\u4e00-\\u9fa5*]|电话|手机|收)`,
  "g",
);

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
  rest = rest.replace(VIRTUAL, (match) => {
    virtualNumbers += 1;
    return blank(match);
  });

  const take = (kind: LeakKind, pattern: RegExp, holds: (match: RegExpExecArray) => boolean = always): void => {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(rest); match !== null; match = pattern.exec(rest)) {
      if (!holds(match)) continue;
      const end = match.index + match[0].length;
      hits.push({ kind, start: match.index, end });
      rest = rest.slice(0, match.index) + blank(match[0]) + rest.slice(end);
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
  take("id_card", ID, (match) => isIdCard(match[0]));
  take("bank_card", CARD, (match) => isBankCard(match[0].replace(/[ -]/g, "")));
  take("mobile", MOBILE, (match) => isMobile(match, rest));
  take("mobile", SPELLED, (match) => isSpelledMobile(match[0]));
  take("landline", LANDLINE);
  take("wechat", WECHAT);
  take("qq", QQ);
  if (role !== PLACE && role !== CODE) {
    take("address", STREET);
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
  const [, first = "", second = ""] = match;
  if ((first === "." || second === ".") && first !== second) return false;
  const letters = LETTERS_BEFORE.exec(text.slice(Math.max(0, match.index - 12), match.index));
  return letters === null || PHONE_WORDS.has(letters[0].toLowerCase());
}

function isSpelledMobile(match: string): boolean {
  return NUMERAL.test(match) && /^(?:86)?1[3-9]\d{9}$/.test(toDigits(match).replace(/[\s-]/g, ""));
}

function isBankCard(digits: string): boolean {
  const known = digits.length === 16 ? /^(?:62|4|5[1-5]|35)/.test(digits) : digits.startsWith("62");
  return known && passesLuhn(digits);
}
