import type { Fen } from "../../../core/money.ts";

/** What stands in one cell: text as it is, a whole number, money, an instant. */
export type Cell = string | number | Date | { readonly fen: Fen };

/** What a file is made of: whence it comes, before anything else; a header; rows; how many there were, at the end. */
export type Sheet = {
  /** The number by which the file is traced. */
  readonly mark: string;
  readonly title: string;
  readonly preamble: readonly (readonly [label: string, value: Cell])[];
  readonly header: readonly string[];
  readonly rows: AsyncIterable<readonly (readonly Cell[])[]>;
  /** Asked once the rows are through. */
  readonly ending: () => readonly (readonly [label: string, value: Cell])[];
};

/** A file of one format, piece by piece as its rows come. */
export type SheetWriter = (sheet: Sheet) => AsyncGenerator<Uint8Array>;

/** Whole fen in yuan, without rounding: 1290 → 12.90. */
export function yuan(amount: Fen): string {
  const digits = String(Math.abs(amount)).padStart(3, "0");
  return `${amount < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
