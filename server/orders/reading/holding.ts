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

/** A page to be read once it is known which of its orders are known already, or one that is read. */
type Page =
  | {
      readonly held: readonly Held[];
      readonly orders: readonly Order[];
      readonly known: Promise<ReadonlyMap<Order, Recognised>>;
      readonly lastRecord: number;
    }
  | { readonly read: ReadBatch };

/**
 * Turns rows into batches, a page at a time. Where orders may be known by their rows, the rows of a page are held back
 * until the store has said which; where that is not worth asking, each is read at once.
 */
export class Holding {
  readonly #recogniser: Recogniser | null;
  readonly #waiting: Page[] = [];
  readonly #free: Row[] = [];
  #row = new Row();
  #isHeld = false;
  #count = 0;
  #held: Held[] = [];
  #batch = new Batch();
  #orders: Order[] = [];
  #before: Order | undefined;
  #lastRecord = 0;

  constructor(recogniser: Recogniser | null) {
    this.#recogniser = recogniser;
    this.#begin();
  }

  /** Where the next record goes; perhaps another row once this one is taken. */
  get row(): Row {
    return this.#row;
  }

  /** Whether the page ends before a row of this order, or of none. */
  endsBefore(reader: LineReader | null, id: string): boolean {
    if (this.#count < PAGE_ROWS) return false;
    return this.#count >= MOST_ROWS || !isOf(this.#orders.at(-1), reader, id);
  }

  /** Passes over a row that says nothing. */
  pass(): void {
    this.#lastRecord = this.#row.number;
  }

  take(kind: "footer" | "repeated"): void {
    this.#count += 1;
    this.#lastRecord = this.#row.number;
    if (this.#isHeld) this.#held.push({ kind, row: this.#hold() });
    else this.#batch.skip(this.#row.number, saidBy[kind]);
  }

  takeOrder(reader: LineReader, id: string, suspect: boolean): void {
    this.#count += 1;
    this.#lastRecord = this.#row.number;
    const last = this.#orders.at(-1);
    const order = last !== undefined && isOf(last, reader, id) ? last : this.#beginOrder(reader, id);
    if (this.#isHeld) {
      const row = this.#hold();
      order.rows.push(row);
      this.#held.push({ kind: "data", row, suspect, order });
      return;
    }
    if (this.#recogniser !== null) reader.rowsHash.add(this.#row);
    order.clean = reader.read(this.#row, id, null, suspect, this.#batch) && order.clean;
  }

  /** Ends the page. Gives what the first ones say, as far as they are read or too many wait. */
  async *turn(): AsyncGenerator<ReadBatch, void, undefined> {
    this.#waiting.push(this.#end());
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      if (!("read" in first) && this.#waiting.length <= AHEAD) return;
      this.#waiting.shift();
      yield await this.#read(first);
    }
  }

  /** What is still to come. */
  async *rest(): AsyncGenerator<ReadBatch, void, undefined> {
    if (this.#count > 0) this.#waiting.push(this.#end());
    for (const page of this.#waiting.splice(0)) yield await this.#read(page);
  }

  #begin(): void {
    this.#isHeld = this.#recogniser?.wants() ?? false;
    this.#count = 0;
    this.#held = [];
    this.#batch = new Batch();
    this.#orders = [];
  }

  #beginOrder(reader: LineReader, id: string): Order {
    if (!this.#isHeld) this.#endOrder();
    const order = { reader, id, rows: [], asked: null, clean: true };
    this.#orders.push(order);
    reader.rowsHash.begin();
    return order;
  }

  /** Remembers by what the rows of the last order that was read are known when they come again. */
  #endOrder(): void {
    const order = this.#orders.at(-1);
    if (this.#recogniser === null || order === undefined || !order.clean || !this.#isWhole(order)) return;
    const { orderKey, rowsHash } = order.reader.asked(order.id, this.#recogniser);
    this.#batch.rowsHashes.set(orderKey.toString("latin1"), rowsHash);
  }

  /** Keeps the row as it is, and takes another one for the next record. */
  #hold(): Row {
    const row = this.#row;
    this.#row = this.#free.pop() ?? new Row();
    return row;
  }

  /** Whether the page has all rows of an order that begins on it. */
  #isWhole(order: Order): boolean {
    const isCut = this.#count >= MOST_ROWS && order === this.#orders.at(-1);
    return !isCut && !isOf(this.#before, order.reader, order.id);
  }

  #end(): Page {
    if (!this.#isHeld) this.#endOrder();
    const [held, orders, lastRecord] = [this.#held, this.#orders, this.#lastRecord];
    const page: Page = this.#isHeld
      ? { held, orders, known: this.#recognise(), lastRecord }
      : { read: this.#batch.finish(lastRecord) };
    this.#before = orders.at(-1);
    this.#begin();
    return page;
  }

  /** Which of the page's orders are known by their rows. */
  #recognise(): Promise<ReadonlyMap<Order, Recognised>> {
    const recogniser = this.#recogniser;
    if (recogniser === null) return Promise.resolve(new Map());
    for (const order of this.#orders) {
      if (this.#isWhole(order)) order.asked = order.reader.ask(order.id, order.rows, recogniser);
    }
    const known = knownAmong(this.#orders, recogniser);
    // Whoever reads the page meets what went wrong; nobody may ever come to read it.
    known.catch(() => undefined);
    return known;
  }

  async #read(page: Page): Promise<ReadBatch> {
    if ("read" in page) return page.read;
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

async function knownAmong(whole: readonly Order[], recogniser: Recogniser): Promise<ReadonlyMap<Order, Recognised>> {
  const asked = whole.flatMap((order) => (order.asked === null ? [] : [{ order, by: order.asked }]));
  const found = await recogniser.find(asked.map(({ by }) => by));
  const known = new Map<Order, Recognised>();
  for (const [place, { order }] of asked.entries()) {
    const one = found[place];
    if (one) known.set(order, one);
  }
  return known;
}

const saidBy = { footer: "FOOTER_SKIPPED", repeated: "HEADER_REPEATED" } as const;

function isOf(order: Order | undefined, reader: LineReader | null, id: string): boolean {
  return order !== undefined && order.reader === reader && order.id === id;
}
