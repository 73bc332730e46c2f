/** Order imports: rows a second beside what the same rows cost when nothing is done to them, memory, and who waits meanwhile. */
import { spawn } from "node:child_process";
import { appendFileSync, copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openDatabase } from "#db/client.ts";
import { idSource } from "#server/core/id.ts";
import { consume } from "#server/core/limits.ts";
import { ownOrders } from "#server/orders/claims/queries.ts";
import { type Figure, percentile, report } from "./figure.ts";
import { claimedByItsFile } from "./import-claimed.ts";
import { floorOf } from "./import-floors.ts";
import { importOnce, importProgram } from "./import-run.ts";
import { writeOrderFile } from "./order-file.ts";

const sizes = process.argv.includes("--full") ? [10_000, 200_000, 1_000_000] : [10_000, 200_000];
const folder = mkdtempSync(join(tmpdir(), "evenhand-imports-"));

const figures: Figure[] = [];
const firsts: { rows: number; ms: number; grownMiB: number }[] = [];
for (const rows of sizes) {
  const name = `${rows / 1000} k rows`;
  const [file, database] = [join(folder, `${rows}.csv`), join(folder, `${rows}.db`)];
  writeOrderFile(file, rows);
  const first = importOnce(file, database);
  const speed = (1000 * rows) / first.ms;
  const floor = { name: "floor of one core", value: (1000 * rows) / (await floorOf(file, database)) };
  // Ten thousand rows are over before the code is warm: they only tell what a row costs.
  const judged =
    rows > 10_000
      ? { reference: floor, goal: "≥ 70 %; ≥ 100 % with two cores free", met: speed >= 0.7 * floor.value }
      : { goal: "–", met: true };
  figures.push({ name: `first import, ${name}`, value: speed, unit: "rows/s", ...judged });
  const grownMiB = first.peakMiB - first.idleMiB;
  figures.push({
    name: `memory over idle, ${name}`,
    value: grownMiB,
    unit: "MiB",
    goal: "< 150 MiB",
    met: grownMiB < 150,
  });
  firsts.push({ rows, ms: first.ms, grownMiB });

  const again = importOnce(file, database);
  figures.push({
    name: `the very same file, ${name}`,
    value: again.ms,
    unit: "ms",
    goal: "< 500 ms",
    met: again.ms < 500,
  });
  const longer = join(folder, `${rows}-longer.csv`);
  copyFileSync(file, longer);
  appendFileSync(longer, "\r\n");
  const known = importOnce(longer, database);
  const knownSpeed = (1000 * rows) / known.ms;
  figures.push({
    name: `known rows, ${name}`,
    value: knownSpeed,
    unit: "rows/s",
    reference: { name: "first import", value: speed },
    goal: rows > 10_000 ? "≥ 300 %" : "–",
    met: rows <= 10_000 || knownSpeed >= 3 * speed,
  });
}
const [least, most] = [firsts[0], firsts.at(-1)];
if (least !== undefined && most !== undefined) {
  const growth = most.ms / most.rows / (least.ms / least.rows);
  figures.push({
    name: `cost of a row, ${least.rows} → ${most.rows} rows`,
    value: growth,
    unit: "×",
    goal: "≤ 1.6",
    met: growth <= 1.6,
  });
}
figures.push(...(await waiting()));
figures.push(await claimedByItsFile());
report("imports", figures);
rmSync(folder, { recursive: true });

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
  const importing = spawn(process.execPath, [importProgram, file], {
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
