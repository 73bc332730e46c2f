import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { importBatches, orders } from "#db/schema/orders.ts";
import { staff } from "#db/schema/staff.ts";
import { freshDatabase, newId, testContext, testStaff } from "#db/testing.ts";
import { answerOnce } from "../api/idempotency.ts";
import type { ApiContext } from "../api/rest-route.ts";
import type { StaffActor } from "../core/context.ts";
import { fen } from "../core/money.ts";
import { addDays } from "../core/time.ts";
import { Written } from "../core/written.ts";
import { noCounters } from "../orders/importing/model.ts";
import type { StoredParts } from "../orders/model.ts";
import { seedDemoLadder } from "../tiers/demo.ts";
import { replay } from "./decisions/queries.ts";
import { DEMO_OFFERS, seedDemoOffers } from "./demo.ts";
import { rulebook } from "./publishing/queries.ts";
import { restRoutes } from "./rest.ts";
import { priceList, tryTerms } from "./showcase/queries.ts";
import { simulate } from "./simulation/queries.ts";
import { someTerms } from "./testing.ts";

const NOW = new Date("2026-06-15T04:00:00Z");
const cart = {
  tier: "gold",
  channel: "miniProgram",
  lines: [
    { sku: "DP-M-76", category: "diapers", quantity: 2, listPriceFen: 13_900 },
    { sku: "WP-80X6", category: "care", quantity: 1, listPriceFen: 4_990 },
  ],
};

let db: Db;
let api: ApiContext;

beforeAll(async () => {
  db = await freshDatabase();
  const [ann, ben] = [await employ(), await employ()];
  const by = (actor: StaffActor) => testContext(db, { actor, now: addDays(NOW, -30) });
  await seedDemoLadder(by(ann), by(ben));
  await seedDemoOffers(by(ann), by(ben));
  const actor = { kind: "apiKey" as const, id: newId<"apiKey">(), scopes: new Set(["quote:create", "offer:read"]) };
  await db.transact((tx) =>
    tx
      .insert(importBatches)
      .values({
        id: batchId,
        state: "done",
        fileName: "orders.csv",
        sha256: Buffer.alloc(32),
        fileBytes: 1,
        source: "desk",
        chosen: { leaks: "drop" },
        columns: [],
        fileCodes: [],
        counters: noCounters,
        changed: 1,
        sample: [],
        cursor: 1,
        fence: 1,
        createdBy: "test",
        createdAt: NOW,
      })
      .then(() => undefined),
  );
  api = testContext(db, { actor, now: NOW });
});

describe("POST /quotes", () => {
  test("answers with a price that adds up, every offer in force, and a decision that replays", async () => {
    const answer = await ask(cart);
    expect(answer).toMatchObject({ listFen: 32_790, decisionId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(answer.offers).toHaveLength(DEMO_OFFERS.length);
    expect(answer.lines.reduce((sum, line) => sum + line.totalFen, 0)).toBe(answer.totalFen);
    expect(answer.totalFen).toBe(32_790 - 3_279 - 3_000);
    expect(await replay(db, "all")).toMatchObject({ different: [] });
  });

  test("speaks its own document", async () => {
    const route = routeOf("/quotes");
    expect(route.output.safeParse(await ask(cart)).success).toBe(true);
    const offers = routeOf("/offers");
    expect(offers.output.safeParse(await offers.answer(api, {}, null)).success).toBe(true);
  });

  test("refuses what is no question", async () => {
    const strays = [
      { ...cart, memberId: "x" },
      { ...cart, lines: [] },
      { ...cart, channel: "vip-room" },
      { ...cart, at: "yesterday" },
      { ...cart, lines: [{ sku: "a", quantity: 1, listPriceFen: -1 }] },
      { ...cart, lines: [{ sku: "a", quantity: 1.5, listPriceFen: 1 }] },
      { ...cart, lines: [{ sku: "a", quantity: 1, listPriceFen: 1, age: 3 }] },
    ];
    for (const stray of strays) await expect(routeOf("/quotes").answer(api, stray, null)).rejects.toThrow();
  });

  test("under an idempotency key it decides once", async () => {
    const before = (await replay(db, "all")).checked;
    const once = { key: "till-7", requestHash: Buffer.from("same"), status: 200 };
    const [first, again] = [await sameKey(once), await sameKey(once)];
    expect(again.answer).toEqual(JSON.parse(JSON.stringify(first.answer)));
    expect(again.replayed).toBe(true);
    expect((await replay(db, "all")).checked).toBe(before + 1);
  });
});

test("export, preview and interface price through the same function", async () => {
  const list = await priceList(testContext(db, { now: NOW }), "miniProgram");
  for (const { product, prices } of list.rows) {
    for (const { tier, totalFen } of prices) {
      const { sku, category, listPriceFen } = product;
      const answer = await ask({ ...cart, tier, lines: [{ sku, category, quantity: 1, listPriceFen }] });
      expect(answer.totalFen).toBe(totalFen);
    }
  }
});

test("terms are tried in every tier without being saved", async () => {
  const terms = someTerms({ reward: { kind: "percent-off", percent: 50 }, conditions: { tiers: ["silver"] } });
  const tried = await tryTerms(testContext(db, { now: NOW }), {
    offerId: null,
    terms,
    channel: "web",
    lines: cart.lines,
  });
  const fell = tried.after.filter(({ quote }, index) => quote.totalFen < (tried.before[index]?.quote.totalFen ?? 0));
  expect(fell.map(({ tier }) => tier)).toEqual(["silver"]);
  expect(await rulebook(db, NOW)).toHaveLength(DEMO_OFFERS.length);
});

test("a simulation prices the orders of the last days both ways", async () => {
  await db.transact((tx) =>
    tx
      .bulkInsert(orders, [
        order(3, "DP-M-76", 2, 27_800),
        order(4, "BATH-01", 2, 30_000, false),
        order(40, "DP-M-76", 9, 100),
        order(5, null, null, 5_000),
      ])
      .then(() => undefined),
  );
  const terms = someTerms({ reward: { kind: "amount-off", minimumFen: 20_000, offFen: 5_000, repeat: false } });
  const found = await simulate(testContext(db, { now: NOW }), { offerId: null, terms, days: 30 });
  expect(found).toMatchObject({ orders: 3, withoutItems: 1, truncated: false, owners: [] });
  const registered = found.everyTier.find(({ tier }) => tier === "registered");
  expect(registered).toEqual({
    tier: "registered",
    orders: 2,
    reached: 2,
    listFen: 57_800,
    beforeFen: 54_800,
    afterFen: 44_800,
  });
});

const batchId = newId<"importBatch">();

function routeOf(path: string) {
  const route = restRoutes.find((each) => each.path === path);
  if (route === undefined) throw new Error(`no route ${path}`);
  return route;
}
async function ask(question: object): Promise<{
  listFen: number;
  totalFen: number;
  decisionId: string;
  lines: { totalFen: number }[];
  offers: unknown[];
}> {
  const answer: unknown = await routeOf("/quotes").answer(api, question, null);
  return JSON.parse(JSON.stringify(answer));
}
function sameKey(once: Parameters<typeof answerOnce>[1]) {
  return answerOnce(api, once, (within) => routeOf("/quotes").answer(within, cart, null));
}
function order(
  daysAgo: number,
  sku: string | null,
  quantity: number | null,
  paid: number,
  inLines = true,
): typeof orders.$inferInsert {
  return {
    id: newId<"order">(),
    platform: "taobao",
    orderKey: Buffer.from(newId()),
    maskedId: "1234…5678",
    status: "completed",
    paid: fen(paid),
    refunded: fen(0),
    refundUnknown: false,
    placedAt: addDays(NOW, -daysAgo),
    parts: Written.of<StoredParts>(
      inLines
        ? { whole: null, lines: { a: ["completed", fen(paid), fen(0), 0, sku, quantity] } }
        : { whole: ["completed", fen(paid), fen(0), 0, sku, quantity], lines: {} },
    ),
    revision: 1,
    batchId,
  };
}
async function employ(): Promise<StaffActor> {
  const actor = testStaff("operator");
  const email = Buffer.from(actor.id);
  const row = {
    id: actor.id,
    name: "测试",
    emailSealed: email,
    emailIndex: email,
    state: "active" as const,
    passwordHash: "-",
    createdAt: NOW,
  };
  await db.transact((tx) =>
    tx
      .insert(staff)
      .values(row)
      .then(() => undefined),
  );
  return actor;
}
