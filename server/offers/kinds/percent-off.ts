import { z } from "zod";
import { fen } from "../../core/money.ts";
import { yes } from "../../core/refusal.ts";
import { offerKind } from "../kind.ts";

/** A percentage off the list price of everything in scope; a fraction of a fen is never taken off. */
export const percentOff = offerKind({
  name: "percent-off",
  terms: { percent: z.int().min(1).max(90).meta({ input: "percent" }) },
  effect:
    ({ percent }) =>
    ({ listFen }) => ({ ok: true, discountFen: fen(Math.floor((listFen * percent) / 100)), grants: [] }),
  deepest: ({ percent }) => percent * 10,
  words: ({ percent }) => ({ percent }),
  check: () => yes,
});
