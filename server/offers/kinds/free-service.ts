import { z } from "zod";
import { fen } from "../../core/money.ts";
import { yes } from "../../core/refusal.ts";
import { offerKind } from "../kind.ts";
import { PublicText, Sku } from "../model.ts";

/** A service at no charge (delivery, installation, an advice hour) for a cart with something in scope. */
export const freeService = offerKind({
  name: "free-service",
  terms: {
    serviceCode: Sku.meta({ input: "code" }),
    serviceName: PublicText.meta({ input: "text" }),
    minimumFen: z.int().min(0).max(100_000_000).meta({ input: "money" }),
    worthFen: z.int().min(0).max(100_000_000).meta({ input: "money" }),
  },
  effect: ({ serviceName, minimumFen, worthFen }) => {
    const grants = [{ what: "service", name: serviceName, quantity: 1, worthFen: fen(worthFen) }];
    return ({ listFen }) =>
      listFen < minimumFen
        ? { ok: false, code: "BELOW_MINIMUM", condition: { minimumFen, inScopeFen: listFen } }
        : { ok: true, discountFen: fen(0), grants };
  },
  deepest: () => 0,
  words: ({ serviceCode, serviceName, minimumFen, worthFen }) => ({
    service: { text: serviceName },
    serviceCode: { code: serviceCode },
    minimum: { fen: minimumFen },
    worth: { fen: worthFen },
  }),
  check: () => yes,
});
