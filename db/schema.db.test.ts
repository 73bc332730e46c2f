import { is } from "drizzle-orm";
import { PgTable, getTableConfig as pgConfig } from "drizzle-orm/pg-core";
import { SQLiteTable, getTableConfig as sqliteConfig } from "drizzle-orm/sqlite-core";
import { beforeAll, expect, test } from "vitest";
import type { Db } from "./client.ts";
import { listAppendOnly } from "./columns.ts";
import { engine } from "./engine.ts";
import { migrate, missingMigrations } from "./migrate.ts";
import { openRaw, type Raw } from "./raw.ts";
import * as schema from "./schema/index.ts";
import { freshDatabase, urlOf } from "./testing.ts";

/** What a table is, in words that both engines share. */
type Shape = {
  readonly columns: Record<string, string>;
  readonly primaryKey: readonly string[];
  readonly indexes: readonly string[];
  readonly foreignKeys: readonly string[];
};

const declared = new Map<string, Shape>();
for (const table of Object.values<unknown>(schema)) {
  if (!is(table, PgTable) && !is(table, SQLiteTable)) continue;
  const config = is(table, PgTable) ? pgConfig(table) : sqliteConfig(table);
  const composite = config.primaryKeys.flatMap((key) => key.columns.map(({ name }) => name));
  declared.set(config.name, {
    columns: Object.fromEntries(
      config.columns.map((column) => [
        column.name,
        describe(column.getSQLType(), column.notNull || composite.includes(column.name)),
      ]),
    ),
    primaryKey: [...composite, ...config.columns.filter(({ primary }) => primary).map(({ name }) => name)].sort(),
    indexes: config.indexes.map((index) => indexWords(index.config.name ?? "", index.config.unique ?? false)).sort(),
    foreignKeys: config.foreignKeys
      .map((key) => key.reference())
      .map(({ columns, foreignTable }) => `${columns[0]?.name} → ${tableName(foreignTable)}`)
      .sort(),
  });
}

let db: Db;
/** One connection for all that is looked up. */
let raw: Raw;
beforeAll(async () => {
  db = await freshDatabase();
  raw = await openRaw(urlOf(db));
  return () => raw.close();
});

test("the migrated database is what the tables declare", async () => {
  const found = new Map<string, Shape>();
  for (const name of await tableNames()) found.set(name, await inspect(name));
  expect(Object.fromEntries([...found].sort())).toEqual(Object.fromEntries([...declared].sort()));
});

test("migrating again changes nothing, also from several processes at once", async () => {
  expect(await Promise.all([migrate(urlOf(db)), migrate(urlOf(db)), migrate(urlOf(db))])).toEqual([[], [], []]);
  expect(await missingMigrations(urlOf(db))).toEqual([]);
});

test("each append-only table has triggers that refuse every change", async () => {
  const triggers =
    engine === "postgres"
      ? await raw.run("SELECT tgrelid::regclass::text AS name FROM pg_trigger WHERE NOT tgisinternal")
      : await raw.run("SELECT tbl_name AS name FROM sqlite_master WHERE type = 'trigger'");
  const perTable = Object.groupBy(triggers, ({ name }) => String(name));
  expect(listAppendOnly().length).toBeGreaterThan(0);
  for (const name of listAppendOnly()) expect(perTable[name], name).toHaveLength(2);
});

async function tableNames(): Promise<string[]> {
  const rows =
    engine === "postgres"
      ? await raw.run("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'")
      : await raw.run("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  return rows.map(({ name }) => String(name)).filter((name) => name !== "schema_migrations");
}

function inspect(name: string): Promise<Shape> {
  return engine === "postgres" ? inspectPostgres(name) : inspectSqlite(name);
}

async function inspectSqlite(name: string): Promise<Shape> {
  const columns = await raw.run(`PRAGMA table_info("${name}")`);
  const indexes = await raw.run(`PRAGMA index_list("${name}")`);
  const keys = await raw.run(`PRAGMA foreign_key_list("${name}")`);
  return {
    columns: Object.fromEntries(
      columns.map((column) => [
        String(column.name),
        describe(String(column.type), column.notnull === 1 || column.pk !== 0),
      ]),
    ),
    primaryKey: columns
      .filter(({ pk }) => pk !== 0)
      .map((column) => String(column.name))
      .sort(),
    indexes: indexes
      .filter(({ origin }) => origin === "c")
      .map((index) => indexWords(String(index.name), index.unique === 1))
      .sort(),
    foreignKeys: keys
      .filter(({ seq }) => seq === 0)
      .map((key) => `${key.from} → ${key.table}`)
      .sort(),
  };
}

async function inspectPostgres(name: string): Promise<Shape> {
  const columns = await raw.run(
    `SELECT column_name, data_type, is_nullable FROM information_schema.columns WHERE table_name = '${name}'`,
  );
  const primary = await raw.run(
    `SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
     WHERE i.indrelid = '"${name}"'::regclass AND i.indisprimary`,
  );
  const indexes = await raw.run(
    `SELECT c.relname, i.indisunique FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE i.indrelid = '"${name}"'::regclass AND NOT i.indisprimary`,
  );
  const keys = await raw.run(
    `SELECT a.attname, confrelid::regclass::text AS target FROM pg_constraint c
     JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
     WHERE contype = 'f' AND conrelid = '"${name}"'::regclass`,
  );
  return {
    columns: Object.fromEntries(
      columns.map((column) => [
        String(column.column_name),
        describe(String(column.data_type), column.is_nullable === "NO"),
      ]),
    ),
    primaryKey: primary.map(({ attname }) => String(attname)).sort(),
    indexes: indexes.map((index) => indexWords(String(index.relname), index.indisunique === true)).sort(),
    foreignKeys: keys.map((key) => `${key.attname} → ${key.target}`).sort(),
  };
}

function describe(type: string, required: boolean): string {
  const kinds: Record<string, string> = {
    uuid: "text",
    text: "text",
    bigint: "whole",
    integer: "whole",
    boolean: "whole",
    bytea: "bytes",
    blob: "bytes",
  };
  return `${kinds[type.toLowerCase()] ?? type}${required ? "" : ", or none"}`;
}

function indexWords(name: string, unique: boolean): string {
  return unique ? `${name}, unique` : name;
}

function tableName(table: object): string {
  return is(table, PgTable) ? pgConfig(table).name : is(table, SQLiteTable) ? sqliteConfig(table).name : "";
}
