import { z } from "zod";
import type { Id } from "../../../core/id.ts";
import { OrderFilter } from "../model.ts";

export type OrderExportId = Id<"orderExport">;

export const exportFormats = ["csv", "xlsx"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Why orders leave the system (PIPL Art. 6): no personal data goes with them, and still nobody takes them without a reason. */
export const exportPurposes = ["reconciliation", "afterSale", "analysis", "inspection"] as const;
export type ExportPurpose = (typeof exportPurposes)[number];

/** `waiting` for its download, `running`, `done`, or `interrupted` before its last row went out. */
export const exportStates = ["waiting", "running", "done", "interrupted"] as const;
export type ExportState = (typeof exportStates)[number];

export const AskExport = z.strictObject({
  filter: OrderFilter,
  format: z.enum(exportFormats),
  purpose: z.enum(exportPurposes),
});
export type AskExport = z.infer<typeof AskExport>;

/** Most rows of one export: what a spreadsheet still opens with ease, and a person can still answer for. */
export const MAX_EXPORT_ROWS = 200_000;

/** How long the link of an export works (5 minutes); it works once. */
export const EXPORT_LINK_MS = 5 * 60_000;

export const refusalCodes = ["EXPORT_TOO_LARGE", "EXPORT_EMPTY", "EXPORT_LINK_OVER"] as const;
