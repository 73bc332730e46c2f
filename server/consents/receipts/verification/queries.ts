import { hash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { consentEvents, disposals } from "#db/schema/consents.ts";
import { isSignedBy, logIdentity, readNote } from "../../../audit/checkpoints/rules.ts";
import { canonicalText } from "../../../audit/rules.ts";
import { checkpointStanding } from "../../../audit/tree/queries.ts";
import { sha256, tree } from "../../../audit/tree/sha256.ts";
import type { Context } from "../../../core/context.ts";
import { verifierOf } from "../../../core/signature.ts";
import { noticeVersion } from "../../notices/queries.ts";
import { hashedNotice } from "../../notices/rules.ts";
import {
  type CheckResult,
  type LogProof,
  type Receipt,
  type ReceiptCheck,
  SignedCertificate,
  SignedReceipt,
} from "../model.ts";
import { signedBytes } from "../queries.ts";

/**
 * Checks a receipt or a certificate that somebody brings, against itself and against the log: that it can be read and is
 * complete, that this house signed it, that its event and notice are the recorded ones, that a checkpoint of the log
 * contains it, and that the log as it is now holds that checkpoint and has only grown since. Tells nothing about the
 * person, nor whether consent still stands.
 */
export async function verifyReceipt(ctx: Context, text: string): Promise<readonly CheckResult[]> {
  const parsed = parse(text);
  if (parsed === undefined) return [failed("readable")];
  const certificate = SignedCertificate.safeParse(parsed);
  if (certificate.success) return verifyCertificate(ctx, certificate.data);
  const signed = SignedReceipt.safeParse(parsed);
  if (!signed.success) return [held("readable"), failed("complete")];
  const { document } = signed.data;
  return [
    held("readable"),
    held("complete"),
    isSignedHere(ctx, signed.data) ? held("signature") : failed("signature"),
    (await isRecorded(ctx.db, document)) ? held("event") : failed("event"),
    (await isTold(ctx.db, document)) ? held("notice") : failed("notice"),
    ...(await logChecks(ctx, document.log, document.eventHash)),
  ];
}

/** The same for a certificate: its event is the one that erased, and the record of it is there. */
async function verifyCertificate(ctx: Context, signed: SignedCertificate): Promise<readonly CheckResult[]> {
  const { document } = signed;
  const [row] = await ctx.db
    .select({ eventHash: consentEvents.hash })
    .from(disposals)
    .innerJoin(consentEvents, eq(consentEvents.id, disposals.eventId))
    .where(and(eq(disposals.id, document.certificateId), eq(disposals.eventId, document.eventId)));
  return [
    held("readable"),
    held("complete"),
    isSignedHere(ctx, signed) ? held("signature") : failed("signature"),
    row === undefined ? failed("event") : held("event"),
    ...(await logChecks(ctx, document.log, row?.eventHash ?? "")),
  ];
}

function isSignedHere(ctx: Context, { document, signature }: SignedReceipt | SignedCertificate): boolean {
  const isOwnKey = signature.publicKey === Buffer.from(ctx.keys.publicKey).toString("base64");
  return isOwnKey && verifierOf(ctx.keys.publicKey)(signedBytes(document), Buffer.from(signature.value, "base64"));
}

/** Two questions: whether the line lies under the checkpoint, and whether that checkpoint is one of this log's. */
async function logChecks(ctx: Context, log: LogProof | null, eventHash: string): Promise<CheckResult[]> {
  if (log === null) return [waiting("log"), waiting("chain")];
  return [
    isInLog(ctx, log, eventHash) ? held("log") : failed("log"),
    { check: "chain", result: await checkpointStanding(ctx.db, log.checkpoint) },
  ];
}

async function isRecorded(reader: Reader, { event, eventHash, receiptId }: Receipt): Promise<boolean> {
  const again = hash("sha256", canonicalText(event), "base64url");
  if (again !== eventHash || event.id !== receiptId) return false;
  const [row] = await reader
    .select({ hash: consentEvents.hash })
    .from(consentEvents)
    .where(eq(consentEvents.id, receiptId));
  return row?.hash === eventHash;
}

async function isTold(reader: Reader, { receiptId, event, notice, purpose }: Receipt): Promise<boolean> {
  const [row] = await reader
    .select({ noticeVersionId: consentEvents.noticeVersionId })
    .from(consentEvents)
    .where(eq(consentEvents.id, receiptId));
  const version = row === undefined ? null : await noticeVersion(reader, row.noticeVersionId);
  if (version === null || event.noticeHash !== notice.sha256 || event.purpose !== purpose.code) return false;
  return hash("sha256", canonicalText(hashedNotice(version)), "hex") === notice.sha256;
}

/** The line hashes to the leaf and names the event's hash; the path leads to the root of a checkpoint of this log. */
function isInLog(ctx: Context, log: LogProof, eventHash: string): boolean {
  const leaf = tree.leafHash(Buffer.from(log.entry, "utf8"));
  const note = readNote(log.checkpoint);
  const path = log.path.map((step) => Buffer.from(step, "base64"));
  return (
    note !== null &&
    isSignedBy(note, logIdentity(ctx.keys.publicKey, sha256), verifierOf(ctx.keys.publicKey)) &&
    note.size === log.size &&
    Buffer.from(note.root).toString("base64") === log.root &&
    Buffer.from(leaf).toString("base64") === log.leaf &&
    log.entry.includes(`"hash":${JSON.stringify(eventHash)}`) &&
    tree.isIncluded(leaf, log.seq, log.size, path, note.root)
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const held = (check: ReceiptCheck): CheckResult => ({ check, result: "holds" });
const failed = (check: ReceiptCheck): CheckResult => ({ check, result: "fails" });
const waiting = (check: ReceiptCheck): CheckResult => ({ check, result: "waiting" });
