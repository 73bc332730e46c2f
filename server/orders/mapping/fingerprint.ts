import { createHash } from "node:crypto";

/** The fingerprint of a header, as `headerOf` gives it: two headers that differ in one name or its place differ in it. */
export function fingerprintOf(header: readonly string[]): Buffer {
  return createHash("sha256").update(JSON.stringify(header)).digest();
}
