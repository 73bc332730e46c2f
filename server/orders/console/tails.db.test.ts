import { beforeAll, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { rawSql } from "#db/testing.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import { addDays } from "../../core/time.ts";
import { purge } from "../service.ts";
import { brandWith, takeOrders } from "../testing.ts";
import { findByTail } from "./service.ts";

const paid = { status: "买家已付款，等待卖家发货", yuan: "10.00", placed: "2026-06-14 10:00:00" };
const number = (n: number) => `5414549813665${String(n).padStart(6, "0")}`;

let db: Db;
let system: Context;
let staff: Context<StaffActor>;
beforeAll(async () => {
  ({ db, system, staff } = await brandWith(0));
  await takeOrders(system, [
    { ...paid, number: number(1), phone: "17012344821-7305", phoneExpires: "2026-06-20 00:00:00" },
    { ...paid, number: number(2), phone: "17012347305-0916", phoneExpires: "2026-06-25 00:00:00" },
    { ...paid, number: number(3), phone: "138****0001" },
  ]);
});

const found = async (digits: string, ctx = staff) =>
  (await findByTail(ctx, { digits, purpose: "delivery" })).orders.map(({ maskedId }) => maskedId);

test("an order is found by the end of its relay number or by its extension, until the number ends", async () => {
  expect(await found("4821")).toEqual(["5414****0001"]);
  expect((await found("7305")).sort()).toEqual(["5414****0001", "5414****0002"]);
  expect(await found("0001")).toEqual([]);
  expect(await found("7305", { ...staff, now: addDays(staff.now, 7) })).toEqual(["5414****0002"]);
});

test("neither the number nor its tail is stored in clear, and both go with the number", async () => {
  const kept = JSON.stringify(await rawSql(db, "SELECT * FROM virtual_numbers"));
  for (const digits of ["7305", "0916", "17012344821"])
    expect(kept.replace(/"masked":"[^"]*"/g, "")).not.toContain(digits);
  await db.transact((tx) => purge(tx, { ...system, now: addDays(system.now, 30) }));
  expect(await rawSql(db, "SELECT * FROM virtual_numbers")).toEqual([]);
  expect(await found("7305")).toEqual([]);
});

test("each search is recorded with its purpose and without its digits, and can be made so often only", async () => {
  const ctx = { ...staff, now: addDays(staff.now, 20) };
  await findByTail(ctx, { digits: "6620", purpose: "recall" });
  const entries = await rawSql(db, "SELECT * FROM audit_entries WHERE action = 'order.findByTail' ORDER BY id");
  expect(entries.at(-1)).toMatchObject({ purpose: "recall", outcome: "done" });
  expect(JSON.stringify(entries.map(({ detail }) => detail))).not.toContain("6620");
  for (let n = 1; n < 20; n += 1) await found(String(1000 + n), ctx);
  await expect(found("9999", ctx)).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
  const refused = await rawSql(
    db,
    "SELECT id FROM audit_entries WHERE action = 'order.findByTail' AND outcome = 'refused'",
  );
  expect(refused).toHaveLength(1);
  expect(await found("1001", { ...ctx, now: addDays(ctx.now, 10) })).toEqual([]);
});
