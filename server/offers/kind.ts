import { z } from "zod";
import type { Fen } from "../core/money.ts";
import type { Verdict } from "../core/refusal.ts";
import type { Condition, Grant, Line, PublicText, RefusedCode } from "./model.ts";

/** The lines that an offer's scope covers, and what they cost together at list price. */
export type Basis = {
  readonly lines: readonly PricedLine[];
  readonly listFen: Fen;
};
/** A line with its list amount (price × quantity). */
export type PricedLine = Line & { readonly listFen: Fen };

/** What a kind makes of a basis, looked at alone and at list prices: other offers never enter into it. */
export type Outcome =
  | {
      readonly ok: true;
      readonly discountFen: Fen;
      /** The discount of each line of the basis; absent: in proportion to the list amounts. */
      readonly byLine?: readonly Fen[];
      readonly grants: readonly Grant[];
    }
  | { readonly ok: false; readonly code: RefusedCode; readonly condition: Condition };

/** A figure or text that a sentence about the terms takes up. Money is marked, so that pages format it as money. */
export type Word = number | { readonly fen: number } | { readonly text: PublicText } | { readonly code: string };

/** How a field of the terms is asked for; the editor draws itself from these. */
export const inputs = ["money", "percent", "count", "code", "text", "switch"] as const;

/** A kind of offer, as everybody outside `kinds/` sees it. Terms go in as stored and are checked again. */
export type OfferKind = {
  readonly name: string;
  readonly reward: z.ZodObject;
  /** Prepares the arithmetic once; it then runs for every quote. */
  effectOf(reward: unknown): (basis: Basis) => Outcome;
  /** The most it can take off a line, in thousandths of the list price. */
  deepestOf(reward: unknown): number;
  /** What the sentence `kinds.<name>.sentence` of the catalogues takes up. */
  wordsOf(reward: unknown): Readonly<Record<string, Word>>;
  /** Whether the terms make sense together; said before a draft is saved. */
  checkOf(reward: unknown): Verdict;
};

/** Declares a kind: its terms, its arithmetic and its words, all from one object. */
export function offerKind<const N extends string, S extends z.ZodRawShape>(declaration: {
  readonly name: N;
  readonly terms: S;
  effect(terms: Terms<N, S>): (basis: Basis) => Outcome;
  deepest(terms: Terms<N, S>): number;
  words(terms: Terms<N, S>): Readonly<Record<string, Word>>;
  check(terms: Terms<N, S>): Verdict;
}) {
  const reward = z.strictObject({ kind: z.literal(declaration.name), ...declaration.terms });
  return {
    name: declaration.name,
    reward,
    effectOf: (raw: unknown) => declaration.effect(reward.parse(raw)),
    deepestOf: (raw: unknown) => declaration.deepest(reward.parse(raw)),
    wordsOf: (raw: unknown) => declaration.words(reward.parse(raw)),
    checkOf: (raw: unknown) => declaration.check(reward.parse(raw)),
  } satisfies OfferKind;
}
type Terms<N extends string, S extends z.ZodRawShape> = z.output<
  z.ZodObject<{ kind: z.ZodLiteral<N> } & S, z.core.$strict>
>;
