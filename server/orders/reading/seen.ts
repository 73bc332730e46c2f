const FEWEST_SLOTS = 1 << 12;
const MOST_SLOTS = 1 << 21;
/** Beyond this many lines the table takes in no more, so that it stays fast and within its bounds. */
const FULL = 1_500_000;

/**
 * Remembers which lines a file has had, by 64 bits of fingerprint: 8 to 16 bytes a line, 16 MB at most. Of files longer
 * than a million and a half lines only those are remembered; what is repeated after that is recognised where it is stored.
 */
export class SeenLines {
  #low: Uint32Array;
  #high: Uint32Array;
  #count = 0;

  /** `expected` many lines find room without its growing. */
  constructor(expected = 0) {
    const slots = Math.min(MOST_SLOTS, Math.max(FEWEST_SLOTS, 2 ** Math.ceil(Math.log2(expected * 2 + 1))));
    this.#low = new Uint32Array(slots);
    this.#high = new Uint32Array(slots);
  }

  /** Whether it takes in no more. */
  get isFull(): boolean {
    return this.#count >= FULL;
  }

  /** Whether the line was seen before; remembers it. */
  add(low: number, high: number): boolean {
    const a = low >>> 0;
    const b = (high | 1) >>> 0;
    const slot = this.#slotOf(a, b);
    if (this.#high[slot] !== 0) return true;
    if (this.isFull) return false;
    this.#low[slot] = a;
    this.#high[slot] = b;
    this.#count += 1;
    if (this.#count * 2 > this.#low.length && this.#low.length < MOST_SLOTS) this.#grow();
    return false;
  }

  /** Where the line is, or where it would go. */
  #slotOf(low: number, high: number): number {
    const last = this.#low.length - 1;
    let slot = low & last;
    while (this.#high[slot] !== 0 && (this.#high[slot] !== high || this.#low[slot] !== low)) slot = (slot + 1) & last;
    return slot;
  }

  #grow(): void {
    const [lows, highs] = [this.#low, this.#high];
    this.#low = new Uint32Array(lows.length * 2);
    this.#high = new Uint32Array(lows.length * 2);
    for (let index = 0; index < highs.length; index++) {
      const [low, high] = [lows[index] ?? 0, highs[index] ?? 0];
      if (high === 0) continue;
      const slot = this.#slotOf(low, high);
      this.#low[slot] = low;
      this.#high[slot] = high;
    }
  }
}

/** A running 64-bit hash of texts, fast and not secret (two multiply-and-rotate lanes). */
export class ContentHash {
  low = 0;
  high = 0;

  reset(low: number, high: number): void {
    this.low = low | 0;
    this.high = high | 0;
  }

  add(text: string, start: number, end: number): void {
    let { low, high } = this;
    for (let i = start; i < end; i++) {
      const code = text.charCodeAt(i);
      low = Math.imul(low ^ code, 0x9e3779b1);
      high = Math.imul(high ^ code, 0x85ebca77);
      low ^= low >>> 15;
      high ^= high >>> 13;
    }
    this.low = Math.imul(low ^ 0x1f, 0x9e3779b1);
    this.high = Math.imul(high ^ 0x2f, 0x85ebca77);
  }
}

/** Follows the order ids of a file from row to row: do the rows of each order stand together? */
export class Togetherness {
  readonly #ids = new SeenLines();
  readonly #hash = new ContentHash();
  #id = "";
  /** Taken back for good by the first id that comes again, and by more orders than can be followed. */
  holds = true;

  see(id: string): void {
    if (id === this.#id || !this.holds) return;
    this.#id = id;
    this.#hash.reset(0, 0);
    this.#hash.add(id, 0, id.length);
    this.holds = !this.#ids.add(this.#hash.low, this.#hash.high) && !this.#ids.isFull;
  }
}
