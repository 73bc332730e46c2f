import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/**
 * Writes the migrations of both engines after a change of `db/schema`. With `--initial` the history is thrown away and
 * written anew as one migration: only before the first release.
 */
const initial = process.argv.includes("--initial");
const lock = ".cache/db-generate.lock";

mkdirSync(".cache", { recursive: true });
for (;;) {
  try {
    mkdirSync(lock);
    break;
  } catch {
    await pause(200);
  }
}
try {
  for (const [engine, url] of [
    ["sqlite", ""],
    ["postgres", "postgres://schema-only"],
  ] as const) {
    const folder = `db/migrations/${engine}`;
    if (initial) rmSync(folder, { recursive: true, force: true });
    const name =
      initial || !hasMigrations(folder) ? "initial" : (process.argv.find((word) => /^[a-z_]+$/.test(word)) ?? "change");
    const kit = spawnSync("drizzle-kit", ["generate", "--config", "db/drizzle.config.ts", "--name", name], {
      env: { ...process.env, DATABASE_URL: url },
      stdio: "inherit",
    });
    if (kit.status !== 0) process.exitCode = 1;
  }
} finally {
  rmSync(lock, { recursive: true });
}

function hasMigrations(folder: string): boolean {
  try {
    return readdirSync(folder).some((file) => file.endsWith(".sql"));
  } catch {
    return false;
  }
}
