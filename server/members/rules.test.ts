import fc from "fast-check";
import { expect, test } from "vitest";
import { OneTimeCode, Phone } from "./model.ts";
import { cardNumber, isCardNumber, maskPhone } from "./rules.ts";

test("a card number has ten digits, and one wrong or two swapped digits do not pass for another", () => {
  fc.assert(
    fc.property(fc.nat(899_999_999), fc.nat(9), fc.integer({ min: 1, max: 9 }), (draw, place, change) => {
      const number = cardNumber(() => draw);
      expect(isCardNumber(number)).toBe(true);
      const digits = [...number];
      digits[place] = String((Number(digits[place]) + change) % 10);
      expect(isCardNumber(digits.join(""))).toBe(false);
    }),
  );
  expect(isCardNumber("123456789")).toBe(false);
  expect(isCardNumber("７992739871")).toBe(false);
});

test.each(["13800138000", "138 0013 8000", "138-0013-8000", "+8613800138000", "+86 138 0013 8000", "008613800138000"])(
  "%j is one phone",
  (typed) => expect(Phone.parse(typed)).toBe("+8613800138000"),
);

test.each(["", "12800138000", "1380013800", "138001380000", "+1 202 555 0100", "phone"])("%j is no phone", (typed) =>
  expect(Phone.safeParse(typed).success).toBe(false),
);

test("a code typed with a Chinese keyboard is the same code", () => {
  expect(OneTimeCode.parse("１２３ ４５６")).toBe("123456");
  expect(OneTimeCode.safeParse("12345").success).toBe(false);
});

test("a phone is shown by its first three and last four digits", () => {
  expect(maskPhone("+8613800131402")).toBe("138****1402");
});
