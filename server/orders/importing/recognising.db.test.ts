import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { rawSql } from "#db/testing.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import { orderKeys, rowsHashes } from "../order-key.ts";
import { brandWith, orderFile, type TestOrder } from "../testing.ts";
import { runUndo } from "../undoing/run.ts";
import { undo } from "../undoing/service.ts";
import { commandHold } from "./hold.ts";
import { ChosenSettings } from "./model.ts";
import { readPages } from "./page.ts";
import { batch } from "./queries.ts";
import { findByRows } from "./recognising.ts";
import { importFile } from "./service.ts";

let db: Db;
let system: Context;
let staff: Context<StaffActor>;
beforeAll(async () => {
  ({ db, system, staff } = await brandWith(0));
});

const chosen = ChosenSettings.parse({});

async function take(bytes: Uint8Array, options: { dryRun?: boolean } = {}) {
  const batchId = await importFile(system, () => system.now, {
    file: { bytes },
    fileName: "orders.csv",
    chosen,
    dryRun: options.dryRun ?? false,
    source: "cli",
  });
  const { counters, sample, changed } = await batch(db, batchId, system.now);
  return { batchId, account: { counters, sample, changed } };
}

/** How many orders of a file would be known by their rows alone. */
async function recognised(bytes: Uint8Array): Promise<number> {
  const find = (asked: Parameters<typeof findByRows>[1]) => findByRows(db, asked);
  const recognition = { hash: rowsHashes(system.keys), find };
  const file = await readPages({ bytes }, chosen, orderKeys(system.keys), recognition);
  let known = 0;
  for await (const { familiars } of file.pages()) known += familiars.records.length;
  return known;
}

const stored = () => rawSql(db, "SELECT * FROM orders ORDER BY id");
/** The file as somebody saved it again: another file, and no row of it another. */
const savedAgain = (bytes: Uint8Array) => Buffer.concat([bytes, Buffer.from("\r\n")]);
const forget = () => rawSql(db, "UPDATE orders SET rows_hash = NULL");

const number = (n: number) => `5414549813668${String(n).padStart(6, "0")}`;
const row = (n: number, more: Partial<TestOrder> = {}): TestOrder => ({
  number: number(n),
  status: "买家已付款，等待卖家发货",
  yuan: "100.00",
  ...more,
});

describe("orders known by their rows", () => {
  test.each(
    globSync(join(import.meta.dirname, "../fixtures/{clean,adverse}/*.csv")).map((path) => [basename(path), path]),
  )("the account of %s that comes again is the one of a file that is read", async (_, path) => {
    const bytes = readFileSync(path);
    const { account } = await take(bytes);
    if (account.counters.orders.created === 0) return;
    const before = await stored();
    const [checked, again] = [
      await take(savedAgain(bytes), { dryRun: true }),
      await take(savedAgain(savedAgain(bytes))),
    ];
    expect(await stored()).toEqual(before);
    await forget();
    const [readChecked, readAgain] = [
      await take(savedAgain(savedAgain(savedAgain(bytes))), { dryRun: true }),
      await take(Buffer.concat([savedAgain(bytes), Buffer.from("\n\n\n")])),
    ];
    expect(checked.account).toEqual(readChecked.account);
    expect(again.account).toEqual(readAgain.account);
  });

  test("are passed over when nothing of them changed, whatever stands around them", async () => {
    const orders = Array.from({ length: 700 }, (_, n) => row(1_000 + n));
    await take(orderFile(orders));
    const relayed = [row(2_000, { phone: "17000004847-0011", phoneExpires: "2026-07-01 00:00:00" })];
    await take(orderFile(relayed));
    const overlapping = orderFile([...orders.slice(300), row(3_000), ...relayed]);
    expect(await recognised(overlapping)).toBe(401);
    const { account } = await take(overlapping);
    expect(account.counters).toMatchObject({
      orders: { created: 1, unchanged: 401 },
      virtualNumbers: 1,
      rows: { accepted: 402 },
    });
    expect(account.sample.filter(({ change }) => change === "unchanged")[0]).toMatchObject({
      maskedId: "5414****1300",
    });
  });

  test("are read again for one more word in a column of which nothing is kept: it may be somebody's phone", async () => {
    const bytes = orderFile([row(10)]);
    await take(bytes);
    const noted = Buffer.from(Buffer.from(bytes).toString().replace("婴儿洗护套装", "婴儿洗护套装 电话 13812345678"));
    expect(await recognised(noted)).toBe(0);
    const { account } = await take(noted);
    expect(account.counters).toMatchObject({ orders: { unchanged: 1 }, found: { leak: { mobile: 1 } } });
  });

  test("are read again once another file has told more of them, so that what is stale is said", async () => {
    const early = orderFile([row(20)]);
    await take(early);
    await take(orderFile([row(20, { status: "交易成功", completed: "2026-05-25 10:00:00" })]));
    expect(await recognised(early)).toBe(0);
    const { account } = await take(savedAgain(early));
    expect(account.counters).toMatchObject({ orders: { unchanged: 1 }, found: { warning: { STALE_STATUS: 1 } } });
  });

  test("are read again under another header, and where their rows stand apart", async () => {
    const bytes = orderFile([row(30), row(31)]);
    await take(bytes);
    const other = Buffer.from(Buffer.from(bytes).toString().replace("买家会员名", "买家昵称"));
    expect(await recognised(bytes)).toBe(2);
    expect(await recognised(orderFile([row(30), row(31), row(30, { yuan: "200.00" })]))).toBe(0);
    expect(await recognised(other)).toBe(0);
  });

  test("are remembered only where there was nothing to say about any of their rows", async () => {
    const bytes = orderFile(Array.from({ length: 9 }, (_, n) => row(40 + n, n === 0 ? { name: "林小花" } : {})));
    const { account } = await take(bytes);
    expect(account.counters.found.leak).not.toEqual({});
    expect(await recognised(bytes)).toBe(8);
  });

  test("come back as they were when the import that changed them is undone", async () => {
    const [before, after] = [orderFile([row(60)]), orderFile([row(60, { yuan: "300.00" })])];
    await take(before);
    const { batchId } = await take(after);
    expect([await recognised(before), await recognised(after)]).toEqual([0, 1]);
    await undo(staff, { batchId });
    await runUndo(
      system,
      batchId,
      commandHold(() => system.now),
    );
    expect([await recognised(before), await recognised(after)]).toEqual([1, 0]);
  });
});
