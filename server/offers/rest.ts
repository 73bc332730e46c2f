import { z } from "zod";
import { type RestRoute, restRoute } from "../api/rest-route.ts";
import { TierCode } from "../tiers/model.ts";
import { OfferCode } from "./codes/model.ts";
import { openedBy } from "./codes/service.ts";
import { OfferTerms } from "./kinds/index.ts";
import { type Answer, Cart, Channel, PublicText, refusedCodes } from "./model.ts";
import { offersAt } from "./queries.ts";
import { answer } from "./service.ts";

const Fen = z.int().meta({ description: "whole fen (1/100 yuan)" });
const Given = z.strictObject({ what: z.string(), name: PublicText.nullable(), quantity: z.int(), worthFen: Fen });
const Answered = z.strictObject({
  id: z.uuid(),
  version: z.int(),
  applied: z.boolean(),
  discountFen: Fen.optional(),
  grants: z.array(Given).optional(),
  code: z.enum(refusedCodes).optional(),
  condition: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

/** The routes of the offers below `/api/v1`. */
export const restRoutes: readonly RestRoute[] = [
  restRoute({
    method: "POST",
    path: "/quotes",
    scope: "quote:create",
    summary: "What a cart costs for a tier through a channel at an instant, and what every offer in force answered",
    input: z.strictObject({
      tier: TierCode,
      channel: Channel,
      at: z.iso.datetime({ offset: true }).optional().meta({ description: "now, when absent" }),
      lines: Cart,
      newMember: z.boolean().optional().meta({ description: "whether the printed new-member window is open" }),
      codes: z.array(OfferCode).max(5).optional(),
    }),
    output: z.object({
      listFen: Fen,
      totalFen: Fen,
      lines: z.array(z.object({ sku: z.string(), quantity: z.int(), listFen: Fen, discountFen: Fen, totalFen: Fen })),
      offers: z.array(Answered),
      decisionId: z.uuid(),
    }),
    handle: async (ctx, { at, codes = [], ...question }) => {
      const unlocked = codes.length === 0 ? [] : await openedBy(ctx.db, codes);
      const quoted = await answer(ctx, { ...question, unlocked, at: at === undefined ? ctx.now : new Date(at) });
      return { ...quoted, lines: [...quoted.lines], offers: quoted.offers.map(plain) };
    },
  }),
  restRoute({
    method: "GET",
    path: "/offers",
    scope: "offer:read",
    summary: "The offers in force, in the order in which quotes answer them: their whole terms",
    input: z.strictObject({}),
    output: z.object({
      offers: z.array(z.object({ id: z.uuid(), version: z.int(), exhausted: z.boolean(), ...OfferTerms.shape })),
    }),
    handle: async (ctx) => {
      const { compiled } = await offersAt(ctx.db, ctx.now, ctx.now);
      return {
        offers: compiled.offers.map(({ id, version, exhausted, terms }) => ({ id, version, exhausted, ...terms })),
      };
    },
  }),
];

/** An answer as the document describes it. */
function plain(answered: Answer): z.input<typeof Answered> {
  return answered.applied
    ? { ...answered, grants: answered.grants.map((grant) => ({ ...grant })) }
    : { ...answered, condition: { ...answered.condition } };
}
