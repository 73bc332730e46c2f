import { eq } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { auditEntries } from "#db/schema/audit.ts";
import { members } from "#db/schema/members.ts";
import { tierChanges, tierStandings, tierTotals } from "#db/schema/tiers.ts";
import { newId } from "#db/testing.ts";
import { fen } from "../core/money.ts";
import { addDays } from "../core/time.ts";
import { activeMembers } from "../members/queries.ts";
import * as assignments from "./assignments/service.ts";
import { DEMO_LADDER } from "./demo.ts";
import { growthTarget } from "./growth/rules.ts";
import { type OrderFacts, orderStatuses } from "./model.ts";
import { explanation, ledgerPage, standingOf } from "./queries.ts";
import { followOrders } from "./service.ts";
import { type Brand, NOW, openBrand, order } from "./testing.ts";

let brand: Brand;
beforeAll(async () => {
  brand = await openBrand();
});

const sum = (lines: readonly { growth: number }[]) => lines.reduce((total, { growth }) => total + growth, 0);

describe("growth follows the order", () => {
  test("raises the tier in the same transaction, with its explanation", async () => {
    const { db, join, follow, tierOf, rowOf, linesOf } = brand;
    const memberId = await join();
    expect(await tierOf(memberId)).toBe("registered");
    await follow(memberId, order(1_200));
    expect(await rowOf(memberId)).toMatchObject({ tier: "silver", earned: "silver" });
    const [change] = await db.select().from(tierChanges).where(eq(tierChanges.memberId, memberId));
    const [line] = await linesOf(memberId);
    expect(change).toMatchObject({
      fromTier: "registered",
      toTier: "silver",
      explanation: { kind: "rose", growth: 1_200, threshold: 1_000, version: 1, lines: [line?.id] },
    });
    const trail = await db.select().from(auditEntries).where(eq(auditEntries.memberId, memberId));
    expect(trail.filter(({ action }) => action === "tier.change")).toMatchObject([
      { detail: { from: "registered", to: "silver" } },
    ]);
  });

  test("waits for the return window, then counts by itself", async () => {
    const { join, follow, tierOf, rowOf, sweep } = brand;
    const memberId = await join();
    await follow(memberId, order(1_200, { completedAt: addDays(NOW, -5) }));
    expect(await rowOf(memberId)).toMatchObject({ tier: "registered", dueAt: addDays(NOW, 2) });
    expect(await tierOf(memberId, addDays(NOW, 2))).toBe("silver");
    await sweep(addDays(NOW, 2));
    expect(await rowOf(memberId)).toMatchObject({ tier: "silver", since: addDays(NOW, 2) });
  });

  test("an order that is taken back reverses every effect", async () => {
    const { join, follow, rowOf, linesOf } = brand;
    const memberId = await join();
    const orderId = await follow(memberId, order(1_200));
    await follow(memberId, null, orderId, addDays(NOW, 1));
    expect(await rowOf(memberId)).toMatchObject({ tier: "registered", since: null, keepUntil: null });
    expect(sum(await linesOf(memberId))).toBe(0);
  });

  test("an order followed many times at once is credited once", async () => {
    const { join, follow, linesOf } = brand;
    const memberId = await join();
    const orderId = newId<"order">();
    await Promise.all(Array.from({ length: 12 }, () => follow(memberId, order(300), orderId)));
    expect(await linesOf(memberId)).toMatchObject([{ growth: 300, seq: 1 }]);
  });

  const happening = fc.record({
    who: fc.nat(2),
    which: fc.nat(5),
    gone: fc.boolean(),
    yuan: fc.integer({ min: 0, max: 4_000 }),
    share: fc.nat(100),
    status: fc.constantFrom(...orderStatuses),
    completed: fc.boolean(),
  });

  test("the ledger equals the sum over the orders, whatever happened to them in whatever order", async () => {
    const { db, at, joinMany, linesOf, rowOf } = brand;
    const batches = fc.array(fc.array(happening, { minLength: 1, maxLength: 4 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(batches, async (history) => {
        const people = await joinMany(3);
        const orderIds = Array.from({ length: 6 }, () => newId<"order">());
        const worth = new Map<string, number>();
        for (const batch of history) {
          const followed = batch.flatMap(({ who, which, gone, yuan, share, status, completed }) => {
            const [memberId, orderId] = [people[who], orderIds[which]];
            if (memberId === undefined || orderId === undefined) return [];
            const now: OrderFacts = order(yuan, {
              refunded: fen(yuan * share),
              status,
              completedAt: completed ? addDays(NOW, -20) : null,
            });
            worth.set(`${memberId} ${orderId}`, gone ? 0 : growthTarget(now, DEMO_LADDER.growth).growth);
            return [{ memberId, orderId, facts: gone ? null : now }];
          });
          await db.transact((tx) => followOrders(tx, at(NOW), followed));
        }
        for (const memberId of people) {
          const expected = [...worth].filter(([key]) => key.startsWith(memberId)).map(([, growth]) => ({ growth }));
          expect(sum(await linesOf(memberId))).toBe(sum(expected));
          const now = await standingOf(db, memberId, NOW);
          expect((await rowOf(memberId))?.tier ?? "registered").toBe(now?.tier);
        }
      }),
      { numRuns: 12 },
    );
  });
});

describe("a tier given by hand", () => {
  const wish = { tier: "gold", reason: "服务补偿", endsAt: addDays(NOW, 30) };

  test("needs a second person and holds until its end, whatever is recalculated", async () => {
    const { by, ann, ben, join, cardOf, tierOf, rowOf, follow, sweep } = brand;
    const memberId = await join();
    const cardNumber = await cardOf(memberId);
    const assignmentId = await assignments.assign(by(ann), { cardNumber, ...wish });
    const decide = (who = ben, approve = true) => assignments.decide(by(who), { assignmentId, approve });
    await expect(assignments.assign(by(ben), { cardNumber, ...wish })).rejects.toMatchObject({
      code: "ASSIGNMENT_OPEN",
    });
    await expect(decide(ann)).rejects.toMatchObject({ code: "ASSIGNMENT_SAME_PERSON" });
    expect(await tierOf(memberId)).toBe("registered");
    await decide();
    await expect(decide(ben, false)).rejects.toMatchObject({ code: "ASSIGNMENT_DECIDED" });
    expect(await rowOf(memberId)).toMatchObject({ tier: "gold", earned: "registered", dueAt: wish.endsAt });
    const orderId = await follow(memberId, order(1_500), undefined, addDays(NOW, 5));
    await follow(memberId, null, orderId, addDays(NOW, 6));
    await sweep(addDays(NOW, 29));
    expect(await rowOf(memberId)).toMatchObject({ tier: "gold" });
    await sweep(wish.endsAt);
    expect(await rowOf(memberId)).toMatchObject({ tier: "registered" });
  });

  test("is refused when it does not lift, is no tier, has already ended, or is for nobody", async () => {
    const { by, ann, join, cardOf, follow } = brand;
    const memberId = await join();
    const cardNumber = await cardOf(memberId);
    await follow(memberId, order(6_000));
    for (const [change, code] of [
      [{ tier: "silver" }, "TIER_NOT_HIGHER"],
      [{ tier: "diamond" }, "TIER_UNKNOWN"],
      [{ tier: "jade", endsAt: NOW }, "ASSIGNMENT_END_PAST"],
      [{ tier: "jade", cardNumber: "0000000000" }, "MEMBER_NOT_FOUND"],
    ] as const) {
      await expect(assignments.assign(by(ann), { cardNumber, ...wish, ...change })).rejects.toMatchObject({ code });
    }
  });
});

describe("what a member asks", () => {
  test("the ledger comes in pages, newest first, without gaps", async () => {
    const { db, join, follow } = brand;
    const memberId = await join();
    for (let yuan = 1; yuan <= 7; yuan += 1) await follow(memberId, order(yuan));
    const first = await ledgerPage(db, memberId, { size: 4 });
    const second = await ledgerPage(db, memberId, { size: 4, before: first.before ?? undefined });
    expect([...first.lines, ...second.lines].map(({ growth }) => growth)).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(second.before).toBeNull();
  });

  test("the explanation names the rule, and every ledger line it counted", async () => {
    const { db, join, follow } = brand;
    const memberId = await join();
    await follow(memberId, order(700));
    await follow(memberId, order(500));
    const why = await explanation(db, memberId, NOW);
    expect(why).toMatchObject({ turn: { kind: "rose", growth: 1_200, threshold: 1_000, version: 1 } });
    expect(sum(why?.lines ?? [])).toBe(why?.turn?.growth);
  });
});

test("the totals of tiers and members equal the scan, also under many writers", async () => {
  const { db, join, follow } = brand;
  const people = await Promise.all(Array.from({ length: 30 }, () => join()));
  await Promise.all(people.map((memberId, index) => follow(memberId, order(index * 300))));
  const rows = await db.select({ tier: tierStandings.tier }).from(tierStandings);
  const scanned = new Map([...Map.groupBy(rows, ({ tier }) => tier)].map(([tier, those]) => [tier, those.length]));
  const kept = (await db.select().from(tierTotals)).filter(({ members: count }) => count > 0);
  expect(new Map(kept.map(({ tier, members: count }) => [tier, count]))).toEqual(scanned);
  expect(await activeMembers(db)).toBe(await db.$count(members, eq(members.state, "active")));
});
