/** Order imports on SQLite: rows a second beside a bare prepared insert of the same rows, memory, and who waits meanwhile. */
import { spawn, spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { appendFileSync, copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import Database from "better-sqlite3";
import { openDatabase } from "#db/client.ts";
import { idSource } from "#server/core/id.ts";
import { consume } from "#server/core/limits.ts";
import { ownOrders } from "#server/orders/claims/queries.ts";
import { type Figure, percentile, report } from "./figure.ts";
import { writeOrderFile } from "./order-file.ts";

const sizes = process.argv.includes("--full") ? [10_000, 200_000, 1_000_000] : [10_000, 200_000];
const folder = mkdtempSync(join(tmpdir(), "evenhand-imports-"));
const child = join(import.meta.dirname, "import-once.ts");
type Run = { readonly ms: number; readonly rows: number; readonly idleMiB: number; readonly peakMiB: number };

const figures: Figure[] = [];
const perRow: number[] = [];
for (const rows of sizes) {
  const name = `${rows / 1000} k rows`;
  const [file, database] = [join(folder, `${rows}.csv`), join(folder, `${rows}.db`)];
  writeOrderFile(file, rows);
  const first = importOnce(file, database);
  const bare = { name: "bare insert", value: bareInsert(database, rows) };
  const speed = (1000 * rows) / first.ms;
  // Ten thousand rows are over before the code is warm: they only tell what a row costs.
  const judged =
    rows > 10_000 ? { reference: bare, goal: "≥ 50 %", met: speed >= bare.value / 2 } : { goal: "–", met: true };
  figures.push({ name: `first import, ${name}`, value: speed, unit: "rows/s", ...judged });
  const grown = first.peakMiB - first.idleMiB;
  figures.push({ name: `memory over idle, ${name}`, value: grown, unit: "MiB", goal: "< 150 MiB", met: grown < 150 });
  perRow.push(first.ms / rows);

  const again = importOnce(file, database);
  figures.push({
    name: `the very same file, ${name}`,
    value: again.ms,
    unit: "ms",
    goal: "< 1,000 ms",
    met: again.ms < 1_000,
  });
  const longer = join(folder, `${rows}-longer.csv`);
  copyFileSync(file, longer);
  appendFileSync(longer, "\r\n");
  const known = importOnce(longer, database);
  const knownSpeed = (1000 * rows) / known.ms;
  const reference = { name: "first import", value: speed };
  figures.push({
    name: `known rows, ${name}`,
    value: knownSpeed,
    unit: "rows/s",
    reference,
    goal: "≥ 100 %",
    met: knownSpeed >= speed,
  });
}
const growth = (perRow.at(-1) ?? 0) / (perRow[0] ?? 1);
figures.push({
  name: `cost of a row, ${sizes[0]} → ${sizes.at(-1)} rows`,
  value: growth,
  unit: "×",
  goal: "≤ 1.6",
  met: growth <= 1.6,
});
figures.push(...(await waiting()));
report("imports", figures);
rmSync(folder, { recursive: true });

function importOnce(file: string, database: string): Run {
  const { stdout, status } = spawnSync(process.execPath, [child, file], {
    env: { ...process.env, DATABASE_URL: database },
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error("the import failed");
  return JSON.parse(stdout.toString());
}

/** File rows a second when the same rows are merely hashed and inserted, prepared, a thousand to a transaction. */
function bareInsert(from: string, fileRows: number): number {
  const source = new Database(from, { readonly: true });
  const rows = source.prepare<[], unknown[]>("SELECT * FROM orders ORDER BY rowid").raw().all();
  const batches = source.prepare<[], unknown[]>("SELECT * FROM import_batches").raw().all();
  const tables = source
    .prepare<[], string>(
      "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name IN ('members', 'import_batches', 'orders')",
    )
    .pluck()
    .all();
  source.close();
  const bare = new Database(join(folder, "bare.db"));
  for (const pragma of [
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "cache_size = -65536",
    "wal_autocheckpoint = 4000",
  ]) {
    bare.pragma(pragma);
  }
  for (const sql of tables) bare.exec(sql);
  const insert = (table: string, width: number) =>
    bare.prepare(`INSERT INTO ${table} VALUES (${Array(width).fill("?").join(",")})`);
  const batch = insert("import_batches", batches[0]?.length ?? 0);
  for (const row of batches) batch.run(...row);
  const order = insert("orders", rows[0]?.length ?? 0);
  const key = Buffer.alloc(32, 7);
  const started = performance.now();
  for (let at = 0; at < fileRows; at += 1) createHmac("sha256", key).update(`taobao\n41000000${at}123456`).digest();
  for (let at = 0; at < rows.length; at += 1_000) {
    bare.exec("BEGIN IMMEDIATE");
    for (const row of rows.slice(at, at + 1_000)) order.run(...row);
    bare.exec("COMMIT");
  }
  const ms = performance.now() - started;
  bare.close();
  for (const end of ["", "-wal", "-shm"]) rmSync(join(folder, `bare.db${end}`), { force: true });
  return (1000 * fileRows) / ms;
}

/** How long a member's page read and a small write take while 200 k rows are imported by another process, against idle. */
async function waiting(): Promise<Figure[]> {
  const [file, database] = [join(folder, "beside.csv"), join(folder, "10000.db")];
  writeOrderFile(file, 200_000, 9);
  const db = await openDatabase(database);
  const newId = idSource(Date.now, (size) => crypto.getRandomValues(new Uint8Array(size)));
  const memberId = newId<"member">();
  const sample = async (go: () => boolean) => {
    const [reads, writes]: [number[], number[]] = [[], []];
    while (go()) {
      const from = performance.now();
      await ownOrders({ db, now: new Date() }, memberId, undefined, 10);
      const between = performance.now();
      await db.transact((tx) =>
        consume(tx, { now: new Date() }, { bucket: "bench", key: "one", limits: [{ count: 3, windowMs: 1 }] }),
      );
      reads.push(between - from);
      writes.push(performance.now() - between);
      await pause(10);
    }
    return { read: percentile(reads, 0.95), write: percentile(writes, 0.95) };
  };
  const end = Date.now() + 3_000;
  const idle = await sample(() => Date.now() < end);
  const importing = spawn(process.execPath, [child, file], {
    env: { ...process.env, DATABASE_URL: database },
    stdio: "ignore",
  });
  let running = true;
  importing.on("close", () => (running = false));
  const busy = await sample(() => running);
  await db.close();
  return [
    {
      name: "a member's read beside an import, p95",
      value: busy.read,
      unit: "ms",
      reference: { name: "idle", value: idle.read },
      goal: "≤ 200 %, or < 2 ms",
      met: busy.read <= 2 * idle.read || busy.read < 2,
    },
    {
      name: "a small write beside an import, p95",
      value: busy.write,
      unit: "ms",
      reference: { name: "idle", value: idle.write },
      goal: "< 50 ms",
      met: busy.write < 50,
    },
  ];
}
