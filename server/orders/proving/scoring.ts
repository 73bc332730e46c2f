import { inspect } from "../leaks/detect.ts";
import { worthInspecting } from "../leaks/pretest.ts";
import { roleOf } from "../leaks/roles.ts";
import { columnName } from "../reading/cells.ts";
import { type LeakKind, leakKinds } from "../reading/model.ts";
import type { KnownCell } from "./cells.ts";

/** How the guard did with one kind: cells that hold it, those it was found in, and those it was reported in for nothing. */
export type KindScore = { readonly planted: number; readonly found: number; readonly falseAlarms: number };

/** One thing the guard got wrong. Shown by family: even a synthetic value has no place in an output. */
export type Mistake = { readonly cell: KnownCell; readonly kind: LeakKind; readonly wrong: "missed" | "invented" };

export type Score = {
  readonly kinds: readonly (KindScore & { readonly kind: LeakKind })[];
  readonly recall: number;
  readonly precision: number;
  readonly mistakes: readonly Mistake[];
};

/** The kinds that the guard reports in a cell: a glance first, as over a file, then a look. */
export function reportedIn({ column, text }: Pick<KnownCell, "column" | "text">): Set<LeakKind> {
  const role = roleOf(columnName(column));
  if (!worthInspecting(text, 0, text.length, role)) return new Set();
  return new Set(inspect(text, role).hits.map(({ kind }) => kind));
}

/** Holds the guard against cells of which it is known what they hold. */
export function scoreOf(cells: readonly KnownCell[]): Score {
  const mistakes: Mistake[] = [];
  const planted = new Map<LeakKind, number>();
  const invented = new Map<LeakKind, number>();
  const missed = new Map<LeakKind, number>();
  const count = (counts: Map<LeakKind, number>, kind: LeakKind) => counts.set(kind, (counts.get(kind) ?? 0) + 1);
  for (const cell of cells) {
    const reported = reportedIn(cell);
    for (const kind of cell.kinds) {
      count(planted, kind);
      if (reported.has(kind)) continue;
      count(missed, kind);
      mistakes.push({ cell, kind, wrong: "missed" });
    }
    for (const kind of reported) {
      if (cell.kinds.has(kind)) continue;
      count(invented, kind);
      mistakes.push({ cell, kind, wrong: "invented" });
    }
  }
  const kinds = leakKinds.map((kind) => ({
    kind,
    planted: planted.get(kind) ?? 0,
    found: (planted.get(kind) ?? 0) - (missed.get(kind) ?? 0),
    falseAlarms: invented.get(kind) ?? 0,
  }));
  const sum = (of: (score: KindScore) => number) => kinds.reduce((total, score) => total + of(score), 0);
  const found = sum((score) => score.found);
  return {
    kinds,
    recall: found / sum((score) => score.planted),
    precision: found / (found + sum((score) => score.falseAlarms)),
    mistakes,
  };
}
