import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { rawSql, urlOf } from "#db/testing.ts";
import { type ImportBatchId, isId } from "../../core/id.ts";
import { batch } from "../importing/queries.ts";
import { brandWith, type TestOrder, takeOrders } from "../testing.ts";
import { undo } from "./service.ts";

const rowsOf = (from: number, count: number, more: Pick<TestOrder, "status" | "yuan">): TestOrder[] =>
  Array.from({ length: count }, (_, n) => ({ ...more, number: `5414549${String(from + n + 1).padStart(11, "0")}7` }));

/** Works at an undo in another process, which dies at the failpoint or after so many milliseconds, or comes to its end. */
function undoInChild(db: Db, batchId: ImportBatchId, { failpoint = "", killAfterMs = 0 }): Promise<"killed" | "done"> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "crash-child.ts"), batchId], {
    env: { ...process.env, NODE_ENV: "test", DATABASE_URL: urlOf(db), FAILPOINT: failpoint },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString();
    if (killAfterMs > 0 && text.includes("begun")) setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  });
  return new Promise((resolve, reject) => {
    child.on("close", () => resolve(text.includes("done") ? "done" : "killed"));
    child.on("error", reject);
  });
}

test("an undo that is killed again and again ends as one that was not", { timeout: 240_000 }, async () => {
  const { db, system, staff } = await brandWith(0);
  const at = (minutes: number) => ({ ...system, now: new Date(system.now.getTime() + minutes * 60_000) });
  await takeOrders(at(0), rowsOf(0, 3_000, { status: "买家已付款，等待卖家发货", yuan: "10.00" }));
  const stored = () => rawSql(db, "SELECT * FROM orders ORDER BY id");
  const before = await stored();
  const { batchId } = await takeOrders(at(1), rowsOf(1_000, 4_000, { status: "交易成功", yuan: "12.00" }));
  if (!isId<"importBatch">(batchId)) throw new Error("no batch");
  await undo(staff, { batchId });

  const deaths = [
    { failpoint: "undo.chunk-written" },
    { failpoint: "undo.chunk-committed" },
    { failpoint: "undo.chunk-written:2" },
    { killAfterMs: 20 },
    { failpoint: "undo.before-report" },
  ];
  const ends = [];
  for (const death of [...deaths, {}]) ends.push(await undoInChild(db, batchId, death));
  expect(ends.filter((end) => end === "killed").length).toBeGreaterThanOrEqual(4);
  expect(await stored()).toEqual(before);
  expect(await batch(db, batchId, staff.now)).toMatchObject({
    state: "undone",
    undone: { restored: 2_000, removed: 2_000, kept: 0 },
  });
  expect(await rawSql(db, "SELECT * FROM overwritten_orders")).toEqual([]);
});
