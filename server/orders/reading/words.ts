import type { AfterSaleWord, Word } from "../formats/format.ts";
import { isEmpty, word } from "./cells.ts";
import type { Binding } from "./header.ts";
import type { SaidWord, SaidWords } from "./model.ts";
import type { Row } from "./row.ts";

/** Different cells beyond which a column holds no vocabulary. */
const MOST_CELLS = 1_000;

/** Counts what the rows of a file say in one column; each header brings its own words. */
class Column<Meaning extends SaidWord["meaning"]> {
  readonly #said = new Map<string | null, { meaning: Meaning | null; rows: number }>();
  readonly #cells = new Map<string, number>();
  readonly #blankSaysSomething: boolean;
  #beyond = 0;

  constructor({ blankSaysSomething }: { blankSaysSomething: boolean }) {
    this.#blankSaysSomething = blankSaysSomething;
  }

  see(cell: string): void {
    const rows = this.#cells.get(cell);
    if (rows === undefined && this.#cells.size >= MOST_CELLS) this.#beyond += 1;
    else this.#cells.set(cell, (rows ?? 0) + 1);
  }

  /** Reads the cells seen so far as one header's vocabulary has them. */
  readAs(words: Readonly<Record<string, Meaning>>): void {
    const known = new Map(Object.entries(words));
    for (const [cell, rows] of this.#cells) {
      const said = word(cell);
      const meaning = known.get(said);
      if (meaning !== undefined) this.#count(said, meaning, rows);
      else if (this.#blankSaysSomething || !isEmpty(said)) this.#count(null, null, rows);
    }
    if (this.#beyond > 0) this.#count(null, null, this.#beyond);
    this.#cells.clear();
    this.#beyond = 0;
  }

  get said(): SaidWord[] {
    return Array.from(this.#said, ([said, { meaning, rows }]) => ({ word: said, meaning, rows })).sort(
      (a, b) => b.rows - a.rows,
    );
  }

  #count(said: string | null, meaning: Meaning | null, rows: number): void {
    this.#said.set(said, { meaning, rows: (this.#said.get(said)?.rows ?? 0) + rows });
  }
}

/** Gathers the words of a file's rows, one after the other. */
export class WordCount {
  readonly #status = new Column<Word>({ blankSaysSomething: true });
  readonly #afterSale = new Column<AfterSaleWord>({ blankSaysSomething: false });
  #binding: Binding | null = null;

  see(row: Row, binding: Binding): void {
    if (binding !== this.#binding) this.#read(binding);
    const { status, afterSale } = binding.at;
    if (status >= 0) this.#status.see(row.cell(status));
    if (afterSale >= 0) this.#afterSale.see(row.cell(afterSale));
  }

  finish(): SaidWords {
    this.#read(null);
    return { status: this.#status.said, afterSale: this.#afterSale.said };
  }

  #read(next: Binding | null): void {
    const { layout } = this.#binding ?? {};
    this.#status.readAs(layout?.words ?? {});
    this.#afterSale.readAs(layout?.afterSaleWords ?? {});
    this.#binding = next;
  }
}
