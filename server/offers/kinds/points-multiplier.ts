import { z } from "zod";
import { fen } from "../../core/money.ts";
import { yes } from "../../core/refusal.ts";
import { offerKind } from "../kind.ts";

const FEN_PER_POINT = 100;

/**
 * More points for what is in scope: one point a yuan of list price, times `percent` hundredths; the answer names the
 * points beyond the usual ones. A point counts as one fen when offers of equal price are compared.
 */
export const pointsMultiplier = offerKind({
  name: "points-multiplier",
  terms: { percent: z.int().min(110).max(1000).multipleOf(10).meta({ input: "percent" }) },
  effect:
    ({ percent }) =>
    ({ listFen }) => {
      const extra = Math.floor((Math.floor(listFen / FEN_PER_POINT) * (percent - 100)) / 100);
      const grants = extra === 0 ? [] : [{ what: "points", name: null, quantity: extra, worthFen: fen(extra) }];
      return { ok: true, discountFen: fen(0), grants };
    },
  deepest: () => 0,
  words: ({ percent }) => ({ times: percent / 100 }),
  check: () => yes,
});
