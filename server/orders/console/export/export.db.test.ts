import { strFromU8, unzipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { newId, rawSql, testStaff } from "#db/testing.ts";
import type { Context, StaffActor } from "../../../core/context.ts";
import type { ImportBatchId } from "../../../core/id.ts";
import { addDays } from "../../../core/time.ts";
import { brandWith } from "../../testing.ts";
import { addBatch, addOrders, plainOrder } from "../testing.ts";
import { fileOf } from "./file.ts";
import { type AskExport, EXPORT_LINK_MS, type OrderExportId } from "./model.ts";
import { ask, begin, closeLost, end } from "./service.ts";

const asked: AskExport = { filter: {}, format: "csv", purpose: "reconciliation" };

let db: Db;
let staff: Context<StaffActor>;
let batch: ImportBatchId;
beforeAll(async () => {
  ({ db, staff } = await brandWith(0));
  batch = await addBatch(db, staff.now);
  await addOrders(db, [
    { ...plainOrder(batch, staff.now, 1), maskedId: "=1+1****0001" },
    { ...plainOrder(batch, staff.now, 2), maskedId: "＝HYP****0002", refunded: 100 },
    { ...plainOrder(batch, staff.now, 3), maskedId: "2026****0003", refundUnknown: true },
    { ...plainOrder(batch, staff.now, 4), maskedId: "2026****0004", platform: "jd" },
  ]);
});

async function taken(over: Partial<AskExport> = {}, locale: "zh-CN" | "en" = "zh-CN") {
  const { exportId } = await ask(staff, { ...asked, ...over });
  const file = fileOf(staff, await begin(staff, exportId), "林雨", locale);
  const pieces: Uint8Array[] = [];
  for await (const piece of file.pieces) pieces.push(piece);
  return { exportId, file, bytes: Buffer.concat(pieces), pieces };
}

const entries = async (exportId: OrderExportId) =>
  (
    await rawSql(
      db,
      `SELECT action, outcome, purpose, detail FROM audit_entries WHERE subject_id = '${exportId}' ORDER BY id`,
    )
  ).map(({ action, outcome, purpose, detail }) => ({ action, outcome, purpose, detail: JSON.parse(String(detail)) }));

describe("the file", () => {
  test("CSV: what it is and who took it why, then every order, then the count; nothing in it runs", async () => {
    const { exportId, file, bytes } = await taken();
    const lines = bytes.toString("utf8").split("\r\n");
    expect(file.name).toBe(`orders-${exportId}.csv`);
    expect(lines[0]).toBe(`\ufeff导出编号,${exportId}`);
    expect(lines.slice(1, 5)).toEqual([
      "导出人,林雨",
      "导出时间（北京时间）,2026-06-15 12:00:00",
      "用途,对账",
      "条件,全部订单",
    ]);
    expect(lines.slice(6, 8)).toEqual([
      "",
      "脱敏订单号,平台,状态,实付（元）,退款（元）,下单时间（北京时间）,认领,导入批次",
    ]);
    expect(lines.slice(8, 12)).toEqual([
      `'=1+1****0001,淘宝／天猫,已完成,99.00,0.00,2026-06-14 12:00:00,未认领,${batch}`,
      `'＝HYP****0002,淘宝／天猫,部分退款,99.00,1.00,2026-06-13 12:00:00,未认领,${batch}`,
      `2026****0003,淘宝／天猫,部分退款,99.00,金额未知,2026-06-12 12:00:00,未认领,${batch}`,
      `2026****0004,京东,已完成,99.00,0.00,2026-06-11 12:00:00,未认领,${batch}`,
    ]);
    expect(lines.slice(12)).toEqual(["", `导出编号,${exportId}`, "订单数,4", ""]);
    expect(file.rows()).toBe(4);
  });

  test("XLSX: the same, in typed cells; its number also in the properties and on every printed page", async () => {
    const { exportId, bytes } = await taken({ format: "xlsx", filter: { platform: "taobao" } }, "en");
    const parts = Object.fromEntries(
      Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)] as const),
    );
    const sheet = parts["xl/worksheets/sheet1.xml"] ?? "";
    const rows = [...sheet.matchAll(/<row r="(\d+)">(.*?)<\/row>/g)].map(([, , cells = ""]) =>
      [...cells.matchAll(/<c r="[A-Z]\d+"[^>]*>(?:<is><t[^>]*>(.*?)<\/t><\/is>|<v>(.*?)<\/v>)<\/c>/g)].map(
        ([, text, value]) => text ?? Number(value),
      ),
    );
    expect(rows.slice(0, 2)).toEqual([
      ["Export number", exportId],
      ["Exported by", "林雨"],
    ]);
    expect(rows[4]).toEqual(["Filter", "Platform: Taobao/Tmall"]);
    expect(rows[8]).toEqual(["'=1+1****0001", "Taobao/Tmall", "Completed", 99, 0, 46_187.5, "Unclaimed", batch]);
    expect(rows.slice(-2)).toEqual([
      ["Export number", exportId],
      ["Orders", 3],
    ]);
    expect(sheet).not.toContain("<f>");
    expect(sheet).toContain(`<oddFooter>&amp;LOrder export ${exportId}`);
    expect(parts["docProps/core.xml"]).toContain(exportId);
    expect(Object.keys(parts).sort()).toContain("[Content_Types].xml");
  });

  test("comes piece by piece: what it is before any order is read", async () => {
    const { exportId } = await ask(staff, asked);
    const { pieces, rows } = fileOf(staff, await begin(staff, exportId), "林雨", "zh-CN");
    const first = await pieces.next();
    expect(Buffer.from(first.value ?? []).toString()).toContain(exportId);
    expect(rows()).toBe(0);
    await pieces.return(undefined);
  });
});

describe("its link", () => {
  test("works once, for whoever asked, for five minutes; whoever tries otherwise is recorded", async () => {
    const { exportId } = await taken();
    await expect(begin(staff, exportId)).rejects.toMatchObject({ code: "EXPORT_LINK_OVER" });
    const { exportId: fresh } = await ask(staff, asked);
    const colleague = { ...staff, actor: { ...testStaff("orderOperations"), id: newId<"staff">() } };
    await expect(begin(colleague, fresh)).rejects.toMatchObject({ code: "EXPORT_LINK_OVER" });
    const late = { ...staff, now: new Date(staff.now.getTime() + EXPORT_LINK_MS) };
    await expect(begin(late, fresh)).rejects.toMatchObject({ code: "EXPORT_LINK_OVER" });
    expect((await entries(fresh)).map(({ action, outcome }) => [action, outcome])).toEqual([
      ["order.export", "done"],
      ["order.export.begin", "refused"],
      ["order.export.begin", "refused"],
    ]);
  });

  test("leaves the whole story in the log: asked why, begun, ended with how many rows, or broken off", async () => {
    const { exportId, file } = await taken({ filter: { platform: "jd" } });
    await end(staff, exportId, file.rows(), true);
    expect(await entries(exportId)).toMatchObject([
      { action: "order.export", purpose: "reconciliation", detail: { format: "csv", filters: "platform", rows: 1 } },
      { action: "order.export.begin", outcome: "done" },
      { action: "order.export.finish", detail: { rows: 1, whole: true } },
    ]);
    const broken = await taken();
    await end(staff, broken.exportId, 2, false);
    await end(staff, broken.exportId, 4, true);
    expect((await entries(broken.exportId)).at(-1)).toMatchObject({ detail: { rows: 2, whole: false } });
    const state = await rawSql(db, `SELECT state, rows FROM order_exports WHERE id = '${broken.exportId}'`);
    expect(state.map((row) => [row.state, Number(row.rows)])).toEqual([["interrupted", 2]]);
  });

  test("of which nobody said how it ended is closed as interrupted a day later", async () => {
    const { exportId } = await taken();
    const state = () => rawSql(db, `SELECT state FROM order_exports WHERE id = '${exportId}'`);
    await db.transact((tx) => closeLost(tx, staff));
    expect(await state()).toEqual([{ state: "running" }]);
    const later = { ...staff, now: addDays(staff.now, 2) };
    await db.transact((tx) => closeLost(tx, later));
    expect(await state()).toEqual([{ state: "interrupted" }]);
  });
});

test("a search that finds nothing, or more than an export may hold, is refused; the refusal is recorded", async () => {
  const count = async () =>
    (await rawSql(db, "SELECT detail FROM audit_entries WHERE action = 'order.export' AND outcome = 'refused'")).map(
      ({ detail }) => JSON.parse(String(detail)).code,
    );
  await expect(ask(staff, { ...asked, filter: { platform: "weimob" } })).rejects.toMatchObject({
    code: "EXPORT_EMPTY",
  });
  const many = await addBatch(db, staff.now);
  const orders = Array.from({ length: 5_100 }, () => plainOrder(many, staff.now, 100));
  await addOrders(db, orders);
  const search = { ...asked, filter: { batchId: many } };
  await expect(ask(staff, search, orders.length - 1)).rejects.toMatchObject({
    code: "EXPORT_TOO_LARGE",
    condition: { max: orders.length - 1 },
  });
  expect((await count()).sort()).toEqual(["EXPORT_EMPTY", "EXPORT_TOO_LARGE"]);
  expect(await rawSql(db, "SELECT id FROM order_exports WHERE filter LIKE '%weimob%'")).toEqual([]);
  await expect(ask(staff, search, orders.length)).resolves.toMatchObject({});
});
