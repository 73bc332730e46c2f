import { allocate, type Fen } from "../../core/money.ts";
import type { Outcome, PricedLine } from "../kind.ts";

/** The lines of a cart that one scope covers: which they are, and what they cost. */
export type Coverage = { readonly positions: number[]; readonly lines: PricedLine[]; listFen: Fen };

/** What one offer would give if it were alone. */
export type Bid = {
  /** The place of its offer by priority and age; lower goes first. */
  readonly rank: number;
  readonly outcome: Outcome & { ok: true };
  readonly coverage: Coverage;
  readonly worthFen: number;
};

/** The offer of a group that applies, with its discount of each line of the cart, and those that it keeps out. */
export type Choice<B extends Bid> = {
  readonly winner: B;
  readonly shares: readonly number[];
  readonly rivals: readonly B[];
};

const COMBINATIONS_TRIED = 2_000;

/**
 * One of each group, so that together they leave the lowest total; in the order in which they take their discount from
 * the lines' `amounts`.
 */
export function choose<B extends Bid>(groups: readonly B[][], amounts: readonly number[]): Choice<B>[] {
  const leaders = groups.flatMap((group) => {
    const [winner, ...rivals] = group.length > 1 ? group.sort(better) : group;
    return winner === undefined ? [] : [{ winner, rivals, shares: sharesOf(winner, amounts.length) }];
  });
  const contested = leaders.some(({ rivals }) => rivals.length > 0);
  const overdrawn = () =>
    amounts.some((amount, line) => leaders.reduce((sum, { shares }) => sum + (shares[line] ?? 0), 0) > amount);
  const choices = contested && overdrawn() ? search(groups, amounts) : leaders;
  return choices.sort((a, b) => a.winner.rank - b.winner.rank);
}

/** Within a group: the larger discount, the greater value given along, the higher priority, the older offer. */
function better(a: Bid, b: Bid): number {
  return b.outcome.discountFen - a.outcome.discountFen || b.worthFen - a.worthFen || a.rank - b.rank;
}

/**
 * The best combination when discounts meet the floor of a line, so that the best of each group need not be the best
 * together. Branch and bound, best offers first; after 2,000 combinations the best found so far stands.
 */
function search<B extends Bid>(groups: readonly B[][], amounts: readonly number[]): Choice<B>[] {
  const options = groups.map((group) => group.map((winner) => ({ winner, shares: sharesOf(winner, amounts.length) })));
  /** Per depth, the most that the groups from there on can take off each line. */
  const ahead = options.map((_, depth) =>
    amounts.map((_, line) =>
      options.slice(depth).reduce((sum, group) => sum + Math.max(...group.map(({ shares }) => shares[line] ?? 0)), 0),
    ),
  );
  const possible = (depth: number, left: readonly number[]) =>
    left.reduce((sum, amount, line) => sum + Math.min(amount, ahead[depth]?.[line] ?? 0), 0);
  let best: readonly Omit<Choice<B>, "rivals">[] = [];
  let most = -1;
  let tried = 0;
  const walk = (depth: number, left: readonly number[], taken: number, picked: typeof best): void => {
    const group = options[depth];
    if (group === undefined) {
      tried += 1;
      if (taken > most) [most, best] = [taken, picked];
      return;
    }
    const reach = taken + possible(depth, left);
    for (const option of group) {
      if (reach <= most || tried >= COMBINATIONS_TRIED) return;
      const after = left.map((amount, line) => Math.max(0, amount - (option.shares[line] ?? 0)));
      const gained = left.reduce((sum, amount, line) => sum + amount - (after[line] ?? 0), 0);
      walk(depth + 1, after, taken + gained, [...picked, option]);
    }
  };
  walk(0, amounts, 0, []);
  return best.map((choice, depth) => ({
    ...choice,
    rivals: (groups[depth] ?? []).filter((rival) => rival !== choice.winner),
  }));
}

/** The discount of each line of the cart: as the kind says, or in proportion to the list amounts, to the fen. */
function sharesOf({ outcome, coverage }: Bid, size: number): number[] {
  const shares = new Array<number>(size).fill(0);
  if (outcome.discountFen === 0) return shares;
  const amounts = coverage.lines.map((line) => line.listFen);
  const parts = outcome.byLine ?? allocate(outcome.discountFen, amounts);
  coverage.positions.forEach((position, index) => {
    shares[position] = parts[index] ?? 0;
  });
  return shares;
}
