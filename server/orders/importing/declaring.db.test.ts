import { existsSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { newId, rawSql, testContext } from "#db/testing.ts";
import type { Context, MemberActor, StaffActor } from "../../core/context.ts";
import { storeUpload, uploadPath } from "../../core/uploads.ts";
import { openRunner } from "../../jobs/runner.ts";
import * as claims from "../claims/service.ts";
import { search } from "../console/queries.ts";
import { jobs } from "../jobs.ts";
import { find } from "../queries.ts";
import { restRoutes } from "../rest.ts";
import { brandWith, orderFile, takeOrders } from "../testing.ts";
import { declare } from "./declaring.ts";
import { ChosenSettings, OneBatch, type Provenance } from "./model.ts";
import { batch } from "./queries.ts";
import * as importing from "./service.ts";

const provenance: Provenance = {
  supplier: "示例代运营有限公司",
  basis: "contract",
  reference: "HT-2026-018",
  scope: "2026 年订单状态与金额，用于会员积分",
};
const number = (n: number) => `5414549813664${String(n).padStart(6, "0")}`;
const rows = (n: number) => [{ number: number(n), status: "买家已付款，等待卖家发货", yuan: "10.00" }];

let db: Db;
let system: Context;
let staff: Context<StaffActor>;
let member: Context<MemberActor>;
beforeAll(async () => {
  const brand = await brandWith(1);
  ({ db, system, staff } = brand);
  const [first] = brand.members;
  if (first === undefined) throw new Error("no member");
  member = first;
});

const stored = (n: number) =>
  storeUpload(
    (async function* () {
      yield orderFile(rows(n));
    })(),
    1 << 20,
  );

async function upload(n: number, said: Partial<ChosenSettings>) {
  const { uploadId } = await stored(n);
  const chosen = ChosenSettings.parse(said);
  const { id } = await importing.start(staff, { uploadId, fileName: "agency.csv", chosen });
  await work();
  return { batchId: id, uploadId };
}

/** Runs every job that is due, as a worker would. */
async function work(): Promise<void> {
  const runner = openRunner({
    db,
    handlers: jobs,
    context: (kind) => testContext(db, { actor: { kind: "system", name: kind }, now: staff.now }),
    clock: () => new Date(Date.now()),
    random: () => 0.5,
  });
  while (await runner.runOne());
}

const look = (batchId: Parameters<typeof batch>[1]) => batch(db, batchId, staff.now);

describe("a file that is no platform's own export", () => {
  test("stays in quarantine while nobody declares where it comes from: found nowhere, claimed by nobody", async () => {
    const before = await rawSql(db, "SELECT id FROM orders");
    const { batchId } = await upload(1, { thirdParty: true });
    expect(await look(batchId)).toMatchObject({ state: "quarantined", counters: { orders: { created: 1 } } });
    await expect(importing.confirm(staff, { batchId })).rejects.toMatchObject({ code: "PROVENANCE_REQUIRED" });
    await work();
    expect(await rawSql(db, "SELECT id FROM orders")).toEqual(before);
    expect(await find(staff, { number: number(1) })).toMatchObject({ orderId: null });
    expect((await search(staff, { batchId, size: 10 })).orders).toEqual([]);
    const fact = { kind: "dayAndSku", day: "2026-05-20", sku: "BATH-01" } as const;
    expect(await claims.submit(member, { orderNumber: number(1), fact }, "a")).toMatchObject({ outcome: "received" });
  });

  test("is taken in once it is declared and confirmed, and both are recorded", async () => {
    const { batchId } = await upload(2, { thirdParty: true });
    await declare(staff, { batchId, provenance });
    expect(await look(batchId)).toMatchObject({ state: "checked", chosen: { thirdParty: true, provenance } });
    await importing.confirm(staff, { batchId });
    await work();
    expect(await look(batchId)).toMatchObject({ state: "done", chosen: { provenance } });
    expect((await find(staff, { number: number(2) })).orderId).not.toBeNull();
    const trail = await rawSql(
      db,
      `SELECT action, detail FROM audit_entries WHERE subject_id = '${batchId}' AND action = 'order.declare'`,
    );
    expect(trail.map(({ detail }) => JSON.parse(String(detail)))).toEqual([{ basis: "contract", quarantined: true }]);
    await expect(declare(staff, { batchId, provenance })).rejects.toMatchObject({ code: "PROVENANCE_NOT_NOW" });
  });

  test("is dropped, with its file, when nobody will answer for it", async () => {
    const { batchId, uploadId } = await upload(3, { thirdParty: true });
    await importing.cancel(staff, { batchId });
    expect(await look(batchId)).toMatchObject({ state: "cancelled" });
    expect(existsSync(uploadPath(uploadId))).toBe(false);
    await expect(declare(staff, { batchId, provenance })).rejects.toMatchObject({ code: "PROVENANCE_NOT_NOW" });
  });

  test("keeps nothing personal of what was declared", async () => {
    const { batchId } = await upload(4, { thirdParty: true });
    await declare(staff, { batchId, provenance: { ...provenance, supplier: "示例公司 13800138000" } });
    const row = await rawSql(db, `SELECT chosen FROM import_batches WHERE id = '${batchId}'`);
    expect(String(row[0]?.chosen)).toContain("示例公司");
    expect(String(row[0]?.chosen)).not.toContain("13800138000");
  });

  test("that a command brings is looked at, and taken in when the same file comes with its declaration", async () => {
    expect(await takeOrders(system, rows(5), { thirdParty: true })).toMatchObject({
      state: "quarantined",
      dryRun: true,
    });
    expect(await find(staff, { number: number(5) })).toMatchObject({ orderId: null });
    const declared = await takeOrders(system, rows(5), { thirdParty: true, provenance });
    expect(declared).toMatchObject({ state: "done", orders: { created: 1 } });
  });

  test("that a program brings waits in quarantine too, and runs at once when it is declared", async () => {
    const [post] = restRoutes;
    const ctx = testContext(db, {
      actor: { kind: "apiKey", id: newId<"apiKey">(), scopes: new Set(["order:import"]) },
      now: staff.now,
    });
    const ask = async (n: number, said: object) => {
      const answer = await post?.answer(ctx, { fileName: "erp.csv", thirdParty: "true", ...said }, await stored(n));
      await work();
      return look(OneBatch.loose().parse(answer).batchId);
    };
    expect(await ask(6, {})).toMatchObject({ state: "quarantined" });
    expect(await ask(7, provenance)).toMatchObject({ state: "done", chosen: { provenance } });
    await expect(ask(8, { supplier: "示例代运营有限公司" })).rejects.toThrow();
  });
});

test("a file that was taken for a platform's own can be declared as another's while it waits", async () => {
  const { batchId } = await upload(20, {});
  expect(await look(batchId)).toMatchObject({ state: "checked" });
  await declare(staff, { batchId, provenance });
  expect(await look(batchId)).toMatchObject({ state: "checked", chosen: { thirdParty: true, provenance } });
});
