import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "#db/embedded-postgres.ts";
import { openRaw } from "#db/raw.ts";
import type { Figure } from "./figure.ts";
import { importOnce } from "./import-run.ts";

/** An import on PostgreSQL beside the server's own COPY of the orders that it made, into the same indexed table. */
export async function onPostgres(file: string, rows: number): Promise<Figure[]> {
  const server = await startEmbeddedPostgres();
  const copied = join(tmpdir(), `evenhand-copied-${process.pid}`);
  const raw = await openRaw(server.url);
  try {
    const first = importOnce(file, server.url);
    await raw.run(`COPY orders TO '${copied}'`);
    await raw.run("TRUNCATE orders CASCADE");
    await raw.run("CHECKPOINT");
    const from = performance.now();
    await raw.run(`COPY orders FROM '${copied}'`);
    const copy = (1000 * rows) / (performance.now() - from);
    const speed = (1000 * rows) / first.ms;
    return [
      {
        name: `first import on PostgreSQL, ${rows / 1000} k rows`,
        value: speed,
        unit: "rows/s",
        reference: { name: "COPY of its orders", value: copy },
        goal: "≥ 60 %",
        met: speed >= 0.6 * copy,
      },
    ];
  } finally {
    await raw.close();
    await server.stop();
    rmSync(copied, { force: true });
  }
}
