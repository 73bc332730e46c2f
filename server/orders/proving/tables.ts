import { globSync } from "node:fs";
import { join } from "node:path";
import { look } from "../mapping/look.ts";
import type { Mapping } from "../mapping/model.ts";
import { cellsOf, fileOf, mappingFor } from "../mapping/testing.ts";
import { readHeader } from "../reading/header.ts";

/** A sound table to do damage to. The mapping is what somebody makes of its header who takes every guess as it is. */
export type BaseTable = {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly mapping: Mapping | null;
};

const folder = join(import.meta.dirname, "../fixtures/clean");

/** The name of a shop system's own list, which no platform's layout fits: it is read by its mapping alone. */
export const OWN = "own";

const own = [
  ["单号", "下单日期", "成交金额", "订单状态", "收货人", "联系电话", "收货地址", "货品编码", "件数", "备注"],
  ...Array.from({ length: 12 }, (_, n) => [
    `SO-2026-${String(n + 1).padStart(5, "0")}`,
    `2026-05-${String(n + 1).padStart(2, "0")} 10:0${n % 10}:00`,
    `${100 + n}.50`,
    ["已完成", "待发货", "已发货"][n % 3] ?? "",
    "张**",
    "138****0001",
    "浙江省 杭州市 *****",
    `JH-${String(n).padStart(3, "0")}`,
    "1",
    n % 4 === 0 ? "请尽快发货，谢谢" : "",
  ]),
];

/** A table of every platform's every layout, from the fixtures, and one of nobody's. */
export async function baseTables(): Promise<BaseTable[]> {
  const files = globSync("*.{csv,xlsx}", { cwd: folder }).sort();
  const tables = await Promise.all(
    files.map(async (name) => ({ name, cells: await cellsOf({ path: join(folder, name) }) })),
  );
  return Promise.all(
    [...tables, { name: OWN, cells: own }].map(async ({ name, cells }) => {
      const at = name === OWN ? 0 : cells.findIndex((row) => readHeader(row)?.kind === "bound");
      const [header, ...rows] = cells.slice(at);
      if (header === undefined) throw new Error(`${name} has no header`);
      // A workbook leaves out the empty cells at the end of a row; as a text the row would be short of columns.
      const even = rows.map((row) => [...row, ...header.slice(row.length).map(() => "")]);
      return { name, header, rows: even, mapping: mappingFor(await look({ bytes: fileOf(cells.slice(at)) }, {})) };
    }),
  );
}
