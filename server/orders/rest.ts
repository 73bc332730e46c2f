import { z } from "zod";
import { type RestRoute, restRoute, restUpload } from "../api/rest-route.ts";
import { batchStates, ImportReport, OneBatch } from "./importing/model.ts";
import { report } from "./importing/queries.ts";
import { accept } from "./importing/service.ts";
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
      leaks: LeakPolicy.default("drop"),
      dryRun: z.enum(["true", "false"]).default("false"),
    }),
    output: z.strictObject({ batchId: z.string(), state: z.enum(batchStates) }),
    handle: async (ctx, { fileName, platform, leaks, dryRun }, upload) => {
      const batch = await accept(ctx, { ...upload, fileName }, { platform, leaks }, dryRun === "true");
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
