import { createHmac } from "node:crypto";
import { strToU8, zipSync } from "fflate";
import iconv from "iconv-lite";
import { openOrders } from "./open.ts";
import type {
  CellPlace,
  Leak,
  OrderLine,
  ReadOptions,
  RowReason,
  RowWarning,
  Seal,
  Source,
  Survey,
} from "./reading.ts";

/** A seal for tests: keyed, deterministic. */
export const testSeal: Seal = (platform, id) =>
  createHmac("sha256", "test").update(`${platform}\n${id}`).digest().subarray(0, 16);

/** All that reading has to say about one file. */
export type Everything = {
  readonly survey: Survey;
  readonly lines: readonly OrderLine[];
  readonly rows: { read: number; data: number; accepted: number; rejected: number; skipped: number };
  readonly reasons: readonly RowReason[];
  readonly warnings: readonly RowWarning[];
  readonly leaks: readonly Leak[];
  readonly formulaCells: readonly CellPlace[];
  readonly virtualNumbers: number;
  readonly duplicateLines: number;
  readonly rejects: string;
};

export async function readAll(source: Source | Uint8Array, options: Partial<ReadOptions> = {}): Promise<Everything> {
  const reading = await openOrders(source instanceof Uint8Array ? { bytes: source } : source, {
    leaks: "drop",
    ...options,
  });
  const rows = { read: 0, data: 0, accepted: 0, rejected: 0, skipped: 0 };
  const lines: OrderLine[] = [];
  const reasons: RowReason[] = [];
  const warnings: RowWarning[] = [];
  const leaks: Leak[] = [];
  const formulaCells: CellPlace[] = [];
  let virtualNumbers = 0;
  let duplicateLines = 0;
  let rejects = "";
  for await (const batch of reading.batches(testSeal)) {
    rows.read += batch.counts.read;
    rows.data += batch.counts.data;
    rows.accepted += batch.counts.accepted;
    rows.rejected += batch.counts.rejected;
    rows.skipped += batch.counts.skipped;
    lines.push(...batch.lines);
    reasons.push(...batch.reasons);
    warnings.push(...batch.warnings);
    leaks.push(...batch.leaks);
    formulaCells.push(...batch.formulaCells);
    virtualNumbers += batch.virtualNumbers;
    duplicateLines += batch.duplicateLines;
    rejects += batch.rejects;
  }
  const header = rejects === "" ? "" : reading.rejectsHeader;
  return {
    survey: reading.survey,
    lines,
    rows,
    reasons,
    warnings,
    leaks,
    formulaCells,
    virtualNumbers,
    duplicateLines,
    rejects: header + rejects,
  };
}

/** The reasons of an import as `row CODE column`. */
export function said({ reasons }: Everything): string[] {
  return reasons.map(({ row, code, column }) => [row, code, column].filter((part) => part !== null).join(" "));
}

type Cells = readonly (string | number)[];

export function csvText(rows: readonly Cells[], delimiter = ","): string {
  return rows.map((row) => `${row.map((cell) => quoted(String(cell), delimiter)).join(delimiter)}\r\n`).join("");
}

export function encoded(text: string, encoding: string): Uint8Array {
  return iconv.encode(text, encoding);
}

function quoted(cell: string, delimiter: string): string {
  return cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

const HEADER = [
  "订单号",
  "订单状态",
  "售后状态",
  "用户实付金额(元)",
  "商品总价(元)",
  "店铺优惠折扣(元)",
  "平台优惠折扣(元)",
  "多多支付立减金额(元)",
  "商家实收金额(元)",
  "商品数量(件)",
  "样式ID",
  "商家编码-规格维度",
  "商家备注",
  "订单成交时间",
  "发货时间",
];

/** The columns of a small Pinduoduo export, and rows of it with what a test wants to be special. */
export const pdd = {
  header: HEADER,
  row(index: number, special: Readonly<Record<string, string | number>> = {}): (string | number)[] {
    const usual: Record<string, string | number> = {
      订单号: `260501-7${String(index).padStart(14, "0")}`,
      订单状态: "已签收",
      售后状态: "无售后或售后取消",
      "用户实付金额(元)": "169.00",
      "商品数量(件)": "1",
      "商家编码-规格维度": "JH-030",
      订单成交时间: "2026-05-01 09:13:42",
      ...special,
    };
    return HEADER.map((name) => usual[name] ?? "");
  },
};

/** A workbook of these sheets, as a program would write it: numbers as numbers, texts inline. */
export function workbook(
  sheets: readonly (readonly Cells[])[],
  extra: Readonly<Record<string, string>> = {},
): Uint8Array {
  const names = sheets.map((_, index) => `xl/worksheets/sheet${index + 1}.xml`);
  const list = names
    .map((_, index) => `<sheet name="S${index + 1}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
    .join("");
  const links = names.map((name, index) => `<Relationship Id="rId${index + 1}" Target="${name.slice(3)}"/>`).join("");
  const parts: Record<string, string> = {
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml": `<?xml version="1.0"?><workbook xmlns:r="r"><sheets>${list}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${links}</Relationships>`,
    ...Object.fromEntries(sheets.map((rows, index) => [names[index] ?? "", sheetXml(rows)])),
    ...extra,
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)])));
}

export function sheetXml(rows: readonly Cells[]): string {
  const body = rows
    .map((row, index) => `<row r="${index + 1}">${row.map((cell, at) => cellXml(cell, at, index + 1)).join("")}</row>`)
    .join("");
  return `<?xml version="1.0"?><worksheet><dimension ref="A1"/><sheetData>${body}</sheetData><rowBreaks count="0"/></worksheet>`;
}

function cellXml(cell: string | number, at: number, row: number): string {
  const place = `${columnLetters(at)}${row}`;
  if (typeof cell === "number") return `<c r="${place}"><v>${cell}</v></c>`;
  if (cell === "") return "";
  const text = cell.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
}

function columnLetters(at: number): string {
  return at < 26
    ? String.fromCharCode(65 + at)
    : columnLetters(Math.floor(at / 26) - 1) + String.fromCharCode(65 + (at % 26));
}
