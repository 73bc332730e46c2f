import type { Detail } from "#server/audit/model.ts";
import {
  appendOnly,
  bytes,
  id,
  index,
  instant,
  integer,
  json,
  primaryKey,
  table,
  text,
  uniqueIndex,
} from "../columns.ts";

/** What happened, written in the transaction that did it. Ids stand for people; nothing personal has a column here. */
export const auditEntries = appendOnly(
  table(
    "audit_entries",
    {
      id: id<"auditEntry">().primaryKey(),
      at: instant().notNull(),
      actorKind: text<"staff" | "member" | "apiKey" | "system" | "visitor">().notNull(),
      actorId: text(),
      /** The roles that a member of staff held at that moment. */
      role: text(),
      action: text().notNull(),
      /** Why somebody looked, where a reason is asked for. */
      purpose: text(),
      subjectKind: text().notNull(),
      subjectId: text(),
      /** Whom it is about. Not a foreign key: the entry outlives the member's erasure. */
      memberId: id<"member">(),
      requestId: text().notNull(),
      outcome: text<"done" | "refused">().notNull(),
      detail: json<Detail>().notNull(),
      /** HMAC of the personal payload under the member's own key: unreadable, and unprovable once the key is gone. */
      commitment: bytes(),
    },
    (entry) => [
      index("audit_entries_at").on(entry.at, entry.id),
      index("audit_entries_action").on(entry.action, entry.at, entry.id),
      index("audit_entries_actor").on(entry.actorId, entry.at, entry.id),
      index("audit_entries_subject").on(entry.subjectId, entry.at, entry.id),
      index("audit_entries_member").on(entry.memberId, entry.at, entry.id),
    ],
  ),
);

/** Entries that have no leaf yet. The sequencer empties it. */
export const auditPending = table("audit_pending", {
  entryId: id<"auditEntry">()
    .primaryKey()
    .references(() => auditEntries.id),
});

/** The order of the log: the n-th leaf of the Merkle tree and the entry it hashes. */
export const auditLeaves = appendOnly(
  table(
    "audit_leaves",
    {
      seq: integer().primaryKey(),
      entryId: id<"auditEntry">()
        .notNull()
        .references(() => auditEntries.id),
      hash: bytes().notNull(),
    },
    (leaf) => [uniqueIndex("audit_leaves_entry").on(leaf.entryId)],
  ),
);

/** Roots of complete subtrees at heights 8, 16, 24 …, so that a proof reads hundreds of hashes, not all of them. */
export const auditNodes = appendOnly(
  table(
    "audit_nodes",
    { height: integer().notNull(), position: integer().notNull(), hash: bytes().notNull() },
    (node) => [primaryKey({ columns: [node.height, node.position] })],
  ),
);

/** Signed tree heads, each naming the one before it. `edge` is what the next one continues from. */
export const auditCheckpoints = appendOnly(
  table("audit_checkpoints", {
    size: integer().primaryKey(),
    at: instant().notNull(),
    root: bytes().notNull(),
    /** SHA-256 of the previous note; null for the first. */
    previous: bytes(),
    /** C2SP signed note. */
    note: text().notNull(),
    /** The roots of the complete subtrees along the right edge, largest first, 32 bytes each. */
    edge: bytes().notNull(),
  }),
);
