import { timingSafeEqual } from "node:crypto";
import { isId } from "../../../core/id.ts";
import type { Keys } from "../../../core/seal.ts";
import type { RedemptionCodeId } from "../../model.ts";

/** What a QR says once its signature was found good. */
export type Signed = { readonly codeId: RedemptionCodeId; readonly expiresAt: Date };

const PREFIX = "EH1.";
const ID_BYTES = 16;
const INSTANT_BYTES = 6;
const SIGNATURE_BYTES = 16;

/** The text of the QR: the code's id and end, signed, so that a made-up one is refused before anything is looked up. */
export function signedText(keys: Pick<Keys, "keyedHash">, { codeId, expiresAt }: Signed): string {
  const body = Buffer.alloc(ID_BYTES + INSTANT_BYTES);
  body.write(codeId.replaceAll("-", ""), "hex");
  body.writeUIntBE(expiresAt.getTime(), ID_BYTES, INSTANT_BYTES);
  return `${PREFIX}${Buffer.concat([body, signatureOf(keys, body)]).toString("base64url")}`;
}

/** What a text that was read from a QR says; null when we did not sign it. */
export function readSigned(keys: Pick<Keys, "keyedHash">, text: string): Signed | null {
  if (!text.startsWith(PREFIX)) return null;
  const bytes = Buffer.from(text.slice(PREFIX.length), "base64url");
  if (bytes.length !== ID_BYTES + INSTANT_BYTES + SIGNATURE_BYTES) return null;
  const body = bytes.subarray(0, ID_BYTES + INSTANT_BYTES);
  if (!timingSafeEqual(signatureOf(keys, body), bytes.subarray(body.length))) return null;
  const codeId = body.toString("hex", 0, ID_BYTES).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  if (!isId<"redemptionCode">(codeId)) return null;
  return { codeId, expiresAt: new Date(body.readUIntBE(ID_BYTES, INSTANT_BYTES)) };
}

function signatureOf(keys: Pick<Keys, "keyedHash">, body: Buffer): Buffer {
  return keys.keyedHash("redemption-code", `qr ${body.toString("hex")}`).subarray(0, SIGNATURE_BYTES);
}
