import { z } from "zod";
import { idSchema } from "../../core/id.ts";
import { publicText } from "../../core/public-text.ts";

/** The form of receipts, after ISO/IEC TS 27560; a change of form is another number. */
export const RECEIPT_SCHEMA = "evenhand.consent-receipt/1";
export const CERTIFICATE_SCHEMA = "evenhand.erasure-certificate/1";
/** Longer than any receipt (bytes of UTF-16). */
export const MAX_RECEIPT = 200_000;

const Text = publicText(10_000);
const Hash = z.string().min(1);
const Instant = z.iso.datetime();

/** What proves that the event is in the sealed log: its line, the path to a signed root (RFC 6962). Hashes are base64. */
export const LogProof = z.strictObject({
  entry: z.string().min(1),
  leaf: Hash,
  seq: z.int().min(0),
  path: z.array(Hash),
  size: z.int().min(1),
  root: Hash,
  checkpoint: z.string().min(1),
});
export type LogProof = z.infer<typeof LogProof>;

/** A consent receipt 同意凭证: what was decided, about what, told in which words. It holds no value and no name. */
export const Receipt = z.strictObject({
  schema: z.literal(RECEIPT_SCHEMA),
  receiptId: idSchema<"consentEvent">(),
  jurisdiction: z.literal("CN"),
  handler: z.strictObject({ name: z.string().min(1), contact: z.string().min(1) }),
  subject: z.strictObject({
    pseudonym: Hash,
    kind: z.enum(["member", "child"]),
    guardian: z.strictObject({ relation: z.string().min(1), method: z.string().min(1) }).nullable(),
  }),
  purpose: z.strictObject({
    code: z.string().min(1),
    version: z.int().min(1),
    name: Text,
    purpose: Text,
    basis: z.string().min(1),
    consentKind: z.string().min(1),
    method: Text,
    retention: z.strictObject({ trigger: z.string().min(1), days: z.int().min(0) }),
    disposal: z.literal("erase"),
    storagePlace: Text,
    impact: Text.nullable(),
    refusal: Text,
    automatedDecision: z.boolean(),
    recipients: z.array(
      z.strictObject({ name: z.string(), contact: z.string(), relation: z.string(), country: z.string() }),
    ),
  }),
  fields: z.array(
    z.strictObject({
      key: z.string().min(1),
      name: Text,
      class: z.string().min(1),
      necessity: Text,
      mandatory: z.boolean(),
      covered: z.boolean(),
    }),
  ),
  notice: z.strictObject({
    key: z.string().min(1),
    version: z.int().min(1),
    sha256: Hash,
    publishedAt: Instant,
  }),
  screen: z.strictObject({
    hash: Hash,
    locale: z.enum(["zh-CN", "en"]),
    words: z.record(z.string(), z.string()),
  }),
  shownAt: Instant,
  decidedAt: Instant,
  rights: z.strictObject({ withdrawal: z.string().min(1), contact: z.string().min(1), complaint: Text }),
  /** The event exactly as it was hashed: flat, so that nobody can have the verifier walk a document without end. */
  event: z.record(z.string(), z.union([z.string(), z.number(), z.null(), z.array(z.string())])),
  eventHash: Hash,
  log: LogProof.nullable(),
});
export type Receipt = z.infer<typeof Receipt>;

/** An erasure certificate 删除证明: which fields had values, that none is left, why. */
export const Certificate = z.strictObject({
  schema: z.literal(CERTIFICATE_SCHEMA),
  certificateId: idSchema<"disposal">(),
  handler: z.strictObject({ name: z.string().min(1), contact: z.string().min(1) }),
  eventId: idSchema<"consentEvent">(),
  purpose: z.string().min(1),
  fields: z.array(z.string().min(1)),
  erased: z.int().min(0),
  remaining: z.literal(0),
  trigger: z.string().min(1),
  at: Instant,
  log: LogProof.nullable(),
});
export type Certificate = z.infer<typeof Certificate>;

/** Ed25519 over the canonical JSON (RFC 8785) of the document, by the key that signs the log. */
export const Signature = z.strictObject({
  algorithm: z.literal("Ed25519"),
  /** The 32 raw bytes, base64. */
  publicKey: Hash,
  value: Hash,
});
export const SignedReceipt = z.strictObject({ document: Receipt, signature: Signature });
export type SignedReceipt = z.infer<typeof SignedReceipt>;
export const SignedCertificate = z.strictObject({ document: Certificate, signature: Signature });
export type SignedCertificate = z.infer<typeof SignedCertificate>;

/** What a verification looks at, in this order. */
export const receiptChecks = ["readable", "complete", "signature", "event", "notice", "log", "chain"] as const;
export type ReceiptCheck = (typeof receiptChecks)[number];
export type CheckResult = {
  readonly check: ReceiptCheck;
  /** `waiting`: true so far, and not sealed yet when the document was made. `foreign`: a checkpoint that is not this log's. */
  readonly result: "holds" | "fails" | "waiting" | "foreign";
};

export const OneEvent = z.strictObject({ eventId: idSchema<"consentEvent">() });
export const VerifyReceipt = z.strictObject({ text: z.string().trim().min(2).max(MAX_RECEIPT) });
export type VerifyReceipt = z.infer<typeof VerifyReceipt>;

export const refusalCodes = ["RECEIPT_NOT_FOUND"] as const;
