/** One thread of the fuzz run: works through its seeds and tells the watcher what came of each. Writes to nothing else. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { migrate } from "#db/migrate.ts";
import { idSource } from "../../core/id.ts";
import { testKeys } from "../../core/keys.ts";
import { Draw } from "./draw.ts";
import { damagedFile } from "./files.ts";
import { baseTables } from "./tables.ts";
import { readingTrial, type Sandbox, sandboxTrial } from "./trials.ts";

const { seed, count, importEvery } = workerData;
const folder = mkdtempSync(join(tmpdir(), "evenhand-fuzz-"));
const template = join(folder, "empty.db");
await migrate(template);
const newId = idSource(Date.now, randomBytes);
const keys = testKeys();
const sandbox: Sandbox = {
  template,
  path: join(folder, "one.db"),
  context: (db) => ({
    actor: { kind: "system", name: "fuzz" },
    now: new Date("2026-05-20T02:00:00Z"),
    newId,
    db,
    keys,
    requestId: "fuzz",
  }),
};
const tables = await baseTables();
for (let at = seed; at < seed + count; at += 1) {
  const imports = at % importEvery === 0;
  parentPort?.postMessage({ begun: at });
  try {
    const file = damagedFile(new Draw(at), tables);
    const verdict = imports ? await sandboxTrial(file, sandbox) : await readingTrial(file);
    parentPort?.postMessage({
      ended: at,
      base: file.base,
      container: file.container,
      imports,
      secrets: file.secrets.length,
      ...verdict,
    });
  } catch (error) {
    // A message may quote the file; what was thrown and where does not.
    const where = error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)) : [];
    const name = error instanceof Error ? error.constructor.name : typeof error;
    parentPort?.postMessage({
      ended: at,
      imports,
      outcome: "thrown",
      complaints: [[name, ...where.slice(0, 4)].join("\n")],
    });
  }
}
rmSync(folder, { recursive: true, force: true });
