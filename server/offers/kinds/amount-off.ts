import { z } from "zod";
import { fen } from "../../core/money.ts";
import { no, yes } from "../../core/refusal.ts";
import { offerKind } from "../kind.ts";

/** An amount off once what is in scope reaches a minimum at list price; with `repeat`, once for every full minimum. */
export const amountOff = offerKind({
  name: "amount-off",
  terms: {
    minimumFen: z.int().min(1).max(100_000_000).meta({ input: "money" }),
    offFen: z.int().min(1).max(100_000_000).meta({ input: "money" }),
    repeat: z.boolean().meta({ input: "switch" }),
  },
  effect:
    ({ minimumFen, offFen, repeat }) =>
    ({ listFen }) => {
      if (listFen < minimumFen)
        return { ok: false, code: "BELOW_MINIMUM", condition: { minimumFen, inScopeFen: listFen } };
      const times = repeat ? Math.floor(listFen / minimumFen) : 1;
      return { ok: true, discountFen: fen(Math.min(offFen * times, listFen)), grants: [] };
    },
  deepest: ({ minimumFen, offFen }) => Math.min(1000, Math.ceil((offFen * 1000) / minimumFen)),
  words: ({ minimumFen, offFen, repeat }) => ({
    minimum: { fen: minimumFen },
    off: { fen: offFen },
    repeat: repeat ? 1 : 0,
  }),
  check: ({ minimumFen, offFen }) => (offFen <= minimumFen ? yes : no("TERMS_CONTRADICT", { offFen, minimumFen })),
});
