import { z } from "zod";
import { fen } from "../../core/money.ts";
import { yes } from "../../core/refusal.ts";
import { offerKind } from "../kind.ts";
import { PublicText, Sku } from "../model.ts";

/** Something given along once what is in scope reaches a minimum at list price. The price stays as it is. */
export const gift = offerKind({
  name: "gift",
  terms: {
    minimumFen: z.int().min(0).max(100_000_000).meta({ input: "money" }),
    giftSku: Sku.meta({ input: "code" }),
    giftName: PublicText.meta({ input: "text" }),
    quantity: z.int().min(1).max(10).meta({ input: "count" }),
    worthFen: z.int().min(0).max(100_000_000).meta({ input: "money" }),
  },
  effect: ({ minimumFen, giftName, quantity, worthFen }) => {
    const grants = [{ what: "gift", name: giftName, quantity, worthFen: fen(worthFen * quantity) }];
    return ({ listFen }) =>
      listFen < minimumFen
        ? { ok: false, code: "BELOW_MINIMUM", condition: { minimumFen, inScopeFen: listFen } }
        : { ok: true, discountFen: fen(0), grants };
  },
  deepest: () => 0,
  words: ({ minimumFen, giftSku, giftName, quantity, worthFen }) => ({
    minimum: { fen: minimumFen },
    gift: { text: giftName },
    giftSku: { code: giftSku },
    quantity,
    worth: { fen: worthFen },
  }),
  check: () => yes,
});
