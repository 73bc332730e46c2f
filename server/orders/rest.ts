import { z } from "zod";
import { type RestRoute, restRoute, restUpload } from "../api/rest-route.ts";
import { batchStates, ChosenSettings, ImportReport, OneBatch, Provenance, provenanceIn } from "./importing/model.ts";
import { report } from "./importing/queries.ts";
import { accept } from "./importing/service.ts";
import { MappingName } from "./mapping/model.ts";
import { named } from "./mapping/queries.ts";
import { LeakPolicy, Platform } from "./reading/model.ts";

/** The routes of the orders below `/api/v1`. */
export const restRoutes: readonly RestRoute[] = [
  restUpload({
    path: "/order-imports",
    scope: "order:import",
    summary: "Imports a platform's order export: the part `file`, after the fields that go with it",
    status: 202,
    input: z.strictObject({
      fileName: z.string().trim().min(1).max(200).default("orders"),
      platform: Platform.optional(),
      mapping: MappingName.optional(),
      leaks: LeakPolicy.default("drop"),
      dryRun: z.enum(["true", "false"]).default("false"),
      thirdParty: z.enum(["true", "false"]).default("false"),
      ...Provenance.partial().shape,
    }),
    output: z.strictObject({ batchId: z.string(), state: z.enum(batchStates) }),
    handle: async (ctx, { fileName, platform, mapping: name, leaks, dryRun, thirdParty, ...declared }, upload) => {
      const mapping = name === undefined ? undefined : await named(ctx.db, name);
      const chosen = ChosenSettings.parse({
        platform,
        mapping,
        leaks,
        ...provenanceIn(thirdParty === "true", declared),
      });
      const batch = await accept(ctx, { ...upload, fileName }, chosen, dryRun === "true");
      return { batchId: batch.id, state: batch.state };
    },
  }),
  restRoute({
    method: "GET",
    path: "/order-imports/{batchId}",
    scope: "order:read",
    summary: "How an import stands, and its account once it is over",
    input: OneBatch,
    output: ImportReport,
    handle: (ctx, { batchId }) => report(ctx.db, batchId),
  }),
];
