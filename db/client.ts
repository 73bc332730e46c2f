import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import { type EngineName, engineOf } from "./engine.ts";

type Engine = BetterSQLite3Database;
declare const open: unique symbol;

/** Reads. Cannot write, so nothing can be written outside a transaction. */
export type Reader = Pick<Engine, "select" | "selectDistinct" | "$count"> & BulkReader;

/** Many rows by their keys. */
export type BulkReader = {
  /** Of the rows whose `key` column equals one of `keys`, these columns. */
  bulkRead<
    T extends SQLiteTable,
    K extends keyof T["$inferSelect"] & string,
    C extends keyof T["$inferSelect"] & string,
  >(
    from: T,
    columns: readonly C[],
    key: K,
    keys: readonly T["$inferSelect"][K][],
  ): Promise<Pick<T["$inferSelect"], C>[]>;
  /** All columns of them. */
  bulkSelect<T extends SQLiteTable, K extends keyof T["$inferSelect"] & string>(
    from: T,
    key: K,
    keys: readonly T["$inferSelect"][K][],
  ): Promise<T["$inferSelect"][]>;
};

/** Reads and writes of one transaction. Only `transact` makes one. */
export type Tx = Reader & Pick<Engine, "insert" | "update" | "delete"> & Bulk & { readonly [open]: true };

/** The one door for many rows at once: a prepared statement loop on SQLite, COPY or unnest on PostgreSQL. */
export type Bulk = {
  /**
   * Inserts all `rows` (complete rows: every column without a default), fastest where all of them are new. With
   * `onConflict`, rows that meet an existing key are skipped (`"skip"`) or overwrite the columns of `update`; no two of
   * `rows` may then share a key. Without it such a row fails the transaction; one that another transaction stored since
   * this one looked for its key makes it run again. Returns how many rows were inserted or updated.
   */
  bulkInsert<T extends SQLiteTable>(
    into: T,
    rows: readonly T["$inferInsert"][],
    onConflict?: {
      readonly key: readonly (keyof T["$inferSelect"] & string)[];
      readonly update: "skip" | readonly (keyof T["$inferSelect"] & string)[];
    },
  ): Promise<number>;
};

export type Db = Reader & {
  readonly engine: EngineName;
  /**
   * Runs `body` in one transaction, all or nothing, and answers once it is durable. The whole body may run again after
   * a serialisation failure (bounded), so it does nothing but work on `tx`. Nested use throws.
   */
  transact<T>(body: (tx: Tx) => Promise<T>): Promise<T>;
  /** Writes and reads back one row: the probe behind `/readyz`. Throws when the database cannot write. */
  probe(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Opens the database that `url` names: `postgres://…`, or a path (or `file:` URL) of an SQLite file. The engine must be
 * the one this process was started with (`DATABASE_URL`), since the tables were built for it.
 */
export async function openDatabase(url: string, onStatement?: OnStatement): Promise<Db> {
  return engineOf(url) === "postgres"
    ? (await import("./postgres.ts")).openPostgres(url, onStatement)
    : (await import("./sqlite.ts")).openSqlite(url.replace(/^file:(\/\/)?/, ""), onStatement);
}

/** Sees the text of each statement as it is sent, never its values: the query plan test listens here. */
export type OnStatement = (sql: string) => void;
