import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { rawSql } from "#db/testing.ts";
import type { Context, MemberActor, StaffActor } from "../../core/context.ts";
import { addDays } from "../../core/time.ts";
import { memberLines, standingOf } from "../../tiers/queries.ts";
import { purge } from "../service.ts";
import { brandWith, takeOrders } from "../testing.ts";
import { disputes, ownClaims, ownOrders } from "./queries.ts";
import * as claims from "./service.ts";

const number = (n: number) => `5414549813667${String(n).padStart(6, "0")}`;
const done = { status: "交易成功", placed: "2026-05-20 10:00:00", completed: "2026-05-25 10:00:00" };

let db: Db;
let system: Context;
let staff: Context<StaffActor>;
let members: Context<MemberActor>[];
beforeAll(async () => {
  ({ db, system, staff, members } = await brandWith(12));
});
const member = (n: number): Context<MemberActor> => {
  const ctx = members[n];
  if (ctx === undefined) throw new Error("no such member");
  return ctx;
};
const amount = (yuan: string) => ({ kind: "amount", yuan }) as const;
const growthOf = async (ctx: Context<MemberActor>) =>
  (await memberLines(db, ctx.actor.id)).reduce((sum, line) => sum + line.growth, 0);
const audited = async (action: string) =>
  (await rawSql(db, `SELECT id FROM audit_entries WHERE action = '${action}'`)).length;

describe("a claim", () => {
  test("with the right amount binds the order at once: growth and tier follow, and it is recorded", async () => {
    await takeOrders(system, [{ ...done, number: number(1), yuan: "1299.00" }]);
    const granted = await audited("claim.grant");
    const answer = await claims.submit(member(0), { orderNumber: ` ${number(1)}`, fact: amount("1299") }, "a");
    expect(answer).toMatchObject({ outcome: "granted", growth: 1299, tierBefore: "registered", tierAfter: "silver" });
    expect(await audited("claim.grant")).toBe(granted + 1);
    const { orders } = await ownOrders(db, member(0).actor.id, undefined, 10);
    expect(orders).toMatchObject([{ maskedId: "5414****0001", growth: 1299, why: [{ growth: 1299 }] }]);
    const again = await claims.submit(member(0), { orderNumber: number(1), fact: amount("1299.00") }, "a");
    expect(again).toMatchObject({ outcome: "granted", growth: 1299 });
    expect(await growthOf(member(0))).toBe(1299);
  });

  test("by the day it was placed works as well", async () => {
    await takeOrders(system, [{ ...done, number: number(2), yuan: "88.00", placed: "2026-05-21 00:10:00" }]);
    const fact = { kind: "day", day: "2026-05-21" } as const;
    expect(await claims.submit(member(1), { orderNumber: number(2), fact }, "a")).toMatchObject({ outcome: "granted" });
  });

  test("that is wrong, too late or too early gets one and the same answer", async () => {
    await takeOrders(system, [{ ...done, number: number(3), yuan: "50.00" }]);
    const wrong = await claims.submit(member(2), { orderNumber: number(3), fact: amount("51") }, "b");
    const taken = await claims.submit(member(2), { orderNumber: number(1), fact: amount("1299") }, "b");
    const unknown = await claims.submit(member(2), { orderNumber: number(999), fact: amount("50") }, "b");
    expect([wrong, taken, unknown].map((answer) => ({ ...answer, maskedId: "" }))).toEqual(
      Array(3).fill({ outcome: "received", maskedId: "" }),
    );
    const shown = await ownClaims(db, member(2).actor.id);
    expect(shown.map(({ state }) => state)).toEqual(["pending", "pending", "pending"]);
    expect(await growthOf(member(2))).toBe(0);
  });

  test("ahead of the import settles itself when the order arrives", async () => {
    await claims.submit(member(3), { orderNumber: number(4), fact: amount("200.00") }, "c");
    await claims.submit(member(4), { orderNumber: number(4), fact: amount("201.00") }, "c");
    await takeOrders(system, [{ ...done, number: number(4), yuan: "200.00" }]);
    expect(await growthOf(member(3))).toBe(200);
    expect(await growthOf(member(4))).toBe(0);
    expect((await ownClaims(db, member(3).actor.id))[0]?.state).toBe("granted");
  });

  test("ahead of payment settles once the paid amount is known", async () => {
    await takeOrders(system, [{ number: number(5), status: "等待买家付款", yuan: "75.00" }]);
    await claims.submit(member(3), { orderNumber: number(5), fact: amount("75.00") }, "c");
    await takeOrders(system, [{ number: number(5), status: "买家已付款，等待卖家发货", yuan: "75.00" }]);
    expect(await growthOf(member(3))).toBe(275);
  });

  test("by fifty at once is granted to one", async () => {
    await takeOrders(system, [{ ...done, number: number(6), yuan: "60.00" }]);
    const claim = { orderNumber: number(6), fact: amount("60.00") };
    const answers = await Promise.all(
      Array.from({ length: 9 }, (_, n) =>
        claims.submit(member(n), claim, `many-${n}`).catch(() => ({ outcome: "throttled" })),
      ),
    );
    expect(answers.filter(({ outcome }) => outcome === "granted")).toHaveLength(1);
    const [owned] = await rawSql(
      db,
      "SELECT count(*) AS n FROM claims WHERE state = 'granted' AND masked_id = '5414****0006'",
    );
    expect(Number(owned?.n)).toBe(1);
  });

  test("is throttled after a few guesses, and the first refusal is recorded", async () => {
    const guess = (yuan: number) =>
      claims.submit(member(10), { orderNumber: number(3), fact: amount(String(yuan)) }, "d");
    for (let yuan = 1; yuan <= 4; yuan += 1) await guess(yuan);
    const before = await audited("claim.submit");
    await expect(guess(5)).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS", status: "throttled" });
    await expect(guess(50)).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
    expect(await audited("claim.submit")).toBe(before + 1);
    expect(await growthOf(member(10))).toBe(0);
  });

  test("that nothing bears out is let go in the end", async () => {
    const late = { ...system, now: addDays(system.now, 100) };
    await db.transact((tx) => purge(tx, late));
    expect(await rawSql(db, "SELECT id FROM claims WHERE state = 'pending'")).toEqual([]);
    expect(await rawSql(db, "SELECT * FROM claim_keys")).toEqual([]);
  });
});

describe("staff", () => {
  test("take an order back, and every effect of it is reversed", async () => {
    const { orders } = await ownOrders(db, member(0).actor.id, undefined, 10);
    const order = orders.find(({ maskedId }) => maskedId === "5414****0001");
    if (order === undefined) throw new Error("no order");
    const before = await growthOf(member(0));
    await claims.unclaim(staff, { orderId: order.id, reason: "mistake" });
    expect(await growthOf(member(0))).toBe(before - 1299);
    expect((await standingOf(db, member(0).actor.id, staff.now))?.tier).toBe("registered");
    expect((await ownOrders(db, member(0).actor.id, undefined, 10)).orders).toHaveLength(orders.length - 1);
    await expect(claims.unclaim(staff, { orderId: order.id, reason: "mistake" })).rejects.toMatchObject({
      code: "ORDER_NOT_CLAIMED",
    });
  });

  test("decide a dispute: the order changes hands with all it gave", async () => {
    await takeOrders(system, [{ ...done, number: number(20), yuan: "300.00" }]);
    const claim = { orderNumber: number(20), fact: amount("300.00") };
    await claims.submit(member(5), claim, "e");
    await claims.submit(member(6), claim, "f");
    const [before5, before6] = [await growthOf(member(5)), await growthOf(member(6))];
    const open = (await disputes(db, undefined, 20)).disputes.find(({ maskedId }) => maskedId === "5414****0020");
    if (open === undefined) throw new Error("no dispute");
    expect(open.ownerId).toBe(member(5).actor.id);
    await claims.decide(staff, { claimId: open.id, grant: true });
    expect([await growthOf(member(5)), await growthOf(member(6))]).toEqual([before5 - 300, before6 + 300]);
    await expect(claims.decide(staff, { claimId: open.id, grant: false })).rejects.toMatchObject({
      code: "CLAIM_DECIDED",
    });
  });
});

test("a refund in a later file takes back growth in proportion", async () => {
  await takeOrders(system, [{ ...done, number: number(30), yuan: "400.00" }]);
  await claims.submit(member(11), { orderNumber: number(30), fact: amount("400.00") }, "g");
  await takeOrders(system, [{ ...done, number: number(30), yuan: "400.00", refund: "100.00" }]);
  expect(await growthOf(member(11))).toBe(300);
  await takeOrders(system, [{ ...done, number: number(30), yuan: "400.00", status: "交易关闭", refund: "400.00" }]);
  expect(await growthOf(member(11))).toBe(0);
});

test("no order number and no fact of a claim is stored", async () => {
  const tables = [
    "claims",
    "claim_keys",
    "orders",
    "audit_entries",
    "limit_counters",
    "jobs",
    "import_batches",
    "import_findings",
  ];
  for (const table of tables) {
    const text = JSON.stringify(await rawSql(db, `SELECT * FROM ${table}`));
    expect(text).not.toMatch(/5414549813667\d{6}/);
  }
});
