import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from "node:crypto";
import type { Place } from "./seal.ts";

/** The layout below; it is authenticated together with the place. */
const VERSION = 1;
/** AES-256-GCM with a random 96-bit nonce and a 128-bit tag (NIST SP 800-38D). */
const AES_256_GCM = 1;
/** AES-256 key wrap (RFC 3394), for data keys. */
const AES_256_WRAP = 2;

const HEADER = 6;
const NONCE = 12;
const TAG = 16;
const WRAP_IV = Buffer.alloc(8, 0xa6);

/** Seals `plain`: version, algorithm, key id (4 bytes), nonce, ciphertext, tag. */
export function sealEnvelope(key: KeyObject, keyId: number, plain: string, place: Place): Buffer {
  const nonce = nextNonce();
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(associated(place));
  return Buffer.concat([
    header(AES_256_GCM, keyId),
    nonce,
    cipher.update(plain, "utf8"),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
}

/** The text inside an envelope. Throws when key, place or a single bit is not what it was sealed with. */
export function openEnvelope(key: KeyObject, sealed: Buffer, place: Place): string {
  expectAlgorithm(sealed, AES_256_GCM);
  if (sealed.length < HEADER + NONCE + TAG) throw new Error("sealed value is too short");
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(HEADER, HEADER + NONCE));
  decipher.setAAD(associated(place));
  decipher.setAuthTag(sealed.subarray(-TAG));
  return decipher.update(sealed.subarray(HEADER + NONCE, -TAG), undefined, "utf8") + decipher.final("utf8");
}

/** Wraps 32 key bytes under a key-encryption key: version, algorithm, key id (4 bytes), 40 wrapped bytes. */
export function wrapKey(encryptionKey: KeyObject, keyId: number, bytes: Buffer): Buffer {
  const cipher = createCipheriv("id-aes256-wrap", encryptionKey, WRAP_IV);
  return Buffer.concat([header(AES_256_WRAP, keyId), cipher.update(bytes), cipher.final()]);
}

/** The bytes that `wrapKey` was given. Throws when the key-encryption key is another or a bit was changed. */
export function unwrapKey(encryptionKey: KeyObject, wrapped: Buffer): Buffer {
  expectAlgorithm(wrapped, AES_256_WRAP);
  const decipher = createDecipheriv("id-aes256-wrap", encryptionKey, WRAP_IV);
  return Buffer.concat([decipher.update(wrapped.subarray(HEADER)), decipher.final()]);
}

/** Which key an envelope or wrapped key was made with. */
export function keyIdOf(sealed: Buffer): number {
  if (sealed.length < HEADER) throw new Error("sealed value is too short");
  return sealed.readUInt32BE(2);
}

function header(algorithm: number, keyId: number): Buffer {
  const bytes = Buffer.alloc(HEADER);
  bytes.writeUInt8(VERSION, 0);
  bytes.writeUInt8(algorithm, 1);
  bytes.writeUInt32BE(keyId, 2);
  return bytes;
}

function expectAlgorithm(sealed: Buffer, algorithm: number): void {
  if (sealed[0] !== VERSION || sealed[1] !== algorithm) throw new Error("sealed value has an unknown layout");
}

/** Unambiguous whatever the names hold: a JSON array, not a join. */
function associated({ table, column, row }: Place): Buffer {
  return Buffer.from(JSON.stringify([table, column, row, VERSION]));
}

/** Nonces are drawn from the system's generator 341 at a time: one call each would halve the speed of sealing. */
const pool = Buffer.alloc(NONCE * 341);
let drawn = pool.length;

function nextNonce(): Buffer {
  if (drawn === pool.length) {
    randomFillSync(pool);
    drawn = 0;
  }
  drawn += NONCE;
  return Buffer.from(pool.subarray(drawn - NONCE, drawn));
}
