import type { Summary } from "../model.ts";
import type { Binding } from "./header.ts";
import type { LineSettings } from "./lines.ts";
import type { Platform } from "./model.ts";
import type { Row } from "./row.ts";
import { ContentHash } from "./seen.ts";

/** Raised whenever rows are understood in another way than before: what was taken in until then is read anew. */
const EDITION = 1;
/** After so many pages in a row without an order that is known, only one page in as many is asked for. */
const PATIENCE = 16;

/** An order of which a page has all rows: its key, and the keyed hash of what they say word for word. */
export type Asked = { readonly orderKey: Buffer; readonly rowsHash: Buffer };

/** What is stored of an order whose rows said just the same when they last changed it. */
export type Recognised = Summary & { readonly maskedId: string; readonly placedAt: Date };

/**
 * How an order that was taken in before is known by its rows, so that they need not be understood again. Taking in the
 * same rows twice changes nothing, so that nobody but the clock can tell.
 */
export type Recognition = {
  /** The keyed hash of the rows of one order. */
  hash(platform: Platform, id: string, rows: string): Buffer;
  /** Finds orders by their rows, each at the place where it was asked for; null for those that must be read. */
  find(asked: readonly Asked[]): Promise<readonly (Recognised | null)[]>;
};

/** Asks for the orders of each page while that is worth it: a first import knows none of them. */
export class Recogniser {
  /** The keyed hash of the rows of one order. */
  readonly hash: Recognition["hash"];
  readonly #recognition: Recognition;
  #pages = 0;
  #inVain = 0;

  constructor(recognition: Recognition) {
    this.#recognition = recognition;
    this.hash = recognition.hash;
  }

  /** Whether the next page is worth asking for. */
  wants(): boolean {
    this.#pages += 1;
    return this.#inVain <= PATIENCE || this.#pages % PATIENCE === 0;
  }

  async find(asked: readonly Asked[]): Promise<readonly (Recognised | null)[]> {
    const found = await this.#recognition.find(asked);
    this.#inVain = found.some((order) => order !== null) ? 0 : this.#inVain + 1;
    return found;
  }
}

/**
 * What the rows of an order say, word for word: columns that nothing is kept of included, since the leak guard looks at
 * them too; under the same header, understood in the same way. Not secret: it is kept only as a keyed hash.
 */
export class RowsHash {
  readonly #hash = new ContentHash();
  readonly #low: number;
  readonly #high: number;

  constructor({ names, layout }: Binding, { leaks, roundedIds, surplusCells }: LineSettings) {
    const understood = JSON.stringify([EDITION, names, layout, leaks, roundedIds, surplusCells], (_, value) =>
      value instanceof RegExp ? value.source : value,
    );
    this.#hash.reset(0, 0);
    this.#hash.add(understood, 0, understood.length);
    this.#low = this.#hash.low;
    this.#high = this.#hash.high;
  }

  begin(): void {
    this.#hash.reset(this.#low, this.#high);
  }

  add(row: Row): void {
    this.#hash.add(row.text, row.start(0), row.end(row.count - 1));
  }

  /** What was added since the beginning, 64 bits of it. */
  finish(): string {
    return `${this.#hash.low} ${this.#hash.high}`;
  }
}
