import type Database from "better-sqlite3";
import { getTableColumns, getTableName } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { type Asking, columnsOf, conflictClause, plainly, selectionOf } from "./bulk.ts";
import type { Bulk, BulkReader, OnStatement } from "./client.ts";

/** Many rows at once on SQLite: one statement, compiled once, stepped in a loop inside the open transaction. */
export function bulkDoor(connection: Database.Database, onStatement?: OnStatement): Bulk & BulkReader {
  const statement = statementsOn(connection, onStatement);
  return {
    ...bulkReader(connection, onStatement),
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
  };
}

/** Reads by keys alone, on a connection that cannot write too. */
export function bulkReader(connection: Database.Database, onStatement?: OnStatement): BulkReader {
  const statement = statementsOn(connection, onStatement);
  const reader: BulkReader = {
    async bulkRead(from, columns, key, keys) {
      const { text, encode, rowOf } = selectionOf(from, columns, key, bytesInHex);
      const found: Record<string, unknown>[] = [];
      for (let at = 0; at < keys.length; at += KEYS_PER_STATEMENT) {
        const part = padded(keys.slice(at, at + KEYS_PER_STATEMENT).map(encode));
        const select = statement(`${text} IN (${part.map(() => "?").join(", ")})`).raw();
        for (const row of select.all(part) as unknown[][]) found.push(rowOf(row));
      }
      return found as never;
    },
    async bulkSelect(from, key, keys) {
      return reader.bulkRead(from, Object.keys(getTableColumns(from)), key, keys) as never;
    },
  };
  return reader;
}

/** Of many short blobs each costs the driver more than the whole rest of its row; as texts they take half the time. */
function bytesInHex(column: SQLiteColumn): Asking {
  const asking = plainly(column);
  if (column.getSQLType() !== "blob") return asking;
  const hex = `hex(${asking.sql})`;
  return {
    sql: column.notNull ? hex : `iif(${asking.sql} IS NULL, NULL, ${hex})`,
    driverValue: (raw) => Buffer.from(String(raw), "hex"),
  };
}

/** To ask for many keys at once takes a quarter of the time that it takes to ask for each. */
const KEYS_PER_STATEMENT = 128;

/** The keys up to a power of two of them, the last one again and again, so that few texts serve for all numbers of keys. */
function padded(keys: readonly unknown[]): unknown[] {
  const size = 2 ** Math.ceil(Math.log2(keys.length));
  return [...keys, ...new Array<unknown>(size - keys.length).fill(keys.at(-1))];
}

function statementsOn(connection: Database.Database, onStatement?: OnStatement) {
  return (sql: string): Database.Statement => {
    onStatement?.(sql);
    return connection.prepare(sql);
  };
}
