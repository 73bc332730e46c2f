import { beforeAll, describe, expect, test } from "vitest";
import { rawSql } from "#db/testing.ts";
import type { Context, StaffActor } from "../core/context.ts";
import type { OrderId } from "../core/id.ts";
import { find, order } from "./queries.ts";
import { dial, purge, purgeEnded } from "./service.ts";
import { brandWith, takeOrders } from "./testing.ts";

const number = (n: number) => `5414549813668${String(n).padStart(6, "0")}`;
const shipped = { status: "卖家已发货，等待买家确认", yuan: "80.00", placed: "2026-06-10 10:00:00" };
const completed = { ...shipped, status: "交易成功", completed: "2026-06-14 10:00:00" };
const relay = { phone: "17000004847-0011" };

let system: Context;
let staff: Context<StaffActor>;
beforeAll(async () => {
  ({ system, staff } = await brandWith(0));
});
const on = (day: string): Context<StaffActor> => ({ ...staff, now: new Date(`${day}T04:00:00Z`) });
const idOf = async (n: number): Promise<OrderId> => {
  const { orderId } = await find(staff, { number: number(n) });
  if (orderId === null) throw new Error("no order");
  return orderId;
};
const call = (orderId: OrderId, day: string) => dial(on(day), { orderId, purpose: "delivery" });
const kept = async (orderId: OrderId) =>
  (await rawSql(staff.db, "SELECT order_id FROM virtual_numbers")).filter(({ order_id: id }) => id === orderId).length;
const sweep = (day: string) => staff.db.transact((tx) => purgeEnded(tx, { ...system, now: on(day).now }, null));

describe("a relay number whose file states no expiry", () => {
  test("lives as long as its platform lets it, and ends with the completion that a later file tells", async () => {
    await takeOrders(system, [{ ...shipped, ...relay, number: number(1) }]);
    const orderId = await idOf(1);
    expect(await call(orderId, "2026-08-08")).toMatchObject({ number: "17000004847-0011" });

    await takeOrders(system, [{ ...completed, number: number(1) }]);
    expect(await call(orderId, "2026-06-28")).toMatchObject({ expiresAt: new Date("2026-06-29T02:00:00Z") });
  });

  test("is neither shown nor read once it ended, and then purged though its own row says later", async () => {
    const orderId = await idOf(1);
    expect((await order(on("2026-06-28"), orderId)).virtualNumber?.masked).toBe("170****4847-****");
    expect((await order(on("2026-06-30"), orderId)).virtualNumber).toBeNull();
    await expect(call(orderId, "2026-06-30")).rejects.toMatchObject({ code: "VIRTUAL_NUMBER_GONE" });

    await sweep("2026-06-28");
    expect(await kept(orderId)).toBe(1);
    await sweep("2026-06-30");
    expect(await kept(orderId)).toBe(0);
  });

  test("of an order that nobody completes is purged with the platform's longest life", async () => {
    await takeOrders(system, [{ ...shipped, ...relay, number: number(2) }]);
    const orderId = await idOf(2);
    const purgeOn = (day: string) => staff.db.transact((tx) => purge(tx, { ...system, now: on(day).now }));
    await purgeOn("2026-08-08");
    expect(await kept(orderId)).toBe(1);
    await purgeOn("2026-08-10");
    expect(await kept(orderId)).toBe(0);
  });

  test("is not taken in when it ended before the import", async () => {
    await takeOrders(system, [{ ...completed, ...relay, number: number(3), completed: "2026-05-20 10:00:00" }]);
    expect(await kept(await idOf(3))).toBe(0);
  });
});

test("every look at a number is recorded with its purpose, a refused one shows nothing", async () => {
  const looks = await rawSql(staff.db, "SELECT purpose FROM audit_entries WHERE action = 'order.dial'");
  expect(looks.map(({ purpose }) => purpose)).toEqual(["delivery", "delivery"]);
});
