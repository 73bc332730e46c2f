import { Batch } from "./batch.ts";
import type { LineReader } from "./lines.ts";
import type { ReadBatch } from "./reading.ts";
import type { Asked, Recognised, Recogniser } from "./recognition.ts";
import { Row } from "./row.ts";

/** Rows of one page, and so of one transaction of whoever stores them. An order begun on a page is ended there. */
const PAGE_ROWS = 250;
/** The most rows that a page holds for the sake of one order. */
const MOST_ROWS = 1_000;
/** How many pages wait to hear which of their orders are known, while the next ones come off the disk. */
const AHEAD = 3;

/** An order as far as its rows stand one after the other on one page. */
type Order = {
  readonly reader: LineReader;
  readonly id: string;
  readonly rows: Row[];
  asked: Asked | null;
  /** Each row was read so far, with nothing to say about it. */
  clean: boolean;
};

type Held =
  | { readonly kind: "footer" | "repeated"; readonly row: Row }
  | { readonly kind: "data"; readonly row: Row; readonly suspect: boolean; readonly order: Order };

type Page = {
  readonly held: readonly Held[];
  readonly orders: readonly Order[];
  readonly known: Promise<ReadonlyMap<Order, Recognised>>;
  readonly lastRecord: number;
};

/** Holds the rows of a file back, a page at a time, until it is known which of their orders have to be read. */
export class Holding {
  readonly #recogniser: Recogniser | null;
  readonly #waiting: Page[] = [];
  readonly #free: Row[] = [];
  #row = new Row();
  #held: Held[] = [];
  #orders: Order[] = [];
  #before: Order | undefined;
  #lastRecord = 0;

  constructor(recogniser: Recogniser | null) {
    this.#recogniser = recogniser;
  }

  /** Where the next record goes; another row once this one is held. */
  get row(): Row {
    return this.#row;
  }

  /** Whether the page ends before a row of this order, or of none. */
  endsBefore(reader: LineReader | null, id: string): boolean {
    if (this.#held.length < PAGE_ROWS) return false;
    return this.#held.length >= MOST_ROWS || !isOf(this.#orders.at(-1), reader, id);
  }

  /** Passes over a row that says nothing. */
  pass(): void {
    this.#lastRecord = this.#row.number;
  }

  hold(kind: "footer" | "repeated"): void {
    this.#held.push({ kind, row: this.#take() });
  }

  holdOrder(reader: LineReader, id: string, suspect: boolean): void {
    const row = this.#take();
    const last = this.#orders.at(-1);
    const order =
      last !== undefined && isOf(last, reader, id) ? last : { reader, id, rows: [], asked: null, clean: true };
    if (order !== last) this.#orders.push(order);
    order.rows.push(row);
    this.#held.push({ kind: "data", row, suspect, order });
  }

  /** Ends the page. Gives what the longest held one says, as soon as enough of them wait. */
  async turn(): Promise<ReadBatch | null> {
    this.#waiting.push(this.#close());
    return this.#waiting.length > (this.#recogniser === null ? 0 : AHEAD) ? this.#next() : null;
  }

  /** What is still held says. */
  async *rest(): AsyncGenerator<ReadBatch, void, undefined> {
    if (this.#held.length > 0) this.#waiting.push(this.#close());
    for (let batch = await this.#next(); batch !== null; batch = await this.#next()) yield batch;
  }

  #take(): Row {
    const row = this.#row;
    this.#lastRecord = row.number;
    this.#row = this.#free.pop() ?? new Row();
    return row;
  }

  #close(): Page {
    const orders = this.#orders;
    const full = this.#held.length >= MOST_ROWS;
    const whole = orders.filter(
      (order) => !(full && order === orders.at(-1)) && !isOf(this.#before, order.reader, order.id),
    );
    const page = { held: this.#held, orders, known: this.#recognise(whole), lastRecord: this.#lastRecord };
    // Whoever reads the page meets what went wrong; nobody may ever come to read it.
    page.known.catch(() => undefined);
    this.#before = orders.at(-1);
    this.#held = [];
    this.#orders = [];
    return page;
  }

  /** Which of these orders are known by their rows. */
  async #recognise(whole: readonly Order[]): Promise<ReadonlyMap<Order, Recognised>> {
    const recogniser = this.#recogniser;
    if (recogniser === null) return new Map();
    for (const order of whole) order.asked = order.reader.ask(order.id, order.rows, recogniser);
    const asked = whole.flatMap((order) => (order.asked === null ? [] : [{ order, by: order.asked }]));
    const found = await recogniser.find(asked.map(({ by }) => by));
    const known = new Map<Order, Recognised>();
    for (const [place, { order }] of asked.entries()) {
      const one = found[place];
      if (one) known.set(order, one);
    }
    return known;
  }

  async #next(): Promise<ReadBatch | null> {
    const page = this.#waiting.shift();
    if (page === undefined) return null;
    const known = await page.known;
    const batch = new Batch();
    for (const held of page.held) {
      if (held.kind !== "data") batch.skip(held.row.number, saidBy[held.kind]);
      else if (!known.has(held.order)) {
        const { reader, id, asked } = held.order;
        held.order.clean = reader.read(held.row, id, asked, held.suspect, batch) && held.order.clean;
      }
      this.#free.push(held.row);
    }
    for (const order of page.orders) {
      const { reader, rows, asked, clean } = order;
      const recognised = known.get(order);
      if (asked !== null && recognised !== undefined) reader.pass(rows, asked.orderKey, recognised, batch);
      else if (asked !== null && clean) batch.rowsHashes.set(asked.orderKey.toString("latin1"), asked.rowsHash);
    }
    return batch.finish(page.lastRecord);
  }
}

const saidBy = { footer: "FOOTER_SKIPPED", repeated: "HEADER_REPEATED" } as const;

function isOf(order: Order | undefined, reader: LineReader | null, id: string): boolean {
  return order !== undefined && order.reader === reader && order.id === id;
}
