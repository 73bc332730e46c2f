/** A worker that is going to be killed: `victim.ts WORK BATCH FILE`, with DATABASE_URL set. Begins when it is told to. */
import { once } from "node:events";
import { openDatabase } from "#db/client.ts";
import { isId } from "../../core/id.ts";
import { carryOn, works } from "./interruptions.ts";

const [asked = "", batchId = "", path = ""] = process.argv.slice(2);
const work = works.find((each) => each === asked);
if (work === undefined || !isId<"importBatch">(batchId)) throw new Error("name a work and a batch");
const db = await openDatabase(process.env.DATABASE_URL ?? "");
process.stdout.write("ready\n");
await once(process.stdin, "data");
await carryOn(db, work, batchId, path);
await db.close();
process.exit(0);
