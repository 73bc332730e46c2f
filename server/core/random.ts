import { randomFillSync } from "node:crypto";

/** A source of small pieces of randomness that asks the system for 4 KiB at a time; each byte is given out once. */
export function pooledRandomBytes(): (size: number) => Uint8Array {
  const pool = Buffer.alloc(4_096);
  let used = pool.length;
  return (size) => {
    if (used + size > pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    const piece = Buffer.from(pool.subarray(used, used + size));
    pool.fill(0, used, used + size);
    used += size;
    return piece;
  };
}
