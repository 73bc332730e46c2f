import { expect, test } from "vitest";
import { ZodError } from "zod";
import { propose } from "#server/orders/mapping/propose.ts";
import { fileOf, lookAt } from "#server/orders/mapping/testing.ts";
import { mappingOf, type Picks, picked, picksOf } from "./mapping-of.ts";

const table = await lookAt(
  fileOf([
    ["订单号", "状态", "实付金额", "下单时间", "备注"],
    ...["已发货", "已完成", "待质检"].map((status, n) => [
      `WEB-${1000 + n}`,
      status,
      "9.50",
      "2026-05-01 10:00:00",
      "轻放",
    ]),
  ]),
);
const draft = propose(table);
const picks = picksOf(table, draft);

const formOf = (over: Record<string, string> = {}): FormData => {
  const data = new FormData();
  const said = {
    platform: "other",
    source: "官网商城",
    unit: "yuan",
    amounts: "order",
    "status 已发货": "shipped",
    "status 已完成": "completed",
    ...over,
  };
  for (const [name, value] of Object.entries(said)) data.set(name, value);
  return data;
};

/** The fields that a form is turned back for. */
function wrong(chosen: Picks, data: FormData): string[] {
  try {
    mappingOf(table, draft, chosen, data);
    return [];
  } catch (error) {
    return error instanceof ZodError ? error.issues.map(({ path }) => path.join(".")) : ["no ZodError"];
  }
}

test("guesses are picked to begin with, and a meaning moves to the column that gets it", () => {
  expect(picks).toEqual(["orderId", "status", "paid", "placedAt", ""]);
  expect(picked(picks, 4, "status")).toEqual(["orderId", "", "paid", "placedAt", "status"]);
});

test("what the form says becomes the mapping; a word left open is not in it", () => {
  expect(mappingOf(table, draft, picks, formOf())).toMatchObject({
    columns: { orderId: "订单号", status: "状态", paid: "实付金额", placedAt: "下单时间" },
    source: "官网商城",
    words: { 已发货: "shipped", 已完成: "completed" },
    assumed: null,
  });
});

test("words that an earlier file had are kept, unless they are said anew", () => {
  const earlier = { ...draft, words: { 已退款: "refunded", 待质检: "paid" } as const };
  const { words } = mappingOf(table, earlier, picks, formOf());
  expect(words).toEqual({ 已退款: "refunded", 已发货: "shipped", 已完成: "completed" });
});

test("what is missing is named", () => {
  const without = (field: string): Picks => picks.map((one) => (one === field ? "" : one));
  expect(wrong(without("orderId"), formOf())).toEqual(["orderId"]);
  expect(wrong(without("paid"), formOf())).toEqual(["paid"]);
  expect(wrong(without("placedAt"), formOf())).toEqual(["placedAt"]);
  expect(wrong(without("status"), formOf())).toEqual(["status"]);
  expect(wrong(without("status"), formOf({ assumed: "completed" }))).toEqual([]);
  expect(wrong(picks, formOf({ source: "" }))).toEqual(["source"]);
  expect(wrong(picks, formOf({ amounts: "line" }))).toEqual(["lineId"]);
  expect(wrong(picks, formOf({ platform: "taobao" }))).toEqual([]);
});
