import { describe, expect, test } from "vitest";
import { TEXT } from "../leaks/roles.ts";
import { plain } from "../reading/cells.ts";
import { type Binding, readHeader } from "../reading/header.ts";
import { csvText, type Everything, encoded, readAll, sheetXml, workbook } from "../reading/testing.ts";
import { baseTables, OWN } from "./tables.ts";

/** A layout's own table: its header, rows of it that are all sound, and where its fields stand. */
type Sound = {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly at: Binding["at"];
  /** The first instant that a row states; -1 where it states none. */
  readonly dated: number;
  /** A column that nothing is read from. */
  readonly idle: number;
  readonly got: Everything;
};
type Cells = readonly (readonly string[])[];

const ROWS = 6;
/** The row that something is done to; its record in a file of these rows, below the header. */
const [HURT, RECORD] = [2, 4];

const text = (rows: Cells, delimiter = ",") => csvText(rows, delimiter);
const csv = (rows: Cells, delimiter = ",", encoding = "utf-8") => encoded(text(rows, delimiter), encoding);
const whole = ({ header, rows }: Sound): Cells => [header, ...rows];
/** The table with other cells in the row that is hurt. */
const hurt = (sound: Sound, change: (row: readonly string[]) => readonly string[]): Cells =>
  whole(sound).map((row, index) => (index === HURT + 1 ? change(row) : row));
const put = (sound: Sound, at: number, cell: string): Cells => hurt(sound, (row) => row.with(at, cell));
const added = (sound: Sound, index: number, row: readonly string[]): Cells => whole(sound).toSpliced(index, 0, row);

const told = ({ lines }: Everything) =>
  lines.map(({ orderKey, lineKey, status, paidFen, refundFen }) => ({
    order: orderKey.toString("hex"),
    lineKey,
    status,
    paidFen,
    refundFen,
  }));

/** What leaves every order as it was. */
const harmless: Readonly<Record<string, (sound: Sound) => Uint8Array>> = {
  "UTF-8 with a mark": (sound) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), csv(whole(sound))]),
  GB18030: (sound) => csv(whole(sound), ",", "gb18030"),
  "UTF-16 LE with a mark": (sound) => Buffer.concat([Buffer.from([0xff, 0xfe]), csv(whole(sound), ",", "utf-16le")]),
  "UTF-16 BE with a mark": (sound) => Buffer.concat([Buffer.from([0xfe, 0xff]), csv(whole(sound), ",", "utf-16be")]),
  tabs: (sound) => csv(whole(sound), "\t"),
  semicolons: (sound) => csv(whole(sound), ";"),
  bars: (sound) => csv(whole(sound), "|"),
  "lines that end in LF": (sound) => Buffer.from(text(whole(sound)).replaceAll("\r\n", "\n")),
  "lines that end in CR": (sound) => Buffer.from(text(whole(sound)).replaceAll("\r\n", "\r")),
  "a workbook": (sound) => workbook([whole(sound)]),
  "rows spread over two sheets": (sound) =>
    workbook([whole(sound).slice(0, 3), [sound.header, ...sound.rows.slice(2)]]),
  "a preamble": (sound) => csv([["店铺：样例店"], ["导出时间", "2026-05-20"], [], ...whole(sound)]),
  "a footer": (sound) => csv([...whole(sound), ["合计", "", "1234.50"]]),
  "columns in another order": (sound) => csv(whole(sound).map((row) => row.toReversed())),
  "a column that nobody knows": (sound) => csv(whole(sound).map((row, index) => [...row, index === 0 ? "新列" : "x"])),
  "a repeated header": (sound) => csv(added(sound, HURT + 1, sound.header)),
  "a repeated row": (sound) => csv(added(sound, HURT + 1, sound.rows[HURT] ?? [])),
  "blank lines": (sound) => csv(added(sound, HURT + 1, [""])),
  "ids that are wrapped as formulas": (sound) =>
    csv(
      whole(sound).map((row, index) => (index === 0 ? row : row.with(sound.at.orderId, `="${row[sound.at.orderId]}"`))),
    ),
  "ids with apostrophes": (sound) =>
    csv(
      whole(sound).map((row, index) => (index === 0 ? row : row.with(sound.at.orderId, `'${row[sound.at.orderId]}`))),
    ),
  "a formula in a remark": (sound) => csv(put(sound, sound.idle, "=1+1")),
};

/** What costs the row that it befalls, and no other, with the code that says so. */
const harmful: Readonly<Record<string, (sound: Sound) => readonly [Uint8Array, string]>> = {
  "an id in scientific notation": (sound) => [csv(put(sound, sound.at.orderId, "6.91793E+18")), "DAMAGED_ID_SCI"],
  "an id that is none": (sound) => [csv(put(sound, sound.at.orderId, "??")), "BAD_ID"],
  "no id": (sound) => [csv(put(sound, sound.at.orderId, "")), "MISSING_ID"],
  "an amount below nothing": (sound) => [csv(put(sound, sound.at.paid, "-5.00")), "BAD_AMOUNT"],
  "an amount of three decimals": (sound) => [csv(put(sound, sound.at.paid, "12.345")), "BAD_AMOUNT"],
  "a word that nobody knows": (sound) => [csv(put(sound, sound.at.status, "待质检")), "UNKNOWN_STATUS"],
  "a NUL": (sound) => [csv(put(sound, sound.idle, "a\0b")), "NUL_BYTE"],
  "bytes that are no character": (sound) => [
    Buffer.from(csv(put(sound, sound.idle, "@@"))).map((byte) => (byte === 0x40 ? 0xff : byte)),
    "ENCODING_INVALID",
  ],
  "a giant cell": (sound) => [csv(put(sound, sound.idle, "喂".repeat(40_000))), "FIELD_TOO_LARGE"],
  "a giant cell of a workbook": (sound) => [workbook([put(sound, sound.idle, "喂".repeat(40_000))]), "FIELD_TOO_LARGE"],
  "a row that is short": (sound) => [csv(hurt(sound, (row) => row.slice(0, 2))), "COLUMN_COUNT"],
  "a comma that nobody quoted": (sound) => [
    csv(hurt(sound, (row) => row.toSpliced(sound.idle, 0, "急"))),
    "COLUMN_COUNT",
  ],
};

/** What no row can be taken from. */
const fatal: Readonly<Record<string, (sound: Sound) => readonly [Uint8Array, string]>> = {
  "a column that must be there is missing": (sound) => [
    csv(whole(sound).map((row) => row.toSpliced(sound.at.paid, 1))),
    "MISSING_COLUMN",
  ],
  "a column that must be there stands there twice": (sound) => [
    csv(whole(sound).map((row) => [...row, row[sound.at.orderId] ?? ""])),
    "DUPLICATE_COLUMN",
  ],
  "a table of a page": (sound) => [Buffer.from(`<html><table><tr><td>${text(whole(sound))}`), "HTML_DISGUISED"],
  "a workbook that was cut off": (sound) => [workbook([whole(sound)]).subarray(0, 300), "NOT_XLSX"],
};

const layouts = await Promise.all(
  (await baseTables())
    .filter(({ name }) => name !== OWN)
    .map(async ({ name, header, rows }) => {
      const verdict = readHeader(header);
      if (verdict?.kind !== "bound") throw new Error(`${name} has no header`);
      const { at, roles, skus, lineBy } = verdict.binding;
      const used = new Set([...Object.values(at), ...skus, ...lineBy]);
      const idle = header.findIndex((_, column) => !used.has(column) && roles[column] === TEXT);
      const instants = [at.placedAt, at.paidAt, at.shippedAt, at.completedAt].filter((column) => column >= 0);
      const some = rows.slice(0, ROWS).map((row) => row.with(at.orderId, plain(row[at.orderId] ?? "")));
      const got = await readAll(csv([header, ...some]));
      return { name, sound: { header, rows: some, at, dated: instants[0] ?? -1, idle, got } };
    }),
);

describe.each(layouts)("$name", ({ sound }) => {
  test("is sound", () => {
    expect(sound.got.rows).toMatchObject({ accepted: ROWS, rejected: 0 });
    expect(sound.idle).toBeGreaterThan(-1);
  });

  test.each(Object.entries(harmless))("%s changes no order", async (_, make) => {
    const got = await readAll(make(sound));
    expect(got.rows).toMatchObject({ accepted: ROWS, rejected: 0 });
    expect(told(got)).toEqual(told(sound.got));
  });

  test.each(Object.entries(harmful))("%s costs its row", async (_, make) => {
    const [bytes, code] = make(sound);
    const got = await readAll(bytes);
    expect(got.reasons.map(({ row, code }) => [row, code])).toEqual([[RECORD, code]]);
    expect(told(got)).toEqual(told(sound.got).toSpliced(HURT, 1));
  });

  test.each(Object.entries(fatal))("%s refuses the file", async (_, make) => {
    const [bytes, code] = make(sound);
    const { survey, lines } = await readAll(bytes);
    expect([survey.outcome, ...survey.codes]).toEqual(["refused", code]);
    expect(lines).toEqual([]);
  });

  test("a header alone is a file without orders", async () => {
    const { survey, lines } = await readAll(csv([sound.header]));
    expect([survey.codes, lines]).toEqual([["NO_ROWS"], []]);
  });

  test("a file that was cut off keeps its whole rows", async () => {
    const last = text(sound.rows.slice(-1)).length;
    const got = await readAll(Buffer.from(text(whole(sound)).slice(0, -last / 2)));
    expect(got.survey.codes).toContain("TRUNCATED");
    expect(told(got)).toEqual(told(sound.got).slice(0, -1));
  });

  test.runIf(sound.dated >= 0)("a day that does not exist costs its row", async () => {
    const got = await readAll(csv(put(sound, sound.dated, "2026-02-30 10:00:00")));
    expect(got.reasons.map(({ row, code }) => [row, code])).toEqual([[RECORD, "BAD_DATE"]]);
  });

  test.runIf(sound.dated >= 0)(
    "an instant that a spreadsheet program wrote anew lost its seconds, and says so",
    async () => {
      const got = await readAll(csv(put(sound, sound.dated, "2026/5/1 9:13")));
      expect(got.warnings.map(({ row, code }) => [row, code])).toEqual([[RECORD, "DATE_SECONDS_LOST"]]);
      expect(got.rows.accepted).toBe(ROWS);
    },
  );

  test.runIf(sound.rows.every((row) => /^\d{18,}$/.test(row[sound.at.orderId] ?? "")))(
    "ids that a spreadsheet program rounded are damaged",
    async () => {
      const at = sound.at.orderId;
      const rounded = whole(sound).map((row, index) =>
        index === 0 ? row : row.with(at, `${row[at]?.slice(0, 13)}${10 + index}`.padEnd(row[at]?.length ?? 0, "0")),
      );
      const got = await readAll(csv(rounded));
      expect(new Set(got.reasons.map(({ code }) => code))).toEqual(new Set(["DAMAGED_ID_PRECISION"]));
      expect(got.lines).toEqual([]);
    },
  );

  test("an id merged over two rows counts for both", async () => {
    const letters = columnOf(sound.at.orderId);
    const xml = sheetXml(put(sound, sound.at.orderId, "")).replace(
      "</sheetData>",
      `</sheetData><mergeCells><mergeCell ref="${letters}${RECORD - 1}:${letters}${RECORD}"/></mergeCells>`,
    );
    const got = await readAll(workbook([[]], { "xl/worksheets/sheet1.xml": xml }));
    expect(got.reasons).toEqual([]);
    expect(got.lines[HURT]?.orderKey).toEqual(got.lines[HURT - 1]?.orderKey);
  });
});

function columnOf(at: number): string {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : columnOf(Math.floor(at / 26) - 1) + last;
}
