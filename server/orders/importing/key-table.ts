/**
 * Which orders of a file were met, and how: 9 bytes an order whatever the size of the file. It knows an order by 52 bits
 * of its key, so that in a file of a million orders the odds that any two are taken for one are 1 in 9,000; only the
 * counts of the report depend on it.
 */
export class KeyTable {
  #capacity = 1 << 12;
  #size = 0;
  #keys = new Float64Array(this.#capacity).fill(-1);
  #marks = new Uint8Array(this.#capacity);

  /** The mark under which the order was last met; 0 when it was not. */
  get(orderKey: string): number {
    const slot = this.#slotOf(shortKey(orderKey));
    return this.#keys[slot] === -1 ? 0 : (this.#marks[slot] ?? 0);
  }

  set(orderKey: string, mark: number): void {
    const key = shortKey(orderKey);
    const slot = this.#slotOf(key);
    if (this.#keys[slot] === -1) this.#size += 1;
    this.#keys[slot] = key;
    this.#marks[slot] = mark;
    if (this.#size * 2 > this.#capacity) this.#grow();
  }

  /** Where the key is, or where it would go. Keys are hashes already, so their low bits spread well. */
  #slotOf(key: number): number {
    let slot = key % this.#capacity;
    while (this.#keys[slot] !== -1 && this.#keys[slot] !== key) slot = (slot + 1) % this.#capacity;
    return slot;
  }

  #grow(): void {
    const [keys, marks] = [this.#keys, this.#marks];
    this.#capacity *= 2;
    this.#keys = new Float64Array(this.#capacity).fill(-1);
    this.#marks = new Uint8Array(this.#capacity);
    for (let index = 0; index < keys.length; index += 1) {
      const key = keys[index];
      if (key === undefined || key === -1) continue;
      const slot = this.#slotOf(key);
      this.#keys[slot] = key;
      this.#marks[slot] = marks[index] ?? 0;
    }
  }
}

/** The first 52 bits of an order key, a character a byte. */
function shortKey(orderKey: string): number {
  let bits = 0;
  for (let at = 0; at < 6; at += 1) bits = bits * 256 + orderKey.charCodeAt(at);
  return bits * 16 + (orderKey.charCodeAt(6) >> 4);
}
