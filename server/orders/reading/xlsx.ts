import { Merges } from "./merges.ts";
import type { Source } from "./reading.ts";
import { SheetParser } from "./sheet.ts";
import type { Burst } from "./table.ts";
import { attribute, prefixOf, textRuns, unescapeXml } from "./xml.ts";
import { Zip, ZipRefused } from "./zip.ts";

const MAX_PROLOGUE = 65_536;
const MAX_PART = 16_777_216;
/** Characters of XML of one shared string, or between two. */
const MAX_STRING = 2_097_152;
/** Characters of all shared strings together: the one part of a workbook that must be held in memory. */
const MAX_STRINGS = 67_108_864;

/** A workbook whose sheets can be read, each time from their beginning. */
export class Workbook {
  readonly from1904: boolean;
  readonly #sheets: readonly string[];
  readonly #strings: readonly string[];
  /** The merged cells of each sheet that was read to its end. */
  readonly #merges = new Map<number, Merges>();

  private constructor(sheets: readonly string[], strings: readonly string[], from1904: boolean) {
    this.#sheets = sheets;
    this.#strings = strings;
    this.from1904 = from1904;
  }

  /** Throws `ZipRefused` when the archive is no workbook, is damaged, or unpacks to more than we read. */
  static async open(source: Source): Promise<Workbook> {
    const zip = await Zip.open(source);
    try {
      if (!zip.has("xl/workbook.xml")) throw new ZipRefused("NOT_XLSX");
      const workbook = await zip.text("xl/workbook.xml", MAX_PART);
      if (workbook.includes("<!DOCTYPE")) throw new ZipRefused("NOT_XLSX");
      const sheets = await sheetsOf(zip, workbook);
      if (sheets.length === 0) throw new ZipRefused("NOT_XLSX");
      const date1904 = attribute(/<(?:\w+:)?workbookPr[^>]*>/.exec(workbook)?.[0] ?? "", "date1904");
      return new Workbook(sheets, await sharedStringsOf(zip), date1904 === "1" || date1904 === "true");
    } finally {
      zip.close();
    }
  }

  /** The rows of all sheets, in the workbook's order. Throws `ZipRefused`. */
  async *bursts(source: Source): AsyncGenerator<Burst, void, undefined> {
    const zip = await Zip.open(source);
    try {
      let before = 0;
      for (const [index, name] of this.#sheets.entries()) {
        const decoder = new TextDecoder();
        const known = this.#merges.get(index);
        const found = new Merges();
        const parser = new SheetParser(index, this.#strings, before, known === undefined ? { found } : { known });
        for await (const piece of zip.chunks(name)) {
          parser.push(decoder.decode(piece, { stream: true }));
          yield parser;
        }
        before = parser.last;
        if (known === undefined) this.#merges.set(index, found);
      }
    } finally {
      zip.close();
    }
  }
}

async function sheetsOf(zip: Zip, workbook: string): Promise<string[]> {
  const rels = zip.has("xl/_rels/workbook.xml.rels") ? await zip.text("xl/_rels/workbook.xml.rels", MAX_PART) : "";
  const targets = new Map(
    [...rels.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)].map(([tag]) => [
      attribute(tag, "Id"),
      unescapeXml(attribute(tag, "Target")),
    ]),
  );
  const named = [...workbook.matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)]
    .map(([tag]) => targets.get(attribute(tag, "id")) ?? "")
    .map((target) => (target.startsWith("/") ? target.slice(1) : `xl/${target.replace(/^\.\//, "")}`))
    .filter((name) => zip.has(name) && name.includes("worksheets/"));
  if (named.length > 0) return named;
  return zip
    .names()
    .filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name))
    .sort();
}

async function sharedStringsOf(zip: Zip): Promise<string[]> {
  const name = zip.names().find((entry) => entry.toLowerCase() === "xl/sharedstrings.xml");
  if (name === undefined) return [];
  const decoder = new TextDecoder();
  const strings: string[] = [];
  let text = "";
  let at = 0;
  let size = 0;
  let prefix: string | null = null;
  for await (const piece of zip.chunks(name)) {
    text = text.slice(at) + decoder.decode(piece, { stream: true });
    at = 0;
    if (text.includes("<!DOCTYPE") || text.includes("<!ENTITY")) throw new ZipRefused("NOT_XLSX");
    prefix ??= prefixOf(text, "sst");
    if (prefix === null) {
      if (text.length > MAX_PROLOGUE) throw new ZipRefused("NOT_XLSX");
      continue;
    }
    const open = `<${prefix}si`;
    const close = `</${prefix}si>`;
    for (;;) {
      const start = text.indexOf(open, at);
      if (start < 0) break;
      const tagEnd = text.indexOf(">", start);
      if (tagEnd < 0) break;
      const empty = text.charCodeAt(tagEnd - 1) === 0x2f;
      const end = empty ? tagEnd : text.indexOf(close, tagEnd);
      if (end < 0) break;
      const value = empty ? "" : textRuns(text.slice(tagEnd + 1, end), prefix);
      strings.push(value);
      size += value.length + 8;
      at = empty ? tagEnd + 1 : end + close.length;
    }
    if (size > MAX_STRINGS || text.length - at > MAX_STRING) throw new ZipRefused("TOO_LARGE");
  }
  return strings;
}
