const SLOTS = 1 << 21;
/** Beyond this many lines the table takes in no more, so that it stays fast and of one size. */
const FULL = 1_500_000;

/**
 * Remembers which lines a file has had, by 64 bits of fingerprint, in memory that is fixed from the start (16 MB, of which
 * the system hands out what is touched). Of files longer than a million and a half lines only those are remembered; what is
 * repeated after that is recognised where it is stored.
 */
export class SeenLines {
  readonly #low = new Uint32Array(SLOTS);
  readonly #high = new Uint32Array(SLOTS);
  #count = 0;

  /** Whether the line was seen before; remembers it. */
  add(low: number, high: number): boolean {
    const a = low >>> 0;
    const b = (high | 1) >>> 0;
    for (let slot = a & (SLOTS - 1); ; slot = (slot + 1) & (SLOTS - 1)) {
      const present = this.#high[slot];
      if (present === 0) {
        if (this.#count >= FULL) return false;
        this.#low[slot] = a;
        this.#high[slot] = b;
        this.#count += 1;
        return false;
      }
      if (present === b && this.#low[slot] === a) return true;
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
