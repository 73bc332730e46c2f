import type Database from "better-sqlite3";
import { getTableColumns, getTableName } from "drizzle-orm";
import { columnsOf, conflictClause } from "./bulk.ts";
import type { Bulk, OnStatement } from "./client.ts";

/** Many rows at once on SQLite: one statement, compiled once, stepped in a loop inside the open transaction. */
export function bulkDoor(connection: Database.Database, onStatement?: OnStatement): Bulk {
  const statement = (sql: string): Database.Statement => {
    onStatement?.(sql);
    return connection.prepare(sql);
  };
  return {
    async bulkInsert(into, rows, onConflict) {
      const first = rows[0];
      if (first === undefined) return 0;
      const columns = columnsOf(into, first);
      const names = columns.map(({ name }) => `"${name}"`).join(", ");
      const insert = statement(
        `INSERT INTO "${getTableName(into)}" (${names}) VALUES (${columns.map(() => "?").join(", ")})${conflictClause(into, onConflict)}`,
      );
      const values = new Array<unknown>(columns.length);
      let written = 0;
      for (const row of rows as readonly Record<string, unknown>[]) {
        for (const [at, { key, encode }] of columns.entries()) values[at] = encode(row[key]);
        written += insert.run(values).changes;
      }
      return written;
    },
    async bulkSelect(from, key, keys) {
      const columns = getTableColumns(from);
      const column = columns[key];
      if (column === undefined) throw new Error(`no column ${key}`);
      const select = statement(`SELECT * FROM "${getTableName(from)}" WHERE "${column.name}" = ?`);
      const decoders = Object.entries(columns);
      const found: Record<string, unknown>[] = [];
      for (const value of keys) {
        for (const stored of select.all(column.mapToDriverValue(value)) as Record<string, unknown>[]) {
          const row: Record<string, unknown> = {};
          for (const [name, each] of decoders) {
            const raw = stored[each.name];
            row[name] = raw === null ? null : each.mapFromDriverValue(raw);
          }
          found.push(row);
        }
      }
      return found as never;
    },
  };
}
