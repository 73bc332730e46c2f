/** A worker that undoes one import until it is killed: `crash-child.ts BATCH`, with DATABASE_URL set. For the crash test. */
import { randomBytes } from "node:crypto";
import { openDatabase } from "#db/client.ts";
import { idSource, isId } from "../../core/id.ts";
import { testKeys } from "../../core/keys.ts";
import { systemClock } from "../../core/time.ts";
import { commandHold } from "../importing/hold.ts";
import { runUndo } from "./run.ts";

const [batchId = ""] = process.argv.slice(2);
if (!isId<"importBatch">(batchId)) throw new Error("name a batch");
const db = await openDatabase(process.env.DATABASE_URL ?? "");
const newId = idSource(Date.now, randomBytes);
const ctx = {
  actor: { kind: "system", name: "crash" },
  now: systemClock(),
  newId,
  db,
  keys: testKeys(),
  requestId: newId(),
} as const;
process.stdout.write("begun\n");
await runUndo(ctx, batchId, commandHold(systemClock));
await db.close();
process.stdout.write("done\n");
