import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Db } from "#db/client.ts";
import { newId, rawSql, testContext, testStaff } from "#db/testing.ts";
import { processConfig } from "../../config.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import { storeUpload, uploadPath } from "../../core/uploads.ts";
import { jobHandlers } from "../../jobs/registry.ts";
import { openRunner } from "../../jobs/runner.ts";
import { search } from "../console/queries.ts";
import { find, order } from "../queries.ts";
import { restRoutes } from "../rest.ts";
import { dial, purge } from "../service.ts";
import { brandWith, orderFile, type TestOrder, takeOrders } from "../testing.ts";
import { ChosenSettings, OneBatch } from "./model.ts";
import { batch, batches, findings, rejects, report } from "./queries.ts";
import * as importing from "./service.ts";

const number = (n: number) => `5414549813668${String(n).padStart(6, "0")}`;
const row = (n: number, more: Partial<TestOrder> = {}): TestOrder => ({
  number: number(n),
  status: "买家已付款，等待卖家发货",
  yuan: "100.00",
  ...more,
});

let db: Db;
let system: Context;
let staff: Context<StaffActor>;
beforeAll(async () => {
  ({ db, system, staff } = await brandWith(0));
});

async function upload(orders: readonly TestOrder[], chosen: Partial<ChosenSettings> = {}) {
  const { uploadId } = await storeUpload(
    (async function* () {
      yield orderFile(orders);
    })(),
    1 << 20,
  );
  const opened = await importing.start(staff, {
    uploadId,
    fileName: "orders.csv",
    chosen: ChosenSettings.parse(chosen),
  });
  return { uploadId, batchId: opened.id };
}

/** Runs every job that is due, as a worker would. */
async function work(): Promise<void> {
  const runner = openRunner({
    db,
    handlers: jobHandlers,
    context: (kind) => testContext(db, { actor: { kind: "system", name: kind }, now: staff.now }),
    clock: () => new Date(Date.now()),
    random: () => 0.5,
  });
  while (await runner.runOne());
}

const count = async (sql: string) => Number((await rawSql(db, sql))[0]?.n);
const ordersNow = () => count("SELECT count(*) AS n FROM orders");

describe("an import from the desk", () => {
  test("is checked first, then runs on a word, and leaves no file behind", async () => {
    const before = await ordersNow();
    const { uploadId, batchId } = await upload([row(1), row(2), row(3, { yuan: "-1" })]);
    await work();
    const checked = await batch(db, batchId, staff.now);
    expect(checked).toMatchObject({
      state: "checked",
      platform: "taobao",
      counters: { orders: { created: 2, rejected: 1 } },
      words: { status: [{ meaning: "paid", rows: 3 }], afterSale: [] },
    });
    expect(checked.sample).toMatchObject([
      { maskedId: "5414****0001", change: "created" },
      { maskedId: "5414****0002" },
    ]);
    expect(await ordersNow()).toBe(before);
    expect(existsSync(uploadPath(uploadId))).toBe(true);

    const chosen = ChosenSettings.parse({});
    expect((await importing.start(staff, { uploadId, fileName: "orders.csv", chosen })).id).toBe(batchId);
    await importing.confirm(staff, { batchId });
    await work();
    expect(await batch(db, batchId, staff.now)).toMatchObject({
      state: "done",
      changed: 2,
      rejectsUntil: expect.any(Date),
    });
    expect(await ordersNow()).toBe(before + 2);
    expect(existsSync(uploadPath(uploadId))).toBe(false);
    expect((await findings(db, { batchId, kind: "reason", after: -1, size: 10 })).findings).toMatchObject([
      { row: 4, code: "BAD_AMOUNT" },
    ]);
    const actions = await rawSql(db, `SELECT action FROM audit_entries WHERE subject_id = '${batchId}' ORDER BY id`);
    expect(actions.map(({ action }) => action)).toEqual([
      "order.import",
      "order.import.confirm",
      "order.import.finish",
    ]);
    await expect(importing.confirm(staff, { batchId })).rejects.toMatchObject({ code: "BATCH_NOT_CHECKED" });
  });

  test("gives rejected rows back as a file that can be corrected and taken in", async () => {
    const { batches: latest } = await batches(db, { size: 1 }, staff.now);
    const text = await rejects(staff, latest[0]?.id ?? newId());
    expect(text.split("\r\n")[0]).toContain("订单编号");
    expect(text).toContain("BAD_AMOUNT");
    const corrected = text.replaceAll(/(?<=,)"?'?-1"?(?=,)/g, "100.00");
    const path = join(processConfig().dataDir, "corrected.csv");
    writeFileSync(path, corrected);
    const batchId = await importing.importFile(system, () => system.now, {
      file: { path },
      fileName: "corrected.csv",
      chosen: ChosenSettings.parse({}),
      dryRun: false,
      source: "cli",
    });
    expect(await report(db, batchId)).toMatchObject({ rows: { accepted: 1, rejected: 0 }, orders: { created: 1 } });
  });

  test("shows before it runs some orders of each change, as they were and as they would be", async () => {
    const paid = Array.from({ length: 6 }, (_, n) => row(40 + n));
    await takeOrders(system, paid);
    const later = { status: "交易成功", refund: "2.00", completed: "2026-05-25 10:00:00" };
    const file = [...paid.slice(0, 5).map((order) => ({ ...order, ...later })), ...paid.slice(5), row(50)];
    const { batchId } = await upload(file);
    await work();
    const { sample } = await batch(db, batchId, staff.now);
    const [was, becomes] = [
      { status: "paid", paidFen: 10_000, refundFen: 0 },
      { status: "completed", paidFen: 10_000, refundFen: 200 },
    ];
    const updated = { change: "updated", ...becomes, before: was };
    expect(sample).toMatchObject([
      ...["0040", "0041", "0042", "0043"].map((tail) => ({ maskedId: `5414****${tail}`, ...updated })),
      { maskedId: "5414****0045", change: "unchanged", ...was, before: was },
      { maskedId: "5414****0050", change: "created", ...was, before: null },
    ]);
  });

  test("can be cancelled while it waits, and takes nothing in", async () => {
    const before = await ordersNow();
    const { uploadId, batchId } = await upload([row(10)]);
    await importing.cancel(staff, { batchId });
    await work();
    expect(await batch(db, batchId, staff.now)).toMatchObject({ state: "cancelled" });
    expect([await ordersNow(), existsSync(uploadPath(uploadId))]).toEqual([before, false]);
    await expect(importing.cancel(staff, { batchId })).rejects.toMatchObject({ code: "BATCH_ALREADY_OVER" });
  });

  test("recognises the very same file", async () => {
    const { batchId: first } = await upload([row(11)]);
    await work();
    await importing.confirm(staff, { batchId: first });
    await work();
    const { uploadId, batchId } = await upload([row(11)]);
    expect(await batch(db, batchId, staff.now)).toMatchObject({
      state: "done",
      sameAs: first,
      counters: { orders: { unchanged: 1 } },
    });
    expect(existsSync(uploadPath(uploadId))).toBe(false);
  });

  test("of a file that was not desensitised is refused, and needs a permission to be taken in all the same", async () => {
    const clear = Array.from({ length: 6 }, (_, n) => row(20 + n, { name: "欧阳测试", phone: "13800138000" }));
    const { batchId, uploadId } = await upload(clear);
    await work();
    expect(await batch(db, batchId, staff.now)).toMatchObject({ state: "refused", fileCodes: ["NOT_DESENSITISED"] });
    expect(existsSync(uploadPath(uploadId))).toBe(false);
    await expect(upload(clear, { overrideReason: "the platform offers no masked export" })).rejects.toMatchObject({
      code: "OVERRIDE_FORBIDDEN",
    });
    const owner = { ...staff, actor: { ...testStaff("owner"), id: staff.actor.id } };
    const again = await storeUpload(
      (async function* () {
        yield orderFile(clear);
      })(),
      1 << 20,
    );
    const chosen = ChosenSettings.parse({ overrideReason: "the platform offers no masked export" });
    const opened = await importing.start(owner, { uploadId: again.uploadId, fileName: "clear.csv", chosen });
    await work();
    expect(await batch(db, opened.id, staff.now)).toMatchObject({ state: "checked" });
  });
});

test("a program imports by one call and reads the account of it", async () => {
  const [post, get] = restRoutes;
  const stored = await storeUpload(
    (async function* () {
      yield orderFile([row(70), row(71)]);
    })(),
    1 << 20,
  );
  const ctx = testContext(db, {
    actor: { kind: "apiKey", id: newId<"apiKey">(), scopes: new Set(["order:import"]) },
    now: staff.now,
  });
  const answer = OneBatch.extend({ state: z.string() }).parse(await post?.answer(ctx, { fileName: "erp.csv" }, stored));
  expect(answer.state).toBe("running");
  await work();
  const account = await get?.answer(ctx, { batchId: answer.batchId }, null);
  expect(account).toMatchObject({ file: "erp.csv", state: "done", fileOutcome: "accepted", orders: { created: 2 } });
  expect(existsSync(uploadPath(stored.uploadId))).toBe(false);
});

test("two imports of one file at once end in the same state as one", async () => {
  const many = Array.from({ length: 3_000 }, (_, n) => row(1_000 + n));
  const before = await ordersNow();
  const [a, b] = await Promise.all([takeOrders(system, many), takeOrders(system, many)]);
  expect(await ordersNow()).toBe(before + 3_000);
  expect(a.orders.created + b.orders.created).toBe(3_000);
  expect(a.orders.unchanged + b.orders.unchanged).toBe(3_000);
});

test("the console finds an order by its masked and by its full number, and pages by key", async () => {
  const byMask = await search(staff, { number: "5414****0001", size: 50 });
  const byNumber = await find(staff, { number: number(1) });
  expect(byMask.orders.map(({ id }) => id)).toContain(byNumber.orderId);
  expect(await find(staff, { number: number(777_777) })).toEqual({ orderId: null, maskedId: "5414****7777" });
  expect(await find(staff, { number: "5414****0001" })).toEqual({ orderId: null, maskedId: "5414****0001" });
  const seen = new Set<string>();
  let after: Awaited<ReturnType<typeof search>>["after"] | undefined;
  do {
    const page = await search(staff, {
      platform: "taobao",
      from: "2026-05-01",
      to: "2026-05-31",
      after: after ?? undefined,
      size: 100,
    });
    for (const { id } of page.orders) seen.add(id);
    after = page.after;
  } while (after !== null);
  expect(seen.size).toBe(await ordersNow());
});

describe("a relay number", () => {
  test("is shown masked, read for a purpose and recorded, and gone after its day", async () => {
    const relay = { phone: "17000004847-0011", phoneExpires: "2026-07-01 00:00:00" };
    await takeOrders(system, [row(50, relay)]);
    const { orderId } = await find(staff, { number: number(50) });
    if (orderId === null) throw new Error("no order");
    const found = await order(staff, orderId);
    expect(found.virtualNumber?.masked).toBe("170****4847-****");
    expect(JSON.stringify(await rawSql(db, "SELECT * FROM virtual_numbers"))).not.toContain("17000004847");
    expect(await dial(staff, { orderId: found.id, purpose: "delivery" })).toMatchObject({ number: "17000004847-0011" });
    const looks = await rawSql(db, "SELECT purpose FROM audit_entries WHERE action = 'order.dial'");
    expect(looks).toMatchObject([{ purpose: "delivery" }]);

    const later = { ...staff, now: new Date("2026-07-02T00:00:00Z") };
    await expect(dial(later, { orderId: found.id, purpose: "delivery" })).rejects.toMatchObject({
      code: "VIRTUAL_NUMBER_GONE",
    });
    await db.transact((tx) => purge(tx, later));
    expect(await rawSql(db, "SELECT * FROM virtual_numbers")).toEqual([]);
  });
});
