import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { listAppendOnly } from "./columns.ts";
import type { EngineName } from "./engine.ts";
import { openRaw, type RunSql } from "./raw.ts";
import "./schema/index.ts";

/**
 * Brings the database that `url` names to the newest schema, in one transaction under a lock, so that processes that
 * start together migrate once. Refuses when a migration that was already applied has been edited since. Returns the
 * names that were applied now.
 */
export async function migrate(url: string): Promise<readonly string[]> {
  const raw = await openRaw(url);
  try {
    return await raw.exclusively(async (run) => {
      await run("CREATE TABLE IF NOT EXISTS schema_migrations (name text PRIMARY KEY, digest text NOT NULL)");
      const applied = new Map(
        (await run("SELECT name, digest FROM schema_migrations")).map((row) => [row.name, row.digest]),
      );
      const fresh: string[] = [];
      for (const { name, statements, digest } of migrationsFor(raw.engine)) {
        const known = applied.get(name);
        if (known === digest) continue;
        if (known !== undefined) throw new Error(`migration ${name} was edited after it had been applied`);
        for (const statement of statements) await run(statement);
        await run(`INSERT INTO schema_migrations (name, digest) VALUES ('${name}', '${digest}')`);
        fresh.push(name);
      }
      await refuseChanges(run, raw.engine);
      return fresh;
    });
  } finally {
    await raw.close();
  }
}

/** The migrations that the database still lacks, by name: empty when it may be served. */
export async function missingMigrations(url: string): Promise<readonly string[]> {
  const raw = await openRaw(url);
  try {
    const applied = new Set(
      (await raw.run("SELECT name FROM schema_migrations").catch(() => [])).map((row) => row.name),
    );
    return migrationsFor(raw.engine)
      .map(({ name }) => name)
      .filter((name) => !applied.has(name));
  } finally {
    await raw.close();
  }
}

type Migration = { readonly name: string; readonly statements: readonly string[]; readonly digest: string };

function migrationsFor(engine: EngineName): Migration[] {
  const folder = join(import.meta.dirname, "migrations", engine);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), "utf8");
      return {
        name: file.replace(/\.sql$/, ""),
        statements: text.split("--> statement-breakpoint").filter((statement) => statement.trim() !== ""),
        digest: createHash("sha256").update(text).digest("hex"),
      };
    });
}

/**
 * Triggers that refuse UPDATE and DELETE (and TRUNCATE) on every table marked append-only. On PostgreSQL the privileges
 * go too, the owner's own among them: whoever drops a trigger still cannot change a row without granting it first. An
 * UPDATE of the primary key stays granted (the trigger refuses it), since a foreign key locks the row it points at.
 */
async function refuseChanges(run: RunSql, engine: EngineName): Promise<void> {
  if (engine === "postgres") {
    await run(`CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME; END $$`);
  }
  for (const table of listAppendOnly()) {
    if (engine === "postgres") {
      await run(`CREATE OR REPLACE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON ${table}
        FOR EACH ROW EXECUTE FUNCTION refuse_change()`);
      await run(`CREATE OR REPLACE TRIGGER ${table}_no_truncate BEFORE TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
      await run(`REVOKE UPDATE, DELETE, TRUNCATE ON ${table} FROM PUBLIC, CURRENT_USER`);
      await run(`GRANT UPDATE (${(await primaryKeyOf(run, table)).join(", ")}) ON ${table} TO CURRENT_USER`);
      continue;
    }
    for (const act of ["UPDATE", "DELETE"]) {
      await run(`CREATE TRIGGER IF NOT EXISTS ${table}_no_${act.toLowerCase()} BEFORE ${act} ON ${table}
        BEGIN SELECT RAISE(ABORT, 'append-only: ${table}'); END`);
    }
  }
}

async function primaryKeyOf(run: RunSql, table: string): Promise<string[]> {
  const columns = await run(
    `SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
     WHERE i.indrelid = '${table}'::regclass AND i.indisprimary`,
  );
  return columns.map(({ attname }) => String(attname));
}
