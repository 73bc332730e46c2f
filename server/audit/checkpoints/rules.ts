/**
 * Checkpoints as C2SP tlog-checkpoint inside C2SP signed-note, signed with Ed25519, so that witnesses and tools of other
 * transparency logs read them. Two extension lines chain them: the hash of the previous note, and the instant.
 */
import { type Sha256, same } from "../tree/rules.ts";

export type Checkpoint = {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** SHA-256 of the previous checkpoint's whole note; null for the first. */
  readonly previous: Uint8Array | null;
  readonly at: Date;
};

export type SignedCheckpoint = Checkpoint & {
  /** What is signed: the note up to and including the newline before the empty line. */
  readonly text: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
};

/** What a note is signed and verified with. */
export type LogIdentity = {
  /** Names the log and its key alike. */
  readonly name: string;
  readonly keyId: Uint8Array;
  /** What outsiders verify with: a signed-note verifier key. */
  readonly verifierKey: string;
};

const ED25519 = 1;

/** The name of the log whose checkpoints this Ed25519 key (32 raw bytes) signs: no two deployments share one. */
export function logIdentity(publicKey: Uint8Array, sha256: Sha256): LogIdentity {
  const name = `evenhand/${hex(sha256(publicKey).subarray(0, 8))}`;
  const keyId = sha256(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ED25519), publicKey])).subarray(0, 4);
  const verifierKey = `${name}+${hex(keyId)}+${base64(Buffer.concat([Buffer.of(ED25519), publicKey]))}`;
  return { name, keyId, verifierKey };
}

/** The text of a checkpoint, as it is signed. */
export function checkpointText({ origin, size, root, previous, at }: Checkpoint): string {
  return `${origin}\n${size}\n${base64(root)}\nprevious ${previous === null ? "none" : base64(previous)}\nat ${at.toISOString()}\n`;
}

/** A checkpoint with its signature line. */
export function signedNote(text: string, log: LogIdentity, signature: Uint8Array): string {
  return `${text}\n— ${log.name} ${base64(Buffer.concat([log.keyId, signature]))}\n`;
}

const NOTE =
  /^(?<text>(?<origin>[^\n]+)\n(?<size>0|[1-9]\d{0,15})\n(?<root>[^\n]+)\nprevious (?<previous>[^\n]+)\nat (?<at>[^\n]+)\n)\n— (?<name>[^ \n]+) (?<signature>[^\n]+)\n$/;

/** Reads one note; null when it is not exactly what `signedNote` writes. Does not verify the signature. */
export function readNote(note: string): SignedCheckpoint | null {
  const parts = NOTE.exec(note)?.groups;
  if (!parts?.text || !parts.origin || parts.name !== parts.origin) return null;
  const root = bytes(parts.root, 32);
  const signed = bytes(parts.signature, 68);
  const previous = parts.previous === "none" ? null : bytes(parts.previous, 32);
  const at = new Date(parts.at ?? "");
  if (root === null || signed === null || Number.isNaN(at.getTime())) return null;
  if (previous === null && parts.previous !== "none") return null;
  const checkpoint = { origin: parts.origin, size: Number(parts.size), root, previous, at };
  if (checkpointText(checkpoint) !== parts.text) return null;
  return { ...checkpoint, text: parts.text, keyId: signed.subarray(0, 4), signature: signed.subarray(4) };
}

/** True when this log's key signed the checkpoint. */
export function isSignedBy(
  checkpoint: SignedCheckpoint,
  log: LogIdentity,
  verify: (message: Uint8Array, signature: Uint8Array) => boolean,
): boolean {
  return (
    checkpoint.origin === log.name &&
    same(checkpoint.keyId, log.keyId) &&
    verify(Buffer.from(checkpoint.text), checkpoint.signature)
  );
}

/** Splits a file of notes, each followed by an empty line. What is no note comes back as it stands. */
export function splitNotes(file: string): string[] {
  return file.split(/(?<=\n— [^\n]*\n)\n*/).filter((part) => part.trim() !== "");
}

function hex(data: Uint8Array): string {
  return Buffer.from(data).toString("hex");
}

function base64(data: Uint8Array): string {
  return Buffer.from(data).toString("base64");
}

/** Base64 of exactly `length` bytes, in its one canonical spelling; null otherwise. */
function bytes(text: string | undefined, length: number): Uint8Array | null {
  const decoded = Buffer.from(text ?? "", "base64");
  return decoded.length === length && base64(decoded) === text ? decoded : null;
}
