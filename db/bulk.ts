import { getTableColumns, getTableName } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";

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

/** How a column is asked for, and its value in the driver's terms from what comes of it. */
export type Asking = { readonly sql: string; driverValue(raw: unknown): unknown };

/** Some columns of the rows that are found by one of them: the query up to its value, and a row made of what it gives. */
export function selectionOf(
  table: SQLiteTable,
  names: readonly string[],
  key: string,
  ask: (column: SQLiteColumn) => Asking = plainly,
) {
  const columns: Record<string, SQLiteColumn> = getTableColumns(table);
  const columnOf = (name: string): SQLiteColumn => {
    const column = columns[name];
    if (column === undefined) throw new Error(`no column ${name}`);
    return column;
  };
  const selected = names.map((name) => ({ name, column: columnOf(name), asking: ask(columnOf(name)) }));
  const by = columnOf(key);
  const list = selected.map(({ asking }) => asking.sql).join(", ");
  return {
    text: `SELECT ${list} FROM "${getTableName(table)}" WHERE "${by.name}"`,
    type: by.getSQLType(),
    encode: (value: unknown) => by.mapToDriverValue(value),
    rowOf(stored: readonly unknown[]): Record<string, unknown> {
      const row: Record<string, unknown> = {};
      for (const [at, { name, column, asking }] of selected.entries()) {
        const raw = stored[at];
        row[name] = raw === null ? null : column.mapFromDriverValue(asking.driverValue(raw));
      }
      return row;
    },
  };
}

export function plainly({ name }: SQLiteColumn): Asking {
  return { sql: `"${name}"`, driverValue: (raw) => raw };
}
