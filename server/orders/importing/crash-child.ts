/** A worker that imports one file until it is killed: `crash-child.ts FILE`, with DATABASE_URL set. For the crash test. */
import { randomBytes } from "node:crypto";
import { openDatabase } from "#db/client.ts";
import { idSource } from "../../core/id.ts";
import { testKeys } from "../../core/keys.ts";
import { systemClock } from "../../core/time.ts";
import { importFile } from "./service.ts";

const [path = "", now = ""] = process.argv.slice(2);
const db = await openDatabase(process.env.DATABASE_URL ?? "");
const newId = idSource(Date.now, randomBytes);
const ctx = {
  actor: { kind: "system", name: "crash" },
  now: new Date(now),
  newId,
  db,
  keys: testKeys(),
  requestId: newId(),
} as const;
process.stdout.write("begun\n");
const chosen = { leaks: "drop" } as const;
await importFile(ctx, systemClock, { file: { path }, fileName: "crash.csv", chosen, dryRun: false, source: "cli" });
await db.close();
process.stdout.write("done\n");
