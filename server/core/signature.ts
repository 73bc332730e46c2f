import { createPublicKey, verify } from "node:crypto";

/** The DER head of an Ed25519 public key (RFC 8410); the 32 raw bytes follow. */
const ED25519_SPKI = Buffer.from("302a300506032b6570032100", "hex");

/** Checks Ed25519 signatures of one key, given as its 32 raw bytes. */
export function verifierOf(publicKey: Uint8Array): (message: Uint8Array, signature: Uint8Array) => boolean {
  const key = createPublicKey({ key: Buffer.concat([ED25519_SPKI, publicKey]), format: "der", type: "spki" });
  return (message, signature) => verify(null, message, key, signature);
}
