import { chineseDigits } from "./digits.ts";
import { doubleSurnames, rareSurnames, surnames } from "./names.ts";

/** The shapes of personal data in cells that are folded to half width (orders.md §11). What is no regular expression's to say, `detect.ts` checks. */

/** `##…#1##`, `$$…$1$$`, `~…~4~`, `#idx#…#4##`: what platforms put for names, phones and addresses. */
export const CIPHERTEXT = /^[~#$]{1,2}(?:idx[#$])?[\w+/=#$~-]{16,}[~#$]+\d+[~#$]+$/;
/** What parts a number and is not seen, NUL and what makes a keycap of a digit among it. */
export const INVISIBLE = /(?![\t\n\r])[\p{Cc}\p{Cf}]|\ufe0f|\u20e3/gu;
export const LINK = /(?:https?:\/\/|www\.)[^\s\u4e00-\u9fff]+/gi;

/** What stands between a relay number and its extension. */
export const EXTENSION = "(?:[-_,#]|\\[|【|转(?:分机)?|分机|ext\\.?)";
/** A comma may also end a clause: a date, an amount or another number behind it is no extension. */
export const RELAY = new RegExp(
  `(?<!\\d)1\\d{10}\\s*[,(]?\\s*${EXTENSION}\\s*\\d{3,4}[\\]】)]?(?!\\d|\\s*[-/:年月日号元件楼室]|\\.\\d|\\s+\\d)`,
  "gi",
);

export const ID_CARD_NUMBER = /(?<![\dA-Za-z])\d{6}[\s-]?(?:\d{8}|\d{4}[\s-]?\d{4})[\s-]?\d{3}[\dXx](?![\dA-Za-z])/g;
export const CARD = /(?<![\dA-Za-z])\d{4}(?:[ -]{0,2}\d{4}){3}(?:[ -]{0,2}\d{1,3})?(?!\d)/g;
export const EMAIL = /[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/g;

const COUNTRY = "\\(?(?:\\+|00)?86\\)?[\\s-]?";
const GAP = "[\\s.–—-]{0,2}";
/** Letters straight behind make a number a code, unless they say that it is a WeChat id too. */
export const MOBILE = new RegExp(
  `(?<!\\d)(?:${COUNTRY})?(1${GAP}[3-9](?:${GAP}\\d){9})(?![\\d*]|(?!(?:vx?|wx|weixin|wechat)(?![a-z]))[a-z])`,
  "gi",
);
const DIGIT = `[\\d${chineseDigits}]`;
export const SPELLED = new RegExp(`(?<!${DIGIT})(?:86)?[1一幺壹](?:[\\s、,-]?${DIGIT}){10}(?!${DIGIT})`, "g");
export const LANDLINE =
  /(?<![\dA-Za-z-])(?:(?:\+|00)86[\s-]?\(?0?|\(?0)(?:10|2\d|[3-9]\d{2})\)?[-\s–—]{0,2}[2-9]\d{2,3}[-\s]?\d{4}(?!\d)/g;

const HANDLE = "(?!wechat|weixin|iphone|android|mini)[a-z][-_a-z0-9]{5,19}";
const NUMBERED = "(?:号码?|id)?(?:是|为)?";
const APP = "(?:vx|wx|wechat|weixin)";
/** Behind the letters alone an id needs a mark or a cue: `vx`, `wx` begin names of goods, too. */
export const WECHAT = new RegExp(
  [
    `(?:[微威薇徽]信|(?<![a-z])v信)${NUMBERED}[\\s:=→/+➕]{0,3}${HANDLE}`,
    `(?<![a-z])${APP}(?:${NUMBERED}[\\s:=→/+➕]{1,3}|(?:号码?|id|是|为)+)${HANDLE}`,
    `(?:加我?|我|[+➕])\\s?(?:${APP}|v)${NUMBERED}[\\s:=]{0,3}${HANDLE}`,
  ].join("|"),
  "gi",
);
export const QQ = /(?<![a-z])(?:qq|扣扣|企鹅)(?:号码?)?(?:是|为)?[:\s=]{0,3}[1-9]\d{4,10}(?!\d)/gi;

const NUMBER = "(?:\\d{1,5}(?:-\\d{1,4})?|[一二三四五六七八九十百零〇]{1,6}|[甲乙丙]\\d{1,3})";
/** What makes a day, a colour, a line or a shelf of a number: "15号前发货", "3号色". */
const NO_HOUSE = "(?!色|线|码|机|仓|货架|左右|到(?!付)|发|能|会|再|之?[前后](?![台厅楼门院]))";
export const STREET = new RegExp(
  `[\\u4e00-\\u9fa5]{2,12}(?:(?<![线半思套链网])路|街|大道|巷|弄|胡同)\\s?${NUMBER}\\s?[号弄]${NO_HOUSE}`,
  "g",
);
/** A building and a room in it. */
export const ROOM = new RegExp(
  `[\\u4e00-\\u9fa5]{2,12}\\s?(?:${NUMBER}|[A-Za-z])\\s?(?:栋|幢|座|号楼)\\s?(?:${NUMBER}\\s?单元\\s?\\d{2,4}|\\d{3,4})(?!\\d)`,
  "g",
);
/** In a column for addresses less is enough. */
export const HOUSE = /[\u4e00-\u9fa5]{2,12}\d{1,5}(?:号|弄|栋|幢|单元|室|座|楼)/g;

const ADDRESSEE = "(?:收件人|收货人|联系人|提货人|我叫|姓名|名字)(?:姓名|名字)?";
const TITLE = "(?:先生|女士|小姐|同学|老师|[总姐哥叔姨](?![\\u4e00-\\u9fa5]))";
const NO_NAME = "(?!方便|马上|任何|明[天早]|周[一二三四五六日末]|白天|江苏|成都|安全|高兴)";
const NAME = `(?:${doubleSurnames})[\\u4e00-\\u9fa5]{1,2}|[\\u4e00-\\u9fa5]{2,3}`;
const NAME_ENDS = "(?=$|[^\\u4e00-\\u9fa5*]|电话|手机|收)";
/** A name, its `value`, behind the word that announces it. Behind a colon it may begin with any family name. */
export const INTRODUCED = new RegExp(
  `${ADDRESSEE}(?:(?:改为|改成|换成|是|叫|为)?[:\\s【\\[(]{0,3}${NO_NAME}(?=${surnames})|:\\s?(?=[${rareSurnames}]))(?!(?:${surnames}|[${rareSurnames}])${TITLE})(?<value>${NAME})${NAME_ENDS}`,
  "g",
);
