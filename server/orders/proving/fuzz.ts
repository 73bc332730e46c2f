/**
 * Reads and imports damaged order files of every format, with personal data hidden in them, and looks for anything that
 * crashes, hangs, is left half done or shows what it must not:
 *
 *   node scripts/run.mjs server/orders/proving/fuzz.ts --seed 1 --count 100000
 *
 * Every file is drawn from its own seed; those that went wrong are named by it. Nothing of a file is ever printed.
 */
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { z } from "zod";

/** No file of this size, honest or not, may take longer: of the processor, and by the clock of a busy machine. */
const PATIENCE = { workMs: 20_000, waitMs: 300_000 };

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "1000" },
    "import-every": { type: "string", default: "20" },
  },
});
const [seed, count, importEvery] = [values.seed, values.count, values["import-every"]].map(Number);
if (seed === undefined || count === undefined || importEvery === undefined)
  throw new Error("--seed, --count and --import-every are numbers");

const Told = z.union([
  z.object({ begun: z.number() }),
  z.object({
    ended: z.number(),
    imports: z.boolean(),
    outcome: z.string(),
    complaints: z.array(z.string()),
    base: z.string().optional(),
    container: z.string().optional(),
    secrets: z.number().default(0),
  }),
]);

const started = performance.now();
const outcomes = new Map<string, number>();
const bases = new Map<string, number>();
const tally = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
let [done, imported, secrets, failed, slowest, slowestSeed] = [0, 0, 0, 0, 0, 0];
let begun = { seed, at: Number.POSITIVE_INFINITY, work: Number.POSITIVE_INFINITY };

const worker = new Worker(new URL("fuzz-worker.ts", import.meta.url), {
  workerData: { seed, count, importEvery },
  stdout: true,
  stderr: true,
});
for (const stream of [worker.stdout, worker.stderr])
  stream.on("data", () => complain(begun.seed, ["something was written to the log"]));
worker.on("message", (message) => {
  const told = Told.parse(message);
  if ("begun" in told) {
    begun = { seed: told.begun, at: performance.now(), work: workMs() };
    return;
  }
  const took = workMs() - begun.work;
  if (took > slowest) [slowest, slowestSeed] = [took, told.ended];
  done += 1;
  imported += told.imports ? 1 : 0;
  secrets += told.secrets;
  tally(outcomes, told.outcome);
  tally(bases, `${told.base} as ${told.container}`);
  if (told.complaints.length > 0) complain(told.ended, told.complaints);
  if (done % 10_000 === 0)
    say(`${done} files, ${failed} failed, ${Math.round((performance.now() - started) / 1_000)} s`);
});
worker.on("error", () => complain(begun.seed, ["the thread died"]));
const watch = setInterval(() => {
  if (workMs() - begun.work < PATIENCE.workMs && performance.now() - begun.at < PATIENCE.waitMs) return;
  complain(begun.seed, ["no end in sight"]);
  clearInterval(watch);
  void worker.terminate();
}, 1_000);
worker.on("exit", () => {
  clearInterval(watch);
  for (const [outcome, files] of [...outcomes].sort(([, a], [, b]) => b - a))
    say(`${String(files).padStart(7)}  ${outcome}`);
  say(
    `${done} files from seed ${seed} (${bases.size} bases by container), ${imported} imported whole, ${secrets} secrets, ${failed} failed`,
  );
  say(
    `${Math.round((performance.now() - started) / 1_000)} s, the slowest file ${Math.round(slowest)} ms of work (seed ${slowestSeed})`,
  );
  process.exitCode = failed > 0 || done < count ? 1 : 0;
});

/** What this process has had of the processor. */
function workMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function complain(at: number, complaints: readonly string[]): void {
  failed += 1;
  say(`seed ${at}: ${complaints.join("; ")}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
