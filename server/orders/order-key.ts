import type { Keys } from "../core/seal.ts";
import type { Platform } from "./reading/model.ts";
import type { Seal } from "./reading/reading.ts";

/** Bytes of the keyed hash that make an order key: 128 bits. */
const KEY_BYTES = 16;
/** Of the one that rows are known by: they are compared with those of the same order alone. */
const ROWS_BYTES = 8;

/** The fingerprint of platform and order id under this deployment's key: it deduplicates orders and proves a claim. */
export function orderKeys(keys: Pick<Keys, "keyedHash">): Seal {
  return (platform, id) => keys.keyedHash("order-key", `${platform}\n${id}`).subarray(0, KEY_BYTES);
}

/** The fingerprint of what an order's rows said, for the next file that has them. */
export function rowsHashes(keys: Pick<Keys, "keyedHash">) {
  return (platform: Platform, id: string, rows: string): Buffer =>
    keys.keyedHash("order-rows", `${platform}\n${id}\n${rows}`).subarray(0, ROWS_BYTES);
}

/** An id that no platform issued, as it is fingerprinted: numbers are unique within their source alone. */
export function ownId(source: string, id: string): string {
  return `${source}\n${id}`;
}
