import { globSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Field, fields } from "../formats/format.ts";
import { columnName } from "../reading/cells.ts";
import { type Binding, readHeader } from "../reading/header.ts";
import { aliasesOf } from "./aliases.ts";
import { type Guess, type Mappable, mappable } from "./model.ts";
import { accepted, cellsOf, fileOf, lookAt, readMapped } from "./testing.ts";

const folder = join(import.meta.dirname, "../fixtures/clean");
const fixtures = globSync("*.{csv,xlsx}", { cwd: folder }).sort();

/** Guesses as `field=column confidence`. */
async function guessed(rows: readonly (readonly (string | number)[])[]): Promise<Record<string, string>> {
  const { guesses, columns } = await lookAt(fileOf(rows));
  return Object.fromEntries(
    guesses.map(({ field, column, confidence }) => [field, `${columns[column]?.name} ${confidence}`]),
  );
}

describe("by names and values together", () => {
  const day = (n: number, hour = 9): string => `2026-05-${String(n + 1).padStart(2, "0")} ${hour}:05:00`;
  const rows = <T extends string | number>(of: (n: number) => readonly T[]) =>
    Array.from({ length: 12 }, (_, n) => of(n));

  test("a shop's own table", async () => {
    expect(
      await guessed([
        ["订单编号", "下单时间", "客户姓名", "手机", "商品", "SKU编码", "数量", "实付金额（元）", "状态"],
        ...rows((n) => [
          `WEB2026${1000 + n}`,
          day(n),
          "张**",
          "138****0001",
          "洗护套装",
          "BATH-01",
          2,
          "99.50",
          "已发货",
        ]),
      ]),
    ).toEqual({
      orderId: "订单编号 high",
      placedAt: "下单时间 high",
      phone: "手机 high",
      sku: "SKU编码 high",
      quantity: "数量 high",
      paid: "实付金额（元） high",
      status: "状态 medium",
    });
  });

  test("an English shop system's export, whatever stands between its words", async () => {
    for (const spell of [(name: string) => name, (name: string) => name.replaceAll(" ", "_").toLowerCase()]) {
      const names = ["Order ID", "Created At", "Paid At", "Status", "Total", "Amount Paid", "SKU", "Qty", "Email"].map(
        spell,
      );
      const found = await guessed([
        names,
        ...rows((n) => [1000 + n, day(n), day(n, 10), "Paid", "120.00", "100.00", "A-1", 1, "j***@e***"]),
      ]);
      expect(found).toEqual({
        orderId: `${names[0]} high`,
        placedAt: `${names[1]} high`,
        paidAt: `${names[2]} high`,
        status: `${names[3]} medium`,
        paid: `${names[5]} high`,
        sku: `${names[6]} high`,
        quantity: `${names[7]} high`,
      });
    }
  });

  test("an ERP's export: the platform's number is the order's, not the ERP's own", async () => {
    const found = await guessed([
      ["订单编号", "原始单号", "订单状态", "付款时间", "实付金额"],
      ...rows((n) => [
        `JY${20_260_501_000 + n}`,
        `260501-${String(n + 1).padStart(15, "7")}`,
        "已签收",
        day(n),
        "10.00",
      ]),
    ]);
    expect(found.orderId).toBe("原始单号 medium");
  });

  test("a name alone is not believed when the values say otherwise", async () => {
    const found = await guessed([
      ["订单号", "实付金额", "付款时间", "状态", "数量"],
      ...rows((n) => [`买了第 ${n} 次`, "见附件", "昨天", `备注 ${n} 写得很长很长很长`, "两件"]),
    ]);
    expect(found).toEqual({ status: "状态 medium" });
  });

  test("names that are merely alike mean nothing", () => {
    for (const name of [
      "订单来源",
      "订单类型",
      "订单备注",
      "收货人省份",
      "商品金额合计优惠",
      "应发货时间",
      "orderly",
      "paidby",
      "statusnote",
    ])
      expect(aliasesOf(columnName(name)), name).toEqual([]);
  });

  test("two columns that could equally be meant lower the confidence", async () => {
    const found = await guessed([
      ["订单号", "订单状态", "下单时间", "订单金额", "应付金额"],
      ...rows((n) => [`WEB2026${1000 + n}`, "已完成", day(n), "12.00", "11.00"]),
    ]);
    expect(found.paid).toBe("订单金额 low");
  });

  test("amounts in fen are known by their column's name", async () => {
    const rowsOf = rows((n) => [`WEB2026${1000 + n}`, "paid", day(n), 9_950]);
    for (const name of ["实付金额（分）", "paid_amount_fen", "amount_paid_cents"]) {
      const table = await lookAt(fileOf([["order_no", "status", "created_at", name], ...rowsOf]));
      expect(table.unit).toBe("fen");
      const got = await readMapped(fileOf([["order_no", "status", "created_at", name], ...rowsOf]), accepted(table));
      expect(got.lines[0]).toMatchObject({ paidFen: 9_950, status: "paid" });
    }
  });
});

/** Where a field stands, by the platform's own layout. */
function places({ at, skus, lineBy }: Binding, field: Field): readonly number[] {
  if (field === "sku") return skus;
  return field === "lineId" && at.lineId < 0 ? lineBy : [at[field]];
}

describe.each(fixtures)("%s", (file) => {
  const path = join(folder, file);

  test("is guessed by its names as its platform's layout says", async () => {
    const table = await lookAt({ path });
    const cells = await cellsOf({ path });
    const verdict = readHeader(cells[table.headerRow - 1] ?? []);
    if (verdict?.kind !== "bound") throw new Error("no header");
    const byField = new Map(table.guesses.map((guess) => [guess.field, guess]));
    for (const field of ["orderId", "status", "paid"] as const) expect(byField.has(field), field).toBe(true);
    for (const field of mappable) {
      const guess = byField.get(field);
      if (guess?.confidence !== "high" || verdict.binding.at[field] < 0) continue;
      expect(places(verdict.binding, field), field).toContain(guess.column);
    }
  });

  test("under names that mean nothing, what is not marked for checking is right", async () => {
    const cells = await cellsOf({ path });
    const headers = cells.flatMap((row, at) => (readHeader(row)?.kind === "bound" ? [at] : []));
    const verdict = readHeader(cells[headers[0] ?? -1] ?? []);
    if (verdict?.kind !== "bound") throw new Error("no header");
    const renamed = cells.map((row, at) =>
      headers.includes(at) ? row.map((name, column) => (name === "" ? "" : `甲${column}乙`)) : row,
    );
    const table = await lookAt(fileOf(renamed));
    const sure = (guess: Guess): boolean => guess.confidence !== "low";
    expect(
      table.guesses.filter(sure).filter(({ field, column }) => !places(verdict.binding, field).includes(column)),
    ).toEqual([]);
    for (const field of ["orderId", "status"] satisfies Mappable[]) {
      const guess = table.guesses.find((one) => one.field === field);
      expect(places(verdict.binding, field)).toContain(guess?.column);
    }
    expect(table.guesses.some(({ confidence }) => confidence === "high")).toBe(false);
  });

  test("shows no full number, and of people nothing that could be read", async () => {
    const { columns } = await lookAt({ path });
    const clear = new Set((await cellsOf({ path })).flat().filter((cell) => /^\S*\d{12,}\S*$/.test(cell)));
    for (const { name, samples, sensitive } of columns) {
      for (const sample of samples) {
        expect(clear.has(sample), name).toBe(false);
        if (sensitive !== null) expect(sample, name).toContain("*");
      }
    }
  });
});

test("all fixtures and all fields were tried", () => {
  expect(fixtures.length).toBeGreaterThanOrEqual(12);
  expect(mappable.every((field) => fields.includes(field))).toBe(true);
});
