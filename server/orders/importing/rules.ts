import { fen } from "../../core/money.ts";
import type { Knowledge, Part, Summary } from "../model.ts";
import type { OrderLine, ReadBatch, VirtualNumber } from "../reading/reading.ts";
import { merge, stageFor, staleness, summarise } from "../rules.ts";
import {
  type BatchState,
  type Change,
  type ChosenSettings,
  type Counters,
  FINDINGS_KEPT,
  type Finding,
  type FindingKind,
  noCounters,
  type Stopped,
} from "./model.ts";

/** Reasons for which a row is passed over without being an order that was turned away. */
const passedOver = new Set<string>(["FOOTER_SKIPPED", "HEADER_REPEATED", "DUPLICATE_IN_FILE"]);
/** A line's fingerprint is kept to 66 bits, within its order alone. */
const LINE_KEY_LENGTH = 11;

/** A product code of this shape is no leak, yet it is not kept: nobody could tell it from a phone later (promise 12). */
const PHONE = /^1[3-9]\d{9}$/;

/** All that some rows say of one order. */
export type Gathered = {
  readonly key: string;
  readonly first: OrderLine;
  /** The rows one by one, in the order of the file: each may be stale by itself. */
  readonly rows: readonly { readonly record: number; readonly seen: Knowledge }[];
  readonly virtualNumber: VirtualNumber | null;
};

/** What the store holds of an order before a chunk. */
export type Known = { readonly knowledge: Knowledge; readonly summary: Summary; readonly changedHere: boolean };

/** What a chunk makes of one order. `next` is the very object that was known when nothing changes. */
export type Weighed = {
  readonly gathered: Gathered;
  readonly next: Knowledge;
  readonly summary: Summary;
  readonly change: Change;
};

export type WeighedChunk = {
  readonly orders: readonly Weighed[];
  readonly findings: readonly Finding[];
  readonly counters: Counters;
  /** Orders that were turned away and not taken in so far. */
  readonly turnedAway: readonly Buffer[];
};

/** How an order was met so far in this file: the marks of a `KeyTable`. */
export const MET = { never: 0, taken: 1, turnedAway: 2 } as const;

/** One row as a piece of knowledge about its order. */
export function knowledgeOf(line: OrderLine): Knowledge {
  const times = {
    placedAt: new Date(line.placedAt),
    paidAt: dateOrNull(line.paidAt),
    shippedAt: dateOrNull(line.shippedAt),
    completedAt: dateOrNull(line.completedAt),
  };
  const part: Part = {
    stage: stageFor(line.status, times),
    paid: line.paidFen,
    refunded: line.refundFen,
    refundUnknown: line.refundUnknown,
    sku: line.sku !== null && PHONE.test(line.sku) ? null : line.sku,
    quantity: line.quantity,
  };
  if (line.lineKey === null) return { times, whole: part, lines: {} };
  const ofOrder = line.paidScope === "order" || line.refundScope === "order";
  return {
    times,
    whole: ofOrder
      ? {
          stage: "placed",
          paid: line.paidScope === "order" ? line.paidFen : fen(0),
          refunded: line.refundScope === "order" ? line.refundFen : fen(0),
          refundUnknown: line.refundScope === "order" && line.refundUnknown,
          sku: null,
          quantity: null,
        }
      : null,
    lines: {
      [line.lineKey.slice(0, LINE_KEY_LENGTH)]: {
        ...part,
        paid: line.paidScope === "line" ? part.paid : fen(0),
        refunded: line.refundScope === "line" ? part.refunded : fen(0),
        refundUnknown: line.refundScope === "line" && part.refundUnknown,
      },
    },
  };
}

/** The rows of a chunk by order, sorted by key: neighbours in the store's index are written one after the other. */
export function gather(lines: readonly OrderLine[]): Gathered[] {
  const byKey = new Map<
    string,
    { first: OrderLine; rows: { record: number; seen: Knowledge }[]; virtualNumber: VirtualNumber | null }
  >();
  for (const line of lines) {
    const key = line.orderKey.toString("latin1");
    const row = { record: line.record, seen: knowledgeOf(line) };
    const order = byKey.get(key);
    if (order === undefined) {
      byKey.set(key, { first: line, rows: [row], virtualNumber: line.virtualNumber });
    } else {
      order.rows.push(row);
      order.virtualNumber ??= line.virtualNumber;
    }
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, order]) => ({ key, ...order }));
}

/**
 * Weighs a chunk against what is known: what each order becomes, what to say about its rows, and the counts of the
 * import after it. Pure: nothing is marked or written until the chunk is stored.
 */
export function weigh(
  before: Counters,
  batch: Omit<ReadBatch, "lines" | "rejects" | "lastRecord">,
  gathered: readonly Gathered[],
  known: ReadonlyMap<string, Known>,
  met: (orderKey: Buffer) => number,
): WeighedChunk {
  const findings: Finding[] = [];
  const orders: Weighed[] = [];
  const counts = { ...before.orders };
  const totals = { ...before.totals };
  const byStatus = { ...before.byStatus };
  const count = (summary: Summary, by: 1 | -1) => {
    byStatus[summary.status] = (byStatus[summary.status] ?? 0) + by;
    totals.paidFen = fen(totals.paidFen + by * summary.paid);
    totals.refundFen = fen(totals.refundFen + by * summary.refunded);
    totals.refundUnknownOrders += summary.refundUnknown ? by : 0;
  };
  const taken = new Set<string>();

  for (const order of gathered) {
    const stored = known.get(order.key) ?? null;
    const next = foldRows(order, stored?.knowledge ?? null, findings);
    const change = stored === null ? "created" : next === stored.knowledge ? "unchanged" : "updated";
    const summary = stored !== null && change === "unchanged" ? stored.summary : summarise(next);
    const metBefore = met(order.first.orderKey);
    taken.add(order.key);
    if (metBefore === MET.turnedAway) counts.rejected -= 1;
    if (metBefore !== MET.taken) {
      counts[change] += 1;
      count(summary, 1);
    } else if (stored !== null && change === "updated") {
      if (!stored.changedHere) {
        counts.unchanged -= 1;
        counts.updated += 1;
      }
      count(stored.summary, -1);
      count(summary, 1);
    }
    orders.push({ gathered: order, next, summary, change });
  }

  const turnedAway: Buffer[] = [];
  let lastRow = -1;
  for (const { row, code, orderKey } of batch.reasons) {
    if (passedOver.has(code) || row === lastRow) continue;
    lastRow = row;
    if (orderKey !== null) {
      const key = orderKey.toString("latin1");
      if (taken.has(key) || met(orderKey) !== MET.never) continue;
      taken.add(key);
      turnedAway.push(orderKey);
    }
    counts.rejected += 1;
  }

  findings.push(
    ...batch.reasons.map(({ row, column, code }) => ({ kind: "reason" as const, row, column, code, masked: null })),
    ...batch.warnings.map(({ row, column, code }) => ({ kind: "warning" as const, row, column, code, masked: null })),
    ...batch.leaks.map(({ row, column, kind, masked }) => ({ kind: "leak" as const, row, column, code: kind, masked })),
    ...batch.formulaCells.map(({ row, column }) => ({
      kind: "formula" as const,
      row,
      column,
      code: "FORMULA",
      masked: null,
    })),
  );
  findings.sort((a, b) => a.row - b.row);

  return {
    orders,
    findings: keepSome(findings, before),
    turnedAway,
    counters: {
      rows: addCounts(before.rows, batch.counts),
      orders: counts,
      duplicateLines: before.duplicateLines + batch.duplicateLines,
      virtualNumbers: before.virtualNumbers + batch.virtualNumbers,
      totals,
      byStatus,
      found: countFindings(before.found, findings),
    },
  };
}

/** The counters of an import that found the very same file taken in already, and nothing changed since. */
export function unchangedAgain(earlier: Counters): Counters {
  const { created, updated, unchanged, rejected } = earlier.orders;
  return { ...earlier, orders: { created: 0, updated: 0, unchanged: created + updated + unchanged, rejected } };
}

/** Whether a file is no platform's own export and nobody declared where it comes from: its rows then stay in quarantine. */
export function lacksProvenance({ thirdParty, mapping, provenance }: ChosenSettings): boolean {
  return provenance === undefined && (thirdParty === true || mapping?.platform === "other");
}

/** Whether a batch can be dropped: it waits or runs, or stopped at something other than its undo. */
export function isCancellable({
  state,
  stopped,
}: {
  readonly state: BatchState;
  readonly stopped: Stopped | null;
}): boolean {
  if (state === "stopped") return stopped?.at !== "undoing";
  return ["checking", "checked", "quarantined", "running"].includes(state);
}

/** How many findings of one kind there are in all. */
export function countOf(found: Counters["found"], kind: FindingKind): number {
  return Object.values(found[kind]).reduce((sum, count) => sum + count, 0);
}

/** How many rows to store in the next transaction, so that it holds the one writer for about `targetMs`. */
export function nextChunkSize(size: number, tookMs: number, targetMs: number): number {
  const fitting = (size * targetMs) / Math.max(tookMs, 1);
  return Math.round(Math.min(Math.max((size + fitting) / 2, 100), 8_000));
}

/** The pages of several read batches as one. */
export function joinBatches(batches: readonly ReadBatch[]): ReadBatch {
  const [only] = batches;
  if (only !== undefined && batches.length === 1) return only;
  return {
    lines: batches.flatMap((batch) => batch.lines),
    counts: batches.map((batch) => batch.counts).reduce(addCounts, noCounters.rows),
    duplicateLines: batches.reduce((sum, batch) => sum + batch.duplicateLines, 0),
    virtualNumbers: batches.reduce((sum, batch) => sum + batch.virtualNumbers, 0),
    reasons: batches.flatMap((batch) => batch.reasons),
    warnings: batches.flatMap((batch) => batch.warnings),
    leaks: batches.flatMap((batch) => batch.leaks),
    formulaCells: batches.flatMap((batch) => batch.formulaCells),
    rejects: batches.map((batch) => batch.rejects).join(""),
    lastRecord: Math.max(0, ...batches.map((batch) => batch.lastRecord)),
  };
}

/** Takes the rows in one by one, and says which of them lag behind. */
function foldRows({ rows }: Gathered, known: Knowledge | null, findings: Finding[]): Knowledge {
  let state = known;
  for (const { record, seen } of rows) {
    const lag = state === null ? null : staleness(state, seen);
    if (lag !== null) findings.push({ kind: "warning", row: record, column: null, code: lag, masked: null });
    state = state === null ? seen : merge(state, seen);
  }
  if (state === null) throw new RangeError("an order without rows");
  return state;
}

function keepSome(findings: readonly Finding[], before: Counters): Finding[] {
  const left = new Map<FindingKind, number>();
  return findings.filter(({ kind }) => {
    const room = left.get(kind) ?? FINDINGS_KEPT - countOf(before.found, kind);
    left.set(kind, room - 1);
    return room > 0;
  });
}

function countFindings(before: Counters["found"], findings: readonly Finding[]): Counters["found"] {
  if (findings.length === 0) return before;
  const found = {
    reason: { ...before.reason },
    warning: { ...before.warning },
    leak: { ...before.leak },
    formula: { ...before.formula },
  };
  for (const { kind, code } of findings) {
    const ofKind: Record<string, number> = found[kind];
    ofKind[code] = (ofKind[code] ?? 0) + 1;
  }
  return found;
}

function addCounts(a: Counters["rows"], b: Counters["rows"]): Counters["rows"] {
  return {
    read: a.read + b.read,
    data: a.data + b.data,
    accepted: a.accepted + b.accepted,
    rejected: a.rejected + b.rejected,
    skipped: a.skipped + b.skipped,
  };
}

function dateOrNull(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}
