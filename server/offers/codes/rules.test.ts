import fc from "fast-check";
import { expect, test } from "vitest";
import { codeOf, plainCode } from "./rules.ts";

const tenBytes = fc.uint8Array({ minLength: 10, maxLength: 10 });

test("different bytes make different codes of 16 signs", () => {
  fc.assert(
    fc.property(tenBytes, tenBytes, (a, b) => {
      expect(codeOf(a)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
      expect(codeOf(a) === codeOf(b)).toBe(Buffer.compare(a, b) === 0);
    }),
  );
});

test("however it is typed, it is the same code", () => {
  expect(plainCode(" 7kq2 9fhm-Oxtc-vb4l ")).toBe(plainCode("7KQ2-9FHM-0XTC-VB41"));
});
