import { sql } from "drizzle-orm";
import type { ClaimFactKind, ClaimReason, ClaimState } from "#server/orders/claims/model.ts";
import type {
  BatchSource,
  BatchState,
  ChosenSettings,
  Counters,
  FindingKind,
  SampleOrder,
  Stopped,
} from "#server/orders/importing/model.ts";
import type { Mapping } from "#server/orders/mapping/model.ts";
import type { StoredParts } from "#server/orders/model.ts";
import type { Container, Encoding, FileCode, Platform, SaidWords } from "#server/orders/reading/model.ts";
import type { Undone } from "#server/orders/undoing/model.ts";
import type { OrderStatus } from "#server/tiers/model.ts";
import {
  bytes,
  fen,
  flag,
  id,
  index,
  instant,
  integer,
  json,
  primaryKey,
  table,
  text,
  uniqueIndex,
  written,
} from "../columns.ts";
import { members } from "./members.ts";
import { staff } from "./staff.ts";

/** One file's import: what was asked for, how far it is, what came of it. */
export const importBatches = table(
  "import_batches",
  {
    id: id<"importBatch">().primaryKey(),
    state: text<BatchState>().notNull(),
    /** The name of the file as its uploader had it, anything personal in it masked. */
    fileName: text().notNull(),
    /** SHA-256 of the file: the same file again is recognised by it, for ever. */
    sha256: bytes().notNull(),
    fileBytes: integer().notNull(),
    /** Where the worker finds the file, for one batch only; null for a file that a command reads, or that is in already. */
    uploadId: text(),
    source: text<BatchSource>().notNull(),
    chosen: json<ChosenSettings>().notNull(),
    platform: text<Platform>(),
    layout: text(),
    container: text<Container>(),
    encoding: text<Encoding>(),
    /** Which columns a refused file lacks or repeats. */
    columns: json<string[]>().notNull(),
    fileCodes: json<FileCode[]>().notNull(),
    counters: json<Counters>().notNull(),
    /** How many orders it created, changed or gave a relay number: none means that it left no trace outside its own rows. */
    changed: integer().notNull(),
    sample: json<SampleOrder[]>().notNull(),
    /** How many rows of the file are accounted for, in the transaction that stored what they said. */
    cursor: integer().notNull(),
    /** Rows in the file, once they have been counted. */
    rowsTotal: integer(),
    /** By which words the file says how its orders stand; null until it was read. */
    words: json<SaidWords>(),
    /** Counts the runs; what an older run still tries to write is refused. */
    fence: integer().notNull(),
    jobId: id<"job">(),
    /** The batch that brought the same file in before this one. */
    sameAs: id<"importBatch">(),
    createdBy: text().notNull(),
    createdAt: instant().notNull(),
    startedAt: instant(),
    aliveAt: instant(),
    finishedAt: instant(),
    /** What a stopped batch died of; null for any other. */
    stopped: json<Stopped>(),
    /** Who asked for its undo, and how far that is; null while nobody did. */
    undoneBy: id<"staff">(),
    undone: json<Undone>(),
    undoneAt: instant(),
  },
  (t) => [index("import_batches_sha256").on(t.sha256), uniqueIndex("import_batches_upload").on(t.uploadId)],
);

/** What an import has to say about single rows. Cells that were personal are here in masked form only. */
export const importFindings = table(
  "import_findings",
  {
    batchId: id<"importBatch">()
      .notNull()
      .references(() => importBatches.id),
    position: integer().notNull(),
    kind: text<FindingKind>().notNull(),
    row: integer().notNull(),
    column: text(),
    code: text().notNull(),
    masked: text(),
  },
  (t) => [primaryKey({ columns: [t.batchId, t.position] })],
);

/** Rejected rows in their own layout, for people to correct and upload again; sealed, and purged after their days. */
export const importRejects = table(
  "import_rejects",
  {
    batchId: id<"importBatch">()
      .notNull()
      .references(() => importBatches.id),
    /** The last record of the chunk that the rows stood in; 0 for the header. */
    position: integer().notNull(),
    sealed: bytes().notNull(),
    expiresAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.batchId, t.position] }), index("import_rejects_expiry").on(t.expiresAt)],
);

/** What files tell of an order: all that an import may change in its row, beside the batch. */
const told = () => ({
  status: text<OrderStatus>().notNull(),
  paid: fen().notNull(),
  refunded: fen().notNull(),
  refundUnknown: flag().notNull(),
  placedAt: instant().notNull(),
  paidAt: instant(),
  shippedAt: instant(),
  completedAt: instant(),
  /** What each row of each file added to the picture; everything else here follows from it. */
  parts: written<StoredParts>().notNull(),
  revision: integer().notNull(),
  /** By what the rows that made it so are known when they come again; null where they must be read each time. */
  rowsHash: bytes(),
});

/**
 * The status that people see (`shownStatus` of the orders' rules) in SQL, for searches to filter by. An index is made of
 * it: hence the bare names, and no commas, which the generator of migrations takes for the end of an index's column.
 */
export const shownStatusSql = sql.raw(
  `(CASE WHEN status = 'paid' OR status = 'shipped' OR status = 'completed' THEN CASE WHEN refunded = 0 AND NOT refund_unknown THEN status WHEN refunded <> 0 AND refunded = paid THEN 'refunded' ELSE 'partiallyRefunded' END ELSE status END)`,
);

/** Orders that did not simply go their way: unpaid, closed, money asked or given back. About one in ten. */
export const exceptionalSql = sql.raw(
  `(status NOT IN ('paid', 'shipped', 'completed') OR refunded <> 0 OR refund_unknown)`,
);

/** Platform orders as they may be kept: no name, phone, address or full order id has a place here. */
export const orders = table(
  "orders",
  {
    id: id<"order">().primaryKey(),
    platform: text<Platform>().notNull(),
    /** The first 128 bits of HMAC-SHA-256 over platform and order id: a chance collision among 10^9 orders has odds of 10^-21. */
    orderKey: bytes().notNull(),
    maskedId: text().notNull(),
    ...told(),
    /** The batch that last changed it. */
    batchId: id<"importBatch">()
      .notNull()
      .references(() => importBatches.id),
    ownerId: id<"member">().references(() => members.id),
  },
  (t) => [
    uniqueIndex("orders_key").on(t.orderKey),
    index("orders_placed").on(t.placedAt),
    index("orders_masked").on(t.maskedId),
    // The owner stands last so that an undo counts what was claimed of a batch without reading its orders.
    index("orders_batch").on(t.batchId, t.placedAt, t.ownerId),
    // The exceptions alone: an import of orders that went their way pays nothing for it.
    index("orders_shown").on(shownStatusSql, t.placedAt).where(exceptionalSql),
    index("orders_owner").on(t.ownerId, t.placedAt).where(sql`${t.ownerId} IS NOT NULL`),
  ],
);

/**
 * What a batch overwrote, order by order, written in the transaction that overwrote it: an undo puts it back. An order
 * that the batch created has no row here, so a first import writes none; one that two imports change by turns has several.
 */
export const overwrittenOrders = table(
  "overwritten_orders",
  {
    batchId: id<"importBatch">()
      .notNull()
      .references(() => importBatches.id),
    orderId: id<"order">().notNull(),
    /** The batch that had changed the order before: it can be undone only after this one was. */
    previousBatchId: id<"importBatch">()
      .notNull()
      .references(() => importBatches.id),
    ...told(),
    /** Whether the order had an owner: if not, whoever has it now proved it by what this batch brought. */
    owned: flag().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.batchId, t.orderId, t.revision] }),
    index("overwritten_orders_previous").on(t.previousBatchId, t.batchId),
  ],
);

/** What a relay number is found by: keyed hashes of its last four digits and of its extension; null for one from before. */
const tails = () => ({ numberTail: bytes(), extensionTail: bytes() });

/** Relay numbers of orders under way; a row is gone once its number has expired (promise 16). */
export const virtualNumbers = table(
  "virtual_numbers",
  {
    orderId: id<"order">()
      .primaryKey()
      .references(() => orders.id),
    sealed: bytes().notNull(),
    masked: text().notNull(),
    ...tails(),
    expiresAt: instant().notNull(),
    /** The batch that brought it; null for one from before batches could be undone. */
    batchId: id<"importBatch">().references(() => importBatches.id),
  },
  (t) => [
    index("virtual_numbers_expiry").on(t.expiresAt),
    index("virtual_numbers_batch").on(t.batchId, t.orderId),
    index("virtual_numbers_number_tail").on(t.numberTail),
    index("virtual_numbers_extension_tail").on(t.extensionTail),
  ],
);

/** The number that a batch replaced by one that lives longer; gone, like any, once it has expired. */
export const overwrittenNumbers = table(
  "overwritten_numbers",
  {
    batchId: id<"importBatch">()
      .notNull()
      .references(() => importBatches.id),
    orderId: id<"order">().notNull(),
    previousBatchId: id<"importBatch">(),
    sealed: bytes().notNull(),
    masked: text().notNull(),
    ...tails(),
    expiresAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.batchId, t.orderId] }), index("overwritten_numbers_expiry").on(t.expiresAt)],
);

/** A member's word that an order is theirs. What they said of it is kept as keyed hashes only. */
export const claims = table(
  "claims",
  {
    id: id<"claim">().primaryKey(),
    memberId: id<"member">()
      .notNull()
      .references(() => members.id),
    state: text<ClaimState>().notNull(),
    maskedId: text().notNull(),
    factKind: text<ClaimFactKind>().notNull(),
    factHash: bytes().notNull(),
    orderId: id<"order">().references(() => orders.id),
    createdAt: instant().notNull(),
    /** Until when a claim waits for its order. */
    expiresAt: instant().notNull(),
    decidedAt: instant(),
    decidedBy: id<"staff">(),
    reason: text<ClaimReason>(),
  },
  (t) => [
    index("claims_member").on(t.memberId, t.createdAt),
    index("claims_order").on(t.orderId).where(sql`${t.orderId} IS NOT NULL`),
    index("claims_state").on(t.state, t.createdAt),
  ],
);

/** The order keys that a waiting claim may mean, one for each platform whose ids look like that. */
export const claimKeys = table(
  "claim_keys",
  {
    orderKey: bytes().notNull(),
    claimId: id<"claim">()
      .notNull()
      .references(() => claims.id),
  },
  (t) => [primaryKey({ columns: [t.orderKey, t.claimId] }), index("claim_keys_claim").on(t.claimId)],
);

/**
 * How files of one header are read, as somebody on the staff said. One that was deleted reads no file any more; that its
 * source issues order numbers stays known.
 */
export const orderMappings = table(
  "order_mappings",
  {
    id: id<"orderMapping">().primaryKey(),
    name: text().notNull(),
    /** SHA-256 of the normalised header: no other header is read with it. */
    fingerprint: bytes().notNull(),
    mapping: json<Mapping>().notNull(),
    /** Whose order numbers they are, when no platform issued them. */
    source: text(),
    savedBy: id<"staff">()
      .notNull()
      .references(() => staff.id),
    createdAt: instant().notNull(),
    savedAt: instant().notNull(),
    deletedAt: instant(),
  },
  (t) => [
    uniqueIndex("order_mappings_name").on(t.name).where(sql`${t.deletedAt} IS NULL`),
    index("order_mappings_fingerprint").on(t.fingerprint),
    index("order_mappings_saved").on(t.savedBy),
  ],
);
