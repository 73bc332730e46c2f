import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BAD,
  columnName,
  fenOfNumber,
  isFormula,
  isRounded,
  isScientific,
  type Moment,
  momentOfSerial,
  normaliseId,
  parseFen,
  parseMoment,
  parseQuantity,
} from "./cells.ts";

function momentOf(cell: string): string {
  const moment: Moment = { at: 0, exact: true };
  parseMoment(cell, moment);
  return moment.at === BAD ? "bad" : `${new Date(moment.at).toISOString().slice(0, 19)}${moment.exact ? "" : "~"}`;
}

describe("ids", () => {
  test.each([
    ['="5328936598249826562"', "5328936598249826562"],
    ["'5328936598249826562", "5328936598249826562"],
    ["`5328936598249826562", "5328936598249826562"],
    ["\t6947445793723261753", "6947445793723261753"],
    ["260501-923421038607422\t", "260501-923421038607422"],
    ["\ufeff390076197477 ", "390076197477"],
    ["３９００７６１９７４７７", "390076197477"],
    ["3900 7619 7477", "390076197477"],
    ['\t="390076197477"\t', "390076197477"],
  ])("%j is %s", (cell, id) => expect(normaliseId(cell)).toBe(id));

  test("damage by spreadsheet programs shows", () => {
    expect(isScientific("6.91793E+18")).toBe(true);
    expect(isScientific("5E+17")).toBe(true);
    expect(isScientific("E20260501091207115739631")).toBe(false);
    expect(isRounded("6931387274037720000")).toBe(true);
    expect(isRounded("6931387274037721000")).toBe(false);
    expect(isRounded("390076000000")).toBe(false);
  });
});

describe("amounts", () => {
  test.each([
    ["169.00", 16_900],
    ["169", 16_900],
    ["169.5", 16_950],
    ["1,299.90\t", 129_990],
    ["¥1,299.9", 129_990],
    ["￥12.00", 1_200],
    ["１２.５０", 1_250],
    ["12.5元", 1_250],
    [" 0 ", 0],
    ["69.20(分销商等级折扣：47.80)", 6_920],
    ["12,345,678.90", 1_234_567_890],
  ])("%j is %i fen", (cell, amount) => expect(parseFen(cell)).toBe(amount));

  test.each([
    "",
    "-",
    "--",
    "abc",
    "12.345",
    "-5.00",
    "1e3",
    "1E3",
    "12,5",
    "1,29.90",
    ".5",
    "5.",
    "1.299,90",
    "(12.00)",
    "--5",
    "+5",
    "0x10",
    "∞",
    "九元",
    "99999999999999999",
    " ",
    "1 2",
  ])("%j is no amount", (cell) => expect(parseFen(cell)).toBe(BAD));

  test("every amount survives being written in any of the ways", () => {
    fc.assert(
      fc.property(
        fc.nat(10_000_000_000),
        fc.constantFrom("", "¥", "￥"),
        fc.constantFrom("", "元", "\t", " "),
        fc.boolean(),
        (amount, before, after, grouped) => {
          const yuan = String(Math.floor(amount / 100));
          const whole = grouped ? yuan.replace(/\B(?=(?:\d{3})+$)/g, ",") : yuan;
          expect(parseFen(`${before}${whole}.${String(amount % 100).padStart(2, "0")}${after}`)).toBe(amount);
        },
      ),
    );
  });

  test("numbers of workbooks lose what binary fractions added, nothing else", () => {
    expect(fenOfNumber("1299.9000000000001")).toBe(129_990);
    expect(fenOfNumber("12.345")).toBe(BAD);
    expect(fenOfNumber("-1")).toBe(BAD);
    expect(fenOfNumber("1e300")).toBe(BAD);
  });
});

describe("instants", () => {
  test.each([
    ["2026-05-01 09:13:42", "2026-05-01T01:13:42"],
    ["2026-05-01 09:13:42\t", "2026-05-01T01:13:42"],
    ["2026年5月1日 09:05:01", "2026-05-01T01:05:01"],
    ["2026/5/1 9:05", "2026-05-01T01:05:00~"],
    ["2026-05-01T09:13:42", "2026-05-01T01:13:42"],
    ["2026-05-01", "2026-04-30T16:00:00~"],
    ["2024-02-29 00:00:00", "2024-02-28T16:00:00"],
    ["'2026-05-01 09:13:42", "2026-05-01T01:13:42"],
    ["2026-02-30 10:00:00", "bad"],
    ["2025-02-29 00:00:00", "bad"],
    ["0000-00-00 00:00:00", "bad"],
    ["2026-13-01 00:00:00", "bad"],
    ["2026-05-01 24:00:00", "bad"],
    ["2026-05-01 09:60:00", "bad"],
    ["01/05/2026 09:00:00", "bad"],
    ["昨天", "bad"],
    ["", "bad"],
  ])("%j is %s", (cell, moment) => expect(momentOf(cell)).toBe(moment));

  test("serial numbers of workbooks mean Beijing time", () => {
    const moment: Moment = { at: 0, exact: false };
    momentOfSerial("46143.384513888887", false, moment);
    expect(new Date(moment.at).toISOString()).toBe("2026-05-01T01:13:42.000Z");
    momentOfSerial("44681.384513888887", true, moment);
    expect(new Date(moment.at).toISOString()).toBe("2026-05-01T01:13:42.000Z");
    momentOfSerial("1", false, moment);
    expect(moment.at).toBe(BAD);
  });
});

describe("formulas", () => {
  test.each([
    '=HYPERLINK("x")',
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1+1",
    " =1+1",
    "\u00a0=1+1",
    "＝1+1",
    "=1+1\n第二行",
  ])("%j is one", (cell) => expect(isFormula(cell, 0, cell.length)).toBe(true));
  test.each([
    "-",
    "--",
    "—",
    "+1",
    "-5.00",
    '="5711663102012910902"',
    "+86 138 0013 8000",
    "138****0223",
    "备注=无",
    "",
    "-12%",
  ])("%j is none", (cell) => expect(isFormula(cell, 0, cell.length)).toBe(false));
});

test("columns are compared by their folded names", () => {
  expect(columnName("收货地址 ")).toBe("收货地址");
  expect(columnName("商品总价（元）")).toBe("商品总价(元)");
  expect(columnName(" SKU 编码")).toBe("sku编码");
});

test("quantities are whole and plain", () => {
  expect(["1", "２", "3.0", "", "x", "-1", "1.5"].map(parseQuantity)).toEqual([1, 2, 3, null, null, null, null]);
});

test("nothing takes long over a cell that was made to", () => {
  const started = performance.now();
  for (const unit of ["-", " ", "1", "#1", "=", "((", "a@", ",1"]) {
    const cell = unit.repeat(16_000);
    parseFen(cell);
    momentOf(cell);
    normaliseId(cell);
    isFormula(cell, 0, cell.length);
  }
  expect(performance.now() - started).toBeLessThan(500);
});
