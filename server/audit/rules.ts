import canonicalize from "canonicalize";
import type { Entry } from "./model.ts";

/**
 * The bytes that stand for an entry in the tree: canonical JSON (RFC 8785), so that anybody who was given the entry can
 * compute its leaf again. Of anything personal it holds only the commitment; erasing a member changes no leaf.
 */
export function entryBytes(entry: Entry): Uint8Array {
  return Buffer.from(
    canonicalText({
      version: 1,
      id: entry.id,
      at: entry.at.getTime(),
      actor: { kind: entry.actorKind, id: entry.actorId, role: entry.role },
      action: entry.action,
      purpose: entry.purpose,
      subject: { kind: entry.subjectKind, id: entry.subjectId },
      member: entry.memberId,
      request: entry.requestId,
      outcome: entry.outcome,
      detail: entry.detail,
      commitment: entry.commitment === null ? null : Buffer.from(entry.commitment).toString("hex"),
    }),
  );
}

/** A JSON value. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** The one spelling of a JSON value (RFC 8785). */
export function canonicalText(value: JsonValue): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("not a JSON value");
  return text;
}
