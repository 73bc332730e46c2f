import fc from "fast-check";
import { expect, test } from "vitest";
import { headerOf } from "./header.ts";

test("a header as it is kept holds no number of anybody, wherever blanks stood in it", () => {
  const numbers = fc.constantFrom("0571-84245612", "13812345678", "user_name@example.com", "6222021234567890128");
  const blanks = fc.constantFrom(" ", "\u3000", "\u00a0", "\n", "\t", "  ");
  fc.assert(
    fc.property(numbers, fc.nat(20), blanks, fc.constantFrom("", "?", "备注 "), (number, at, blank, before) => {
      const cell = `${before}${number.slice(0, at)}${blank}${number.slice(at)}`;
      expect(headerOf(["订单编号", cell])[1]).not.toContain(number);
    }),
    { numRuns: 500 },
  );
});

test("names of columns are kept as they are compared", () => {
  expect(headerOf(["订单编号", " 实付 金额（元）", "Paid At", ""])).toEqual(["订单编号", "实付金额(元)", "paidat"]);
});
