/**
 * Kills imports and undos of imports at instants of chance, carries them on, and holds every row of every table against
 * one that nobody disturbed:
 *
 *   node scripts/run.mjs server/orders/proving/kill.ts --engine postgres --count 200 --seed 1
 *
 * One in four is an undo, one in four an import that a thread of its own reads. Each is drawn from its own seed, by which one that went wrong is named.
 */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    engine: { type: "string", default: "sqlite" },
    count: { type: "string", default: "20" },
    seed: { type: "string", default: "1" },
    rows: { type: "string", default: "3000" },
  },
});
const [count, seed, rows] = [Number(values.count), Number(values.seed), Number(values.rows)];
// Tables are built for the engine that this names: before anything of ours is loaded.
process.env.DATABASE_URL = values.engine === "postgres" ? "postgres://embedded" : "";
const { startEmbeddedPostgres } = await import("#db/embedded-postgres.ts");
const { migrate } = await import("#db/migrate.ts");
const { openRaw } = await import("#db/raw.ts");
const { Draw } = await import("./draw.ts");
const { THREAD_BYTES } = await import("../importing/threading.ts");
const { grown, twoLists } = await import("./histories.ts");
const { interrupt, prepare, stateOf, Victim, works } = await import("./interruptions.ts");

const folder = mkdtempSync(join(tmpdir(), "evenhand-kill-"));
const server = values.engine === "postgres" ? await startEmbeddedPostgres() : null;
const { earlier, later } = twoLists(rows);

function urlOf(name: string): string {
  return server === null ? join(folder, `${name}.db`) : server.url.replace(/\/postgres$/, `/${name}`);
}

async function onServer(sql: string): Promise<void> {
  if (server === null) return;
  const raw = await openRaw(server.url);
  await raw.run(sql).finally(() => raw.close());
}

/** Another database like the one that is named; gives its URL. */
async function copyOf(template: string, name: string): Promise<string> {
  if (server === null) copyFileSync(urlOf(template), urlOf(name));
  else await onServer(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  return urlOf(name);
}

async function drop(name: string): Promise<void> {
  if (server === null) for (const suffix of ["", "-wal", "-shm"]) rmSync(urlOf(name) + suffix, { force: true });
  else await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
}

const started = performance.now();
let [kills, untouched, different] = [0, 0, 0];
try {
  for (const work of works) {
    const base = work.replace(" ", "_");
    await onServer(`CREATE DATABASE ${base}`);
    await migrate(urlOf(base));
    const path = join(folder, `${base}.csv`);
    const file = work === "large import" ? grown(later, THREAD_BYTES) : later;
    writeFileSync(path, file);
    const batchId = await prepare(urlOf(base), work, earlier, file);
    const undisturbed = await copyOf(base, `${base}_undisturbed`);
    const { killed, tookMs } = await new Victim({ url: undisturbed, work, batchId, path }).run(120_000);
    if (killed) throw new Error(`the undisturbed ${work} did not end`);
    const expected = await stateOf(undisturbed);
    const times = work === "import" ? count - 2 * Math.floor(count / 4) : Math.floor(count / 4);
    say(`${work}: ${expected.length} rows in ${Math.round(tookMs)} ms undisturbed; ${times} to interrupt`);
    for (let time = 0; time < times; time += 1) {
      const url = await copyOf(base, "one");
      const hit = await interrupt(new Draw(seed + time), { url, work, batchId, path }, tookMs);
      kills += hit;
      if (hit === 0) untouched += 1;
      const state = await stateOf(url);
      const wrong = state.filter((line, at) => line !== expected[at]).length;
      if (wrong > 0 || state.length !== expected.length) {
        different += 1;
        say(`seed ${seed + time}: the ${work} ended differently in ${wrong} rows of ${tablesOf(state, expected)}`);
      }
      await drop("one");
    }
  }
} finally {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
}
say(
  `${values.engine}: ${count} interrupted, ${kills} kills hit, ${untouched} came too late, ${different} ended differently`,
);
say(`${Math.round((performance.now() - started) / 1_000)} s`);
process.exitCode = different > 0 ? 1 : 0;

/** The tables that two states differ in. */
function tablesOf(a: readonly string[], b: readonly string[]): string {
  const known = new Set(b);
  return [...new Set(a.filter((line) => !known.has(line)).map((line) => line.split(":")[0]))].join(", ");
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
