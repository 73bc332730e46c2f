import type { ReadBatch, RowCounts, RowReason } from "../reading/reading.ts";
import { noCounters } from "./model.ts";

/** A batch of rows but for its orders: what was counted, and what is to be said about single rows. */
export type Notes = Omit<ReadBatch, "lines" | "known" | "rowsHashes" | "reasons"> & {
  readonly reasons: readonly RowNote[];
};

/** Why a row is no order's; `key` is that of its order, a character a byte, where its id could be read. */
export type RowNote = Omit<RowReason, "orderKey"> & { readonly key: string | null };

export function notesOf({ lines: _, known: __, rowsHashes: ___, reasons, ...notes }: ReadBatch): Notes {
  return {
    ...notes,
    reasons: reasons.map(({ orderKey, ...reason }) => ({ ...reason, key: orderKey?.toString("latin1") ?? null })),
  };
}

/** The notes of several batches as those of one. */
export function joinNotes(notes: readonly Notes[]): Notes {
  return {
    counts: notes.map(({ counts }) => counts).reduce(addCounts, noCounters.rows),
    duplicateLines: notes.reduce((sum, { duplicateLines }) => sum + duplicateLines, 0),
    virtualNumbers: notes.reduce((sum, { virtualNumbers }) => sum + virtualNumbers, 0),
    reasons: notes.flatMap(({ reasons }) => reasons),
    warnings: notes.flatMap(({ warnings }) => warnings),
    leaks: notes.flatMap(({ leaks }) => leaks),
    formulaCells: notes.flatMap(({ formulaCells }) => formulaCells),
    rejects: notes.map(({ rejects }) => rejects).join(""),
    lastRecord: Math.max(0, ...notes.map(({ lastRecord }) => lastRecord)),
  };
}

export function addCounts(a: RowCounts, b: RowCounts): RowCounts {
  return {
    read: a.read + b.read,
    data: a.data + b.data,
    accepted: a.accepted + b.accepted,
    rejected: a.rejected + b.rejected,
    skipped: a.skipped + b.skipped,
  };
}
