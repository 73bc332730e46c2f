import { eq } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { members } from "#db/schema/members.ts";
import { staff } from "#db/schema/staff.ts";
import { growthLines, tierChanges, tierLadders, tierStandings, tierTotals, tierWarnings } from "#db/schema/tiers.ts";
import { freshDatabase, newId, rawSql, testContext, testStaff } from "#db/testing.ts";
import type { Context, StaffActor } from "../core/context.ts";
import type { MemberId, OrderId } from "../core/id.ts";
import { fen } from "../core/money.ts";
import { addDays } from "../core/time.ts";
import type { Job } from "../jobs/job.ts";
import * as assignments from "./assignments/service.ts";
import { DEMO_LADDER, seedDemoLadder } from "./demo.ts";
import { growthTarget } from "./growth/rules.ts";
import { jobs } from "./jobs.ts";
import { dryRun } from "./ladders/queries.ts";
import * as ladders from "./ladders/service.ts";
import { type OrderFacts, orderStatuses } from "./model.ts";
import { explanation, ledgerPage, standingOf, tierCounts } from "./queries.ts";
import { followOrders } from "./service.ts";

let db: Db;
let ann: StaffActor;
let ben: StaffActor;
let nextNumber = 1_000_000_000;
const NOW = new Date("2026-06-15T04:00:00Z");
const by = (actor: StaffActor, now = NOW): Context<StaffActor> => testContext(db, { actor, now });
const at = (now: Date) => testContext(db, { actor: { kind: "system" as const, name: "test" }, now });

beforeAll(async () => {
  db = await freshDatabase();
  [ann, ben] = [await employ(), await employ()];
  await seedDemoLadder(by(ann, addDays(NOW, -400)), by(ben, addDays(NOW, -400)));
});

async function employ(): Promise<StaffActor> {
  const actor = testStaff("operator");
  const email = Buffer.from(actor.id);
  await db.transact(async (tx) => {
    await tx.insert(staff).values({
      id: actor.id,
      name: "测试",
      emailSealed: email,
      emailIndex: email,
      state: "active",
      passwordHash: "-",
      createdAt: NOW,
    });
  });
  return actor;
}

async function join(count = 1): Promise<MemberId[]> {
  const rows = Array.from({ length: count }, () => ({
    id: newId<"member">(),
    number: String(nextNumber++),
    state: "active" as const,
    joinedAt: addDays(NOW, -500),
  }));
  await db.transact((tx) => tx.bulkInsert(members, rows));
  return rows.map(({ id }) => id);
}

async function joinOne(): Promise<MemberId> {
  const [memberId] = await join();
  if (memberId === undefined) throw new Error("nobody joined");
  return memberId;
}

async function cardOf(memberId: MemberId): Promise<string> {
  const [member] = await db.select({ number: members.number }).from(members).where(eq(members.id, memberId));
  return member?.number ?? "";
}

const order = (yuan: number, over: Partial<OrderFacts> = {}): OrderFacts => ({
  paid: fen(yuan * 100),
  refunded: fen(0),
  status: "completed",
  placedAt: addDays(NOW, -31),
  paidAt: addDays(NOW, -30),
  completedAt: addDays(NOW, -20),
  revision: 1,
  ...over,
});

const follow = (memberId: MemberId, facts: OrderFacts | null, orderId: OrderId = newId<"order">(), now = NOW) =>
  db.transact((tx) => followOrders(tx, at(now), [{ memberId, orderId, facts }])).then(() => orderId);
const tierOf = async (memberId: MemberId, when = NOW) => (await standingOf(db, memberId, when))?.tier;
const linesOf = (memberId: MemberId) => db.select().from(growthLines).where(eq(growthLines.memberId, memberId));
const rowOf = async (memberId: MemberId) =>
  (await db.select().from(tierStandings).where(eq(tierStandings.memberId, memberId)))[0];

async function sweep(now: Date) {
  const idle: Job = {
    id: newId<"job">(),
    fence: 1,
    attempt: 1,
    signal: new AbortController().signal,
    heartbeat: async () => undefined,
    hold: async () => undefined,
    finish: async () => undefined,
  };
  await jobs["tiers.sweep"].run(at(now), {}, idle);
  await jobs["tiers.adopt"].run(at(now), { version: 1 }, idle);
}

describe("the ladder", () => {
  test("is approved by a second person, published once, and recorded", async () => {
    const ref = await ladders.draft(by(ann), { terms: DEMO_LADDER });
    const effectiveFrom = addDays(NOW, 60);
    await expect(ladders.publish(by(ann), { ...ref, effectiveFrom })).rejects.toMatchObject({
      code: "LADDER_NOT_APPROVED",
    });
    await expect(ladders.approve(by(ann), ref)).rejects.toMatchObject({ code: "LADDER_SAME_PERSON" });
    const edited = await ladders.edit(by(ben), { ...ref, terms: { ...DEMO_LADDER, graceDays: 40 } });
    await expect(ladders.approve(by(ann), edited)).rejects.toMatchObject({ code: "LADDER_SAME_PERSON" });
    await expect(ladders.approve(by(await employ()), ref)).rejects.toMatchObject({ code: "LADDER_CHANGED" });
    await ladders.approve(by(await employ()), edited);
    await expect(ladders.publish(by(ann), { ...edited, effectiveFrom: addDays(NOW, 13) })).rejects.toMatchObject({
      code: "LADDER_TOO_EARLY",
      condition: { earliestAt: addDays(NOW, 14).getTime() },
    });
    await ladders.publish(by(ann), { ...edited, effectiveFrom });
    await expect(ladders.edit(by(ann), { ...edited, terms: DEMO_LADDER })).rejects.toMatchObject({
      code: "LADDER_ALREADY_PUBLISHED",
    });
    await expect(ladders.publish(by(ann), { ...edited, effectiveFrom })).rejects.toMatchObject({
      code: "LADDER_ALREADY_PUBLISHED",
    });
    const trail = await db.select().from(auditEntries).where(eq(auditEntries.subjectId, ref.ladderId));
    expect(trail.map(({ action }) => action).sort()).toEqual([
      "tier.approve",
      "tier.draft",
      "tier.edit",
      "tier.publish",
    ]);
  });

  test("cannot be changed once published, not even behind the product's back", async () => {
    await expect(rawSql(db, "UPDATE tier_ladders SET effective_from = 0")).rejects.toThrow(/append-only/);
    await expect(rawSql(db, "DELETE FROM tier_ladders")).rejects.toThrow(/append-only/);
  });

  test("an edit voids the approval", async () => {
    const ref = await ladders.draft(by(ann), { terms: DEMO_LADDER });
    await ladders.approve(by(ben), ref);
    const edited = await ladders.edit(by(ann), { ...ref, terms: DEMO_LADDER });
    await expect(ladders.publish(by(ann), { ...edited, effectiveFrom: addDays(NOW, 99) })).rejects.toMatchObject({
      code: "LADDER_NOT_APPROVED",
    });
  });

  test("refuses thresholds that do not increase, and nothing is stored", async () => {
    const [first, second, ...rest] = DEMO_LADDER.tiers;
    if (first === undefined || second === undefined) throw new Error("the demo ladder has tiers");
    const before = await db.$count(tierLadders);
    for (const [tiers, code] of [
      [[first, { ...second, upgradeAt: 0, keepAt: 0 }], "LADDER_NOT_INCREASING"],
      [[first, { ...second, keepAt: 1_001 }], "LADDER_KEEP_ABOVE_UPGRADE"],
      [[{ ...first, upgradeAt: 1 }, second], "LADDER_FIRST_NOT_ZERO"],
      [[first, second, { ...second, upgradeAt: 9_999 }, ...rest], "LADDER_CODE_REPEATED"],
    ] as const) {
      await expect(ladders.draft(by(ann), { terms: { ...DEMO_LADDER, tiers: [...tiers] } })).rejects.toMatchObject({
        code,
      });
    }
    expect(await db.$count(tierLadders)).toBe(before);
  });

  test("two publications at once: one version each, never the same", async () => {
    const refs = await Promise.all([1, 2].map(() => ladders.draft(by(ann), { terms: DEMO_LADDER })));
    for (const ref of refs) await ladders.approve(by(ben), ref);
    await Promise.all(
      refs.map((ref, i) =>
        ladders.publish(by(ann), { ...ref, effectiveFrom: addDays(NOW, 300 + i) }).catch(() => null),
      ),
    );
    const versions = (await db.select({ version: tierLadders.version }).from(tierLadders)).map(
      ({ version }) => version,
    );
    expect(new Set(versions).size).toBe(versions.length);
  });
});

describe("growth follows the order", () => {
  test("raises the tier in the same transaction, with its explanation", async () => {
    const memberId = await joinOne();
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
    expect(trail).toMatchObject([{ action: "tier.change", detail: { from: "registered", to: "silver" } }]);
  });

  test("waits for the return window, then counts by itself", async () => {
    const memberId = await joinOne();
    await follow(memberId, order(1_200, { completedAt: addDays(NOW, -5) }));
    expect(await rowOf(memberId)).toMatchObject({ tier: "registered", dueAt: addDays(NOW, 2) });
    expect(await tierOf(memberId, addDays(NOW, 2))).toBe("silver");
    await sweep(addDays(NOW, 2));
    expect(await rowOf(memberId)).toMatchObject({ tier: "silver", since: addDays(NOW, 2) });
  });

  test("an order that is taken back reverses every effect", async () => {
    const memberId = await joinOne();
    const orderId = await follow(memberId, order(1_200));
    await follow(memberId, null, orderId, addDays(NOW, 1));
    expect(await rowOf(memberId)).toMatchObject({ tier: "registered", since: null, keepUntil: null });
    expect((await linesOf(memberId)).reduce((sum, { growth }) => sum + growth, 0)).toBe(0);
  });

  test("an order followed many times at once is credited once", async () => {
    const memberId = await joinOne();
    const orderId = newId<"order">();
    await Promise.all(Array.from({ length: 12 }, () => follow(memberId, order(300), orderId)));
    expect(await linesOf(memberId)).toMatchObject([{ growth: 300, seq: 1 }]);
  });

  test("the ledger equals the sum over the orders, whatever happened to them in whatever order", async () => {
    const facts = fc.record({
      who: fc.nat(2),
      which: fc.nat(5),
      gone: fc.boolean(),
      yuan: fc.integer({ min: 0, max: 4_000 }),
      share: fc.nat(100),
      status: fc.constantFrom(...orderStatuses),
      completed: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(facts, { minLength: 1, maxLength: 4 }), { maxLength: 8 }), async (batches) => {
        const people = await join(3);
        const orderIds = Array.from({ length: 6 }, () => newId<"order">());
        const expected = new Map<string, OrderFacts | null>();
        for (const batch of batches) {
          const followed = batch.flatMap(({ who, which, gone, yuan, share, status, completed }) => {
            const [memberId, orderId] = [people[who], orderIds[which]];
            if (memberId === undefined || orderId === undefined) return [];
            const now = order(yuan, {
              refunded: fen(Math.floor(yuan * share)),
              status,
              completedAt: completed ? addDays(NOW, -20) : null,
            });
            expected.set(`${memberId} ${orderId}`, gone ? null : now);
            return [{ memberId, orderId, facts: gone ? null : now }];
          });
          await db.transact((tx) => followOrders(tx, at(NOW), followed));
        }
        for (const memberId of people) {
          const worth = [...expected]
            .filter(([key]) => key.startsWith(memberId))
            .reduce((sum, [, each]) => sum + (each === null ? 0 : growthTarget(each, DEMO_LADDER.growth).growth), 0);
          expect((await linesOf(memberId)).reduce((sum, { growth }) => sum + growth, 0)).toBe(worth);
          const now = await standingOf(db, memberId, NOW);
          const row = await rowOf(memberId);
          if (row !== undefined) expect(row.tier).toBe(now?.tier);
        }
      }),
      { numRuns: 15 },
    );
  });
});

describe("a tier given by hand", () => {
  const wish = { tier: "gold", reason: "服务补偿", endsAt: addDays(NOW, 30) };

  test("needs a second person and holds until its end, whatever is recalculated", async () => {
    const memberId = await joinOne();
    const cardNumber = await cardOf(memberId);
    const assignmentId = await assignments.assign(by(ann), { cardNumber, ...wish });
    await expect(assignments.assign(by(ben), { cardNumber, ...wish })).rejects.toMatchObject({
      code: "ASSIGNMENT_OPEN",
    });
    await expect(assignments.decide(by(ann), { assignmentId, approve: true })).rejects.toMatchObject({
      code: "ASSIGNMENT_SAME_PERSON",
    });
    expect(await tierOf(memberId)).toBe("registered");
    await assignments.decide(by(ben), { assignmentId, approve: true });
    await expect(assignments.decide(by(ben), { assignmentId, approve: false })).rejects.toMatchObject({
      code: "ASSIGNMENT_DECIDED",
    });
    expect(await rowOf(memberId)).toMatchObject({ tier: "gold", earned: "registered", dueAt: wish.endsAt });
    const orderId = await follow(memberId, order(1_500), undefined, addDays(NOW, 5));
    await follow(memberId, null, orderId, addDays(NOW, 6));
    await sweep(addDays(NOW, 29));
    expect(await rowOf(memberId)).toMatchObject({ tier: "gold" });
    await sweep(wish.endsAt);
    expect(await rowOf(memberId)).toMatchObject({ tier: "registered" });
  });

  test("refuses what does not lift, what is not a tier, and what has already ended", async () => {
    const memberId = await joinOne();
    const cardNumber = await cardOf(memberId);
    await follow(memberId, order(6_000));
    for (const [change, code] of [
      [{ tier: "silver" }, "TIER_NOT_HIGHER"],
      [{ tier: "diamond" }, "TIER_UNKNOWN"],
      [{ tier: "jade", endsAt: NOW }, "ASSIGNMENT_END_PAST"],
      [{ tier: "jade", cardNumber: "9999999999" }, "MEMBER_NOT_FOUND"],
    ] as const) {
      await expect(assignments.assign(by(ann), { cardNumber, ...wish, ...change })).rejects.toMatchObject({ code });
    }
  });
});

test("publishing and taking effect lower nobody", async () => {
  const own = await freshDatabase();
  const former = db;
  db = own;
  [ann, ben] = [await employ(), await employ()];
  await seedDemoLadder(by(ann, addDays(NOW, -400)), by(ben, addDays(NOW, -400)));
  const people = await join(40);
  await db.transact((tx) =>
    followOrders(
      tx,
      at(NOW),
      people.map((memberId, index) => ({ memberId, orderId: newId<"order">(), facts: order(index * 700) })),
    ),
  );
  const before = await db.select().from(tierStandings);
  const harder = DEMO_LADDER.tiers.map((tier) => ({ ...tier, upgradeAt: tier.upgradeAt * 3, keepAt: tier.keepAt * 3 }));
  const ref = await ladders.draft(by(ann), { terms: { ...DEMO_LADDER, tiers: harder } });
  await ladders.approve(by(ben), ref);
  const effectiveFrom = addDays(NOW, 14);
  await ladders.publish(by(ann), { ...ref, effectiveFrom });
  await sweep(effectiveFrom);
  const after = new Map((await db.select().from(tierStandings)).map((row) => [row.memberId, row]));
  for (const row of before) expect(after.get(row.memberId)).toMatchObject({ tier: row.tier, keepUntil: row.keepUntil });

  const lapse = addDays(NOW, 400 + 30);
  await sweep(addDays(NOW, 350));
  expect(await db.$count(tierWarnings)).toBe(before.filter(({ tier }) => tier !== "registered").length);
  await sweep(lapse);
  expect(
    (await db.select().from(tierStandings)).every(
      ({ tier, memberId }) => tier !== "jade" || after.get(memberId)?.tier === "jade",
    ),
  ).toBe(true);
  await expectTotals();
  db = former;
});

test("the totals of the tiers equal the scan, also under many writers", async () => {
  const people = await join(30);
  await Promise.all(people.map((memberId, index) => follow(memberId, order(index * 300))));
  await expectTotals();
});

async function expectTotals() {
  const scanned = new Map<string, number>();
  for (const { tier } of await db.select({ tier: tierStandings.tier }).from(tierStandings))
    scanned.set(tier, (scanned.get(tier) ?? 0) + 1);
  const kept = await db.select().from(tierTotals);
  expect(Object.fromEntries(kept.filter((row) => row.members > 0).map((row) => [row.tier, row.members]))).toEqual(
    Object.fromEntries(scanned),
  );
}

describe("the dry run", () => {
  test("shows who would move under a draft from real ledgers, and writes nothing", async () => {
    const own = await freshDatabase();
    const former = db;
    db = own;
    [ann, ben] = [await employ(), await employ()];
    await seedDemoLadder(by(ann, addDays(NOW, -400)), by(ben, addDays(NOW, -400)));
    const [none, low, silver, gold] = await join(4);
    if (!none || !low || !silver || !gold) throw new Error("four joined");
    for (const [memberId, yuan] of [
      [low, 600],
      [silver, 1_500],
      [gold, 6_000],
    ] as const)
      await follow(memberId, order(yuan));
    const tiers = DEMO_LADDER.tiers.map((tier) => ({
      ...tier,
      upgradeAt: tier.code === "silver" ? 500 : tier.code === "gold" ? 7_000 : tier.upgradeAt,
    }));
    const lines = await db.$count(growthLines);
    const result = await dryRun(
      db,
      { ...DEMO_LADDER, tiers: tiers.map((tier) => ({ ...tier, keepAt: Math.min(tier.keepAt, tier.upgradeAt) })) },
      NOW,
    );
    expect(result.members).toBe(4);
    expect(result.at).toEqual(addDays(NOW, 14));
    expect(result.onEffect).toEqual([
      { tier: "jade", opening: 0, rose: 0, kept: 0, fell: 0, closing: 0 },
      { tier: "gold", opening: 1, rose: 0, kept: 1, fell: 0, closing: 1 },
      { tier: "silver", opening: 1, rose: 0, kept: 1, fell: 0, closing: 2 },
      { tier: "registered", opening: 2, rose: 1, kept: 1, fell: 0, closing: 1 },
    ]);
    expect(result.hadItAlwaysBeen).toMatchObject([
      { closing: 0 },
      { fell: 1, closing: 0 },
      { closing: 3 },
      { closing: 1 },
    ]);
    expect(await db.$count(growthLines)).toBe(lines);
    expect(await tierCounts(db, NOW)).toMatchObject([{ members: 2 }, { members: 1 }, { members: 1 }, { members: 0 }]);
    db = former;
  });
});

describe("what is asked for on a member's path", () => {
  test("the ledger comes in pages, newest first, without gaps", async () => {
    const memberId = await joinOne();
    for (let yuan = 1; yuan <= 7; yuan += 1) await follow(memberId, order(yuan));
    const first = await ledgerPage(db, memberId, { size: 4 });
    const second = await ledgerPage(db, memberId, { size: 4, before: first.before ?? undefined });
    expect([...first.lines, ...second.lines].map(({ growth }) => growth)).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(second.before).toBeNull();
  });

  test("the explanation names the rule, and every ledger line it counted", async () => {
    const memberId = await joinOne();
    await follow(memberId, order(700));
    await follow(memberId, order(500));
    const why = await explanation(db, memberId, NOW);
    expect(why).toMatchObject({ turn: { kind: "rose", growth: 1_200, threshold: 1_000, version: 1 } });
    expect(why?.lines.reduce((sum, { growth }) => sum + growth, 0)).toBe(why?.turn?.growth);
  });
});
