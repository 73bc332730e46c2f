declare const unit: unique symbol;

/** A whole number of fen (1/100 yuan). The only form in which money is stored, passed or compared. */
export type Fen = number & { readonly [unit]: "fen" };

/** Brands a whole number as fen. Throws RangeError for fractions and unsafe integers. */
export function fen(amount: number): Fen {
  assertFen(amount);
  return amount;
}

function assertFen(amount: number): asserts amount is Fen {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not a whole number of fen: ${amount}`);
}

/** The sum of the amounts; 0 fen for none. */
export function sumFen(amounts: Iterable<Fen>): Fen {
  let total = 0;
  for (const amount of amounts) total += amount;
  return fen(total);
}

/**
 * Splits `total` over `weights` in proportion, by the largest remainder, so that the parts add up to
 * `total` to the fen. Ties go to the earlier part. All weights 0: everything falls on the first part.
 * Exact for every safe integer (the products are computed as BigInt).
 */
export function allocate(total: Fen, weights: readonly number[]): Fen[] {
  if (weights.length === 0) return [];
  const sum = weights.reduce((whole, weight) => whole + weight, 0);
  if (sum === 0) return weights.map((_, index) => (index === 0 ? total : fen(0)));
  const whole = BigInt(sum);
  const shares = weights.map((weight, index) => {
    const product = BigInt(total) * BigInt(weight);
    const floor = product / whole;
    return { index, floor: Number(floor), remainder: product - floor * whole };
  });
  let missing = total - shares.reduce((given, share) => given + share.floor, 0);
  const parts = shares.map((share) => share.floor);
  const byRemainder = [...shares].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  );
  for (const share of byRemainder) {
    if (missing <= 0) break;
    parts[share.index] = share.floor + 1;
    missing -= 1;
  }
  return parts.map(fen);
}
