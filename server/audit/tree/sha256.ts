import { hash } from "node:crypto";
import { merkle } from "./rules.ts";

/** SHA-256 by Node. */
export const sha256 = (bytes: Uint8Array): Buffer => hash("sha256", bytes, "buffer");

/** The tree over SHA-256, as RFC 6962 has it. */
export const tree = merkle(sha256);
