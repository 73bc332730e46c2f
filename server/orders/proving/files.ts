import { strToU8, zipSync } from "fflate";
import { PHONE, PLACE, roleOf, TEXT } from "../leaks/roles.ts";
import type { Mapping } from "../mapping/model.ts";
import { columnName } from "../reading/cells.ts";
import { type Encoding, encodings, type LeakPolicy, leakPolicies } from "../reading/model.ts";
import { csvText, encoded, sheetXml } from "../reading/testing.ts";
import { type Cells, damagedBytes, tableDamage } from "./damage.ts";
import type { Draw } from "./draw.ts";
import { secretFor } from "./secrets.ts";
import { type BaseTable, OWN } from "./tables.ts";

/** A file that went through things, what was hidden in it, and how it is to be read. */
export type DamagedFile = {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  readonly secrets: readonly string[];
  readonly mapping: Mapping | undefined;
  readonly leaks: LeakPolicy;
  readonly encoding: Encoding | undefined;
  readonly allowClear: boolean;
  /** Whether somebody looks at it before, to map its columns. */
  readonly looked: boolean;
  /** What it began as and what was done to it, to count by. */
  readonly base: string;
  readonly container: "csv" | "xlsx";
};

const MOST_ROWS = 10;
const MARKS = [
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe],
  [0xfe, 0xff],
];

/** A damaged file: the same draw gives the same one. */
export function damagedFile(draw: Draw, tables: readonly BaseTable[]): DamagedFile {
  const base = draw.pick(tables);
  const from = draw.below(Math.max(1, base.rows.length - MOST_ROWS));
  const table: Cells = [base.header, ...base.rows.slice(from, from + draw.between(1, MOST_ROWS))].map((row) => [
    ...row,
  ]);
  let aligned = true;
  for (let times = draw.below(4); times > 0 && table.length > 0; times -= 1) {
    const done = draw.pick(Object.keys(tableDamage));
    tableDamage[done]?.(draw, table);
    if (done === "ragged") aligned = false;
    // Cells may have been put behind the end of shorter rows.
    for (const [index, row] of table.entries()) table[index] = Array.from(row, (cell) => cell ?? "");
  }
  const intact = draw.once(4);
  const secrets = plant(draw, table, base, { intact, aligned });
  const container = draw.once(3) ? "xlsx" : "csv";
  let bytes = container === "xlsx" ? workbookOf(draw, table, intact) : textOf(draw, table, intact);
  if (!intact && (container === "csv" || draw.once(3)))
    for (let times = draw.between(1, 3); times > 0; times -= 1) bytes = damagedBytes(draw, bytes);
  const named = draw.once(10) ? secretFor(draw, TEXT, { intact: true, aligned: true, shops: false }) : null;
  if (named !== null) secrets.push(named.value);
  return {
    bytes,
    fileName: `${named?.cell ?? "订单"}${draw.pick([".csv", ".xlsx", ".xls", ".txt", ""])}`.slice(0, 200),
    secrets,
    mapping: base.name === OWN || draw.once(4) ? (base.mapping ?? undefined) : undefined,
    leaks: draw.pick(leakPolicies),
    encoding: draw.once(30) ? draw.pick(encodings) : undefined,
    allowClear: draw.once(2),
    looked: draw.once(3),
    base: base.name,
    container,
  };
}

function plant(
  draw: Draw,
  table: Cells,
  { header }: BaseTable,
  state: { intact: boolean; aligned: boolean },
): string[] {
  const names = new Set(header);
  const isHeader = (row: readonly string[]) => row.filter((cell) => names.has(cell)).length > 2;
  const shops = header.some((name) => roleOf(columnName(name)) === PLACE);
  const values: string[] = [];
  for (let times = draw.below(5); times > 0 && table.length > 1; times -= 1) {
    const row = draw.once(30) ? table[0] : draw.pick(table);
    if (row === undefined || row.length === 0) continue;
    const at = draw.below(row.length);
    // Which column a cell stands in, the header says that is left: damage may have moved it.
    const column = table.find(isHeader)?.[at] ?? "";
    const role = isHeader(row) || !names.has(column) ? PHONE : roleOf(columnName(column));
    const { cell, value } = secretFor(draw, role, { ...state, shops });
    row[at] = cell;
    values.push(value);
  }
  return values;
}

function textOf(draw: Draw, table: Cells, intact: boolean): Uint8Array {
  const [delimiter, end] = [draw.pick([",", ",", ",", "\t", ";", "|"]), draw.pick(["\r\n", "\r\n", "\n", "\r"])];
  let text = csvText(table, delimiter);
  if (end !== "\r\n") text = text.replaceAll("\r\n", end);
  if (draw.once(6)) text = text.replaceAll('"', "");
  const bytes = encoded(
    text,
    draw.pick(draw.once(5) ? ["utf-16le", "utf-16be", intact ? "gbk" : "big5"] : ["gb18030", "gbk", "utf-8", "utf-8"]),
  );
  return Buffer.concat([Uint8Array.from(draw.once(12) ? draw.pick(MARKS) : []), bytes]);
}

/** A workbook of one sheet or two; one time in three its own text is damaged before it is packed. */
function workbookOf(draw: Draw, table: Cells, intact: boolean): Uint8Array {
  const split = draw.once(4) ? draw.below(table.length + 1) : table.length;
  const sheets = [table.slice(0, split), table.slice(split)].filter((rows) => rows.length > 0);
  const names = sheets.map((_, index) => `xl/worksheets/sheet${index + 1}.xml`);
  const parts: Record<string, Uint8Array> = {
    "xl/workbook.xml": strToU8(
      `<workbook xmlns:r="r"><sheets>${names.map((_, index) => `<sheet name="S${index}" r:id="r${index}"/>`).join("")}</sheets></workbook>`,
    ),
    "xl/_rels/workbook.xml.rels": strToU8(
      `<Relationships>${names.map((name, index) => `<Relationship Id="r${index}" Target="${name.slice(3)}"/>`).join("")}</Relationships>`,
    ),
  };
  for (const [index, rows] of sheets.entries()) parts[names[index] ?? ""] = strToU8(sheetText(draw, rows));
  if (!intact && draw.once(2)) {
    const name = draw.once(4) ? draw.pick(Object.keys(parts)) : (names[0] ?? "");
    parts[name] = damagedBytes(draw, parts[name] ?? new Uint8Array());
  }
  if (draw.once(20))
    parts[draw.pick(["xl/sharedStrings.xml", "[Content_Types].xml", "../evil", "xl/worksheets/"])] = strToU8("<sst/>");
  return zipSync(parts, { level: draw.pick([0, 1]) });
}

function sheetText(draw: Draw, rows: Cells): string {
  const native = draw.once(3);
  const cells = native
    ? rows.map((row) => row.map((cell) => (/^\d{1,9}(?:\.\d\d)?$/.test(cell) ? Number(cell) : cell)))
    : rows;
  const xml = sheetXml(cells);
  if (draw.once(8))
    return xml.replace(/<c r="[A-Z]+(\d+)"/g, (tag) =>
      draw.once(6) ? draw.pick(["<c", '<c r="XFD1"', '<c r="A0"', '<c r="ZZZZ9"']) : tag,
    );
  if (draw.once(8))
    return xml.replace(
      "</sheetData>",
      `</sheetData><mergeCells><mergeCell ref="${draw.pick(["A1:B2", "A2:A5", "A1:XFD1048576", "B9:A1", "A:A"])}"/></mergeCells>`,
    );
  if (draw.once(8)) return xml.replace(/<is>/, "<f>1+1</f><is>");
  return xml;
}
