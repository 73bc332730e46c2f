import { z } from "zod";
import { type Id, idSchema } from "../../../core/id.ts";
import { Role } from "../../../staff/model.ts";
import { OrderFilter } from "../model.ts";

export type SavedViewId = Id<"savedView">;

export const ViewName = z.string().trim().min(1).max(20);

/** Keeps a filter under a name; the same name again replaces what it said. */
export const SaveView = z.strictObject({ name: ViewName, filter: OrderFilter, sharedWith: Role.nullable() });
export type SaveView = z.infer<typeof SaveView>;

export const OneView = z.strictObject({ viewId: idSchema<"savedView">() });
export type OneView = z.infer<typeof OneView>;

export const RenameView = OneView.extend({ name: ViewName });
export type RenameView = z.infer<typeof RenameView>;

/** The views that everybody begins with. */
export const builtInViews = [
  { key: "all", filter: {} },
  { key: "unclaimed", filter: { owned: false } },
  { key: "refunding", filter: { status: "refunding" } },
  { key: "partiallyRefunded", filter: { status: "partiallyRefunded" } },
  { key: "importedThisWeek", filter: { imported: "thisWeek" } },
] as const satisfies readonly { key: string; filter: OrderFilter }[];

/** A saved view as somebody sees it. */
export type ViewShown = {
  readonly id: SavedViewId;
  readonly name: string;
  readonly filter: OrderFilter;
  readonly sharedWith: Role | null;
  /** Whether it is theirs to rename and delete. */
  readonly own: boolean;
};

export const refusalCodes = ["VIEW_NOT_FOUND", "VIEW_NAME_TAKEN"] as const;
