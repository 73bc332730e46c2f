import type { Db } from "#db/client.ts";
import { freshDatabase, newId, testContext, testStaff } from "#db/testing.ts";
import type { Context, MemberActor, StaffActor } from "../core/context.ts";
import type { MemberId } from "../core/id.ts";
import * as members from "../members/service.ts";
import { seedDemoPoints } from "../points/demo.ts";
import { seedDemoStaff } from "../staff/demo/service.ts";
import { seedDemoLadder } from "../tiers/demo.ts";
import { ChosenSettings } from "./importing/model.ts";
import { report } from "./importing/queries.ts";
import { importFile } from "./importing/service.ts";

export const NOW = new Date("2026-06-15T04:00:00Z");

/** One row of a small synthetic Taobao order list. Times are Beijing time as the platform writes them. */
export type TestOrder = {
  readonly number: string;
  readonly status: string;
  readonly yuan: string;
  readonly refund?: string;
  readonly placed?: string;
  readonly paid?: string;
  readonly completed?: string;
  readonly phone?: string;
  readonly phoneExpires?: string;
  readonly name?: string;
};

const HEADER =
  "订单编号,买家会员名,买家应付货款,买家实际支付金额,订单状态,收货人姓名,联系手机,虚拟号过期时间,订单创建时间,订单付款时间,宝贝标题,商家编码,退款金额,确认收货时间";

/** The bytes of such a list. */
export function orderFile(orders: readonly TestOrder[]): Uint8Array {
  const rows = orders.map((order) => {
    const placed = order.placed ?? "2026-05-20 10:00:00";
    const unpaid = order.status === "等待买家付款";
    return [
      ...[order.number, "t**", order.yuan, unpaid ? "0.00" : order.yuan, order.status, order.name ?? "林**"],
      ...[order.phone ?? "138****0001", order.phoneExpires ?? "", placed, order.paid ?? (unpaid ? "" : placed)],
      ...["婴儿洗护套装", "BATH-01", order.refund ?? "0.00", order.completed ?? ""],
    ].join(",");
  });
  return Buffer.from(`${[HEADER, ...rows].join("\r\n")}\r\n`);
}

/** Imports such a list and gives the account of it. */
export async function takeOrders(
  ctx: Context,
  orders: readonly TestOrder[],
  { dryRun = false, ...chosen }: Partial<ChosenSettings> & { dryRun?: boolean } = {},
) {
  const batchId = await importFile(ctx, () => ctx.now, {
    file: { bytes: orderFile(orders) },
    fileName: "orders.csv",
    chosen: ChosenSettings.parse(chosen),
    dryRun,
    source: "cli",
  });
  return report(ctx.db, batchId);
}

/** A database with the demo ladder and points in force, one member of staff and the members asked for. */
export async function brandWith(count: number): Promise<{
  db: Db;
  system: Context;
  staff: Context<StaffActor>;
  members: Context<MemberActor>[];
}> {
  const db = await freshDatabase();
  const system = testContext(db, { actor: { kind: "system", name: "test" }, now: NOW });
  const opening = new Date("2025-05-01T00:00:00Z");
  const accounts = await seedDemoStaff({ ...system, now: opening });
  const as = (email: string, now: Date) =>
    testContext<StaffActor>(db, {
      actor: { ...testStaff("operator"), id: accounts.get(email) ?? newId<"staff">() },
      now,
    });
  await seedDemoLadder(as("operator@demo.example", opening), as("operator2@demo.example", opening));
  await seedDemoPoints(as("operator@demo.example", opening), as("operator2@demo.example", opening));
  const clerk = {
    ...testStaff("orderOperations"),
    id: accounts.get("orders@demo.example") ?? as("operator@demo.example", NOW).actor.id,
  };
  const ids: MemberId[] = [];
  for (let n = 0; n < count; n += 1)
    ids.push(await db.transact(async (tx) => (await members.create(tx, { ...system, now: opening })).id));
  return {
    db,
    system,
    staff: testContext<StaffActor>(db, { actor: clerk, now: NOW }),
    members: ids.map((id) =>
      testContext<MemberActor>(db, { actor: { kind: "member", id, sessionId: newId() }, now: NOW }),
    ),
  };
}
