import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { rawSql } from "#db/testing.ts";
import type { Context, MemberActor, StaffActor } from "../../core/context.ts";
import { addDays } from "../../core/time.ts";
import { memberLines, standingOf } from "../../tiers/queries.ts";
import { purge } from "../service.ts";
import { brandWith, takeOrders } from "../testing.ts";
import { dispute, disputes } from "./disputes/queries.ts";
import { decide } from "./disputes/service.ts";
import type { Claim } from "./model.ts";
import { ownClaims, ownNumbers, ownOrders } from "./queries.ts";
import { delayAfter } from "./rules.ts";
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
    expect(answer).toMatchObject({ points: 1299, usableFrom: expect.any(Date) });
    expect(await audited("claim.grant")).toBe(granted + 1);
    const { orders } = await ownOrders(member(0), member(0).actor.id, undefined, 10);
    expect(orders).toMatchObject([{ maskedId: "5414****0001", growth: 1299, why: [{ growth: 1299 }] }]);
    expect(orders).toMatchObject([{ points: 1299, pointsWhy: [{ kind: "available", points: 1299 }] }]);
    const ids = orders.map(({ id }) => id);
    expect(await ownNumbers(db, member(0).actor.id, ids)).toMatchObject([{ maskedId: "5414****0001" }]);
    expect(await ownNumbers(db, member(1).actor.id, ids)).toEqual([]);
    const again = await claims.submit(member(0), { orderNumber: number(1), fact: amount("1299.00") }, "a");
    expect(again).toMatchObject({ outcome: "granted", growth: 1299 });
    expect(await growthOf(member(0))).toBe(1299);
  });

  test("by the day it was placed and a product's code works as well, neither of them alone", async () => {
    await takeOrders(system, [{ ...done, number: number(2), yuan: "88.00", placed: "2026-05-21 00:10:00" }]);
    const tell = (day: string, sku: string) =>
      claims.submit(member(1), { orderNumber: number(2), fact: { kind: "dayAndSku", day, sku } }, "a");
    expect(await tell("2026-05-21", "BATH-02")).toMatchObject({ outcome: "received" });
    expect(await tell("2026-05-20", "BATH-01")).toMatchObject({ outcome: "received" });
    expect(await tell("2026-05-21", " ｂath-01")).toMatchObject({ outcome: "granted" });
  });

  test("by the last digits of the relay number works while the number lives", async () => {
    const way = { status: "卖家已发货，等待买家确认", phone: "17000004847-0011", phoneExpires: "2026-06-20 00:00:00" };
    await takeOrders(system, [
      { ...way, number: number(7), yuan: "70.00" },
      { ...way, number: number(8), yuan: "80.00" },
    ]);
    const tell = (ctx: Context<MemberActor>, n: number, digits: string) =>
      claims.submit(ctx, { orderNumber: number(n), fact: { kind: "extension", digits } }, "x");
    expect(await tell(member(9), 7, "0012")).toMatchObject({ outcome: "received" });
    expect(await tell(member(9), 7, "0011")).toMatchObject({ outcome: "granted" });
    const late = { ...member(9), now: new Date("2026-06-21T00:00:00Z") };
    expect(await tell(late, 8, "0011")).toMatchObject({ outcome: "received" });
  });

  test("by a fact that the platform's exports do not hold is refused before anything is looked up", async () => {
    const fact = { kind: "dayAndSku", day: "2026-05-01", sku: "BATH-01" } as const;
    const before = await audited("claim.submit");
    await expect(claims.submit(member(1), { orderNumber: "260501-923421038607422", fact }, "a")).rejects.toMatchObject({
      code: "CLAIM_FACT_NOT_HELD",
    });
    expect(await audited("claim.submit")).toBe(before);
  });

  test("that is wrong, too late or too early gets one and the same answer", async () => {
    await takeOrders(system, [{ ...done, number: number(3), yuan: "50.00" }]);
    const wrong = await claims.submit(member(2), { orderNumber: number(3), fact: amount("51") }, "b");
    const taken = await claims.submit(member(2), { orderNumber: number(1), fact: amount("1299") }, "b");
    const unknown = await claims.submit(member(2), { orderNumber: number(999), fact: amount("50") }, "b");
    expect([wrong, taken, unknown].map((answer) => ({ ...answer, maskedId: "" }))).toEqual(
      Array(3).fill({ outcome: "received", maskedId: "", nextTryAt: null }),
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

  test("by any fact settles when the order arrives", async () => {
    const way = { status: "卖家已发货，等待买家确认", phone: "17000004847-0044", phoneExpires: "2026-06-20 00:00:00" };
    const facts = [
      { kind: "dayAndSku", day: "2026-05-20", sku: "BATH-01" },
      { kind: "extension", digits: "0044" },
    ] as const;
    for (const [index, fact] of facts.entries())
      await claims.submit(member(7), { orderNumber: number(40 + index), fact }, "h");
    await takeOrders(system, [
      { ...way, number: number(40), yuan: "11.00" },
      { ...way, number: number(41), yuan: "12.00" },
    ]);
    expect((await ownClaims(db, member(7).actor.id)).map(({ state }) => state)).toEqual(["granted", "granted"]);
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

  test("makes each further wrong guess at an order wait longer, and says until when", async () => {
    let now = new Date("2026-06-15T04:00:00Z");
    const guess = (yuan: number) =>
      claims.submit({ ...member(10), now }, { orderNumber: number(3), fact: amount(String(yuan)) }, "d");
    expect(await guess(1)).toMatchObject({ outcome: "received", nextTryAt: null });
    expect(await guess(2)).toMatchObject({ nextTryAt: null });
    const third = await guess(3);
    expect(third).toMatchObject({ nextTryAt: new Date(now.getTime() + delayAfter(3)) });
    const before = await audited("claim.submit");
    await expect(guess(50)).rejects.toMatchObject({
      ...{ code: "CLAIM_TOO_SOON", status: "throttled", condition: { minutes: delayAfter(3) / 60_000, hours: 0 } },
    });
    await expect(guess(50)).rejects.toMatchObject({ code: "CLAIM_TOO_SOON" });
    expect(await audited("claim.submit")).toBe(before + 1);
    now = new Date(now.getTime() + delayAfter(3));
    expect(await guess(4)).toMatchObject({ nextTryAt: new Date(now.getTime() + delayAfter(4)) });
    expect(await growthOf(member(10))).toBe(0);
  });

  test("has few tries at one order a day, however many members share them, and fewer by a weak fact", async () => {
    const tryAll = async (fact: Claim["fact"], n: number) => {
      const outcomes: string[] = [];
      for (let who = 0; who < 7; who += 1)
        outcomes.push(
          await claims
            .submit(member(who), { orderNumber: number(n), fact }, `crowd-${who}`)
            .then(({ outcome }) => outcome)
            .catch(({ code }) => code),
        );
      return outcomes.filter((outcome) => outcome === "received").length;
    };
    expect(await tryAll(amount("3.21"), 50)).toBe(5);
    expect(await tryAll({ kind: "extension", digits: "0000" }, 51)).toBe(3);
  });

  test("by twenty at once counts exactly", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        claims
          .submit(member(n % 12), { orderNumber: number(60), fact: amount("4.56") }, `rush-${n}`)
          .then(({ outcome }) => outcome)
          .catch(({ code }) => code),
      ),
    );
    expect(answers.filter((answer) => answer === "received")).toHaveLength(5);
  });

  test("that nothing bears out is let go in the end", async () => {
    const late = { ...system, now: addDays(system.now, 100) };
    await db.transact((tx) => purge(tx, late));
    expect(await rawSql(db, "SELECT id FROM claims WHERE state IN ('pending', 'superseded')")).toEqual([]);
    expect(await rawSql(db, "SELECT * FROM claim_keys")).toEqual([]);
  });
});

describe("staff", () => {
  test("take an order back, and every effect of it is reversed", async () => {
    const { orders } = await ownOrders(member(0), member(0).actor.id, undefined, 10);
    const order = orders.find(({ maskedId }) => maskedId === "5414****0001");
    if (order === undefined) throw new Error("no order");
    const before = await growthOf(member(0));
    await claims.unclaim(staff, { orderId: order.id, reason: "mistake" });
    expect(await growthOf(member(0))).toBe(before - 1299);
    expect((await standingOf(db, member(0).actor.id, staff.now))?.tier).toBe("registered");
    expect((await ownOrders(member(0), member(0).actor.id, undefined, 10)).orders).toHaveLength(orders.length - 1);
    await expect(claims.unclaim(staff, { orderId: order.id, reason: "mistake" })).rejects.toMatchObject({
      code: "ORDER_NOT_CLAIMED",
    });
  });

  /** Each dispute has an hour of its own, so that none runs into the limits of another. */
  const dispute5and6 = async (n: number) => {
    const at = (who: number) => ({ ...member(who), now: new Date(staff.now.getTime() + n * 3_600_000) });
    await takeOrders(system, [{ ...done, number: number(n), yuan: "300.00" }]);
    const claim = { orderNumber: number(n), fact: amount("300.00") };
    await claims.submit(at(5), claim, "e");
    await claims.submit(at(6), { orderNumber: number(n), fact: amount("299.00") }, "f");
    await claims.submit(at(6), claim, "f");
    const open = (await disputes(db, undefined, 20)).disputes.find(({ maskedId }) => maskedId.endsWith(String(n)));
    if (open === undefined) throw new Error("no dispute");
    return open;
  };

  test("decide a dispute: the order changes hands with all it gave, and both read why", async () => {
    const [before5, before6] = [await growthOf(member(5)), await growthOf(member(6))];
    const open = await dispute5and6(20);
    expect(open).toMatchObject({ ownerId: member(5).actor.id, maskedId: "5414****0020" });
    await decide(staff, { claimId: open.id, grant: true, reason: "proofOfPurchase" });
    expect([await growthOf(member(5)), await growthOf(member(6))]).toEqual([before5, before6 + 300]);
    const shown = async (n: number) =>
      (await ownClaims(db, member(n).actor.id)).find(({ maskedId }) => maskedId === "5414****0020");
    expect(await shown(5)).toMatchObject({ state: "undone", reason: "proofOfPurchase" });
    expect(await shown(6)).toMatchObject({ state: "granted", reason: "proofOfPurchase" });
    await expect(decide(staff, { claimId: open.id, grant: false, reason: "notProved" })).rejects.toMatchObject({
      code: "CLAIM_DECIDED",
    });
    const entries = await rawSql(db, `SELECT detail FROM audit_entries WHERE action = 'claim.decide'`);
    expect(JSON.stringify(entries)).toContain("proofOfPurchase");
  });

  test("see what was tried at the order, by whom and what bore out, and nothing that was said", async () => {
    const open = await dispute5and6(21);
    const { attempts, ...evidence } = await dispute(db, open.id);
    expect(evidence).toMatchObject({ state: "disputed", maskedId: "5414****0021" });
    expect(attempts.map(({ by, fact, boreOut }) => ({ by, fact, boreOut }))).toEqual(
      expect.arrayContaining([
        { by: "owner", fact: "amount", boreOut: true },
        { by: "claimant", fact: "amount", boreOut: false },
        { by: "claimant", fact: "amount", boreOut: true },
      ]),
    );
    expect(attempts).toHaveLength(3);
    for (const attempt of attempts) expect(Object.keys(attempt).sort()).toEqual(["at", "boreOut", "by", "fact", "id"]);

    await decide(staff, { claimId: open.id, grant: false, reason: "ownerProved" });
    const { orders } = await ownOrders(member(5), member(5).actor.id, undefined, 20);
    expect(orders.find(({ maskedId }) => maskedId === "5414****0021")).toMatchObject({ kept: "ownerProved" });
    expect((await ownClaims(db, member(6).actor.id))[0]).toMatchObject({ state: "refused", reason: "ownerProved" });
  });

  test("have one dispute to decide however often it was claimed, and its member sees one claim that waits", async () => {
    const open = await dispute5and6(22);
    for (const [days, yuan] of [
      [2, "300.00"],
      [3, "301.00"],
    ] as const) {
      const later = { ...member(6), now: addDays(member(6).now, days) };
      await claims.submit(later, { orderNumber: number(22), fact: amount(yuan) }, "f");
    }
    const { disputes: all } = await disputes(db, undefined, 20);
    expect(all.filter(({ orderId }) => orderId === open.orderId)).toHaveLength(1);
    const waiting = (await ownClaims(db, member(6).actor.id)).filter(({ maskedId }) => maskedId === "5414****0022");
    expect(waiting.map(({ state }) => state)).toEqual(["pending"]);
  });
});

describe("a member", () => {
  test("lets go of an order claimed by mistake: growth and tier go back, it is recorded, and can be claimed anew", async () => {
    await takeOrders(system, [{ ...done, number: number(70), yuan: "1500.00" }]);
    const claim = { orderNumber: number(70), fact: amount("1500.00") };
    const before = await growthOf(member(8));
    const answer = await claims.submit(member(8), claim, "i");
    if (answer.outcome !== "granted") throw new Error("not granted");
    expect(answer.tierAfter).toBe("silver");
    await claims.letGo(member(8), { orderId: answer.orderId });
    expect(await growthOf(member(8))).toBe(before);
    expect((await standingOf(db, member(8).actor.id, member(8).now))?.tier).toBe("registered");
    expect((await ownClaims(db, member(8).actor.id))[0]).toMatchObject({ state: "undone", reason: "letGo" });
    expect(await audited("claim.letGo")).toBe(1);
    await expect(claims.letGo(member(8), { orderId: answer.orderId })).rejects.toMatchObject({
      code: "ORDER_NOT_FOUND",
    });
    expect(await claims.submit(member(8), claim, "i")).toMatchObject({ outcome: "granted", growth: 1500 });
  });

  test("cannot let go of somebody else's order", async () => {
    const { orders } = await ownOrders(member(8), member(8).actor.id, undefined, 10);
    const theirs = orders.find(({ maskedId }) => maskedId === "5414****0070");
    if (theirs === undefined) throw new Error("no order");
    await expect(claims.letGo(member(7), { orderId: theirs.id })).rejects.toMatchObject({ code: "ORDER_NOT_FOUND" });
    expect(await growthOf(member(8))).toBe(1500);
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
