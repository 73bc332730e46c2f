import { eq } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { auditEntries } from "#db/schema/audit.ts";
import { pointsDeductions, pointsLines } from "#db/schema/points.ts";
import { newId, rawSql } from "#db/testing.ts";
import { fen } from "../core/money.ts";
import { addDays } from "../core/time.ts";
import { type OrderFacts, orderStatuses } from "../tiers/model.ts";
import { NOW, openBrand, order } from "../tiers/testing.ts";
import { lotsOf, sumPoints, worth } from "./ledger/rules.ts";
import { DEFAULT_POINTS, negativePolicies } from "./model.ts";
import { pointsOf, pointsPage, policyHistory } from "./queries.ts";
import { pointsTarget } from "./rules.ts";
import { creditRedemption, deduct, followOrders } from "./service.ts";
import { openPointsBrand, type PointsBrand } from "./testing.ts";

let brand: PointsBrand;
beforeAll(async () => {
  brand = await openPointsBrand();
});

describe("points follow the order", () => {
  test("pending, available by itself after the return window, and reversed with a refund", async () => {
    const { join, earn, balanceOf, pointsLinesOf } = brand;
    const memberId = await join();
    const orderId = await earn(memberId, order(1_200, { status: "paid", completedAt: null }));
    expect(await balanceOf(memberId)).toMatchObject({ available: 0, pending: 1_200, waiting: 1_200 });
    await earn(memberId, order(1_200, { completedAt: addDays(NOW, -5), revision: 2 }), orderId);
    expect(await balanceOf(memberId)).toMatchObject({ available: 0, arriving: [{ at: addDays(NOW, 2) }] });
    expect(await balanceOf(memberId, addDays(NOW, 2))).toMatchObject({ available: 1_200, pending: 0 });
    await earn(memberId, order(1_200, { completedAt: addDays(NOW, -5), refunded: fen(20_000), revision: 3 }), orderId);
    expect(await balanceOf(memberId, addDays(NOW, 2))).toMatchObject({ available: 1_000 });
    const lines = await pointsLinesOf(memberId);
    expect(lines.map(({ kind, points, revision }) => [kind, points, revision])).toEqual([
      ["pending", 1_200, 1],
      ["available", -1_200, 2],
      ["available", 1_200, 2],
      ["reversed", -200, 3],
    ]);
  });

  test("an order followed many times at once is credited once", async () => {
    const { join, earn, pointsLinesOf, accountOf } = brand;
    const memberId = await join();
    const orderId = newId<"order">();
    await Promise.all(Array.from({ length: 12 }, () => earn(memberId, order(300), orderId)));
    expect(await pointsLinesOf(memberId)).toMatchObject([{ points: 300, seq: 1, direction: "credit" }]);
    expect(await accountOf(memberId)).toMatchObject({ lines: 1 });
  });

  test("before there are points, nothing is written and nothing is shown", async () => {
    const { db, at, join } = await openBrand();
    const memberId = await join();
    await db.transact((tx) => followOrders(tx, at(NOW), [{ memberId, orderId: newId<"order">(), facts: order(500) }]));
    expect(await db.$count(pointsLines)).toBe(0);
    expect(await pointsOf(db, memberId, NOW)).toBeNull();
  });

  test("the ledger cannot be changed, not even behind the product's back", async () => {
    await expect(rawSql(brand.db, "UPDATE points_lines SET points = 1")).rejects.toThrow(/append-only/);
    await expect(rawSql(brand.db, "DELETE FROM points_lines")).rejects.toThrow(/append-only/);
    await expect(rawSql(brand.db, "DELETE FROM points_policies")).rejects.toThrow(/append-only/);
  });
});

describe("points run out", () => {
  test("on their day, booked by the daily job, and once", async () => {
    const { join, earn, balanceOf, pointsLinesOf, accountOf, expire } = brand;
    const memberId = await join();
    await earn(memberId, order(80));
    const [batch] = (await balanceOf(memberId))?.expiring ?? [];
    const end = batch?.at ?? NOW;
    expect(await accountOf(memberId)).toMatchObject({ dueAt: end });
    expect(await balanceOf(memberId, new Date(end.getTime() - 1))).toMatchObject({ available: 80 });
    expect(await balanceOf(memberId, end)).toMatchObject({ available: 0, expiring: [] });
    await expire(end);
    await expire(end);
    expect(await pointsLinesOf(memberId)).toMatchObject([{ kind: "available" }, { kind: "expired", points: -80 }]);
    expect(await accountOf(memberId)).toMatchObject({ dueAt: null, lines: 2 });
  });
});

describe("points deducted at the desk", () => {
  test("come from what expires first, with a reason that the member reads, and are recorded", async () => {
    const { db, by, ann, join, earn, balanceOf, pointsLinesOf } = brand;
    const memberId = await join();
    await earn(memberId, order(100));
    await earn(memberId, order(50, { paidAt: addDays(NOW, -200), completedAt: addDays(NOW, -190) }));
    const first = await deduct(by(ann), { memberId, points: 70, reason: "兑换礼品一份" });
    expect(await balanceOf(memberId)).toMatchObject({ available: 80 });
    const lines = await pointsLinesOf(memberId);
    const older = lines.find(({ points }) => points === 50);
    const newer = lines.find(({ points }) => points === 100);
    expect(lines.filter(({ kind }) => kind === "spent")).toMatchObject([
      { points: -50, lotId: older?.id, sourceId: first, seq: 1 },
      { points: -20, lotId: newer?.id, sourceId: first, seq: 2 },
    ]);
    const page = await pointsPage(db, memberId, { size: 2 });
    expect(page.lines.map(({ reason }) => reason)).toEqual(["兑换礼品一份", "兑换礼品一份"]);
    const trail = await db.select().from(auditEntries).where(eq(auditEntries.subjectId, first));
    expect(trail).toMatchObject([{ action: "points.deduct", memberId, detail: { points: 70 } }]);
  });

  test("are refused beyond what is available, or for nobody, and nothing is written", async () => {
    const { db, by, ann, join, earn } = brand;
    const memberId = await join();
    await earn(memberId, order(100));
    await earn(memberId, order(900, { completedAt: NOW }));
    const before = [await db.$count(pointsLines), await db.$count(pointsDeductions)];
    await expect(deduct(by(ann), { memberId, points: 101, reason: "兑换礼品" })).rejects.toMatchObject({
      code: "POINTS_NOT_ENOUGH",
      condition: { available: 100 },
    });
    const nobody = { memberId: newId<"member">(), points: 1, reason: "兑换礼品" };
    await expect(deduct(by(ann), nobody)).rejects.toMatchObject({ code: "MEMBER_NOT_FOUND" });
    expect([await db.$count(pointsLines), await db.$count(pointsDeductions)]).toEqual(before);
  });

  test("of many at once take no more than there is", async () => {
    const { by, ann, join, earn, balanceOf, pointsLinesOf } = brand;
    const memberId = await join();
    await earn(memberId, order(100));
    const wish = { memberId, points: 30, reason: "兑换礼品" };
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => deduct(by(ann), wish)));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    expect(await balanceOf(memberId)).toMatchObject({ available: 10 });
    expect((await pointsLinesOf(memberId)).filter(({ kind }) => kind === "spent")).toHaveLength(3);
  });
});

test("a redemption is credited once, however often it is told", async () => {
  const { db, at, join, balanceOf } = brand;
  const memberId = await join();
  const credit = { memberId, redemptionId: newId<"redemption">(), points: 50 };
  for (let n = 0; n < 3; n += 1) await db.transact((tx) => creditRedemption(tx, at(NOW), credit));
  expect(await balanceOf(memberId)).toMatchObject({ available: 50, expiring: [{ points: 50 }] });
});

test("the ledger comes in pages, newest first, without gaps", async () => {
  const { db, join, earn } = brand;
  const memberId = await join();
  for (let yuan = 1; yuan <= 7; yuan += 1) await earn(memberId, order(yuan));
  const first = await pointsPage(db, memberId, { size: 4 });
  const second = await pointsPage(db, memberId, { size: 4, before: first.before ?? undefined });
  expect([...first.lines, ...second.lines].map(({ points }) => points)).toEqual([7, 6, 5, 4, 3, 2, 1]);
  expect(second.before).toBeNull();
});

const happening = fc.record({
  who: fc.nat(1),
  which: fc.nat(4),
  gone: fc.boolean(),
  yuan: fc.integer({ min: 0, max: 400 }),
  share: fc.nat(100),
  status: fc.constantFrom(...orderStatuses),
  completedAgo: fc.option(fc.nat(25)),
});
const day = fc.record({
  days: fc.nat(200),
  orders: fc.array(happening, { maxLength: 4 }),
  spends: fc.array(fc.record({ who: fc.nat(1), points: fc.integer({ min: 1, max: 300 }) }), { maxLength: 2 }),
  replays: fc.boolean(),
});

test.each(negativePolicies)(
  "whatever happens in whatever order, the ledger equals the sum over the orders (%s)",
  async (negative) => {
    const { db, at, by, ann, joinMany, pointsLinesOf, balanceOf, expire } = await openPointsBrand({
      ...DEFAULT_POINTS,
      expiry: { months: 3, roundTo: "month" },
      negative,
    });
    const policies = await policyHistory(db);
    await fc.assert(
      fc.asyncProperty(fc.array(day, { minLength: 1, maxLength: 6 }), async (history) => {
        const people = await joinMany(2);
        const orderIds = Array.from({ length: 5 }, () => newId<"order">());
        const known = new Map<string, OrderFacts | null>();
        let now = NOW;
        for (const { days, orders, spends, replays } of history) {
          now = addDays(now, days);
          const followed = orders.flatMap(({ who, which, gone, yuan, share, status, completedAgo }) => {
            const [memberId, orderId] = [people[who], orderIds[which]];
            if (memberId === undefined || orderId === undefined) return [];
            const completedAt = completedAgo === null ? null : addDays(NOW, -completedAgo);
            const facts = gone ? null : order(yuan, { refunded: fen(yuan * share), status, completedAt });
            known.set(`${memberId} ${orderId}`, facts);
            return [{ memberId, orderId, facts }];
          });
          for (let times = replays ? 2 : 1; times > 0; times -= 1) {
            await db.transact((tx) => followOrders(tx, at(now), followed.slice(replays ? -1 : 0)));
            await db.transact((tx) => followOrders(tx, at(now), followed));
          }
          for (const { who, points } of spends) {
            const memberId = people[who] ?? newId<"member">();
            const { available = 0 } = (await balanceOf(memberId, now)) ?? {};
            const [spent] = await Promise.allSettled([deduct(by(ann, now), { memberId, points, reason: "兑换礼品" })]);
            expect(spent?.status).toBe(points <= available ? "fulfilled" : "rejected");
          }
          await expire(now);
        }
        for (const memberId of people) {
          const lines = await pointsLinesOf(memberId);
          const owned = [...known].filter(([key]) => key.startsWith(memberId));
          const total = owned.map(([, facts]) => (facts === null ? 0 : pointsTarget(facts, policies, []).points));
          expect(sumPoints(worth(lines))).toBe(total.reduce((sum, points) => sum + points, 0));
          const balance = await balanceOf(memberId, now);
          expect((balance?.available ?? 0) + (balance?.pending ?? 0)).toBe(sumPoints(lines));
          if (negative === "forgive") expect(balance?.available ?? 0).toBeGreaterThanOrEqual(0);
          for (const line of lines.filter(({ kind }) => kind === "spent")) {
            expect(lotsOf(lines).map(({ id }) => id)).toContain(line.lotId);
          }
        }
      }),
      { numRuns: 8 },
    );
  },
);
