import { strToU8, Zip, ZipDeflate } from "fflate";
import { harmless } from "../../../core/csv.ts";
import { localTime } from "../../../core/time.ts";
import { type Cell, type Sheet, type SheetWriter, yuan } from "./sheet.ts";

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
/** Places in `cellXfs` of the styles. */
const STYLE = { strong: 1, money: 2, instant: 3 } as const;
/** Days between the beginning of Excel's calendar and that of Unix. */
const EXCEL_EPOCH_DAYS = 25_569;

/**
 * An XLSX workbook of one sheet, deflated as its rows come: cells are typed and text is written in place, so that nothing
 * has to be remembered. Its number stands in the first rows, at the end, in the properties, and on every printed page.
 */
export const xlsx: SheetWriter = async function* (sheet) {
  const ready: Uint8Array[] = [];
  const zip = new Zip((failed, chunk) => {
    if (failed) throw failed;
    ready.push(chunk);
  });
  const part = (name: string): ZipDeflate => {
    const file = new ZipDeflate(name, { level: 6 });
    zip.add(file);
    return file;
  };
  for (const [name, text] of parts(sheet)) part(name).push(strToU8(HEAD + text), true);
  const body = part("xl/worksheets/sheet1.xml");
  let row = 0;
  const write = (cells: readonly Cell[], style?: number): string => {
    row += 1;
    return `<row r="${row}">${cells.map((cell, column) => cellXml(cell, `${columnName(column)}${row}`, style)).join("")}</row>`;
  };
  const taken = function* (): Generator<Uint8Array> {
    yield* ready.splice(0);
  };
  const before = sheet.preamble.map((cells) => write(cells)).join("");
  body.push(strToU8(HEAD + opening(sheet) + before + write([]) + write(sheet.header, STYLE.strong)));
  yield* taken();
  for await (const some of sheet.rows) {
    body.push(strToU8(some.map((cells) => write(cells)).join("")));
    yield* taken();
  }
  const after =
    write([]) +
    sheet
      .ending()
      .map((cells) => write(cells))
      .join("");
  const footer = escaped(`${sheet.title} ${sheet.mark}`.replaceAll("&", "&&"));
  body.push(
    strToU8(
      `${after}</sheetData><headerFooter><oddFooter>&amp;L${footer}&amp;R&amp;P/&amp;N</oddFooter></headerFooter></worksheet>`,
    ),
    true,
  );
  zip.end();
  yield* taken();
};

function opening({ header }: Sheet): string {
  return `<worksheet xmlns="${MAIN}"><cols><col min="1" max="${header.length}" width="20" customWidth="1"/></cols><sheetData>`;
}

function cellXml(cell: Cell, at: string, style?: number): string {
  if (typeof cell === "number") return `<c r="${at}"><v>${cell}</v></c>`;
  if (cell instanceof Date) return `<c r="${at}" s="${STYLE.instant}"><v>${serial(cell)}</v></c>`;
  if (typeof cell === "object") return `<c r="${at}" s="${STYLE.money}"><v>${yuan(cell.fen)}</v></c>`;
  const look = style === undefined ? "" : ` s="${style}"`;
  return `<c r="${at}"${look} t="inlineStr"><is><t xml:space="preserve">${escaped(harmless(cell))}</t></is></c>`;
}

/** A Beijing time as a spreadsheet counts it, in days. */
function serial(at: Date): number {
  return Date.parse(`${localTime(at).replace(" ", "T")}Z`) / 86_400_000 + EXCEL_EPOCH_DAYS;
}

function columnName(column: number): string {
  return String.fromCharCode(65 + column);
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\r", "&#13;");
}

function parts({ title, mark }: Sheet): [name: string, text: string][] {
  const type = (part: string, kind: string) =>
    `<Override PartName="${part}" ContentType="application/vnd.openxmlformats-${kind}+xml"/>`;
  const relation = (id: number, kind: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${kind}" Target="${target}"/>`;
  const relations = (...all: string[]) =>
    `<Relationships xmlns="${PACKAGE}/relationships">${all.join("")}</Relationships>`;
  const font = (look: string) => `<font>${look}<sz val="11"/><name val="Calibri"/></font>`;
  const style = (format: number, face: number) =>
    `<xf numFmtId="${format}" fontId="${face}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`;
  return [
    [
      "[Content_Types].xml",
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${[
        type("/xl/workbook.xml", "officedocument.spreadsheetml.sheet.main"),
        type("/xl/worksheets/sheet1.xml", "officedocument.spreadsheetml.worksheet"),
        type("/xl/styles.xml", "officedocument.spreadsheetml.styles"),
        type("/docProps/core.xml", "package.core-properties"),
      ].join("")}</Types>`,
    ],
    [
      "_rels/.rels",
      relations(
        relation(1, `${OFFICE}/officeDocument`, "xl/workbook.xml"),
        relation(2, `${PACKAGE}/relationships/metadata/core-properties`, "docProps/core.xml"),
      ),
    ],
    [
      "docProps/core.xml",
      `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped(title)}</dc:title><dc:identifier>${mark}</dc:identifier></cp:coreProperties>`,
    ],
    [
      "xl/workbook.xml",
      `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${escaped(title)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    [
      "xl/_rels/workbook.xml.rels",
      relations(
        relation(1, `${OFFICE}/worksheet`, "worksheets/sheet1.xml"),
        relation(2, `${OFFICE}/styles`, "styles.xml"),
      ),
    ],
    [
      "xl/styles.xml",
      `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2">${font("")}${font("<b/>")}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4">${style(0, 0)}${style(0, 1)}${style(4, 0)}${style(164, 0)}</cellXfs></styleSheet>`,
    ],
  ];
}
