import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { KeyTable } from "./key-table.ts";
import { MET } from "./weighing.ts";

const key = (n: number) => createHash("sha256").update(String(n)).digest().subarray(0, 16).toString("latin1");

test("the table of met orders remembers every mark as it grows", () => {
  const table = new KeyTable();
  const keys = Array.from({ length: 20_000 }, (_, n) => key(n + 1));
  for (const [n, each] of keys.entries()) table.set(each, n % 2 === 0 ? MET.taken : MET.turnedAway);
  expect(keys.every((each, n) => table.get(each) === (n % 2 === 0 ? MET.taken : MET.turnedAway))).toBe(true);
  expect(table.get(key(99_999_999))).toBe(MET.never);
});
