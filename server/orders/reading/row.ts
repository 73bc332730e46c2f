/** What is special about one cell. */
export const PLAIN = 0;
/** Holds doubled quotation marks. */
export const QUOTED = 1;
/** Held by the workbook as a number. */
export const NATIVE = 2;
/** Computed by a formula of the workbook. */
export const FORMULA = 4;
/** Said by a merged cell above. */
export const MERGED = 8;

/** What a decoder puts for bytes that mean nothing (U+FFFD). */
export const UNDECODED = 0xfffd;
export const NUL = 0;

export const MAX_CELLS = 4_096;
/** Room that a row has from the beginning. */
const USUAL_CELLS = 64;

/**
 * One record of a table: where its cells lie in a text, so that only cells that are looked at are ever cut out. An
 * object serves for many records, one after the other.
 */
export class Row {
  /** 1-based, over all sheets. */
  number = 0;
  /** 0-based sheet; 0 in text files. */
  sheet = 0;
  text = "";
  /** What `starts` and `ends` count from. */
  base = 0;
  count = 0;
  #starts = new Int32Array(USUAL_CELLS);
  #ends = new Int32Array(USUAL_CELLS);
  #marks = new Uint8Array(USUAL_CELLS);
  /** The cell that is longer than a cell may be; -1 for none. */
  oversized = -1;
  /** More cells than `MAX_CELLS`. */
  overfull = false;
  /** The text ended inside a quoted cell. */
  cut = false;
  /** The text ended without a line break after this record. */
  open = false;

  reset(number: number, sheet: number): void {
    this.number = number;
    this.sheet = sheet;
    this.count = 0;
    this.oversized = -1;
    this.overfull = false;
    this.cut = false;
    this.open = false;
  }

  /** Lays a cell, counted from the base; one beyond the last makes those between empty. At most `MAX_CELLS` of them. */
  put(index: number, start: number, end: number, mark: number): void {
    if (index >= this.#starts.length) this.#grow(index);
    for (let at = this.count; at < index; at++) {
      this.#starts[at] = start;
      this.#ends[at] = start;
      this.#marks[at] = PLAIN;
    }
    this.#starts[index] = start;
    this.#ends[index] = end;
    this.#marks[index] = mark;
    if (index >= this.count) this.count = index + 1;
  }

  start(index: number): number {
    return this.base + (this.#starts[index] ?? 0);
  }

  end(index: number): number {
    return this.base + (this.#ends[index] ?? 0);
  }

  mark(index: number): number {
    return this.#marks[index] ?? PLAIN;
  }

  cell(index: number): string {
    if (index < 0 || index >= this.count) return "";
    const cut = this.text.slice(this.start(index), this.end(index));
    return (this.mark(index) & QUOTED) === 0 ? cut : cut.replaceAll('""', '"');
  }

  cells(): string[] {
    return Array.from({ length: this.count }, (_, index) => this.cell(index));
  }

  isBlank(): boolean {
    return this.isEmptyFrom(0);
  }

  /** Whether all cells from this one on hold nothing but blanks. */
  isEmptyFrom(index: number): boolean {
    for (let i = index; i < this.count; i++) {
      for (let at = this.start(i); at < this.end(i); at++) if (this.text.charCodeAt(at) > 0x20) return false;
    }
    return true;
  }

  /** The first cell that holds this character; -1 for none. */
  find(character: number): number {
    for (let i = 0; i < this.count; i++) {
      for (let at = this.start(i); at < this.end(i); at++) if (this.text.charCodeAt(at) === character) return i;
    }
    return -1;
  }

  /** Whether the text ends before this record does: inside quotes, short of columns, or in the middle of a character. */
  isCutOff(columns: number): boolean {
    return (
      this.cut ||
      (this.open && (this.count < columns || this.text.charCodeAt(this.end(this.count - 1) - 1) === UNDECODED))
    );
  }

  #grow(index: number): void {
    let room = this.#starts.length;
    while (room <= index) room *= 2;
    const [starts, ends, marks] = [new Int32Array(room), new Int32Array(room), new Uint8Array(room)];
    starts.set(this.#starts);
    ends.set(this.#ends);
    marks.set(this.#marks);
    [this.#starts, this.#ends, this.#marks] = [starts, ends, marks];
  }
}
