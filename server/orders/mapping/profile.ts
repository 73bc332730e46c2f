import { ownOrderId } from "../formats/generic.ts";
import { formats } from "../formats/index.ts";
import { isCiphertext } from "../leaks/detect.ts";
import { isIdCard } from "../leaks/digits.ts";
import { isPersonName, startsWithSurname } from "../leaks/names.ts";
import {
  BAD,
  fenOfNumber,
  isEmpty,
  isScientific,
  momentOfSerial,
  normaliseId,
  parseFen,
  parseMoment,
  parseQuantity,
  plain,
  word,
} from "../reading/cells.ts";
import type { Platform } from "../reading/model.ts";
import { relayNumber } from "../reading/relay.ts";
import { afterSaleMeaningOf, meaningOf } from "./words.ts";

/** What a value may be; a value may be several things, and a column is what most of its values are. */
export const shapes = [
  "id",
  "longId",
  "date",
  "money",
  "cents",
  "whole",
  "quantity",
  "status",
  "afterSale",
  "relay",
  "phone",
  "personName",
  "address",
  "idCard",
  "code",
] as const;
export type Shape = (typeof shapes)[number];

/** More different values than these make no vocabulary. */
export const MOST_WORDS = 40;
const LONGEST_WORD = 30;
const MOST_DISTINCT = 5_000;
const SAMPLES = 3;
/** What is longer is somebody's text, of which the beginning tells as much. */
const LOOKED_AT = 200;

const numbers = Array.from({ length: 40 }, (_, length) => "3".repeat(length));
/** Shapes of order ids that tell their platform: no bare number has them. */
const telling = formats.flatMap(({ platform, layouts }) =>
  layouts
    .filter(({ orderId }) => !numbers.some((number) => orderId.test(number)))
    .slice(0, 1)
    .map(({ orderId }) => ({ platform, orderId })),
);

const MASKED_NAME = /^[\u4e00-\u9fa5]{1,3}\*+[\u4e00-\u9fa5]?(?:\[\d{3,4}\])?$/;
const MASKED_PHONE = /^(?:\+?86)?1(?=.{6,10}$)\d{1,2}\*{3,9}\d{0,4}$|^\*{5,8}\d{4}$/;
const CLEAR_PHONE = /^(?:\+?86-?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}$/;
const MASKED_ID_CARD = /^(?=.{15,18}$)\d{1,6}\*{6,17}[\dXx]{0,4}$/;
const ADDRESS = /[省市区县镇乡路街道巷弄]/g;
const REGION = /[省市区县镇乡州盟旗]$/;
/** A courier's number: letters, then more digits than a product code has. */
const TRACKING = /^[A-Za-z]{2,4}\d{9,}$/;
const CODE = /^(?=[^\s]*\d)(?=[^\s]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9_./-]{2,31}$/;

/** What the values of one column look like, gathered cell by cell. Holds a few samples of them and no more. */
export class ColumnProfile {
  rows = 0;
  filled = 0;
  /** Distinct values, up to a bound. */
  readonly distinct = new Set<string>();
  readonly samples: string[] = [];
  /** How often each word stands there; null once there are too many to be a vocabulary. */
  words: Map<string, number> | null = new Map();
  /** Neighbouring rows that hold the same value: lines of one order stand together. */
  repeats = 0;
  readonly platforms = new Map<Platform, number>();
  readonly #counts = new Map<Shape, number>();
  #last = "";

  /** Looks at one cell; `native` when a workbook holds it as a number. */
  add(whole: string, native: boolean): void {
    this.rows += 1;
    const cell = whole.slice(0, LOOKED_AT);
    const text = plain(cell);
    if (isEmpty(text)) return;
    this.filled += 1;
    if (text === this.#last) this.repeats += 1;
    this.#last = text;
    if (this.distinct.size < MOST_DISTINCT) this.distinct.add(text);
    if (this.samples.length < SAMPLES && !this.samples.includes(cell)) this.samples.push(cell);
    this.addWord(cell);
    for (const shape of shapesOf(cell, text, native)) this.#counts.set(shape, (this.#counts.get(shape) ?? 0) + 1);
    const id = normaliseId(cell);
    for (const { platform, orderId } of telling)
      if (orderId.test(id)) this.platforms.set(platform, (this.platforms.get(platform) ?? 0) + 1);
  }

  /** Counts the cell's word alone: what is still done with the rows after the first. */
  addWord(cell: string): void {
    if (this.words === null) return;
    const said = word(cell.slice(0, LOOKED_AT));
    if (isEmpty(said)) return;
    if (said.length > LONGEST_WORD || (!this.words.has(said) && this.words.size >= MOST_WORDS)) this.words = null;
    else this.words.set(said, (this.words.get(said) ?? 0) + 1);
  }

  /** The share of its filled cells that are of this shape. */
  share(shape: Shape): number {
    return this.filled === 0 ? 0 : (this.#counts.get(shape) ?? 0) / this.filled;
  }

  /** The share of rows in which it says something. */
  get filling(): number {
    return this.rows === 0 ? 0 : this.filled / this.rows;
  }

  /** How many of its values are new ones, from 0 to 1. */
  get variety(): number {
    return this.filled === 0 ? 0 : this.distinct.size / Math.min(this.filled, MOST_DISTINCT);
  }
}

function* shapesOf(cell: string, text: string, native: boolean): Generator<Shape> {
  const id = normaliseId(cell);
  const date = isDate(cell, text, native);
  if (date) yield "date";
  if ((ownOrderId.test(id) && id.length >= 4 && !date) || isScientific(id)) yield "id";
  if (ownOrderId.test(id) && (id.match(/\d/g)?.length ?? 0) >= 8 && id.length >= 10 && !date) yield "longId";
  if (native ? fenOfNumber(cell) !== BAD : parseFen(cell) !== BAD) yield "money";
  if (/\d\.\d{1,2}\s*(?:元)?$/.test(text)) yield "cents";
  if (/^\d{1,15}$/.test(text)) yield "whole";
  if (/^[1-9]\d{0,3}$/.test(text) && parseQuantity(cell) !== null) yield "quantity";
  const said = word(cell);
  if (meaningOf(said) !== null) yield "status";
  if (afterSaleMeaningOf(said) !== null) yield "afterSale";
  if (relayNumber(text) !== null) yield "relay";
  if (MASKED_PHONE.test(text) || CLEAR_PHONE.test(text) || relayNumber(text) !== null) yield "phone";
  if (MASKED_NAME.test(text) || isNamed(text)) yield "personName";
  if (isCiphertext(text)) yield text.startsWith("$") ? "phone" : "personName";
  if (text.length >= 8 && (text.match(ADDRESS)?.length ?? 0) >= 2 && /[\u4e00-\u9fa5]{4}/.test(text)) yield "address";
  if (MASKED_ID_CARD.test(text) || (text.length === 18 && isIdCard(text))) yield "idCard";
  if (CODE.test(text) && !TRACKING.test(text) && !date) yield "code";
}

function isNamed(text: string): boolean {
  return isPersonName(text) && startsWithSurname(text) && !REGION.test(text) && meaningOf(text) === null;
}

function isDate(cell: string, text: string, native: boolean): boolean {
  const moment = { at: BAD, exact: false };
  if (native) {
    if (!/^4\d{4}(?:\.\d+)?$/.test(text)) return false;
    momentOfSerial(cell, false, moment);
  } else parseMoment(cell, moment);
  return moment.at !== BAD;
}
