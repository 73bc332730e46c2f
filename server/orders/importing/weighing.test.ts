import fc from "fast-check";
import { expect, test } from "vitest";
import { fen } from "../../core/money.ts";
import { orderStatuses } from "../../tiers/model.ts";
import type { OrderLine } from "../reading/reading.ts";
import { merge, staleness, summarise } from "../rules.ts";
import { columnsFor } from "../stored.ts";
import { type Gathered, gather, gatherAll, knowledgeOf } from "./gathering.ts";
import { noCounters } from "./model.ts";
import { joinNotes } from "./notes.ts";
import { packOrders, unpackOrders } from "./packing.ts";
import { lineOf, notesFor, orderKeyOf } from "./testing.ts";
import { MET, type Orders, weigh } from "./weighing.ts";

const read = (lines: readonly OrderLine[]) => ({ lines, rowsHashes: new Map<string, Buffer>() });
const of = (gathered: readonly Gathered[]): Orders => ({ gathered, familiars: [] });
const never = () => MET.never;
const nothing = () => undefined;
const keyOf = (n: number) => orderKeyOf(n).toString("latin1");

test("order money repeated on each row counts once, line money adds up", () => {
  const once = [1, 2].map((n) => lineOf({ record: n, lineKey: `line-${n}`, paidScope: "order" }));
  const added = [3, 4].map((n) =>
    lineOf({ record: n, orderKey: orderKeyOf(2), lineKey: `line-${n}`, paidScope: "line", refundScope: "line" }),
  );
  const all = [...once, ...added];
  const { counters } = weigh(noCounters, notesFor(all), of(gather(read(all))), nothing, never);
  expect(counters.totals.paidFen).toBe(1_000 + 2_000);
  expect(counters.orders.created).toBe(2);
});

test("an order turned away counts as rejected until one of its rows is taken in", () => {
  const reasons = [
    { row: 2, column: null, code: "BAD_AMOUNT" as const, key: keyOf(1) },
    { row: 3, column: null, code: "BAD_ID" as const, key: null },
    { row: 4, column: null, code: "FOOTER_SKIPPED" as const, key: null },
  ];
  const turned = weigh(noCounters, notesFor([], { reasons }), of([]), nothing, never);
  expect(turned.counters.orders.rejected).toBe(2);
  expect(turned.turnedAway).toEqual([keyOf(1)]);
  const later = [lineOf()];
  const taken = weigh(turned.counters, notesFor(later), of(gather(read(later))), nothing, () => MET.turnedAway);
  expect(taken.counters.orders).toMatchObject({ created: 1, rejected: 1 });
});

test("an order that comes again in the same file counts once, at what it is in the end", () => {
  const first = [lineOf()];
  const one = weigh(noCounters, notesFor(first), of(gather(read(first))), nothing, never);
  const stored = one.orders[0];
  if (stored === undefined) throw new Error("nothing weighed");
  const known = () => ({ told: stored.told, changedHere: true });
  const second = [lineOf({ record: 9, status: "completed", completedAt: 5, refundFen: fen(300) })];
  const two = weigh(one.counters, notesFor(second), of(gather(read(second))), known, () => MET.taken);
  expect(two.counters.orders).toEqual({ created: 1, updated: 0, unchanged: 0, rejected: 0 });
  expect(two.counters.totals).toMatchObject({ paidFen: 1_000, refundFen: 300 });
  expect(two.counters.byStatus).toEqual({ paid: 0, completed: 1 });
});

test("a product code that could be a phone is not kept", () => {
  expect(knowledgeOf(lineOf({ sku: "13800138000" })).whole?.sku).toBeNull();
  expect(knowledgeOf(lineOf({ sku: "23800138000" })).whole?.sku).toBe("23800138000");
});

test("joined notes are what one batch's would have been", () => {
  const [a, b] = [notesFor([lineOf()]), notesFor([lineOf({ record: 3 })], { rejects: "x\r\n" })];
  expect(joinNotes([a, b])).toMatchObject({ counts: { read: 2 }, rejects: "x\r\n", lastRecord: 3 });
});

const someRow = fc.record({
  order: fc.integer({ min: 1, max: 3 }),
  line: fc.option(fc.integer({ min: 1, max: 3 })),
  status: fc.constantFrom(...orderStatuses),
  paidFen: fc.integer({ min: 0, max: 3 }).map((yuan) => fen(yuan * 100)),
  refundFen: fc.integer({ min: 0, max: 2 }).map((yuan) => fen(yuan * 100)),
  refundUnknown: fc.boolean(),
  paidScope: fc.constantFrom("order" as const, "line" as const),
  quantity: fc.option(fc.integer({ min: 1, max: 2 })),
  paidAt: fc.option(fc.integer({ min: 1, max: 2 })),
  virtualNumber: fc.option(fc.constant({ number: "15000000000", extension: "1234", expiresAt: null })),
});
const someFile = fc.array(someRow, { minLength: 1, maxLength: 12 }).map((rows) =>
  rows.map(
    ({ order, line, ...row }, index): OrderLine =>
      lineOf({
        ...row,
        record: index + 2,
        orderKey: orderKeyOf(order),
        lineKey: line === null ? null : `line-${line}-0000`,
      }),
  ),
);

test("orders that crossed to another thread are what they were", () => {
  fc.assert(
    fc.property(someFile, (lines) => {
      const orders = gather(read(lines));
      const plain = ({ rows, ...order }: (typeof orders)[number]) => ({ ...order, rows: rows() });
      expect(unpackOrders(structuredClone(packOrders(orders))).map(plain)).toEqual(orders.map(plain));
    }),
  );
});

test("whatever was known, an order becomes what its rows make of it one by one, in one batch or in several", () => {
  fc.assert(
    fc.property(someFile, someFile, fc.nat(), (before, lines, cut) => {
      const stored = new Map(gather(read(before)).map(({ key, told }) => [key, { told, changedHere: false }]));
      const at = cut % (lines.length + 1);
      const gathered = gatherAll(
        [lines.slice(0, at), lines.slice(at)].map((part) => unpackOrders(packOrders(gather(read(part))))),
      );
      const { orders, findings } = weigh(noCounters, notesFor(lines), of(gathered), (key) => stored.get(key), never);
      const lags: unknown[] = [];
      for (const {
        gathered: { key },
        told,
        change,
      } of orders) {
        const ofOrder = (all: readonly OrderLine[]) =>
          all.filter(({ orderKey }) => orderKey.toString("latin1") === key);
        const known = ofOrder(before).map(knowledgeOf);
        const start = known.length === 0 ? null : known.reduce(merge);
        let state = start;
        for (const line of ofOrder(lines)) {
          const seen = knowledgeOf(line);
          const code = state === null ? null : staleness(state, seen);
          if (code !== null) lags.push({ kind: "warning", row: line.record, column: null, code, masked: null });
          state = state === null ? seen : merge(state, seen);
        }
        if (state === null) throw new Error("an order without rows");
        expect(told).toEqual(columnsFor(state, summarise(state)));
        expect(change).toBe(start === null ? "created" : state === start ? "unchanged" : "updated");
      }
      expect(new Set(findings)).toEqual(new Set(lags));
    }),
  );
});
