import { MAX_FIELD } from "./csv.ts";
import type { MergeCursor, Merges } from "./merges.ts";
import { FORMULA, MAX_CELLS, MERGED, NATIVE, PLAIN, type Row } from "./row.ts";
import type { Burst } from "./table.ts";
import { attribute, prefixOf, textRuns, unescapeXml } from "./xml.ts";
import { ZipRefused } from "./zip.ts";

/** Characters of XML that one row may take. */
const MAX_ROW = 2_097_152;
/** Characters before the root element. */
const MAX_PROLOGUE = 65_536;
/** Characters of the longest tag of a merged cell. */
const LONGEST_MERGE = 64;
const SLASH = 0x2f;
const GREATER = 0x3e;

/**
 * A scanner over the XML of one worksheet, fed piece by piece. It looks for rows and cells only: `<dimension>` is not
 * read, since platforms write a wrong one.
 */
export class SheetParser implements Burst {
  suspect = false;
  readonly #sheet: number;
  readonly #strings: readonly string[];
  /** Added to a row's number in its sheet: the rows of the sheets before. */
  readonly #before: number;
  #text = "";
  #at = 0;
  #number = 0;
  #prefix: string | null = null;
  #skipping = false;
  /** Where merged cells are told to, on the first reading; null on later ones, which follow `#merged`. */
  readonly #found: Merges | null;
  readonly #merged: MergeCursor | null;
  /** The pieces since a row began that did not end: looked over together when it does, not once more at each. */
  readonly #pieces: string[] = [];
  /** The last characters of those, in which its end may begin; null while no row is waited for. */
  #seam: string | null = null;
  /** How many more characters that row may take. */
  #room = 0;

  constructor(
    sheet: number,
    strings: readonly string[],
    before: number,
    merges: { found: Merges } | { known: Merges },
  ) {
    this.#sheet = sheet;
    this.#strings = strings;
    this.#before = before;
    this.#found = "found" in merges ? merges.found : null;
    this.#merged = "known" in merges ? merges.known.cursor() : null;
  }

  /** The number of the last row so far, over all sheets. */
  get last(): number {
    return this.#before + this.#number;
  }

  /** Throws `ZipRefused` for a document type declaration: it could define entities, and no workbook needs one. */
  push(text: string): void {
    if (text.includes("<!DOCTYPE") || text.includes("<!ENTITY")) throw new ZipRefused("NOT_XLSX");
    if (!this.suspect && (text.includes("\0") || text.includes("\ufffd") || text.includes("&#"))) this.suspect = true;
    this.#pieces.push(text);
    if (this.#seam !== null) {
      const seam = this.#seam + text;
      const close = `</${this.#prefix}row>`;
      this.#seam = seam.slice(-close.length);
      this.#room -= text.length;
      if (this.#room >= 0 && !seam.includes(close)) return;
    }
    this.#text = this.#text.slice(this.#at) + this.#pieces.splice(0).join("");
    this.#seam = null;
    this.#at = 0;
    this.#prefix ??= prefixOf(this.#text, "worksheet");
    if (this.#prefix === null && this.#text.length > MAX_PROLOGUE) throw new ZipRefused("NOT_XLSX");
  }

  next(row: Row): boolean {
    const prefix = this.#prefix;
    if (prefix === null || this.#seam !== null) return false;
    const open = `<${prefix}row`;
    const close = `</${prefix}row>`;
    for (;;) {
      if (this.#skipping) {
        const end = this.#text.indexOf(close, this.#at);
        if (end < 0) {
          this.#at = Math.max(this.#at, this.#text.length - close.length);
          return false;
        }
        this.#at = end + close.length;
        this.#skipping = false;
      }
      const start = this.#text.indexOf(open, this.#at);
      if (start < 0) {
        this.#findMerges(prefix);
        this.#at = Math.max(this.#at, this.#text.length - LONGEST_MERGE);
        return false;
      }
      const afterName = this.#text.charCodeAt(start + open.length);
      if (afterName !== GREATER && afterName > 0x20 && afterName !== SLASH) {
        this.#findMerges(prefix);
        this.#at = Math.max(this.#at, start + open.length);
        continue;
      }
      this.#at = start;
      const tagEnd = this.#text.indexOf(">", start);
      if (tagEnd < 0) return false;
      if (this.#text.charCodeAt(tagEnd - 1) === SLASH) {
        this.#count(this.#text.slice(start, tagEnd));
        this.#at = tagEnd + 1;
        continue;
      }
      const end = this.#text.indexOf(close, tagEnd);
      if (end < 0 && this.#text.length - start <= MAX_ROW) {
        this.#seam = this.#text.slice(-close.length);
        this.#room = MAX_ROW - (this.#text.length - start);
        return false;
      }
      this.#count(this.#text.slice(start, tagEnd));
      row.reset(this.last, this.#sheet);
      row.base = 0;
      this.#cells(row, prefix, tagEnd + 1, end < 0 ? this.#text.length : end);
      this.#skipping = end < 0;
      this.#at = end < 0 ? this.#text.length : end + close.length;
      return true;
    }
  }

  /** Merged cells are told below the rows. */
  #findMerges(prefix: string): void {
    if (this.#found === null) return;
    const tags = new RegExp(`<${prefix}mergeCell\\s[^>]*>`, "g");
    tags.lastIndex = this.#at;
    for (let match = tags.exec(this.#text); match !== null; match = tags.exec(this.#text)) {
      this.#found.add(attribute(match[0], "ref"));
      this.#at = tags.lastIndex;
    }
  }

  #count(tag: string): void {
    const stated = Number(attribute(tag, "r"));
    this.#number = stated > this.#number && stated <= 1_048_576 ? stated : this.#number + 1;
  }

  #cells(row: Row, prefix: string, from: number, to: number): void {
    const text = this.#text;
    const open = `<${prefix}c`;
    const close = `</${prefix}c>`;
    let joined = "";
    let at = from;
    for (;;) {
      at = text.indexOf(open, at);
      if (at < 0 || at >= to) break;
      const afterName = text.charCodeAt(at + open.length);
      if (afterName !== GREATER && afterName > 0x20 && afterName !== SLASH) {
        at += open.length;
        continue;
      }
      const tagEnd = text.indexOf(">", at);
      if (tagEnd < 0 || tagEnd > to) break;
      const tag = text.slice(at, tagEnd);
      const column = columnOf(attribute(tag, "r"), row.count);
      if (column >= MAX_CELLS) {
        row.overfull = true;
        break;
      }
      if (column >= row.count) row.put(column, joined.length, joined.length, PLAIN);
      at = tagEnd + 1;
      if (text.charCodeAt(tagEnd - 1) === SLASH) continue;
      const end = text.indexOf(close, at);
      if (end < 0 || end > to) {
        row.oversized = column;
        break;
      }
      const type = attribute(tag, "t");
      const content = text.slice(at, end);
      const value = this.#value(content, type, prefix);
      const kept = value.length > MAX_FIELD ? value.slice(0, MAX_FIELD) : value;
      if (kept !== value && row.oversized < 0) row.oversized = column;
      const mark = (type === "" || type === "n" ? NATIVE : PLAIN) | (content.includes(`<${prefix}f`) ? FORMULA : PLAIN);
      row.put(column, joined.length, joined.length + kept.length, mark);
      joined += kept;
      at = end + close.length;
    }
    row.text = this.#merged === null || joined === "" ? joined : this.#filled(row, joined, this.#merged);
  }

  /** The row's text with what merged cells above it say in its own empty cells. */
  #filled(row: Row, own: string, merged: MergeCursor): string {
    let joined = own;
    const cellAt = (column: number) =>
      column < row.count
        ? { text: own.slice(row.start(column), row.end(column)), mark: row.mark(column) }
        : { text: "", mark: PLAIN };
    for (const [column, { text, mark }] of merged.at(this.#number, cellAt)) {
      if (cellAt(column).text !== "" || column >= MAX_CELLS) continue;
      row.put(column, joined.length, joined.length + text.length, mark | MERGED);
      joined += text;
    }
    return joined;
  }

  #value(content: string, type: string, prefix: string): string {
    if (type === "inlineStr") return textRuns(content, prefix);
    const open = content.indexOf(`<${prefix}v`);
    if (open < 0) return content.includes(`<${prefix}is`) ? textRuns(content, prefix) : "";
    const start = content.indexOf(">", open) + 1;
    const end = content.indexOf(`</${prefix}v>`, start);
    const value = end < 0 ? "" : content.slice(start, end);
    return type === "s" ? (this.#strings[Number(value)] ?? "") : unescapeXml(value);
  }
}

/** The 0-based column of a reference such as BC12; the next one when there is none. */
function columnOf(reference: string, next: number): number {
  let column = 0;
  for (let i = 0; i < reference.length; i++) {
    const code = reference.charCodeAt(i) & 0xdf;
    if (code < 0x41 || code > 0x5a) break;
    column = column * 26 + (code - 0x40);
  }
  return column === 0 ? next : column - 1;
}
