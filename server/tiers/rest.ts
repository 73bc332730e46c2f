import { z } from "zod";
import { type RestRoute, restRoute } from "../api/rest-route.ts";
import { Refusal } from "../core/refusal.ts";
import { LadderTerms } from "./model.ts";
import { ladderInForce } from "./queries.ts";

/** The routes of the tiers below `/api/v1`. */
export const restRoutes: readonly RestRoute[] = [
  restRoute({
    method: "GET",
    path: "/tiers",
    scope: "tier:read",
    summary: "The tier ladder in force: tiers from the lowest up, with their thresholds and the rules around them",
    input: z.strictObject({}),
    output: z.object({ version: z.int(), effectiveFrom: z.iso.datetime(), ...LadderTerms.shape }),
    handle: async (ctx) => {
      const ladder = await ladderInForce(ctx.db, ctx.now);
      if (ladder === null) throw new Refusal("LADDER_MISSING", {}, "missing");
      return { version: ladder.version, effectiveFrom: ladder.effectiveFrom.toISOString(), ...ladder.terms };
    },
  }),
];
