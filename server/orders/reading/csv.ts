import { MAX_CELLS, PLAIN, QUOTED, type Row } from "./row.ts";

/** What a spreadsheet program can hold in one cell; nothing longer is an order's. */
export const MAX_FIELD = 32_767;
const MAX_RECORD = 1_048_576;

const QUOTE = 0x22;
const CR = 0x0d;
const LF = 0x0a;

const START = 0;
const UNQUOTED = 1;
const IN_QUOTES = 2;
const AFTER_QUOTE = 3;

/**
 * A CSV parser (RFC 4180, and what is found instead) that is fed pieces of text and gives records. Quotation marks count
 * at the start of a cell only, so `="123"` is one unquoted cell; line breaks are LF, CR LF or CR. Memory is bounded: of a
 * cell that never ends nothing is kept.
 */
export class CsvParser {
  readonly #delimiter: number;
  #text = "";
  /** Where the present record starts. */
  #record = 0;
  #at = 0;
  #state = START;
  #cell = 0;
  #doubled = false;
  #skipLineFeed = false;
  #last = false;
  #number = 0;
  #started = false;
  #fresh = true;
  /** Whether any text so far held a NUL or a character that could not be decoded. */
  suspect = false;

  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  push(text: string, last: boolean): void {
    if (!this.suspect && (text.includes("\0") || text.includes("\ufffd"))) this.suspect = true;
    const fed = this.#started ? text : text.replace(/^\ufeff+/, "");
    this.#started ||= text !== "";
    const kept = this.#text.slice(this.#record);
    this.#at -= this.#record;
    this.#cell -= this.#record;
    this.#record = 0;
    this.#text = kept.length === 0 ? fed : kept + fed;
    this.#last = last;
  }

  /** The next record into `row`; false when more text is needed, or at the end. */
  next(row: Row): boolean {
    if (this.#fresh) {
      row.reset(this.#number + 1, 0);
      this.#fresh = false;
    }
    row.text = this.#text;
    row.base = this.#record;
    if (this.#scan(row)) return this.#finish(row, false);
    if (this.#last) return this.#atEnd(row);
    this.#bound(row);
    return false;
  }

  /** Goes on to the end of the record; false when the text ends before it. */
  #scan(row: Row): boolean {
    const text = this.#text;
    const length = text.length;
    const delimiter = this.#delimiter;
    let at = this.#at;
    if (this.#skipLineFeed && at < length) {
      if (text.charCodeAt(at) === LF) {
        at += 1;
        this.#record = at;
        row.base = at;
        this.#cell = at;
      }
      this.#skipLineFeed = false;
    }
    while (at < length) {
      if (this.#state === START) {
        this.#doubled = false;
        if (text.charCodeAt(at) === QUOTE) {
          at += 1;
          this.#state = IN_QUOTES;
        } else this.#state = UNQUOTED;
        this.#cell = at;
      }
      if (this.#state === IN_QUOTES) {
        const quote = text.indexOf('"', at);
        if (quote < 0) {
          at = length;
          break;
        }
        at = quote + 1;
        this.#state = AFTER_QUOTE;
      }
      if (this.#state === AFTER_QUOTE) {
        if (at >= length) break;
        const code = text.charCodeAt(at);
        if (code === QUOTE) {
          this.#doubled = true;
          this.#state = IN_QUOTES;
          at += 1;
          continue;
        }
        if (code === delimiter || code === LF || code === CR) this.#add(row, at - 1);
        else {
          this.#state = UNQUOTED;
          continue;
        }
      } else {
        for (; at < length; at += 1) {
          const code = text.charCodeAt(at);
          if (code === delimiter || code === LF || code === CR) break;
        }
        if (at >= length) break;
        this.#add(row, at);
      }
      const code = text.charCodeAt(at);
      at += 1;
      this.#state = START;
      this.#cell = at;
      if (code === delimiter) continue;
      if (code === CR) {
        if (at < length) at += text.charCodeAt(at) === LF ? 1 : 0;
        else this.#skipLineFeed = true;
      }
      this.#at = at;
      return true;
    }
    this.#at = at;
    return false;
  }

  #add(row: Row, end: number): void {
    const index = row.count;
    if (index >= MAX_CELLS) {
      row.overfull = true;
      return;
    }
    row.put(index, this.#cell - this.#record, end - this.#record, this.#doubled ? QUOTED : PLAIN);
    if (end - this.#cell > MAX_FIELD && row.oversized < 0) row.oversized = index;
  }

  #finish(row: Row, open: boolean): true {
    row.open = open;
    this.#record = this.#at;
    this.#cell = this.#at;
    this.#number += 1;
    this.#fresh = true;
    return true;
  }

  #atEnd(row: Row): boolean {
    if (this.#state === START && row.count === 0) return false;
    if (this.#state === IN_QUOTES) row.cut = true;
    this.#add(row, this.#state === AFTER_QUOTE ? this.#at - 1 : this.#at);
    this.#state = START;
    return this.#finish(row, true);
  }

  /** Forgets what was seen of a cell or record that is longer than anything we would keep. */
  #bound(row: Row): void {
    if (this.#text.length - this.#record <= MAX_RECORD) return;
    if (row.oversized < 0) row.oversized = row.count;
    const keep = this.#cell - this.#record > MAX_RECORD / 2 ? 0 : this.#cell - this.#record;
    if (keep === 0) {
      row.count = 0;
      row.oversized = 0;
    }
    this.#text = this.#text.slice(this.#record, this.#record + keep);
    this.#record = 0;
    this.#cell = keep;
    this.#at = keep;
  }
}
