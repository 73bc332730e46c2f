import { getTableColumns } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";

type BulkColumn = { readonly key: string; readonly name: string; encode(value: unknown): unknown };

/** The columns that the first row fills; the others take their defaults. */
export function columnsOf(table: SQLiteTable, first: object): BulkColumn[] {
  return Object.entries(getTableColumns(table))
    .filter(([key]) => key in first)
    .map(([key, column]) => ({
      key,
      name: column.name,
      encode: (value) => (value === null || value === undefined ? null : column.mapToDriverValue(value)),
    }));
}

/** ON CONFLICT in the words that both engines share. */
export function conflictClause(
  table: SQLiteTable,
  onConflict: { readonly key: readonly string[]; readonly update: "skip" | readonly string[] } | undefined,
): string {
  if (onConflict === undefined) return "";
  const columns = getTableColumns(table);
  const name = (key: string) => `"${columns[key]?.name ?? key}"`;
  const target = `ON CONFLICT (${onConflict.key.map(name).join(", ")})`;
  if (onConflict.update === "skip") return ` ${target} DO NOTHING`;
  return ` ${target} DO UPDATE SET ${onConflict.update.map((key) => `${name(key)} = excluded.${name(key)}`).join(", ")}`;
}
