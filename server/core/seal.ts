import type { KeyObject } from "node:crypto";

declare const secret: unique symbol;

/** A member's own 256-bit key. What it sealed is gone for good once its wrapped form is destroyed. */
export type DataKey = KeyObject & { readonly [secret]: "data key" };

/** Where a sealed value lives. It is authenticated with the value, so a ciphertext moved elsewhere does not open. */
export type Place = { readonly table: string; readonly column: string; readonly row: string };

/** The uses of keyed hashes; each has a key of its own. */
export type HashUse =
  | "order-key"
  | "order-rows"
  | "phone-index"
  | "one-time-code"
  | "address-limit"
  | "virtual-number-tail"
  | "claim-guess"
  | "email-index"
  | "redemption-code"
  | "child-code-guess";

/** Everything cryptographic that a service may ask for. Made once per process from a `KeyStore`. */
export type Keys = {
  /** A fresh data key, and the form of it that may be stored. */
  newDataKey(): { readonly key: DataKey; readonly wrapped: Buffer };
  /** The data key of its stored form. Throws when the key-encryption key is not at hand. */
  openDataKey(wrapped: Buffer): DataKey;
  /** The same data key in the form that the newest key-encryption key gives it; null when that is the form it has. */
  rewrapDataKey(wrapped: Buffer): Buffer | null;
  /** AES-256-GCM with the place as associated data; the answer carries version, nonce and tag. */
  seal(key: DataKey, plain: string, place: Place): Buffer;
  /** The text that `seal` was given. Throws when value, key or place do not belong together. */
  open(key: DataKey, sealed: Buffer, place: Place): string;
  /** The same for values that belong to no member (virtual numbers of unclaimed orders, TOTP secrets). */
  sealForSystem(plain: string, place: Place): Buffer;
  openForSystem(sealed: Buffer, place: Place): string;
  /** HMAC-SHA-256 of the text under the key of this use (32 bytes). */
  keyedHash(use: HashUse, text: string): Buffer;
  /** The key of that use, for another thread of this process to hash with (`keyedHasher`). */
  hashKey(use: HashUse): KeyObject;
  /** HMAC-SHA-256 under a key derived from the member's data key: a commitment that dies with the key. */
  commit(key: DataKey, text: string): Buffer;
  /** Ed25519 signature with the log's key. */
  sign(message: Uint8Array): Buffer;
  /** The 32 raw bytes of the log's public key. */
  readonly publicKey: Buffer;
};
