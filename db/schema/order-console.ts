import type { ExportFormat, ExportPurpose, ExportState } from "#server/orders/console/export/model.ts";
import type { OrderFilter } from "#server/orders/console/model.ts";
import type { Role } from "#server/staff/model.ts";
import { id, index, instant, integer, json, table, text, uniqueIndex } from "../columns.ts";
import { staff } from "./staff.ts";

/** Searches that somebody on the staff keeps under a name, for themselves or for everybody of a role. */
export const savedViews = table(
  "saved_views",
  {
    id: id<"savedView">().primaryKey(),
    ownerId: id<"staff">()
      .notNull()
      .references(() => staff.id),
    name: text().notNull(),
    filter: json<OrderFilter>().notNull(),
    sharedWith: text<Role>(),
    savedAt: instant().notNull(),
  },
  (t) => [uniqueIndex("saved_views_name").on(t.ownerId, t.name), index("saved_views_shared").on(t.sharedWith, t.name)],
);

/** Exports of orders: what was asked for, by whom and why. The file itself goes straight down and is kept nowhere. */
export const orderExports = table(
  "order_exports",
  {
    /** The number that stands in the file, for whoever finds it to ask where it comes from. */
    id: id<"orderExport">().primaryKey(),
    staffId: id<"staff">()
      .notNull()
      .references(() => staff.id),
    state: text<ExportState>().notNull(),
    filter: json<OrderFilter>().notNull(),
    format: text<ExportFormat>().notNull(),
    purpose: text<ExportPurpose>().notNull(),
    createdAt: instant().notNull(),
    /** Until when its link works. */
    expiresAt: instant().notNull(),
    startedAt: instant(),
    finishedAt: instant(),
    /** Rows that went out. */
    rows: integer().notNull(),
  },
  (t) => [index("order_exports_staff").on(t.staffId), index("order_exports_state").on(t.state, t.startedAt)],
);
