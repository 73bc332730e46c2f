import { MAX_FIELD } from "../reading/csv.ts";
import type { Draw } from "./draw.ts";

export type Cells = string[][];

/** What spreadsheets, people and exports do to a table: each changes it in place. */
export const tableDamage: Readonly<Record<string, (draw: Draw, table: Cells) => void>> = {
  swapCells(draw, table) {
    const [a, b] = [draw.pick(table), draw.pick(table)];
    const [i, j] = [draw.below(a.length || 1), draw.below(b.length || 1)];
    [a[i], b[j]] = [b[j] ?? "", a[i] ?? ""];
  },
  swapColumns(draw, table) {
    const [i, j] = [draw.below(table[0]?.length ?? 1), draw.below(table[0]?.length ?? 1)];
    for (const row of table) [row[i], row[j]] = [row[j] ?? "", row[i] ?? ""];
  },
  dropColumn(draw, table) {
    const at = draw.below(table[0]?.length ?? 1);
    for (const row of table) row.splice(at, 1);
  },
  doubleColumn(draw, table) {
    const at = draw.below(table[0]?.length ?? 1);
    for (const row of table) row.splice(at, 0, row[at] ?? "");
  },
  ragged(draw, table) {
    const row = draw.pick(table);
    if (draw.once(2)) row.splice(draw.below(row.length + 1), draw.between(1, 4));
    else
      row.splice(
        draw.below(row.length + 1),
        0,
        ...Array.from({ length: draw.between(1, 5) }, () => draw.pick(["", "x", ","])),
      );
  },
  giantField(draw, table) {
    const row = draw.pick(table);
    if (!draw.once(4)) return;
    const length = draw.pick([MAX_FIELD - 1, MAX_FIELD, MAX_FIELD + 1, 2 * MAX_FIELD]);
    row[draw.below(row.length || 1)] = draw.pick(["喂", "1", '"', "字,\n"]).repeat(length);
  },
  repeatHeader(draw, table) {
    table.splice(draw.below(table.length) + 1, 0, [...(table[0] ?? [])]);
  },
  repeatRow(draw, table) {
    table.splice(draw.below(table.length) + 1, 0, [...draw.pick(table)]);
  },
  preamble(draw, table) {
    table.unshift(
      ...Array.from({ length: draw.between(1, 4) }, () => [draw.pick(["订单导出", "店铺：样例店", "", "2026-05-01"])]),
    );
  },
  footer(draw, table) {
    table.push([draw.pick(["合计", "总计：", "共10条", "以上数据仅供参考", ""]), draw.pick(["", "1234.50"])]);
  },
  spreadsheet(draw, table) {
    for (const row of table.slice(1)) {
      for (const [at, cell] of row.entries()) {
        if (/^\d{12,}$/.test(cell) && draw.once(2))
          row[at] = draw.once(2) ? Number(cell).toExponential(5).replace("e", "E") : rounded(cell);
        else if (/^\d{4}-\d\d-\d\d \d\d:\d\d/.test(cell) && draw.once(2))
          row[at] = cell.replace(/-0?/g, "/").slice(0, 15).trim();
        else if (/^0\d+/.test(cell)) row[at] = String(Number(cell));
      }
    }
  },
  wrappings(draw, table) {
    for (const row of table.slice(1)) {
      for (const [at, cell] of row.entries()) {
        if (!draw.once(4)) continue;
        row[at] = draw.pick([`="${cell}"`, `'${cell}`, `\`${cell}`, `\t${cell}`, `${cell}\t`, ` ${cell} `, wide(cell)]);
      }
    }
  },
  formulas(draw, table) {
    const row = draw.pick(table);
    row[draw.below(row.length || 1)] = draw.pick([
      "=1+1",
      '=HYPERLINK("http://example.com")',
      "+cmd|' /C calc'!A0",
      "@SUM(1)",
      "-2+3",
      "=A1",
    ]);
  },
  amounts(draw, table) {
    const row = draw.pick(table);
    for (const [at, cell] of row.entries()) {
      if (/^\d+\.\d\d$/.test(cell))
        row[at] = draw.pick([
          `¥${cell}`,
          `￥1,${cell}`,
          `-${cell}`,
          `${cell}元`,
          "1e3",
          "1.234",
          "--",
          "免费",
          "99999999999999999999",
        ]);
    }
  },
  odd(draw, table) {
    const row = draw.pick(table);
    row[draw.below(row.length || 1)] = draw.pick([
      "\0",
      "a\0b",
      "\ufeff",
      "\ufffd",
      "--",
      "\ud83d",
      "\u202e123",
      "\r",
      "\n\n",
      '"',
      "null",
      "NaN",
      "∞",
      "__proto__",
      "constructor",
    ]);
  },
  loseRows(draw, table) {
    table.splice(draw.below(table.length), draw.between(1, 3));
  },
};

function rounded(digits: string): string {
  return digits.slice(0, 15).padEnd(digits.length, "0");
}

function wide(text: string): string {
  return text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
}

const SPLINTERS = [
  '"',
  '""',
  ",",
  "\r\n",
  "\n",
  "\0",
  "=",
  "\t",
  "1e3",
  "合计",
  "\ufeff",
  "订单号",
  "\ufffd",
  "<",
  "]]>",
  "&#0;",
  "PK",
].map((text) => Buffer.from(text));

/** What happens to bytes on their way. */
export function damagedBytes(draw: Draw, bytes: Uint8Array): Uint8Array {
  // Mostly behind the header: a file without one is refused at once.
  const from = draw.once(4) ? 0 : Math.floor(bytes.length / 3);
  const at = from + draw.below(bytes.length - from + 1);
  const to = Math.min(bytes.length, at + draw.between(1, 1_500));
  switch (draw.below(6)) {
    case 0: {
      const flipped = Uint8Array.from(bytes);
      for (let times = draw.between(1, 12); times > 0 && flipped.length > 0; times -= 1) {
        const place = from + draw.below(flipped.length - from);
        flipped[place] = (flipped[place] ?? 0) ^ (1 << draw.below(8));
      }
      return flipped;
    }
    case 1:
      return bytes.subarray(0, at);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), draw.pick(SPLINTERS), bytes.subarray(at)]);
    case 3:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
    case 4:
      return Buffer.concat([bytes.subarray(0, to), bytes.subarray(at, to), bytes.subarray(to)]);
    default:
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.alloc(draw.between(1, 40), draw.below(256)),
        bytes.subarray(at),
      ]);
  }
}
