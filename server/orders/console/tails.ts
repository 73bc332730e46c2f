import type { Keys } from "../../core/seal.ts";

/** Bytes of a tail's keyed hash: ten thousand tails never meet in 64 bits. */
const TAIL_BYTES = 8;

/** What a relay number is found by, without its digits being kept: its last four, and its extension, each hashed by key. */
export function tailsOf(keys: Pick<Keys, "keyedHash">, number: string, extension: string) {
  return { numberTail: tail(keys, "number", number.slice(-4)), extensionTail: tail(keys, "extension", extension) };
}

/** The hashes by which these digits would be found, as the end of a number and as an extension. */
export function tailsFor(keys: Pick<Keys, "keyedHash">, digits: string) {
  return { numberTail: tail(keys, "number", digits), extensionTail: tail(keys, "extension", digits) };
}

function tail(keys: Pick<Keys, "keyedHash">, kind: "number" | "extension", digits: string): Buffer {
  return keys.keyedHash("virtual-number-tail", `${kind}\n${digits}`).subarray(0, TAIL_BYTES);
}
