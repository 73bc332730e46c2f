import { createHmac, createSecretKey } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { keyedHasher } from "./hmac.ts";

const reference = (key: Uint8Array, text: string): string => createHmac("sha256", key).update(text).digest("hex");

test("is what node:crypto gives, for any key and text", { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 64 }),
      fc.string({ unit: "binary", maxLength: 200 }),
      (key, text) => {
        expect(keyedHasher(createSecretKey(key))(text).toString("hex")).toBe(reference(key, text));
      },
    ),
  );
});

test("at every length around the edges of a block", () => {
  const key = Buffer.alloc(32, 9);
  const hash = keyedHasher(createSecretKey(key));
  for (let length = 0; length <= 200; length++) {
    const text = "x".repeat(length);
    expect(hash(text).toString("hex")).toBe(reference(key, text));
  }
});

test("one answer does not change under the next", () => {
  const hash = keyedHasher(createSecretKey(Buffer.alloc(32, 1)));
  const first = hash("a");
  const copy = Buffer.from(first);
  hash("b");
  expect(first).toEqual(copy);
});

test("keys longer than a block are not taken", () => {
  expect(() => keyedHasher(createSecretKey(Buffer.alloc(65, 1)))).toThrow(RangeError);
});
