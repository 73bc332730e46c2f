import { spawn } from "node:child_process";
import { mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { freshDatabase, rawSql, urlOf } from "#db/testing.ts";
import type { Failpoint } from "../../core/failpoint.ts";
import { orderFile, type TestOrder } from "../testing.ts";
import { THREAD_BYTES } from "./threading.ts";

const statuses = ["等待买家付款", "买家已付款，等待卖家发货", "卖家已发货，等待买家确认", "交易成功", "交易关闭"];
const rows = Array.from(
  { length: 6_000 },
  (_, n): TestOrder => ({
    number: `5414549${String((n * 7_919) % 4_000).padStart(12, "0")}`,
    status: statuses[(n * 31) % statuses.length] ?? "",
    yuan: n % 97 === 0 ? "-1" : `${10 + (n % 900)}.00`,
  }),
);
const path = join(mkdtempSync(join(tmpdir(), "evenhand-crash-")), "orders.csv");
// With remarks that make it large enough for a thread of its own to read it.
const text = new TextDecoder().decode(orderFile(rows)).trimEnd();
writeFileSync(path, text.replaceAll("\r\n", `,${"好".repeat(100)}\r\n`).replace(/,好+/, ",备注"));

type End = "killed" | "done";

/** Starts an import in another process; it dies at the failpoint or after so many milliseconds, or comes to its end. */
function importInChild(
  db: Db,
  { failpoint, killAfterMs }: { failpoint?: string; killAfterMs?: number } = {},
): Promise<End> {
  const now = new Date(Date.now() + clockAhead).toISOString();
  const child = spawn(process.execPath, [join(import.meta.dirname, "crash-child.ts"), path, now], {
    env: { ...process.env, NODE_ENV: "test", DATABASE_URL: urlOf(db), FAILPOINT: failpoint ?? "" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString();
    if (killAfterMs !== undefined && text.includes("begun")) setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  });
  return new Promise((resolve, reject) => {
    child.on("close", () => (text.includes("done") ? resolve("done") : resolve("killed")));
    child.on("error", reject);
  });
}

/** Each try comes an hour after the last, so that the one before is taken for dead. */
let clockAhead = 0;

async function state(db: Db) {
  const orders = await rawSql(
    db,
    "SELECT order_key, masked_id, status, paid, refunded, refund_unknown, placed_at, paid_at, parts FROM orders ORDER BY order_key",
  );
  const [batch] = await rawSql(db, "SELECT state, counters, cursor, changed FROM import_batches");
  const findings = await rawSql(db, "SELECT kind, row, code FROM import_findings ORDER BY position");
  const { cursor, state: ended, counters } = batch ?? {};
  return { orders, findings, cursor, ended, counters };
}

test("an import that is killed again and again ends as one that was not", { timeout: 240_000 }, async () => {
  const undisturbed = await freshDatabase();
  expect(await importInChild(undisturbed)).toBe("done");
  const expected = await state(undisturbed);
  expect(expected.ended).toBe("done");
  expect(statSync(path).size).toBeGreaterThan(THREAD_BYTES);

  const db = await freshDatabase();
  const points: Failpoint[] = [
    "import.chunk-begun",
    "import.chunk-written",
    "import.chunk-committed",
    "import.before-report",
  ];
  const deaths = [
    ...points.map((point) => ({ failpoint: point })),
    { failpoint: "import.chunk-written:2" },
    { killAfterMs: 60 },
  ];
  const ends: End[] = [];
  for (const death of [...deaths, {}]) {
    if (ends.includes("done")) break;
    clockAhead += 3_600_000;
    ends.push(await importInChild(db, death));
  }
  expect(ends.length).toBeGreaterThan(points.length);
  expect(await state(db)).toEqual(expected);
  expect(await rawSql(db, "SELECT id FROM import_batches")).toHaveLength(1);
});
