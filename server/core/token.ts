import { createHash, randomBytes } from "node:crypto";

/** A bearer secret of 256 random bits (base64url, 43 characters). Its holder gets it once; only `hashToken` is stored. */
export function mintToken(random: (size: number) => Buffer = randomBytes): string {
  return random(32).toString("base64url");
}

/** SHA-256 of a token or browser id. No key and no salt: what is hashed has 256 random bits of its own. */
export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
