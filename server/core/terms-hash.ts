import { hash } from "node:crypto";
import canonicalize from "canonicalize";

/** SHA-256 (base64url) of the canonical JSON (RFC 8785) of a value: names exact terms that somebody has read. */
export function termsHash(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("not a JSON value");
  return hash("sha256", text, "base64url");
}
