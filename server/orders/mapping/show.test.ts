import { expect, test } from "vitest";
import { PHONE } from "../leaks/roles.ts";
import { sampleOf } from "./show.ts";

test.each(["13812345678", "亲，13812345678*", "*13812345678", "13812345678-0001*", "1381234****5678"])(
  "of %s in a column of phones nothing is shown that could be dialled",
  (cell) => {
    expect(sampleOf(cell, "phone", PHONE)).not.toMatch(/\d{7}/);
  },
);

test("a masked phone is shown as the platform masked it", () => {
  expect(sampleOf("138****5678", "phone", PHONE)).toBe("138****5678");
});
