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
 * Exact for every safe integer (products beyond them are computed as BigInt).
 */
export function allocate(total: Fen, weights: readonly number[]): Fen[] {
  if (weights.length === 0) return [];
  const sum = weights.reduce((whole, weight) => whole + weight, 0);
  if (sum === 0) return weights.map((_, index) => (index === 0 ? total : fen(0)));
  const remainders = weights.map((weight) => remainderOf(total, weight, sum));
  const parts = weights.map((weight, index) => wholeShare(total, weight, sum, remainders[index] ?? 0));
  let missing = total - parts.reduce((given, part) => given + part, 0);
  if (missing > 0) {
    const byRemainder = remainders
      .map((_, index) => index)
      .sort((a, b) => (remainders[b] ?? 0) - (remainders[a] ?? 0) || a - b);
    for (const index of byRemainder) {
      if (missing-- <= 0) break;
      parts[index] = (parts[index] ?? 0) + 1;
    }
  }
  return parts.map(fen);
}

function remainderOf(total: number, weight: number, sum: number): number {
  const product = total * weight;
  return Number.isSafeInteger(product) ? product % sum : Number((BigInt(total) * BigInt(weight)) % BigInt(sum));
}

function wholeShare(total: number, weight: number, sum: number, remainder: number): number {
  const product = total * weight;
  return Number.isSafeInteger(product)
    ? (product - remainder) / sum
    : Number((BigInt(total) * BigInt(weight)) / BigInt(sum));
}
