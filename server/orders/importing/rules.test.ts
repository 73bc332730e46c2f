import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fen } from "../../core/money.ts";
import type { OrderLine, ReadBatch } from "../reading/reading.ts";
import { KeyTable } from "./key-table.ts";
import { noCounters } from "./model.ts";
import { gather, joinBatches, knowledgeOf, MET, nextChunkSize, unchangedAgain, weigh } from "./rules.ts";

const key = (n: number) => createHash("sha256").update(String(n)).digest().subarray(0, 16);
const line = (more: Partial<OrderLine> = {}): OrderLine => ({
  record: 2,
  platform: "douyin",
  layout: "douyin",
  orderKey: key(1),
  maskedId: "6938****2639",
  lineKey: null,
  status: "paid",
  paidFen: fen(1_000),
  paidScope: "order",
  refundFen: fen(0),
  refundScope: "order",
  refundUnknown: false,
  sku: "A-1",
  quantity: 1,
  placedAt: 0,
  paidAt: 1,
  shippedAt: null,
  completedAt: null,
  virtualNumber: null,
  ...more,
});
const batch = (lines: OrderLine[], more: Partial<ReadBatch> = {}): ReadBatch => ({
  lines,
  counts: { read: lines.length, data: lines.length, accepted: lines.length, rejected: 0, skipped: 0 },
  duplicateLines: 0,
  virtualNumbers: 0,
  reasons: [],
  warnings: [],
  leaks: [],
  formulaCells: [],
  rejects: "",
  lastRecord: Math.max(0, ...lines.map(({ record }) => record)),
  ...more,
});
const never = () => MET.never;

test("order money repeated on each row counts once, line money adds up", () => {
  const once = [1, 2].map((n) => line({ record: n, lineKey: `line-${n}`, paidScope: "order" }));
  const added = [3, 4].map((n) =>
    line({ record: n, orderKey: key(2), lineKey: `line-${n}`, paidScope: "line", refundScope: "line" }),
  );
  const all = batch([...once, ...added]);
  const { counters } = weigh(noCounters, all, gather(all.lines), new Map(), never);
  expect(counters.totals.paidFen).toBe(1_000 + 2_000);
  expect(counters.orders.created).toBe(2);
});

test("an order turned away counts as rejected until one of its rows is taken in", () => {
  const reasons = [
    { row: 2, column: null, code: "BAD_AMOUNT" as const, orderKey: key(1) },
    { row: 3, column: null, code: "BAD_ID" as const, orderKey: null },
    { row: 4, column: null, code: "FOOTER_SKIPPED" as const, orderKey: null },
  ];
  const turned = weigh(noCounters, batch([], { reasons }), [], new Map(), never);
  expect(turned.counters.orders.rejected).toBe(2);
  expect(turned.turnedAway).toEqual([key(1)]);
  const later = batch([line()]);
  const taken = weigh(turned.counters, later, gather(later.lines), new Map(), () => MET.turnedAway);
  expect(taken.counters.orders).toMatchObject({ created: 1, rejected: 1 });
});

test("an order that comes again in the same file counts once, at what it is in the end", () => {
  const first = batch([line()]);
  const one = weigh(noCounters, first, gather(first.lines), new Map(), never);
  const stored = one.orders[0];
  if (stored === undefined) throw new Error("nothing weighed");
  const known = new Map([
    [stored.gathered.key, { knowledge: stored.next, summary: stored.summary, changedHere: true }],
  ]);
  const second = batch([line({ record: 9, status: "completed", completedAt: 5, refundFen: fen(300) })]);
  const two = weigh(one.counters, second, gather(second.lines), known, () => MET.taken);
  expect(two.counters.orders).toEqual({ created: 1, updated: 0, unchanged: 0, rejected: 0 });
  expect(two.counters.totals).toMatchObject({ paidFen: 1_000, refundFen: 300 });
  expect(two.counters.byStatus).toEqual({ paid: 0, completed: 1 });
});

test("a product code that could be a phone is not kept", () => {
  expect(knowledgeOf(line({ sku: "13800138000" })).whole?.sku).toBeNull();
  expect(knowledgeOf(line({ sku: "23800138000" })).whole?.sku).toBe("23800138000");
});

test("the very same file again is all unchanged", () => {
  const counted = { ...noCounters, orders: { created: 3, updated: 2, unchanged: 1, rejected: 4 } };
  expect(unchangedAgain(counted).orders).toEqual({ created: 0, updated: 0, unchanged: 6, rejected: 4 });
});

test("chunks follow the clock within bounds", () => {
  expect(nextChunkSize(1_000, 60, 30)).toBe(750);
  expect(nextChunkSize(1_000, 0, 30)).toBeGreaterThan(1_000);
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 8_000 }), fc.double({ min: 0, max: 10_000, noNaN: true }), (size, took) => {
      const next = nextChunkSize(size, took, 30);
      expect(next).toBeGreaterThanOrEqual(100);
      expect(next).toBeLessThanOrEqual(8_000);
    }),
  );
});

test("joined read batches are what one would have been", () => {
  const [a, b] = [batch([line()]), batch([line({ record: 3 })], { rejects: "x\r\n" })];
  expect(joinBatches([a, b])).toMatchObject({ counts: { read: 2 }, rejects: "x\r\n", lastRecord: 3 });
});

test("the table of met orders remembers every mark as it grows", () => {
  const table = new KeyTable();
  const keys = Array.from({ length: 20_000 }, (_, n) => key(n + 1));
  for (const [n, each] of keys.entries()) table.set(each, n % 2 === 0 ? MET.taken : MET.turnedAway);
  expect(keys.every((each, n) => table.get(each) === (n % 2 === 0 ? MET.taken : MET.turnedAway))).toBe(true);
  expect(table.get(key(99_999_999))).toBe(MET.never);
});
