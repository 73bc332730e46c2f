import { expect, test } from "vitest";
import { newId } from "#db/testing.ts";
import { testKeys } from "../../../core/keys.ts";
import { ScannedCode } from "../../model.ts";
import { readSigned, signedText } from "./signed.ts";

const keys = testKeys();
const code = { codeId: newId<"redemptionCode">(), expiresAt: new Date("2026-06-15T04:05:00Z") };
const text = signedText(keys, code);

test("what was signed reads back, and is what a scanner's input allows", () => {
  expect(readSigned(keys, text)).toEqual(code);
  expect(ScannedCode.parse(text)).toBe(text);
});

test("a text changed in any one place is not ours", () => {
  for (let at = 4; at < text.length - 1; at += 1) {
    const other = text[at] === "A" ? "B" : "A";
    expect(readSigned(keys, `${text.slice(0, at)}${other}${text.slice(at + 1)}`)).toBeNull();
  }
});

test("digits, other prefixes and other lengths are not ours", () => {
  for (const made of ["12345678", text.replace("EH1.", "EH2."), `${text}AA`, "EH1.AAAA", "EH1."]) {
    expect(readSigned(keys, made)).toBeNull();
  }
});

test("typed digits are forgiven spaces and full width", () => {
  expect(ScannedCode.parse(" 1234 5678 ")).toBe("12345678");
  expect(ScannedCode.parse("１２３４５６７８")).toBe("12345678");
  expect(ScannedCode.safeParse("1234567").success).toBe(false);
});
