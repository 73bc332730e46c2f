import { type EngineName, engineOf } from "./engine.ts";

export type Row = Record<string, unknown>;
export type RunSql = (sql: string, values?: readonly (string | number | null)[]) => Promise<Row[]>;

/**
 * Raw SQL on a connection of its own: for migrations, `doctor`, query plans, and tests that tamper with the database
 * behind the product's back. Services never see it.
 */
export type Raw = {
  readonly engine: EngineName;
  readonly run: RunSql;
  /** Runs `work` in one transaction that no other process's `exclusively` overlaps. */
  exclusively<T>(work: (run: RunSql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/** Opens a raw connection to the database that `url` names. */
export async function openRaw(url: string): Promise<Raw> {
  return engineOf(url) === "postgres"
    ? (await import("./postgres.ts")).openRawPostgres(url)
    : (await import("./sqlite.ts")).openRawSqlite(url.replace(/^file:(\/\/)?/, ""));
}
