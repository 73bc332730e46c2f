/**
 * An order import on PostgreSQL beside the server's own COPY of the orders that it made, into the same indexed table;
 * `--full` imports a million rows.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "#db/embedded-postgres.ts";
import { openRaw } from "#db/raw.ts";
import { report } from "./figure.ts";
import { importOnce } from "./import-run.ts";
import { writeOrderFile } from "./order-file.ts";

const rows = process.argv.includes("--full") ? 1_000_000 : 200_000;
const folder = mkdtempSync(join(tmpdir(), "evenhand-imports-"));
const file = join(folder, "orders.csv");
writeOrderFile(file, rows);
const server = await startEmbeddedPostgres();
/** Where the server's account may write. */
const copied = join(tmpdir(), `evenhand-copied-${process.pid}`);
try {
  const speed = (1000 * rows) / importOnce(file, server.url).ms;
  const copy = (1000 * rows) / (await copyAgain(server.url));
  report("imports-postgres", [
    {
      name: `first import on PostgreSQL, ${rows / 1000} k rows`,
      value: speed,
      unit: "rows/s",
      reference: { name: "COPY of its orders", value: copy },
      goal: "≥ 60 %",
      met: speed >= 0.6 * copy,
    },
  ]);
} finally {
  await server.stop();
  rmSync(copied, { force: true });
  rmSync(folder, { recursive: true });
}

/** Milliseconds that the server needs to take in the orders once more, from a file of its own. */
async function copyAgain(url: string): Promise<number> {
  const raw = await openRaw(url);
  await raw.run(`COPY orders TO '${copied}'`);
  await raw.run("TRUNCATE orders CASCADE");
  await raw.run("CHECKPOINT");
  const from = performance.now();
  await raw.run(`COPY orders FROM '${copied}'`);
  const ms = performance.now() - from;
  await raw.close();
  return ms;
}
