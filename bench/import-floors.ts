/** What an import cannot be faster than on one core: the same rows decoded, parsed, hashed and inserted with nothing else done to them. */
import { createHmac } from "node:crypto";
import { rmSync } from "node:fs";
import Database from "better-sqlite3";
import { Row } from "#server/orders/reading/row.ts";
import { burstsOf } from "#server/orders/reading/table.ts";

/** Milliseconds of the steps, one after the other: rows of a file, and the orders that an import made of them. */
export async function floorOf(file: string, imported: string): Promise<number> {
  const started = performance.now();
  const rows = await decodeAndParse(file);
  hash(rows);
  const between = performance.now();
  return between - started + insert(imported);
}

async function decodeAndParse(path: string): Promise<number> {
  const row = new Row();
  let rows = 0;
  for await (const burst of burstsOf({ container: "csv", source: { path }, encoding: "gb18030", delimiter: "," }))
    while (burst.next(row)) rows += 1;
  return rows;
}

/** A keyed hash a row, of the length of an order id. */
function hash(rows: number): void {
  const key = Buffer.alloc(32, 7);
  for (let at = 0; at < rows; at += 1) createHmac("sha256", key).update(`taobao\n41000000${at}123456`).digest();
}

/** The stored rows once more into the same table and indexes, the fastest way that keeps each commit: by key, ten thousand to a transaction. */
function insert(imported: string): number {
  const source = new Database(imported, { readonly: true });
  const read = (sql: string) => source.prepare<[], unknown[]>(sql).raw().all();
  const rows = read("SELECT * FROM orders ORDER BY rowid");
  const batches = read("SELECT * FROM import_batches");
  const keyAt = source
    .prepare("SELECT * FROM orders")
    .columns()
    .findIndex(({ name }) => name === "order_key");
  const tables = read(
    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name IN ('members', 'import_batches', 'orders')",
  );
  source.close();
  const path = `${imported}.bare`;
  const bare = new Database(path);
  for (const pragma of [
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "cache_size = -262144",
    "wal_autocheckpoint = 32000",
  ]) {
    bare.pragma(pragma);
  }
  for (const [sql] of tables) bare.exec(String(sql));
  const into = (table: string, width: number) =>
    bare.prepare(`INSERT INTO ${table} VALUES (${Array(width).fill("?").join(",")})`);
  for (const row of batches) into("import_batches", row.length).run(row);
  const order = into("orders", rows[0]?.length ?? 0);
  const started = performance.now();
  for (let at = 0; at < rows.length; at += 10_000) {
    const chunk = rows.slice(at, at + 10_000).sort((a, b) => Buffer.compare(bytes(a[keyAt]), bytes(b[keyAt])));
    bare.exec("BEGIN IMMEDIATE");
    for (const row of chunk) order.run(row);
    bare.exec("COMMIT");
  }
  const ms = performance.now() - started;
  bare.close();
  for (const end of ["", "-wal", "-shm"]) rmSync(path + end, { force: true });
  return ms;
}

function bytes(value: unknown): Buffer {
  if (!Buffer.isBuffer(value)) throw new Error("a key is bytes");
  return value;
}
