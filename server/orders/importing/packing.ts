import { fen } from "../../core/money.ts";
import { Written } from "../../core/written.ts";
import { type OrderStatus, orderStatuses } from "../../tiers/model.ts";
import type { Knowledge, StoredParts, Times } from "../model.ts";
import { type Platform, platforms } from "../reading/model.ts";
import type { VirtualNumber } from "../reading/reading.ts";
import { knowledgeIn, packParts, type Told, unpackParts } from "../stored.ts";
import type { Gathered, Seen } from "./gathering.ts";

const KEY_LENGTH = 16;
/** Numbers of one order, in this order; an instant that nobody told is NaN. */
const [RECORD, PLATFORM, STATUS, PAID, REFUNDED, PLACED_AT, PAID_AT, SHIPPED_AT, COMPLETED_AT, FLAGS] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
] as const;
const WIDTH = 10;
const REFUND_UNKNOWN = 1;
const IN_LINES = 2;
const UNEVEN = 4;

/** Orders as columns, to cross from one thread to another: many times cheaper to copy than objects. */
export type PackedOrders = {
  readonly count: number;
  /** One after the other. */
  readonly keys: string;
  readonly numbers: Float64Array;
  readonly maskedIds: readonly string[];
  readonly parts: readonly string[];
  /** The rows of orders that have several, as JSON; "" for the others, whose one row says what the order does. */
  readonly rows: readonly string[];
  /** By the place of their order. */
  readonly virtualNumbers: ReadonlyMap<number, VirtualNumber>;
};

/** A row of an order that has several: its record, what it tells of times, and its parts. */
type PackedRow = readonly [number, number, number | null, number | null, number | null, StoredParts];

export function packOrders(orders: readonly Gathered[]): PackedOrders {
  const numbers = new Float64Array(orders.length * WIDTH);
  const virtualNumbers = new Map<number, VirtualNumber>();
  orders.forEach(({ record, platform, told, inLines, uneven, virtualNumber }, place) => {
    const at = place * WIDTH;
    numbers[at + RECORD] = record;
    numbers[at + PLATFORM] = platforms.indexOf(platform);
    numbers[at + STATUS] = orderStatuses.indexOf(told.status);
    numbers[at + PAID] = told.paid;
    numbers[at + REFUNDED] = told.refunded;
    numbers[at + PLACED_AT] = told.placedAt.getTime();
    numbers[at + PAID_AT] = told.paidAt?.getTime() ?? Number.NaN;
    numbers[at + SHIPPED_AT] = told.shippedAt?.getTime() ?? Number.NaN;
    numbers[at + COMPLETED_AT] = told.completedAt?.getTime() ?? Number.NaN;
    numbers[at + FLAGS] = (told.refundUnknown ? REFUND_UNKNOWN : 0) | (inLines ? IN_LINES : 0) | (uneven ? UNEVEN : 0);
    if (virtualNumber !== null) virtualNumbers.set(place, virtualNumber);
  });
  return {
    count: orders.length,
    keys: orders.map(({ key }) => key).join(""),
    numbers,
    maskedIds: orders.map(({ maskedId }) => maskedId),
    parts: orders.map(({ told }) => told.parts.text),
    rows: orders.map((order) => packRows(order.rows())),
    virtualNumbers,
  };
}

export function unpackOrders(packed: PackedOrders): Gathered[] {
  return Array.from({ length: packed.count }, (_, place) => {
    const at = place * WIDTH;
    const number = (column: number): number => packed.numbers[at + column] ?? Number.NaN;
    const flags = number(FLAGS);
    const record = number(RECORD);
    const told: Told = {
      status: statusAt(number(STATUS)),
      paid: fen(number(PAID)),
      refunded: fen(number(REFUNDED)),
      refundUnknown: (flags & REFUND_UNKNOWN) !== 0,
      placedAt: new Date(number(PLACED_AT)),
      paidAt: dateOrNull(number(PAID_AT)),
      shippedAt: dateOrNull(number(SHIPPED_AT)),
      completedAt: dateOrNull(number(COMPLETED_AT)),
      parts: new Written(packed.parts[place] ?? ""),
    };
    const rows = packed.rows[place] ?? "";
    return {
      key: packed.keys.slice(place * KEY_LENGTH, (place + 1) * KEY_LENGTH),
      platform: platformAt(number(PLATFORM)),
      maskedId: packed.maskedIds[place] ?? "",
      record,
      told,
      inLines: (flags & IN_LINES) !== 0,
      uneven: (flags & UNEVEN) !== 0,
      virtualNumber: packed.virtualNumbers.get(place) ?? null,
      rows: () => (rows === "" ? [{ record, seen: knowledgeIn(told) }] : unpackRows(rows)),
    };
  });
}

function packRows(rows: readonly Seen[]): string {
  if (rows.length === 1) return "";
  return JSON.stringify(
    rows.map(({ record, seen: { times, ...said } }): PackedRow => {
      const { placedAt, paidAt, shippedAt, completedAt } = times;
      return [
        record,
        placedAt.getTime(),
        paidAt?.getTime() ?? null,
        shippedAt?.getTime() ?? null,
        completedAt?.getTime() ?? null,
        packParts(said),
      ];
    }),
  );
}

function unpackRows(text: string): Seen[] {
  const rows: readonly PackedRow[] = JSON.parse(text);
  return rows.map(([record, placedAt, paidAt, shippedAt, completedAt, parts]) => {
    const times: Times = {
      placedAt: new Date(placedAt),
      paidAt: dateOrNull(paidAt ?? Number.NaN),
      shippedAt: dateOrNull(shippedAt ?? Number.NaN),
      completedAt: dateOrNull(completedAt ?? Number.NaN),
    };
    const seen: Knowledge = { times, ...unpackParts(parts) };
    return { record, seen };
  });
}

function dateOrNull(at: number): Date | null {
  return Number.isNaN(at) ? null : new Date(at);
}

function statusAt(index: number): OrderStatus {
  const status = orderStatuses[index];
  if (status === undefined) throw new RangeError("no such status");
  return status;
}

function platformAt(index: number): Platform {
  const platform = platforms[index];
  if (platform === undefined) throw new RangeError("no such platform");
  return platform;
}
