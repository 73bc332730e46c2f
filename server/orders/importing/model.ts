import { z } from "zod";
import { idSchema } from "../../core/id.ts";
import { type Fen, fen } from "../../core/money.ts";
import { type OrderStatus, orderStatuses } from "../../tiers/model.ts";
import { Mapping } from "../mapping/model.ts";
import {
  containers,
  Encoding,
  encodings,
  fileCodes,
  LeakPolicy,
  leakKinds,
  Platform,
  platforms,
  rowCodes,
  warningCodes,
} from "../reading/model.ts";

/**
 * `checking` a dry run is under way · `checked` it waits for somebody's word · `quarantined` it waits for somebody to
 * declare where it comes from and by what right · `running` · `done` · `refused` as a whole,
 * nothing taken in · `cancelled` by somebody; what was taken in before stays · `stopped` after its last try failed, to be
 * resumed after the last row that was stored · `undoing` what it brought is taken out
 * again · `undone`.
 */
export const batchStates = [
  "checking",
  "checked",
  "quarantined",
  "running",
  "done",
  "refused",
  "cancelled",
  "stopped",
  "undoing",
  "undone",
] as const;
/** States in which somebody works on a batch. */
export const movingStates = ["checking", "running", "undoing"] as const satisfies readonly BatchState[];
export type MovingState = (typeof movingStates)[number];
/** States in which a batch has been checked and waits for somebody's word. */
export const waitingStates = ["checked", "quarantined"] as const satisfies readonly BatchState[];
/** Why a batch stopped, by code, and at what. */
export type Stopped = { readonly code: string; readonly at: MovingState };
export const BatchState = z.enum(batchStates);
export type BatchState = z.infer<typeof BatchState>;

export const batchSources = ["desk", "cli", "api", "demo"] as const;
export type BatchSource = (typeof batchSources)[number];

export const findingKinds = ["reason", "warning", "leak", "formula"] as const;
export type FindingKind = (typeof findingKinds)[number];

/** How many findings of each kind are kept row by row; beyond that they are counted only. */
export const FINDINGS_KEPT = 20_000;

/** Days for which rejected rows can be fetched, corrected and uploaded again. */
export const REJECTS_DAYS = 7;

/** By what right a file is here: one's own system, a contract with who processes the orders, its buyers' consent (PIPL Art. 5, 13, 23). */
export const provenanceBases = ["ownSystem", "contract", "consent"] as const;

/** Where a file comes from that is no platform's own export: who gave it, by what right and for what. No person's name. */
export const Provenance = z.strictObject({
  supplier: z.string().trim().min(2).max(80),
  basis: z.enum(provenanceBases),
  /** The number of the contract, or of the record of consent. */
  reference: z.string().trim().min(2).max(120),
  scope: z.string().trim().min(4).max(200),
});
export type Provenance = z.infer<typeof Provenance>;

/** What a program said of where a file comes from, as settings: declaring anything of it makes it a third party's. */
export function provenanceIn(thirdParty: boolean, declared: Readonly<Record<string, string | undefined>>) {
  const said = Object.values(declared).some((value) => value !== undefined);
  return { ...((thirdParty || said) && { thirdParty: true }), ...(said && { provenance: declared }) };
}

/** What the uploader settled; what is not said is recognised from the file. */
export const ChosenSettings = z.strictObject({
  platform: Platform.optional(),
  encoding: Encoding.optional(),
  /** How its columns are to be read: as somebody said now, or as the saved mapping of its header said when it was opened. */
  mapping: Mapping.optional(),
  leaks: LeakPolicy.default("drop"),
  /** Why a file that was plainly not desensitised is taken in all the same; needs `order:override`. */
  overrideReason: z.string().trim().min(4).max(200).optional(),
  /** True for a file that is no platform's own export, whatever its layout. */
  thirdParty: z.boolean().optional(),
  provenance: Provenance.optional(),
});
export type ChosenSettings = z.infer<typeof ChosenSettings>;

/** What an import has counted so far. */
export type Counters = {
  readonly rows: Readonly<Record<"read" | "data" | "accepted" | "rejected" | "skipped", number>>;
  readonly orders: Readonly<Record<"created" | "updated" | "unchanged" | "rejected", number>>;
  readonly duplicateLines: number;
  readonly virtualNumbers: number;
  /** Over the orders in the file, as they are after it. */
  readonly totals: { readonly paidFen: Fen; readonly refundFen: Fen; readonly refundUnknownOrders: number };
  readonly byStatus: Readonly<Partial<Record<OrderStatus, number>>>;
  /** How many findings of each kind, by code. */
  readonly found: Readonly<Record<FindingKind, Readonly<Record<string, number>>>>;
};

export const noCounters: Counters = {
  rows: { read: 0, data: 0, accepted: 0, rejected: 0, skipped: 0 },
  orders: { created: 0, updated: 0, unchanged: 0, rejected: 0 },
  duplicateLines: 0,
  virtualNumbers: 0,
  totals: { paidFen: fen(0), refundFen: fen(0), refundUnknownOrders: 0 },
  byStatus: {},
  found: { reason: {}, warning: {}, leak: {}, formula: {} },
};

/** One thing to say about one row. `masked` shows a personal value as far as it may be shown. */
export type Finding = {
  readonly kind: FindingKind;
  readonly row: number;
  readonly column: string | null;
  readonly code: string;
  readonly masked: string | null;
};

/** What an import does, or would do, to one order. */
export const changes = ["created", "updated", "unchanged"] as const;
export type Change = (typeof changes)[number];

/** How an order stands, as far as a sample shows it. */
export type Standing = { readonly status: OrderStatus; readonly paidFen: number; readonly refundFen: number };

/** A few orders of each change, so that people see what the file was read as and what it would do. */
export type SampleOrder = Standing & {
  readonly maskedId: string;
  readonly placedAt: number;
  readonly change: Change;
  /** How it stood before; null for a new one. */
  readonly before: Standing | null;
};
/** How many orders of each change are shown. */
export const SAMPLE_EACH = 4;

export const StartImport = z.strictObject({
  uploadId: z.uuid(),
  fileName: z.string().trim().min(1).max(200),
  chosen: ChosenSettings.prefault({}),
});
export type StartImport = z.infer<typeof StartImport>;

export const OneBatch = z.strictObject({ batchId: idSchema<"importBatch">() });
export type OneBatch = z.infer<typeof OneBatch>;

export const DeclareProvenance = OneBatch.extend({ provenance: Provenance });
export type DeclareProvenance = z.infer<typeof DeclareProvenance>;

/** Keyset page of batches, newest first: batch ids sort by time. */
export const ListBatches = z.strictObject({
  state: BatchState.optional(),
  platform: Platform.optional(),
  before: idSchema<"importBatch">().optional(),
  size: z.int().min(1).max(100).default(20),
});
export type ListBatches = z.infer<typeof ListBatches>;

export const ListFindings = OneBatch.extend({
  kind: z.enum(findingKinds),
  code: z.string().max(40).optional(),
  after: z.int().min(-1).default(-1),
  size: z.int().min(1).max(200).default(50),
});
export type ListFindings = z.infer<typeof ListFindings>;

const count = z.int().min(0);
const place = { row: z.int(), column: z.string() };

/** The account of one import: what the command line prints with `--json` and the API answers. */
export const ImportReport = z.strictObject({
  batchId: z.string(),
  file: z.string(),
  platform: z.enum(platforms).nullable(),
  layout: z.string().nullable(),
  container: z.enum(containers).nullable(),
  encoding: z.enum(encodings).nullable(),
  state: BatchState,
  dryRun: z.boolean(),
  fileOutcome: z.enum(["accepted", "refused"]),
  fileCodes: z.array(z.enum(fileCodes)),
  columns: z.array(z.string()),
  rows: z.strictObject({ read: count, data: count, accepted: count, rejected: count, skipped: count }),
  orders: z.strictObject({ created: count, updated: count, unchanged: count, rejected: count }),
  duplicateLines: count,
  rowReasons: z.array(z.strictObject({ row: z.int(), column: z.string().optional(), code: z.enum(rowCodes) })),
  warnings: z.array(z.strictObject({ row: z.int(), code: z.enum(warningCodes) })),
  leaks: z.array(z.strictObject({ ...place, kind: z.enum(leakKinds), masked: z.string() })),
  formulaCells: z.array(z.strictObject(place)),
  virtualNumbers: count,
  totals: z.strictObject({ paidFen: z.int(), refundFen: z.int(), netFen: z.int(), refundUnknownOrders: count }),
  byStatus: z.partialRecord(z.enum(orderStatuses), count),
  /** The batch that had brought the same file in before, when this one found nothing to do. */
  sameAs: z.string().nullable(),
  startedAt: z.iso.datetime(),
  durationMs: count,
});
export type ImportReport = z.infer<typeof ImportReport>;

export const refusalCodes = [
  "BATCH_NOT_FOUND",
  "BATCH_NOT_CHECKED",
  "BATCH_ALREADY_OVER",
  "BATCH_NOT_STOPPED",
  "PROVENANCE_REQUIRED",
  "PROVENANCE_NOT_NOW",
  "OVERRIDE_FORBIDDEN",
  "REJECTS_GONE",
  "FILE_UNREADABLE",
] as const;
