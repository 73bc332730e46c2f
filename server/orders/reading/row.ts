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

/**
 * One record of a table: where its cells lie in a text, so that only cells that are looked at are ever cut out. One
 * object serves for all records of a file.
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
  readonly starts = new Int32Array(MAX_CELLS);
  readonly ends = new Int32Array(MAX_CELLS);
  readonly marks = new Uint8Array(MAX_CELLS);
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

  start(index: number): number {
    return this.base + (this.starts[index] ?? 0);
  }

  end(index: number): number {
    return this.base + (this.ends[index] ?? 0);
  }

  mark(index: number): number {
    return this.marks[index] ?? PLAIN;
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
}
