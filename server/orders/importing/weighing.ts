import { fen } from "../../core/money.ts";
import type { Knowledge, Summary } from "../model.ts";
import { merge, staleness, summarise } from "../rules.ts";
import { columnsFor, knowledgeIn, type Told } from "../stored.ts";
import type { Familiar, Gathered } from "./gathering.ts";
import { type Change, type Counters, FINDINGS_KEPT, type Finding, type FindingKind } from "./model.ts";
import { addCounts, type Notes } from "./notes.ts";
import { countOf } from "./rules.ts";

/** Reasons for which a row is passed over without being an order that was turned away. */
const passedOver = new Set<string>(["FOOTER_SKIPPED", "HEADER_REPEATED", "DUPLICATE_IN_FILE"]);

/** What the store holds of an order before a chunk. */
export type Known = { readonly told: Told; readonly changedHere: boolean };

/** What a chunk makes of one order. `told` is the very object that was known when nothing changes. */
export type Weighed = { readonly gathered: Gathered; readonly told: Told; readonly change: Change };

export type WeighedChunk = {
  readonly orders: readonly Weighed[];
  readonly findings: readonly Finding[];
  readonly counters: Counters;
  /** The keys of orders that were turned away and not taken in so far. */
  readonly turnedAway: readonly string[];
};

/** How an order was met so far in this file: the marks of a `KeyTable`. */
export const MET = { never: 0, taken: 1, turnedAway: 2 } as const;

/** The orders of a chunk: those that were read, and those that were known by their rows. */
export type Orders = { readonly gathered: readonly Gathered[]; readonly familiars: readonly Familiar[] };

/**
 * Weighs a chunk against what is known: what each order becomes, what to say about its rows, and the counts of the
 * import after it. Pure: nothing is marked or written until the chunk is stored.
 */
export function weigh(
  before: Counters,
  notes: Notes,
  { gathered, familiars }: Orders,
  known: (key: string) => Known | undefined,
  met: (key: string) => number,
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
    const stored = known(order.key);
    const weighed = weighOrder(order, stored, findings);
    const { told, change } = weighed;
    const metBefore = met(order.key);
    taken.add(order.key);
    if (metBefore === MET.turnedAway) counts.rejected -= 1;
    if (metBefore !== MET.taken) {
      counts[change] += 1;
      count(told, 1);
    } else if (stored !== undefined && change === "updated") {
      if (!stored.changedHere) {
        counts.unchanged -= 1;
        counts.updated += 1;
      }
      count(stored.told, -1);
      count(told, 1);
    }
    orders.push(weighed);
  }

  for (const familiar of familiars) {
    const metBefore = met(familiar.key);
    taken.add(familiar.key);
    if (metBefore === MET.turnedAway) counts.rejected -= 1;
    if (metBefore === MET.taken) continue;
    counts.unchanged += 1;
    count(familiar, 1);
  }

  const turnedAway: string[] = [];
  let lastRow = -1;
  for (const { row, code, key } of notes.reasons) {
    if (passedOver.has(code) || row === lastRow) continue;
    lastRow = row;
    if (key !== null) {
      if (taken.has(key) || met(key) !== MET.never) continue;
      taken.add(key);
      turnedAway.push(key);
    }
    counts.rejected += 1;
  }

  findings.push(
    ...notes.reasons.map(({ row, column, code }) => ({ kind: "reason" as const, row, column, code, masked: null })),
    ...notes.warnings.map(({ row, column, code }) => ({ kind: "warning" as const, row, column, code, masked: null })),
    ...notes.leaks.map(({ row, column, kind, masked }) => ({ kind: "leak" as const, row, column, code: kind, masked })),
    ...notes.formulaCells.map(({ row, column }) => ({
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
      rows: addCounts(before.rows, notes.counts),
      orders: counts,
      duplicateLines: before.duplicateLines + notes.duplicateLines,
      virtualNumbers: before.virtualNumbers + notes.virtualNumbers,
      totals,
      byStatus,
      found: countFindings(before.found, findings),
    },
  };
}

/**
 * What rows make of one order. Where none of them lags, what they say together decides: merging is a maximum, so that an
 * order which is stored just so stays as it is. Only the others are taken in row by row.
 */
function weighOrder(gathered: Gathered, stored: Known | undefined, findings: Finding[]): Weighed {
  if (!gathered.uneven) {
    if (stored === undefined) return { gathered, told: gathered.told, change: "created" };
    if (saysTheSame(gathered.told, stored.told)) return { gathered, told: stored.told, change: "unchanged" };
  }
  const before = stored === undefined ? null : knowledgeIn(stored.told);
  const after = foldRows(gathered, before, findings);
  if (stored !== undefined && after === before) return { gathered, told: stored.told, change: "unchanged" };
  const told = columnsFor(after, summarise(after));
  return { gathered, told, change: stored === undefined ? "created" : "updated" };
}

function saysTheSame(a: Told, b: Told): boolean {
  return (
    a.parts.text === b.parts.text &&
    a.placedAt.getTime() === b.placedAt.getTime() &&
    a.paidAt?.getTime() === b.paidAt?.getTime() &&
    a.shippedAt?.getTime() === b.shippedAt?.getTime() &&
    a.completedAt?.getTime() === b.completedAt?.getTime()
  );
}

/** Takes the rows in one by one, and says which of them lag behind. */
function foldRows(gathered: Gathered, known: Knowledge | null, findings: Finding[]): Knowledge {
  let state = known;
  for (const { record, seen } of gathered.rows()) {
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
