/** One import in a process of its own, so that its memory is its own: `import-once.ts FILE` with DATABASE_URL set. */
import { openDatabase } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import { idSource } from "#server/core/id.ts";
import { testKeys } from "#server/core/keys.ts";
import { pooledRandomBytes } from "#server/core/random.ts";
import { systemClock } from "#server/core/time.ts";
import { report } from "#server/orders/importing/queries.ts";
import { importFile } from "#server/orders/importing/service.ts";
import { peakMemory } from "./peak-memory.ts";

const [path = ""] = process.argv.slice(2);
const url = process.env.DATABASE_URL ?? "";
await migrate(url);
const db = await openDatabase(url);
const newId = idSource(Date.now, pooledRandomBytes());
const ctx = {
  actor: { kind: "system", name: "bench" },
  now: systemClock(),
  newId,
  db,
  keys: testKeys(),
  requestId: newId(),
} as const;
const idleMiB = process.memoryUsage.rss() / 2 ** 20;
const from = performance.now();
const cpu = process.cpuUsage();
const batchId = await importFile(ctx, systemClock, {
  file: { path },
  fileName: "bench.csv",
  chosen: { leaks: "drop" },
  dryRun: false,
  source: "cli",
});
const ms = performance.now() - from;
const { user, system } = process.cpuUsage(cpu);
const { rows, orders } = await report(db, batchId);
await db.close();
const peakMiB = peakMemory() / 2 ** 20;
process.stdout.write(JSON.stringify({ ms, cpuMs: (user + system) / 1000, rows: rows.read, orders, idleMiB, peakMiB }));
