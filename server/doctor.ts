import { stat } from "node:fs/promises";
import { join } from "node:path";
import { engineOf } from "#db/engine.ts";
import { missingMigrations } from "#db/migrate.ts";
import { openRaw, type RunSql } from "#db/raw.ts";
import type { Config } from "./config.ts";
import { openKeys } from "./core/keys.ts";
import { floors, isBelow, lockedVersions } from "./floors.ts";

/** One thing looked at: what was found, what is needed. */
export type Finding = { readonly name: string; readonly found: string; readonly needed: string; readonly ok: boolean };

/** Looks at everything that must hold before real members are let in. Changes nothing. */
export async function examineHouse(config: Config): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const note = (name: string, found: unknown, needed: string, ok: boolean) =>
    findings.push({ name, found: String(found), needed, ok });

  note("node", process.version, "≥ 22.18", !isBelow(process.version.slice(1), "22.18.0"));
  const locked = lockedVersions(join(import.meta.dirname, "..", "package-lock.json"));
  for (const [name, floor] of Object.entries(floors)) {
    const version = locked[name] ?? "none";
    note(`package ${name}`, version, `≥ ${floor}`, !isBelow(version, floor));
  }
  const origin = config.publicOrigin ?? "none";
  note("public origin", origin, "https", config.demo || origin.startsWith("https://"));
  note(
    "demo accounts",
    config.demo ? "on" : "off",
    "off for real members",
    !config.demo || config.mode !== "production" || origin === "none",
  );
  await keys(config, note);
  await database(config, note);
  return findings;
}

type Note = (name: string, found: unknown, needed: string, ok: boolean) => void;

async function keys({ keyDir }: Config, note: Note): Promise<void> {
  const folder = await stat(keyDir).catch(() => null);
  if (folder === null) return note("keys", "none yet", "made on first start", false);
  note("keys folder", (folder.mode & 0o777).toString(8), "700", (folder.mode & 0o077) === 0);
  const opened = await openKeys({ dir: keyDir }).then(
    () => "complete",
    (reason: Error) => reason.message,
  );
  note("keys", opened, "complete", opened === "complete");
}

async function database({ databaseUrl }: Config, note: Note): Promise<void> {
  const engine = engineOf(databaseUrl);
  note("engine", engine, "sqlite or postgres", true);
  const raw = await openRaw(databaseUrl);
  try {
    await (engine === "postgres" ? postgres(raw.run, note) : sqlite(raw.run, note));
  } catch {
    note("database", "does not answer", "answers", false);
    return;
  } finally {
    await raw.close();
  }
  const missing = await missingMigrations(databaseUrl);
  note("migrations", missing.length === 0 ? "newest" : `lacks ${missing.join(", ")}`, "newest", missing.length === 0);
}

async function sqlite(run: RunSql, note: Note): Promise<void> {
  const one = async (sql: string) => Object.values((await run(sql))[0] ?? {})[0];
  const version = String(await one("SELECT sqlite_version()"));
  note("SQLite", version, "≥ 3.51.3 (WAL-reset bug)", !isBelow(version, "3.51.3"));
  const needed = {
    journal_mode: "wal",
    synchronous: 2,
    foreign_keys: 1,
    trusted_schema: 0,
    cell_size_check: 1,
    mmap_size: 0,
  };
  for (const [pragma, value] of Object.entries(needed)) {
    const found = await one(`PRAGMA ${pragma}`);
    note(`pragma ${pragma}`, found, String(value), found === value);
  }
  const check = await one("PRAGMA quick_check(1)");
  note("quick_check", check, "ok", check === "ok");
}

async function postgres(run: RunSql, note: Note): Promise<void> {
  const setting = async (name: string) => String(Object.values((await run(`SHOW ${name}`))[0] ?? {})[0]);
  note(
    "PostgreSQL",
    await setting("server_version"),
    "≥ 15",
    Number.parseInt(await setting("server_version"), 10) >= 15,
  );
  for (const name of ["synchronous_commit", "data_checksums", "fsync", "full_page_writes"]) {
    const found = await setting(name);
    note(name, found, "on", found === "on");
  }
  const [role] = await run("SELECT rolsuper FROM pg_roles WHERE rolname = current_user");
  note("role", role?.rolsuper ? "superuser" : "ordinary", "ordinary", role?.rolsuper === false);
}
