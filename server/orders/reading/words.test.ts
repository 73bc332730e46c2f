import { expect, test } from "vitest";
import { orderFile, type TestOrder } from "../testing.ts";
import { readAll } from "./testing.ts";

const order = (n: number, status: string): TestOrder => ({
  number: `5414549813671${String(n).padStart(6, "0")}`,
  status,
  yuan: "10.00",
});

test("the words by which a file says how orders stand are counted as they are understood, the frequent first", async () => {
  const statuses = ["交易成功", "交易成功", "交易关闭", " 交易成功 ", "买家已付款,等待卖家发货"];
  const { survey } = await readAll(orderFile(statuses.map((status, n) => order(n, `"${status}"`))));
  expect(survey.words).toEqual({
    status: [
      { word: "交易成功", meaning: "completed", rows: 3 },
      { word: "交易关闭", meaning: "ended", rows: 1 },
      { word: "买家已付款,等待卖家发货", meaning: "paid", rows: 1 },
    ],
    afterSale: [],
  });
});

test("a word that nobody knows is counted, and not kept: it may be a person's name", async () => {
  const { survey, lines } = await readAll(orderFile([order(1, "欧阳测试"), order(2, ""), order(3, "交易成功")]));
  expect(survey.words.status).toEqual([
    { word: null, meaning: null, rows: 2 },
    { word: "交易成功", meaning: "completed", rows: 1 },
  ]);
  expect(lines).toHaveLength(1);
  expect(JSON.stringify(survey)).not.toContain("欧阳");
});

test("a column of ever new values is no vocabulary: its values are counted without being held", async () => {
  const { survey } = await readAll(orderFile(Array.from({ length: 1_500 }, (_, n) => order(n, `值${n}`))));
  expect(survey.words.status).toEqual([{ word: null, meaning: null, rows: 1_500 }]);
});
