import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { freshDatabase, testContext } from "#db/testing.ts";
import type { Context } from "../../core/context.ts";
import type { ImportBatchId, MemberId } from "../../core/id.ts";
import { businessDay, DAY_MS } from "../../core/time.ts";
import * as members from "../../members/service.ts";
import { orderStatuses } from "../../tiers/model.ts";
import { shownStatuses } from "../model.ts";
import { shownStatus } from "../rules.ts";
import { type FoundOrder, importedSince, OrderFilter, type OrderPage, OrderSearch } from "./model.ts";
import { search, walk } from "./queries.ts";
import { beginningOf } from "./rules.ts";
import { addBatch, addOrders, plainOrder, type Stated } from "./testing.ts";

/** A Monday noon in Beijing: today, this week and this month begin at three different instants. */
const NOW = new Date("2026-06-15T04:00:00Z");
const platforms = ["taobao", "jd", "pdd"] as const;
const maskedIds = ["1234****5678", "E202****0001"] as const;

let db: Db;
let ctx: Context;
let batches: { id: ImportBatchId; at: Date }[];
let rows: Awaited<ReturnType<typeof addOrders>>;

/** Every kind of money there is, on few instants, so that many share one. */
const stated = (owner: MemberId): fc.Arbitrary<Stated> =>
  fc
    .record({
      platform: fc.constantFrom(...platforms),
      maskedId: fc.constantFrom(...maskedIds),
      status: fc.constantFrom(...orderStatuses),
      paid: fc.constantFrom(0, 1, 9_900),
      refunded: fc.constantFrom(0, 1, 9_900),
      refundUnknown: fc.boolean(),
      placedAt: fc.integer({ min: 0, max: 12 }).map((n) => new Date(NOW.getTime() - n * 7 * 3_600_000)),
      ownerId: fc.constantFrom(null, owner),
      batchId: fc.constantFrom(...batches.map(({ id }) => id)),
    })
    .map((order) => ({ ...order, refunded: Math.min(order.refunded, order.paid) }));

const filters = (): fc.Arbitrary<OrderFilter> =>
  fc
    .record(
      {
        number: fc.constantFrom(...maskedIds),
        platform: fc.constantFrom(...platforms),
        status: fc.constantFrom(...shownStatuses),
        batchId: fc.constantFrom(...batches.map(({ id }) => id)),
        imported: fc.constantFrom(...importedSince),
        owned: fc.boolean(),
        from: fc.constantFrom("2026-06-12", "2026-06-14"),
        to: fc.constantFrom("2026-06-13", "2026-06-15"),
      },
      { requiredKeys: [] },
    )
    .map((given) => OrderFilter.parse(given));

beforeAll(async () => {
  db = await freshDatabase();
  ctx = testContext(db, { now: NOW });
  const owner = await db.transact((tx) => members.create(tx, ctx));
  batches = [];
  for (const days of [0, 5, 40]) {
    const at = new Date(NOW.getTime() - days * DAY_MS);
    batches.push({ id: await addBatch(db, at), at });
  }
  rows = await addOrders(db, fc.sample(stated(owner.id), { numRuns: 400, seed: 7 }));
});

/** What a filter finds, decided in memory by the rules that pages and exports are drawn by. */
function naively(filter: OrderFilter): string[] {
  const { number, platform, status, batchId, imported, owned, from, to } = filter;
  const since = imported && beginningOf(imported, NOW);
  return rows
    .filter(
      (row) =>
        (number === undefined || row.maskedId === number) &&
        (platform === undefined || row.platform === platform) &&
        (status === undefined || shownStatus(row) === status) &&
        (batchId === undefined || row.batchId === batchId) &&
        (since === undefined || batches.some(({ id, at }) => id === row.batchId && at >= since)) &&
        (owned === undefined || (row.ownerId !== null) === owned) &&
        (from === undefined || businessDay(row.placedAt) >= from) &&
        (to === undefined || businessDay(row.placedAt) <= to),
    )
    .sort((a, b) => b.placedAt.getTime() - a.placedAt.getTime() || (a.id < b.id ? 1 : -1))
    .map(({ id }) => id);
}

async function pagesOf(filter: OrderFilter, size: number, lookedAt?: number): Promise<OrderPage[]> {
  const pages: OrderPage[] = [];
  let after: OrderPage["after"] = null;
  do {
    const next: OrderPage = await search(
      ctx,
      OrderSearch.parse({ ...filter, after: after ?? undefined, size }),
      lookedAt,
    );
    pages.push(next);
    ({ after } = next);
  } while (after !== null);
  return pages;
}

const idsOf = (pages: readonly { orders: readonly FoundOrder[] }[]) =>
  pages.flatMap(({ orders }) => orders.map(({ id }) => id));

test("each filter alone finds what the rules say", async () => {
  const single: OrderFilter[] = [
    ...shownStatuses.map((status) => ({ status })),
    ...platforms.map((platform) => ({ platform })),
    ...maskedIds.map((number) => ({ number })),
    ...batches.map(({ id }) => ({ batchId: id })),
    ...importedSince.map((imported) => ({ imported })),
    ...[true, false].map((owned) => ({ owned })),
    { from: "2026-06-14" },
    { to: "2026-06-13" },
  ];
  for (const filter of single) {
    const expected = naively(filter);
    expect(expected.length, JSON.stringify(filter)).toBeGreaterThan(0);
    expect(idsOf(await pagesOf(filter, 100)), JSON.stringify(filter)).toEqual(expected);
  }
});

test("any filters together, however many are looked at in one go: every order once, in order, and none else", async () => {
  await fc.assert(
    fc.asyncProperty(
      filters(),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 60 }),
      async (filter, size, lookedAt) => {
        expect(idsOf(await pagesOf(filter, size, lookedAt))).toEqual(naively(filter));
      },
    ),
    { numRuns: 150 },
  );
});

test("an order is shown in the list as it is on its own page", async () => {
  const shown = new Map((await pagesOf({}, 100)).flatMap(({ orders }) => orders.map((one) => [one.id, one] as const)));
  for (const row of rows) expect(shown.get(row.id)?.status).toBe(shownStatus(row));
});

test("a page that found little says back to when it looked, and the next one begins there", async () => {
  const filter = { platform: "jd", status: "completed", owned: true } as const;
  const pages = await pagesOf(filter, 100, 30);
  expect(pages.length).toBeGreaterThan(5);
  const stops = pages.map(({ lookedBackTo }) => lookedBackTo?.getTime() ?? 0);
  expect(stops).toEqual([...stops].sort((a, b) => b - a));
  expect(new Set(stops).size).toBe(stops.length);
  for (const { orders, lookedBackTo } of pages)
    for (const { placedAt } of orders) expect(placedAt >= (lookedBackTo ?? new Date(0))).toBe(true);
  expect(pages.at(-1)).toMatchObject({ after: null, lookedBackTo: null });
});

test("orders that arrive meanwhile neither repeat nor hide any that were there", async () => {
  const before = naively({ platform: "taobao" });
  const batch = batches[0];
  if (batch === undefined) throw new Error("no batch");
  const seen: string[] = [];
  let added = 0;
  for await (const some of walk(ctx, { platform: "taobao" }, 10, 25)) {
    seen.push(...some.map(({ id }) => id));
    const fresh = [-1, 0, 1, 2].map((days) => plainOrder(batch.id, NOW, days));
    added += fresh.length;
    rows.push(...(await addOrders(db, fresh)));
  }
  expect(added).toBeGreaterThan(8);
  expect(seen.filter((id) => before.includes(id))).toEqual(before);
  expect(new Set(seen).size).toBe(seen.length);
});
