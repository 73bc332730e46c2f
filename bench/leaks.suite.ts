/**
 * The leak guard over 100,000 generated cells of which it is known what they hold: what it finds and what it reports for
 * nothing, kind by kind, and its speed beside a bare pass of the textbook patterns that neither folds nor checks.
 */

import { knownCells } from "#server/orders/proving/cells.ts";
import { Draw } from "#server/orders/proving/draw.ts";
import { reportedIn, scoreOf } from "#server/orders/proving/scoring.ts";
import { leakKinds } from "#server/orders/reading/model.ts";
import { type Figure, report } from "./figure.ts";

const CELLS = 100_000;
const seed = Number(process.env.SEED ?? 20_260_501);

const textbook = [
  /1[3-9]\d{9}/,
  /0\d{2,3}-?\d{7,8}/,
  /\d{17}[\dXx]/,
  /\d{16,19}/,
  /[\w.+-]+@[\w-]+\.[\w.-]+/,
  /(?:微信|vx|wx)[:：\s]*[a-z][-\w]{5,19}/i,
  /qq[:：\s]*\d{5,11}/i,
  /[\u4e00-\u9fa5]{2,12}(?:路|街|大道|巷)\d{1,5}号/,
  /(?:收件人|收货人)[:：\s]*[\u4e00-\u9fa5]{2,4}/,
];

const cells = [...knownCells(new Draw(seed), CELLS)];

/** Cells a second, the best of three passes. */
function speed(look: (cell: (typeof cells)[number]) => unknown): number {
  let best = 0;
  for (let pass = 0; pass < 3; pass += 1) {
    const started = performance.now();
    for (const cell of cells) look(cell);
    best = Math.max(best, (CELLS / (performance.now() - started)) * 1_000);
  }
  return best;
}

const { recall, precision, kinds, mistakes } = scoreOf(cells);
const clean = cells.filter((cell) => cell.kinds.size === 0);
const alarmed = new Set(
  mistakes.filter(({ wrong, cell }) => wrong === "invented" && cell.kinds.size === 0).map(({ cell }) => cell),
);
const percent = (share: number) => 100 * share;

const figures: Figure[] = [
  { name: "recall", value: percent(recall), unit: "%", goal: "≥ 99.5 %", met: recall >= 0.995 },
  { name: "precision", value: percent(precision), unit: "%", goal: "≥ 99 %", met: precision >= 0.99 },
  ...leakKinds.flatMap((kind): Figure[] => {
    const { planted, found, falseAlarms } = kinds.find((score) => score.kind === kind) ?? {
      planted: 0,
      found: 0,
      falseAlarms: 0,
    };
    return [
      {
        name: `${kind}: found of ${planted}`,
        value: percent(found / planted),
        unit: "%",
        goal: "≥ 99 %",
        met: found >= 0.99 * planted,
      },
      {
        name: `${kind}: reported for nothing`,
        value: falseAlarms,
        unit: "cells",
        goal: "≤ 1 % of those found",
        met: falseAlarms <= 0.01 * found,
      },
    ];
  }),
  {
    name: `of ${clean.length} cells without anything, reported`,
    value: alarmed.size,
    unit: "cells",
    goal: "≤ 1 in 1,000",
    met: alarmed.size * 1_000 <= clean.length,
  },
  {
    name: "the guard",
    value: speed(reportedIn),
    unit: "cells/s",
    reference: {
      name: "textbook patterns, bare",
      value: speed(({ text }) => textbook.filter((pattern) => pattern.test(text))),
    },
    goal: "≥ 20 % of bare",
    met: true,
  },
];
const guard = figures.at(-1);
report(
  "leaks",
  figures.map((figure) =>
    figure === guard && figure.reference !== undefined
      ? { ...figure, met: figure.value >= 0.2 * figure.reference.value }
      : figure,
  ),
);
