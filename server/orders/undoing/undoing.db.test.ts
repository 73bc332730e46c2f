import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { rawSql, testContext } from "#db/testing.ts";
import type { Context, MemberActor, StaffActor } from "../../core/context.ts";
import { type ImportBatchId, isId } from "../../core/id.ts";
import { addDays } from "../../core/time.ts";
import { openRunner } from "../../jobs/runner.ts";
import { ownClaims, ownOrders } from "../claims/queries.ts";
import * as claims from "../claims/service.ts";
import { commandHold } from "../importing/hold.ts";
import { batch } from "../importing/queries.ts";
import { jobs } from "../jobs.ts";
import { dial } from "../service.ts";
import { brandWith, type TestOrder, takeOrders } from "../testing.ts";
import { dependents, undoPlan } from "./queries.ts";
import { runUndo } from "./run.ts";
import { forgetOverwritten, undo } from "./service.ts";

const number = (n: number) => `5414549813668${String(n).padStart(6, "0")}`;
const done = { status: "交易成功", completed: "2026-05-25 10:00:00" };
const paid = { status: "买家已付款，等待卖家发货" };
const day = { kind: "dayAndSku", day: "2026-05-20", sku: "BATH-01" } as const;

let db: Db;
let system: Context;
let staff: Context<StaffActor>;
let members: Context<MemberActor>[];
beforeAll(async () => {
  ({ db, system, staff, members } = await brandWith(4));
});

let minutes = 0;
/** Imports a list, a minute after the last. */
async function take(orders: readonly TestOrder[]): Promise<ImportBatchId> {
  minutes += 1;
  const { batchId } = await takeOrders({ ...system, now: new Date(system.now.getTime() + minutes * 60_000) }, orders);
  if (!isId<"importBatch">(batchId)) throw new Error("no batch");
  return batchId;
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

const member = (n: number): Context<MemberActor> => {
  const ctx = members[n];
  if (ctx === undefined) throw new Error("no such member");
  return ctx;
};
const stored = () => rawSql(db, "SELECT * FROM orders ORDER BY id");
const numbers = () => rawSql(db, "SELECT * FROM virtual_numbers ORDER BY order_id");
const growth = async (n: number) =>
  Number(
    (
      await rawSql(
        db,
        `SELECT coalesce(sum(growth), 0) AS n FROM growth_lines WHERE member_id = '${member(n).actor.id}'`,
      )
    )[0]?.n,
  );

describe("undo of an import", () => {
  test("puts back what it overwrote byte for byte, removes what it created, and is recorded", async () => {
    const relay = { phone: "17000004847-0011", phoneExpires: "2026-07-01 00:00:00" };
    await take([
      { ...paid, number: number(1), yuan: "100.00", ...relay },
      { ...paid, number: number(2), yuan: "200.00" },
    ]);
    await claims.submit(member(0), { orderNumber: number(1), fact: day }, "a");
    const [before, relays, had] = [await stored(), await numbers(), await growth(0)];
    const batchId = await take([
      { ...done, number: number(1), yuan: "150.00", phone: "17000004847-0022", phoneExpires: "2026-07-09 00:00:00" },
      { ...paid, number: number(2), yuan: "200.00", phone: "17000004847-0033", phoneExpires: "2026-07-09 00:00:00" },
      { ...paid, number: number(3), yuan: "300.00", ...relay },
    ]);
    expect(await growth(0)).toBe(had + 50);
    expect(await undoPlan(db, batchId, staff.now)).toMatchObject({
      created: 1,
      changed: 1,
      claimed: { count: 0 },
      later: [],
    });

    await undo(staff, { batchId });
    expect(await batch(db, batchId, staff.now)).toMatchObject({ state: "undoing", progress: { done: 0, total: 2 } });
    await undo(staff, { batchId });
    await work();
    expect([await stored(), await numbers(), await growth(0)]).toEqual([before, relays, had]);
    const [order] = (await ownOrders(member(0), member(0).actor.id, undefined, 10)).orders;
    if (order === undefined) throw new Error("no order");
    expect(await dial(staff, { orderId: order.id, purpose: "delivery" })).toMatchObject({ number: "17000004847-0011" });
    expect(await batch(db, batchId, staff.now)).toMatchObject({
      state: "undone",
      undone: { restored: 1, removed: 1, kept: 0 },
      undoneBy: expect.any(String),
    });
    expect(await undoPlan(db, batchId, staff.now)).toBeNull();
    const trail = await rawSql(db, `SELECT action FROM audit_entries WHERE subject_id = '${batchId}' ORDER BY id`);
    expect(trail.map(({ action }) => action).slice(-2)).toEqual(["order.undo", "order.undo.finish"]);
  });

  test("can be followed by the same import again", async () => {
    const file = [{ ...paid, number: number(10), yuan: "10.00" }];
    const first = await take(file);
    const after = (await stored()).map(({ id: _, batch_id: __, ...rest }) => rest);
    await undo(staff, { batchId: first });
    await work();
    const again = await take(file);
    expect(await batch(db, again, staff.now)).toMatchObject({ state: "done", sameAs: null, changed: 1 });
    expect((await stored()).map(({ id: _, batch_id: __, ...rest }) => rest)).toEqual(after);
  });

  test("is refused once a member has claimed an order on what it brought, and free again after that is undone", async () => {
    const batchId = await take([{ ...paid, number: number(20), yuan: "20.00" }]);
    await claims.submit(member(1), { orderNumber: number(20), fact: day }, "b");
    const before = await stored();
    await expect(undo(staff, { batchId })).rejects.toMatchObject({ code: "UNDO_CLAIMED", condition: { orders: 1 } });
    expect(await stored()).toEqual(before);
    const { claimed } = await dependents(db, batchId);
    expect(claimed).toMatchObject({ count: 1, orders: [{ maskedId: "5414****0020" }] });
    const orderId = claimed.orders[0]?.id;
    if (orderId === undefined) throw new Error("no order");
    await claims.unclaim(staff, { orderId, reason: "mistake" });
    await undo(staff, { batchId });
    await work();
    expect(await rawSql(db, `SELECT id FROM orders WHERE id = '${orderId}'`)).toEqual([]);
    expect((await ownClaims(db, member(1).actor.id))[0]?.state).toBe("undone");
  });

  test("is refused where an order was claimed by what only this import told", async () => {
    await take([{ number: number(21), status: "等待买家付款", yuan: "21.00" }]);
    const batchId = await take([{ ...paid, number: number(21), yuan: "21.00" }]);
    await claims.submit(member(1), { orderNumber: number(21), fact: { kind: "amount", yuan: "21.00" } }, "b");
    await expect(undo(staff, { batchId })).rejects.toMatchObject({ code: "UNDO_CLAIMED" });
  });

  test("is refused while later imports that changed its orders stand; they go first", async () => {
    const first = await take([{ ...paid, number: number(30), yuan: "30.00" }]);
    const second = await take([{ ...done, number: number(30), yuan: "30.00" }]);
    const third = await take([{ ...done, number: number(30), yuan: "31.00" }]);
    const refusal = { code: "UNDO_CHANGED_LATER", condition: { orders: 1, batches: 1 } };
    await expect(undo(staff, { batchId: first })).rejects.toMatchObject(refusal);
    await expect(undo(staff, { batchId: second })).rejects.toMatchObject(refusal);
    expect((await undoPlan(db, second, staff.now))?.later).toMatchObject([{ batchId: third, orders: 1 }]);
    const before = await stored();
    for (const batchId of [third, second, first]) {
      await undo(staff, { batchId });
      await work();
    }
    expect((await stored()).map(({ id }) => id)).toEqual(
      before.filter(({ masked_id }) => masked_id !== "5414****0030").map(({ id }) => id),
    );
  });

  test("leaves alone, and says so, what was claimed between the word and the deed", async () => {
    const batchId = await take([
      { ...paid, number: number(40), yuan: "40.00" },
      { ...paid, number: number(41), yuan: "41.00" },
    ]);
    await undo(staff, { batchId });
    await claims.submit(member(2), { orderNumber: number(40), fact: day }, "c");
    await work();
    expect(await batch(db, batchId, staff.now)).toMatchObject({ undone: { restored: 0, removed: 1, kept: 1 } });
    expect((await ownOrders(member(2), member(2).actor.id, undefined, 10)).orders).toMatchObject([
      { maskedId: "5414****0040" },
    ]);
  });

  test("is refused after its days, and what was overwritten is then forgotten", async () => {
    await take([{ ...paid, number: number(50), yuan: "50.00" }]);
    const batchId = await take([{ ...done, number: number(50), yuan: "50.00" }]);
    const late = { ...staff, now: addDays(staff.now, 61) };
    const kept = () => rawSql(db, "SELECT * FROM overwritten_orders");
    const ofBatch = (rows: Awaited<ReturnType<typeof kept>>) => rows.filter(({ batch_id }) => batch_id === batchId);
    expect(await db.transact((tx) => forgetOverwritten(tx, staff))).toBe(false);
    expect(ofBatch(await kept())).toHaveLength(1);
    await expect(undo(late, { batchId })).rejects.toMatchObject({ code: "UNDO_TOO_LATE" });
    while (await db.transact((tx) => forgetOverwritten(tx, late)));
    expect(await kept()).toEqual([]);
  });

  test("cannot be had twice at once: an older run writes nothing more", async () => {
    const batchId = await take([{ ...paid, number: number(60), yuan: "60.00" }]);
    await undo(staff, { batchId });
    const hold = commandHold(() => system.now);
    await Promise.allSettled([runUndo(system, batchId, hold), runUndo(system, batchId, hold)]);
    await work();
    expect(await batch(db, batchId, staff.now)).toMatchObject({ state: "undone", undone: { removed: 1 } });
  });
});
