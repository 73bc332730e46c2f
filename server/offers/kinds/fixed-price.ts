import { z } from "zod";
import { fen, sumFen } from "../../core/money.ts";
import { no, yes } from "../../core/refusal.ts";
import { offerKind } from "../kind.ts";

/**
 * One price for each piece in scope, printed beside the list price it replaces. A line whose list price is higher than
 * the printed one is not touched, so that the printed saving is never exceeded; one that is already cheaper stays so.
 */
export const fixedPrice = offerKind({
  name: "fixed-price",
  terms: {
    priceFen: z.int().min(1).max(100_000_000).meta({ input: "money" }),
    printedListFen: z.int().min(1).max(100_000_000).meta({ input: "money" }),
  },
  effect:
    ({ priceFen, printedListFen }) =>
    ({ lines }) => {
      const byLine = lines.map(({ listPriceFen, quantity }) =>
        fen(listPriceFen > printedListFen ? 0 : Math.max(0, listPriceFen - priceFen) * quantity),
      );
      const dearest = lines.reduce((dearest, line) => Math.max(dearest, line.listPriceFen), 0);
      const discountFen = sumFen(byLine);
      return discountFen === 0 && dearest > printedListFen
        ? { ok: false, code: "LIST_PRICE_CHANGED", condition: { printedListFen, listPriceFen: dearest } }
        : { ok: true, discountFen, byLine, grants: [] };
    },
  deepest: ({ priceFen, printedListFen }) => Math.ceil(((printedListFen - priceFen) * 1000) / printedListFen),
  words: ({ priceFen, printedListFen }) => ({ price: { fen: priceFen }, list: { fen: printedListFen } }),
  check: ({ priceFen, printedListFen }) =>
    priceFen < printedListFen ? yes : no("TERMS_CONTRADICT", { priceFen, printedListFen }),
});
