import { strToU8, zipSync } from "fflate";
import { describe, expect, test, vi } from "vitest";
import { readAsGuessed } from "../mapping/testing.ts";
import * as reading from "./testing.ts";
import { csvText, type Everything, encoded, pdd, said, sheetXml, workbook } from "./testing.ts";

/** Some of these files are large, and the machine may be busy. */
vi.setConfig({ testTimeout: 60_000 });

const usual = (count: number): (string | number)[][] => Array.from({ length: count }, (_, index) => pdd.row(index + 1));
const file = (rows: readonly (readonly (string | number)[])[], encoding = "utf-8"): Uint8Array =>
  encoded(csvText([pdd.header, ...rows]), encoding);
const verdict = ({ survey }: Everything): (string | null)[] => [survey.outcome, ...survey.codes];

/** A sheet of 68 MB of blanks, packed once for all who read it. */
let packed: Uint8Array | undefined;
function bomb(): Uint8Array {
  const sheet = new Uint8Array(68_000_000).fill(0x20);
  sheet.set(strToU8("<worksheet><sheetData>"));
  const list = strToU8('<workbook><sheets><sheet name="a"/></sheets></workbook>');
  packed ??= zipSync({ "xl/workbook.xml": list, "xl/worksheets/sheet1.xml": sheet }, { level: 1 });
  return packed;
}

/** Every mischief is met twice: in a platform's own layout, and in a table whose columns somebody mapped. */
describe.each([
  { how: "by its platform's layout", readAll: reading.readAll },
  { how: "by a mapping of its columns", readAll: readAsGuessed },
])("$how", ({ readAll }) => {
  describe("files that are not what they say", () => {
    test.each([
      ["gb18030", "gb18030"],
      ["utf-8", "utf-8"],
      ["utf-16le", "utf-16le"],
      ["utf-16be", "utf-16be"],
    ])("%s without a mark is found out", async (encoding, name) => {
      const got = await readAll(file(usual(3), encoding));
      expect(got.survey.encoding).toBe(name);
      expect(got.rows.accepted).toBe(3);
    });

    test("with a mark too", async () => {
      for (const [encoding, mark, name] of [
        ["utf-8", [0xef, 0xbb, 0xbf], "utf-8-bom"],
        ["utf-16le", [0xff, 0xfe], "utf-16le"],
        ["utf-16be", [0xfe, 0xff], "utf-16be"],
        ["gb18030", [0xef, 0xbb, 0xbf], "gb18030"],
      ] as const) {
        const got = await readAll(Uint8Array.from([...mark, ...file(usual(3), encoding)]));
        expect([got.survey.encoding, got.rows.accepted]).toEqual([name, 3]);
      }
    });

    test("an encoding can be given instead of found", async () => {
      const got = await readAll(file(usual(2), "gb18030"), { encoding: "gb18030" });
      expect(got.rows.accepted).toBe(2);
      expect(verdict(await readAll(file(usual(2), "gb18030"), { encoding: "utf-8" }))).toEqual([
        "refused",
        "HEADER_UNRECOGNISED",
      ]);
    });

    test("one broken row does not turn a UTF-8 file into another language", async () => {
      const bytes = file([...usual(2), pdd.row(3, { 商家备注: "坏@@" }), ...usual(5).slice(3)]);
      const at = Buffer.from(bytes).indexOf("@@");
      bytes[at] = 0xff;
      bytes[at + 1] = 0xfe;
      const got = await readAll(bytes);
      expect(got.survey.encoding).toBe("utf-8");
      expect(said(got)).toEqual(["4 ENCODING_INVALID 商家备注"]);
      expect(got.rows).toMatchObject({ accepted: 4, rejected: 1 });
    });

    test("tabs, semicolons and bars separate as commas do", async () => {
      for (const delimiter of ["\t", ";", "|"]) {
        const got = await readAll(encoded(csvText([pdd.header, ...usual(3)], delimiter), "gb18030"));
        expect(got.rows.accepted).toBe(3);
      }
    });

    test("what cannot be an order file is refused by what it is", async () => {
      const legacy = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Uint8Array(600)]);
      const table = "<html><meta charset=gbk><table><tr><td>订单号</td></tr></table></html>";
      expect(verdict(await readAll(legacy))).toEqual(["refused", "XLS_LEGACY"]);
      expect(verdict(await readAll(encoded(table, "gb18030")))).toEqual(["refused", "HTML_DISGUISED"]);
      expect(verdict(await readAll(encoded(`\ufeff\r\n <TABLE>${table}`, "utf-8")))).toEqual([
        "refused",
        "HTML_DISGUISED",
      ]);
      expect(verdict(await readAll(encoded('<?xml version="1.0"?><Workbook xmlns="x"/>', "utf-8")))).toEqual([
        "refused",
        "HTML_DISGUISED",
      ]);
      expect(verdict(await readAll(zipSync({ "hello.txt": strToU8("hello") })))).toEqual(["refused", "NOT_XLSX"]);
      expect(verdict(await readAll(workbook([[pdd.header]]).subarray(0, 300)))).toEqual(["refused", "NOT_XLSX"]);
      expect(verdict(await readAll(new Uint8Array()))).toEqual(["refused", "EMPTY_FILE"]);
      expect(verdict(await readAll(Uint8Array.from([0xef, 0xbb, 0xbf])))).toEqual(["refused", "EMPTY_FILE"]);
      expect(verdict(await readAll(encoded("\r\n\r\n", "utf-8")))).toEqual(["refused", "EMPTY_FILE"]);
      expect(verdict(await readAll(encoded("a,b,c\r\n1,2,3\r\n", "utf-8")))).toEqual([
        "refused",
        "HEADER_UNRECOGNISED",
      ]);
      expect(verdict(await readAll(crypto.getRandomValues(new Uint8Array(60_000))))).toEqual([
        "refused",
        "HEADER_UNRECOGNISED",
      ]);
    });
  });

  describe("headers", () => {
    test("a missing required column and a doubled one are named", async () => {
      const without = pdd.header.filter((name) => name !== "用户实付金额(元)");
      const missing = await readAll(encoded(csvText([without, ["1", "2"]]), "utf-8"));
      expect(verdict(missing)).toEqual(["refused", "MISSING_COLUMN"]);
      expect(missing.survey).toMatchObject({ columns: ["用户实付金额(元)"], platform: "pdd", layout: "pdd" });
      const doubled = await readAll(
        encoded(
          csvText([
            [...pdd.header, "订单号"],
            ["1", "2"],
          ]),
          "utf-8",
        ),
      );
      expect(verdict(doubled)).toEqual(["refused", "DUPLICATE_COLUMN"]);
      expect(doubled.survey.columns).toEqual(["订单号"]);
    });

    test("a column that is not required may stand there twice", async () => {
      const got = await readAll(
        encoded(
          csvText([
            [...pdd.header, "商家备注"],
            [...pdd.row(1), ""],
          ]),
          "utf-8",
        ),
      );
      expect(got.rows.accepted).toBe(1);
    });

    test("a header in the midst of the rows is skipped, and counted as no row of data", async () => {
      const got = await readAll(file([...usual(2), pdd.header, ...usual(4).slice(2)]));
      expect(said(got)).toEqual(["4 HEADER_REPEATED"]);
      expect(got.rows).toEqual({ read: 5, data: 4, accepted: 4, rejected: 0, skipped: 1 });
    });

    test("another platform's name does not fit", async () => {
      expect(verdict(await readAll(file(usual(1)), { platform: "jd" }))).toEqual(["refused", "HEADER_UNRECOGNISED"]);
      expect((await readAll(file(usual(1)), { platform: "pdd" })).rows.accepted).toBe(1);
    });
  });

  describe("rows", () => {
    test("an unquoted comma shifts the cells: the row is rejected, the others stay", async () => {
      const text = csvText([pdd.header, pdd.row(1, { 商家备注: "XX" }), ...usual(3).slice(1)]).replace("XX", "急,请发");
      const got = await readAll(encoded(text, "utf-8"));
      expect(said(got)).toEqual(["2 COLUMN_COUNT"]);
      expect(got.rows).toMatchObject({ accepted: 2, rejected: 1 });
    });

    test("a row that is short is rejected, one that lacks only unnamed columns is not", async () => {
      const header = [...pdd.header, ""];
      const got = await readAll(
        encoded(csvText([header, pdd.row(1), pdd.row(2).slice(0, 9), [...pdd.row(3), ""]]), "utf-8"),
      );
      expect(said(got)).toEqual(["3 COLUMN_COUNT"]);
      expect(got.rows.accepted).toBe(2);
    });

    test("a first row without an id is rejected like any other", async () => {
      const got = await readAll(file([pdd.row(1, { 订单号: "" }), ...usual(3).slice(1)]));
      expect(said(got)).toEqual(["2 MISSING_ID 订单号"]);
      expect(got.rows.accepted).toBe(2);
    });

    test("rows that all end in one empty cell more than the header are read", async () => {
      const rows = usual(3).map((row) => [...row, ""]);
      expect((await readAll(file(rows))).rows.accepted).toBe(3);
    });

    test("a million characters in one cell reject their row alone", async () => {
      for (const giant of ["喂".repeat(1_000_000), `${"字,\n".repeat(300_000)}"`]) {
        const got = await readAll(file([...usual(2), pdd.row(3, { 商家备注: giant }), ...usual(5).slice(3)]));
        expect(said(got)).toEqual(["4 FIELD_TOO_LARGE 商家备注"]);
        expect(got.rows).toMatchObject({ accepted: 4, rejected: 1 });
        expect(got.rejects.length).toBeLessThan(2_000);
      }
    });

    test.each([
      ["-5.00", "BAD_AMOUNT"],
      ["12.345", "BAD_AMOUNT"],
      ["1e3", "BAD_AMOUNT"],
      ["", "BAD_AMOUNT"],
      ["九十九", "BAD_AMOUNT"],
    ])("an amount of %j", async (amount, code) => {
      expect(said(await readAll(file([pdd.row(1, { "用户实付金额(元)": amount })])))).toEqual([
        `2 ${code} 用户实付金额(元)`,
      ]);
    });

    test.each(["2026-02-30 10:00:00", "2026-13-01 10:00:00", "2026-05-01 25:00:00", "0000-00-00 00:00:00"])(
      "a date of %s",
      async (date) => {
        const rows = [pdd.row(1, { 订单成交时间: date }), ...usual(4).slice(1)];
        expect(said(await readAll(file(rows)))).toEqual(["2 BAD_DATE 订单成交时间"]);
      },
    );

    test("unknown words are never guessed", async () => {
      const got = await readAll(file([pdd.row(1, { 订单状态: "待质检" }), pdd.row(2, { 售后状态: "仲裁中" })]));
      expect(said(got)).toEqual(["2 UNKNOWN_STATUS 订单状态", "3 UNKNOWN_STATUS 售后状态"]);
    });

    test("a refund after completion is told with the order", async () => {
      const got = await readAll(
        file([
          pdd.row(1, { 售后状态: "退款成功" }),
          pdd.row(2, { 订单状态: "已签收，退款成功", 售后状态: "退款成功" }),
        ]),
      );
      expect(
        got.lines.map(({ status, paidFen, refundFen, refundUnknown }) => [status, paidFen, refundFen, refundUnknown]),
      ).toEqual([
        ["completed", 16_900, 0, true],
        ["refunded", 16_900, 16_900, false],
      ]);
    });

    test("an unpaid order was paid nothing, whatever the amount due", async () => {
      const got = await readAll(file([pdd.row(1, { 订单状态: "待付款", 订单成交时间: "" })]));
      expect(got.lines[0]).toMatchObject({
        status: "placed",
        paidFen: 0,
        placedAt: Date.parse("2026-05-01T00:00:00+08:00"),
      });
    });

    test("NUL bytes reject their row", async () => {
      const got = await readAll(file([pdd.row(1, { 商家备注: "a\0b" }), ...usual(3).slice(1)]));
      expect(said(got)).toEqual(["2 NUL_BYTE 商家备注"]);
      expect(got.rejects).not.toContain("\0");
    });

    test("twenty thousand times the same line is one line", async () => {
      const line = csvText([pdd.row(1)]);
      const got = await readAll(encoded(csvText([pdd.header]) + line.repeat(20_001), "gb18030"));
      expect(got.lines).toHaveLength(1);
      expect(got.duplicateLines).toBe(20_000);
      expect(got.rows).toEqual({ read: 20_001, data: 1, accepted: 1, rejected: 0, skipped: 20_000 });
    });

    test("the same order with another status is no duplicate", async () => {
      const got = await readAll(file([pdd.row(1, { 订单状态: "待发货" }), pdd.row(1)]));
      expect(got.lines.map(({ status }) => status)).toEqual(["paid", "completed"]);
      expect(got.duplicateLines).toBe(0);
    });

    test("a file that was cut off keeps its whole rows", async () => {
      const whole = file(usual(4), "gb18030");
      for (const cut of [2, 3, 9, 30]) {
        const got = await readAll(whole.subarray(0, whole.length - cut));
        expect(got.survey.codes).toEqual(cut === 2 ? [] : ["TRUNCATED"]);
        expect(got.rows.accepted).toBe(cut === 2 ? 4 : 3);
      }
    });
  });

  describe("workbooks", () => {
    test("native numbers and dates are read as what they are", async () => {
      const got = await readAll(
        workbook([
          [
            pdd.header,
            pdd.row(1, {
              "用户实付金额(元)": Number("1299.9000000000001"),
              "商品数量(件)": 2,
              订单成交时间: Number("46143.384513888887"),
            }),
          ],
        ]),
      );
      expect(got.lines[0]).toMatchObject({
        paidFen: 129_990,
        quantity: 2,
        paidAt: Date.parse("2026-05-01T09:13:42+08:00"),
      });
      expect(got.warnings).toEqual([]);
    });

    test("ids held as numbers are exact up to fifteen digits, and damaged beyond", async () => {
      const header = [
        "订单号",
        "商品ID",
        "订购数量",
        "下单时间",
        "京东价",
        "结算金额",
        "余额支付",
        "应付金额",
        "订单状态",
      ];
      const row = (id: string | number): (string | number)[] => [
        id,
        758153048235,
        1,
        "2026-05-01 09:12:07",
        169,
        169,
        0,
        169,
        "完成",
      ];
      const jd = await readAll(workbook([[header, row(390076197477)]]));
      expect(jd.lines[0]?.maskedId).toBe("3900****7477");
      const taobao = [
        "订单编号",
        "买家应付货款",
        "总金额",
        "买家实付金额",
        "订单状态",
        "订单创建时间",
        "支付单号",
        "商品标题",
      ];
      const of = (id: string | number): (string | number)[] => [
        id,
        1,
        1,
        1,
        "交易成功",
        "2026-05-01 09:12:07",
        "",
        "x",
      ];
      const got = await readAll(workbook([[taobao, of("5852838098814459568"), of(Number("5852838098814459568"))]]));
      expect(said(got)).toEqual(["3 DAMAGED_ID_PRECISION 订单编号"]);
    });

    test("every sheet has its own header; one without goes on, one of something else is left out", async () => {
      const [first = [], second = [], third = [], fourth = []] = usual(4);
      const shuffled = [...pdd.header].reverse();
      const got = await readAll(
        workbook([
          [["说明"], [], pdd.header, first],
          [shuffled, [...second].reverse()],
          [[...third].reverse(), [...fourth].reverse()],
          [["字典"], ["待发货", "paid", "x", "y"]],
        ]),
      );
      expect(got.rows.accepted).toBe(4);
      expect(got.lines.map(({ record }) => record)).toEqual([4, 6, 7, 8]);
    });

    test("cells that were merged over the lines of an order count for each of them", async () => {
      const [first = [], second = [], third = []] = usual(3);
      const idAt = pdd.header.indexOf("订单号");
      const further = second.map((cell, at) =>
        ["商家编码-规格维度", "商品数量(件)"].includes(pdd.header[at] ?? "") ? cell : "",
      );
      const rows = [pdd.header, first, further.map((cell) => (cell === "JH-030" ? "JH-031" : cell)), third];
      const merged = pdd.header.flatMap((name, at) =>
        further[at] === "" && name !== "商家备注" ? `<mergeCell ref="${letters(at)}2:${letters(at)}3"/>` : [],
      );
      const sheet = sheetXml(rows).replace("</sheetData>", `</sheetData><mergeCells>${merged.join("")}</mergeCells>`);
      const got = await readAll(workbook([[]], { "xl/worksheets/sheet1.xml": sheet }));
      expect(said(got)).toEqual([]);
      expect(got.lines.map(({ sku, orderKey }) => [sku, orderKey])).toEqual([
        ["JH-030", got.lines[0]?.orderKey],
        ["JH-031", got.lines[0]?.orderKey],
        ["JH-030", got.lines[2]?.orderKey],
      ]);
      expect(got.lines[2]?.orderKey).not.toEqual(got.lines[0]?.orderKey);
      const unmerged = await readAll(workbook([rows]));
      expect(said(unmerged)).toEqual([`3 MISSING_ID ${pdd.header[idAt]}`]);
    });

    test("shared strings, several runs, phonetic hints, prefixes and formulas", async () => {
      const [header = "", ...names] = pdd.header;
      const strings = [header, ...names].map(
        (name) =>
          `<si><r><t>${name.slice(0, 1)}</t></r><r><t xml:space="preserve">${name.slice(1)}</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si>`,
      );
      const sst = `<x:sst xmlns:x="y">${strings.join("").replaceAll(/<(\/?)(si|r|t|rPh)\b/g, "<$1x:$2")}</x:sst>`;
      const head = names.map((_, index) => `<x:c t="s"><x:v>${index + 1}</x:v></x:c>`).join("");
      const cells = pdd
        .row(1)
        .map((cell) => `<x:c t="str"><x:f>A1</x:f><x:v>${cell}</x:v></x:c>`)
        .join("");
      const sheet = `<x:worksheet xmlns:x="y"><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c>${head}</x:row><x:row/><x:row r="4">${cells}</x:row></x:sheetData></x:worksheet>`;
      const got = await readAll(workbook([[]], { "xl/sharedStrings.xml": sst, "xl/worksheets/sheet1.xml": sheet }));
      expect(got.lines[0]).toMatchObject({ record: 4, paidFen: 16_900 });
      expect(got.formulaCells).toContainEqual({ row: 4, column: "订单号" });
    });

    test("a cell of a million characters rejects its row alone, wherever the workbook keeps its text", async () => {
      const rows = (note: string) => [pdd.header, pdd.row(1), pdd.row(2, { 商家备注: note }), pdd.row(3)];
      const shared = sheetXml(rows("@@")).replace(/t="inlineStr"><is><t[^>]*>@@<\/t><\/is>/, 't="s"><v>0</v>');
      const strings = `<sst><si><t>${"x".repeat(1_000_000)}</t></si></sst>`;
      for (const bytes of [
        workbook([rows("x".repeat(1_000_000))]),
        workbook([rows("x".repeat(5_000_000))]),
        workbook([[]], { "xl/worksheets/sheet1.xml": shared, "xl/sharedStrings.xml": strings }),
      ]) {
        const got = await readAll(bytes);
        expect(got.reasons.map(({ row, code }) => [row, code])).toEqual([[3, "FIELD_TOO_LARGE"]]);
        expect(got.rows.accepted).toBe(2);
      }
    });

    test("one id that ends in zeros is no damage, two are, unless they are few among many", async () => {
      const header = [
        "订单编号",
        "买家应付货款",
        "总金额",
        "买家实付金额",
        "订单状态",
        "订单创建时间",
        "支付单号",
        "商品标题",
      ];
      const of = (ids: readonly string[]): Uint8Array =>
        encoded(
          csvText([
            header,
            ...ids.map((id, index) => [`'${id}`, 1, 1, index, "交易成功", "2026-05-01 09:12:07", "", "x"]),
          ]),
          "utf-8",
        );
      const [a, b] = ["5931387274037720000", "5911966250176630000"];
      const sound = Array.from({ length: 300 }, (_, index) =>
        String(5_100_000_000_000_001n * 1_000n + BigInt(index * 7 + 1)),
      );
      expect(said(await readAll(of([a, a, "5328936598249826562"])))).toEqual([]);
      expect(said(await readAll(of([a, b, "5328936598249826562"]))).map((reason) => reason.slice(2))).toEqual(
        Array(2).fill("DAMAGED_ID_PRECISION 订单编号"),
      );
      expect(said(await readAll(of([a, b, ...sound])))).toEqual([]);
    });

    test("bombs, entities and crowds of entries are refused", async () => {
      expect(verdict(await readAll(bomb()))).toEqual(["refused", "TOO_LARGE"]);
      const endless = `<sst><si><t>${"x".repeat(3_000_000)}</t></si></sst>`;
      expect(verdict(await readAll(workbook([[pdd.header]], { "xl/sharedStrings.xml": endless })))).toEqual([
        "refused",
        "TOO_LARGE",
      ]);
      const laughs = `<!DOCTYPE lolz [<!ENTITY lol "lol">]>${sheetXml([pdd.header])}`;
      expect(verdict(await readAll(workbook([[]], { "xl/worksheets/sheet1.xml": laughs })))).toEqual([
        "refused",
        "NOT_XLSX",
      ]);
      const crowd = Object.fromEntries(Array.from({ length: 1_001 }, (_, index) => [`x/${index}`, ""]));
      expect(verdict(await readAll(workbook([[pdd.header]], crowd)))).toEqual(["refused", "TOO_LARGE"]);
    });

    test("a workbook whose sheet is damaged half-way is refused before anything of it could be stored", async () => {
      const rows = Array.from({ length: 3_000 }, (_, index) =>
        pdd.row(index + 1, { 商家备注: `备注${Math.sin(index)}` }),
      );
      const bytes = Uint8Array.from(workbook([[pdd.header, ...rows]]));
      bytes.fill(0xff, 20_000, 20_400);
      expect(verdict(await readAll(bytes))).toEqual(["refused", "NOT_XLSX"]);
    });
  });

  describe("personal data", () => {
    const header = [...pdd.header, "收货人", "手机"];
    const of = (people: readonly (readonly [string, string])[]): Uint8Array =>
      encoded(csvText([header, ...people.map((person, index) => [...pdd.row(index + 1), ...person])]), "utf-8");

    test("a file with a fifth of clear names or phones was not desensitised", async () => {
      const four = Array.from({ length: 4 }, () => ["张*", "138****1234"] as const);
      const file = of([["张三", "138****1234"], ...four]);
      expect(verdict(await readAll(file))).toEqual(["refused", "NOT_DESENSITISED"]);
      expect((await readAll(file, { allowClear: true })).rows.accepted).toBe(5);
      expect(verdict(await readAll(of([["张*", "13800138000"], ...four, ...four])))).toEqual(["accepted"]);
      expect(
        verdict(
          await readAll(
            of([
              ["张*[1001]", "17000006467-1001"],
              ["王*", "17000006467转1001"],
            ]),
          ),
        ),
      ).toEqual(["accepted"]);
    });

    const leaking = file([pdd.row(1, { 商家备注: "打13812345678" }), ...usual(6).slice(1)]);

    test("dropped: the order is kept, the cell reported, masked", async () => {
      const got = await readAll(leaking);
      expect(got.rows.accepted).toBe(6);
      expect(got.leaks).toEqual([{ row: 2, column: "商家备注", kind: "mobile", masked: "138****78" }]);
    });

    test("quarantined: the row is rejected, and masked among the rejects", async () => {
      const got = await readAll(leaking, { leaks: "quarantine" });
      expect(said(got)).toEqual(["2 LEAK_QUARANTINED 商家备注"]);
      expect(got.rejects).toContain("138****78");
      expect(got.rejects).not.toContain("13812345678");
    });

    test("refused: nothing of the file is given", async () => {
      const got = await readAll(leaking, { leaks: "refuse" });
      expect(verdict(got)).toEqual(["refused", "LEAKS_REFUSED"]);
      expect(got.lines).toEqual([]);
    });

    test("a code that somebody wrote a phone into is not kept", async () => {
      const got = await readAll(
        file([
          pdd.row(1, { "商家编码-规格维度": "电话13812345678" }),
          pdd.row(2, { "商家编码-规格维度": "13812345678" }),
          ...usual(10).slice(2),
        ]),
      );
      expect(got.lines.slice(0, 2).map(({ sku }) => sku)).toEqual([null, "13812345678"]);
    });

    test("relay numbers are kept with extension and expiry, real ones are not", async () => {
      const got = await readAll(
        of([
          ["张*", "17000001234-5678"],
          ["王*", "1700***1234"],
          ["李*", "138****1234"],
        ]),
      );
      expect(got.lines.map(({ virtualNumber }) => virtualNumber)).toEqual([
        { number: "17000001234", extension: "5678", expiresAt: null },
        null,
        null,
      ]);
      expect(got.virtualNumbers).toBe(1);
    });
  });

  describe("what leaves the reader", () => {
    test("holds no order id, name, phone, note or title of the file", async () => {
      const rows = Array.from({ length: 40 }, (_, index) =>
        pdd.row(index + 1, {
          商家备注: `秘密${index} 打1381234${5_000 + index}`,
          订单状态: index % 7 === 0 ? "没有的词" : "已签收",
        }),
      );
      const got = await readAll(file(rows));
      const { rejects, ...rest } = got;
      const kept = JSON.stringify(rest, (_, value: unknown) =>
        Buffer.isBuffer(value) ? value.toString("latin1") : value,
      );
      for (const row of rows) {
        expect(kept).not.toContain(String(row[0]));
        expect(rejects).not.toMatch(/1381234\d{4}/);
      }
      expect(kept).not.toContain("秘密");
      expect(got.lines.every(({ maskedId }) => /^2605\*{4}\d{4}$/.test(maskedId))).toBe(true);
    });

    test("rejects come back in their own columns, harmless, and can be corrected and read again", async () => {
      const got = await readAll(
        file([
          pdd.row(1, { 商家备注: '=HYPERLINK("http://evil.example")', "用户实付金额(元)": "-5.00" }),
          ...usual(3).slice(1),
        ]),
      );
      const [head = "", row = ""] = got.rejects.split("\r\n");
      expect(head).toBe(`\ufeff原因,${pdd.header.join(",")}`);
      expect(row).toContain("BAD_AMOUNT 用户实付金额(元)");
      expect(row).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
      expect(row).toContain("'-5.00");
      const corrected = await readAll(encoded(got.rejects.replace("'-5.00", "5.00"), "utf-8"));
      expect(corrected.lines).toMatchObject([{ paidFen: 500, orderKey: got.reasons[0]?.orderKey }]);
    });

    test("the same file gives the same batches", async () => {
      const bytes = file(usual(50), "gb18030");
      const [once, again] = [await readAll(bytes), await readAll(bytes)];
      expect(again).toEqual(once);
    });
  });
});

test("an amount merged over the lines of an order is not guessed apart", async () => {
  const names = [
    "子订单编号",
    "主订单编号",
    "标题",
    "购买数量",
    "订单状态",
    "买家实际支付金额",
    "退款状态",
    "订单创建时间",
  ];
  const line = (id: string, ...over: string[]) => [id, ...over];
  const rows = [
    names,
    line(
      "5328936598249826562",
      "5328936598249826562",
      "甲",
      "1",
      "交易成功",
      "90.00",
      "没有申请退款",
      "2026-05-01 09:12:07",
    ),
    line("5328936598249826563", "", "乙", "2", "", "", "没有申请退款", ""),
  ];
  const cells = ["B", "E", "F", "H"].map((column) => `<mergeCell ref="${column}2:${column}3"/>`).join("");
  const sheet = sheetXml(rows).replace("</sheetData>", `</sheetData><mergeCells count="4">${cells}</mergeCells>`);
  const got = await reading.readAll(workbook([[]], { "xl/worksheets/sheet1.xml": sheet }));
  expect(said(got)).toEqual(["3 BAD_AMOUNT 买家实际支付金额"]);
  expect(got.rows.accepted).toBe(1);
});

function letters(at: number): string {
  return String.fromCharCode(65 + at);
}
