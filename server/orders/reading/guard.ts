import { inspect } from "../leaks/detect.ts";
import { maskLeak } from "../leaks/mask.ts";
import { worthInspecting } from "../leaks/pretest.ts";
import { TEXT } from "../leaks/roles.ts";
import type { Batch } from "./batch.ts";
import { isFormula } from "./cells.ts";
import type { Binding } from "./header.ts";
import type { LeakKind } from "./model.ts";
import { FORMULA, type Row } from "./row.ts";

/** Cells of up to this length are remembered once found clean: shop names and titles come again on every row. */
const MAX_REMEMBERED = 64;
const MOST_REMEMBERED = 1_024;

/** What the guard found in one row. */
export type Guarded = {
  /** The first column with something personal in it; -1 for none. */
  readonly leakAt: number;
  /** A code column holds something personal, so that its code must not be kept. */
  readonly inSku: boolean;
};

const CLEAN: Guarded = { leakAt: -1, inSku: false };

/**
 * The leak guard over the rows under one header: looks at every cell for personal data, relay numbers and formulas, and
 * tells the batch. Nearly all cells are let go after one glance.
 */
export class Guard {
  readonly #binding: Binding;
  readonly #clean = new Set<string>();

  constructor(binding: Binding) {
    this.#binding = binding;
  }

  look(row: Row, batch: Batch): Guarded {
    const { roles, names, skus } = this.#binding;
    const { text } = row;
    let found = CLEAN;
    const columns = Math.min(row.count, names.length);
    for (let at = 0; at < columns; at++) {
      const start = row.start(at);
      const end = row.end(at);
      if (end - start < 2) continue;
      const column = names[at] ?? "";
      if (isFormula(text, start, end) || (row.mark(at) & FORMULA) !== 0)
        batch.formulaCells.push({ row: row.number, column });
      const role = roles[at] ?? TEXT;
      if (!worthInspecting(text, start, end, role)) continue;
      const cell = row.cell(at);
      if (this.#clean.has(cell)) continue;
      const finding = inspect(cell, role);
      batch.virtualNumbers += finding.virtualNumbers;
      const told = new Set<LeakKind>();
      for (const { kind, start: from, end: to } of finding.hits) {
        if (told.has(kind)) continue;
        told.add(kind);
        batch.leaks.push({ row: row.number, column, kind, masked: maskLeak(kind, finding.text.slice(from, to)) });
      }
      if (told.size > 0)
        found = { leakAt: found.leakAt < 0 ? at : found.leakAt, inSku: found.inSku || skus.includes(at) };
      else if (role === TEXT && finding.virtualNumbers === 0) this.#remember(cell);
    }
    return found;
  }

  #remember(cell: string): void {
    if (cell.length <= MAX_REMEMBERED && this.#clean.size < MOST_REMEMBERED) this.#clean.add(cell);
  }
}
