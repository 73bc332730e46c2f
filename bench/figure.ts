import { mkdirSync, writeFileSync } from "node:fs";

/** One measured number beside its reference, both from the same run. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it is held against, measured in the same run; absent where the goal is a plain bound. */
  readonly reference?: { readonly name: string; readonly value: number };
  /** The goal in words, such as "≥ 50 % of the reference" or "< 20 ms". */
  readonly goal: string;
  readonly met: boolean;
};

/** Prints the figures as a table and keeps them as JSON under data/bench. */
export function report(suite: string, figures: readonly Figure[]): void {
  mkdirSync("data/bench", { recursive: true });
  writeFileSync(`data/bench/${suite}.json`, `${JSON.stringify(figures, null, 2)}\n`);
  for (const { name, value, unit, reference, goal, met } of figures) {
    const beside = reference
      ? ` | ${reference.name} ${round(reference.value)} | ${round((100 * value) / reference.value)} %`
      : "";
    console.log(`${met ? "met " : "MISS"} | ${name} | ${round(value)} ${unit}${beside} | ${goal}`);
  }
}

/** The value below which the share `p` (0..1) of the samples lies. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;
}

function round(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
}
