/**
 * The column kit: tables are written once, in SQLite's types, and built for whichever engine this process runs on.
 * The casts of this file are the one place where PostgreSQL's builders pass for SQLite's; a test holds both migrated
 * schemas against each other.
 */
import * as pg from "drizzle-orm/pg-core";
import * as sqlite from "drizzle-orm/sqlite-core";
import type { Id } from "#server/core/id.ts";
import type { Fen } from "#server/core/money.ts";
import { Written } from "#server/core/written.ts";
import { engine } from "./engine.ts";

const onPostgres = engine === "postgres";

function either<T>(forSqlite: () => T, forPostgres: () => unknown): T {
  return onPostgres ? (forPostgres() as T) : forSqlite();
}

const pgInstant = pg.customType<{ data: Date; driverData: string | number }>({
  dataType: () => "bigint",
  toDriver: (at) => at.getTime(),
  fromDriver: (ms) => new Date(Number(ms)),
});
const pgBytes = pg.customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });
const pgJson = pg.customType<{ data: unknown; driverData: string }>({
  dataType: () => "text",
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (text) => JSON.parse(text),
});
const unparsed = {
  dataType: () => "text",
  toDriver: (value: Written<unknown>) => value.text,
  fromDriver: (text: string) => new Written<never>(text),
};

/** A UUIDv7 naming a `K`. */
export const id = <K extends string>() =>
  either(
    () => sqlite.text().$type<Id<K>>(),
    () => pg.uuid(),
  );

/** Text; with a type argument, text of a closed vocabulary that zod checked at the edge. */
export const text = <T extends string = string>() =>
  either(
    () => sqlite.text().$type<T>(),
    () => pg.text(),
  );

/** A whole number within JavaScript's safe range. */
export const integer = () =>
  either(
    () => sqlite.integer(),
    () => pg.bigint({ mode: "number" }),
  );

/** Money in whole fen. */
export const fen = () =>
  either(
    () => sqlite.integer().$type<Fen>(),
    () => pg.bigint({ mode: "number" }),
  );

/** An instant, stored as UTC milliseconds on both engines, so that arithmetic on it is the same SQL. */
export const instant = () =>
  either(
    () => sqlite.integer({ mode: "timestamp_ms" }),
    () => pgInstant(),
  );

/** True or false. */
export const flag = () =>
  either(
    () => sqlite.integer({ mode: "boolean" }),
    () => pg.boolean(),
  );

/** Raw bytes: keys, hashes, ciphertext. */
export const bytes = () =>
  either(
    () => sqlite.blob({ mode: "buffer" }),
    () => pgBytes(),
  );

/** A JSON value, kept as the text that was written (key order included) on both engines. */
export const json = <T>() =>
  either(
    () => sqlite.text({ mode: "json" }).$type<T>(),
    () => pgJson(),
  );

/** The same, parsed only when it is read. */
export const written = <T>() =>
  either(
    () => sqlite.customType<{ data: Written<T>; driverData: string }>(unparsed)(),
    () => pg.customType<{ data: Written<unknown>; driverData: string }>(unparsed)(),
  );

/** A table. Column names are the snake_case of the keys. */
export const table: typeof sqlite.sqliteTable = ((name: string, columns: Columns, extras?: never) => {
  for (const [key, column] of Object.entries(columns)) column.setName(snakeCase(key));
  return onPostgres ? pg.pgTable(name, columns as never, extras) : sqlite.sqliteTable(name, columns as never, extras);
}) as never;

type Columns = Record<string, { setName(name: string): void }>;

function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export const index: typeof sqlite.index = either(
  () => sqlite.index,
  () => pg.index,
);
export const uniqueIndex: typeof sqlite.uniqueIndex = either(
  () => sqlite.uniqueIndex,
  () => pg.uniqueIndex,
);
export const primaryKey: typeof sqlite.primaryKey = either(
  () => sqlite.primaryKey,
  () => pg.primaryKey,
);
export const check: typeof sqlite.check = either(
  () => sqlite.check,
  () => pg.check,
);
export const foreignKey: typeof sqlite.foreignKey = either(
  () => sqlite.foreignKey,
  () => pg.foreignKey,
);

const appendOnlyTables = new Set<string>();

/** Marks a table whose rows the database itself refuses to change or delete (a trigger on both engines). */
export function appendOnly<T extends sqlite.SQLiteTable>(of: T): T {
  appendOnlyTables.add(tableName(of));
  return of;
}

/** The names of the tables marked append-only, in the order of their declaration. */
export function listAppendOnly(): readonly string[] {
  return [...appendOnlyTables];
}

function tableName(of: object): string {
  return (of as Record<symbol, string>)[Symbol.for("drizzle:Name")] ?? "";
}
