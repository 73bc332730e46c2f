/** Merged blocks beyond these are left as they lie: their rows then lack what the block's first row says. */
const MOST_SPANS = 200_000;
/** Wider blocks are titles. */
const WIDEST = 60;
const REFERENCE = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/;

type Span = { readonly column: number; readonly from: number; readonly to: number };
/** A cell's text, and how the workbook held it. */
type Cell = { readonly text: string; readonly mark: number };

/**
 * The cells that a sheet's author merged downwards, as is done with orders of several lines. A workbook says so after its
 * rows, so they are known from the second reading on: then each row gets what the merged cell above it says, exactly.
 */
export class Merges {
  readonly #spans: Span[] = [];
  #sorted = true;

  /** Takes in a reference such as `A2:B4`. */
  add(reference: string): void {
    const [, left = "", top = "", right = "", bottom = ""] = REFERENCE.exec(reference) ?? [];
    const [first, last] = [columnNumber(left), columnNumber(right)];
    if (Number(bottom) <= Number(top) || last - first >= WIDEST) return;
    for (let column = first; column <= last && this.#spans.length < MOST_SPANS; column++)
      this.#spans.push({ column, from: Number(top), to: Number(bottom) });
    this.#sorted = false;
  }

  /** Follows the rows of one reading from the top. */
  cursor(): MergeCursor {
    if (!this.#sorted) this.#spans.sort((a, b) => a.from - b.from);
    this.#sorted = true;
    return new MergeCursor(this.#spans);
  }
}

export class MergeCursor {
  readonly #spans: readonly Span[];
  readonly #open = new Map<number, { readonly to: number; readonly cell: Cell }>();
  #next = 0;

  constructor(spans: readonly Span[]) {
    this.#spans = spans;
  }

  /** What merged cells say on this row of the sheet, by column; remembers the cells whose block begins here. */
  *at(row: number, cellAt: (column: number) => Cell): Generator<readonly [number, Cell]> {
    for (const [column, { to, cell }] of this.#open) {
      if (row > to) this.#open.delete(column);
      else yield [column, cell];
    }
    for (let span = this.#spans[this.#next]; span !== undefined && span.from <= row; span = this.#spans[this.#next]) {
      this.#next += 1;
      if (span.from === row) this.#open.set(span.column, { to: span.to, cell: cellAt(span.column) });
    }
  }
}

function columnNumber(letters: string): number {
  let column = 0;
  for (const letter of letters) column = column * 26 + (letter.charCodeAt(0) - 0x40);
  return column - 1;
}
