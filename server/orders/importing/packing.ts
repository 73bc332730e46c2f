import { fen } from "../../core/money.ts";
import { Written } from "../../core/written.ts";
import { type OrderStatus, orderStatuses } from "../../tiers/model.ts";
import type { Knowledge, StoredParts, Times } from "../model.ts";
import { type Platform, platforms } from "../reading/model.ts";
import type { KnownOrder, VirtualNumber } from "../reading/reading.ts";
import type { Recognised } from "../reading/recognition.ts";
import { knowledgeIn, type Told, unpackParts, writeParts } from "../stored.ts";
import type { Familiar, Gathered, Seen } from "./gathering.ts";

const KEY_LENGTH = 16;
/** Numbers of one order, in this order; an instant that nobody told is NaN. */
const [RECORD, PLATFORM, STATUS, PAID, REFUNDED, PLACED_AT, PAID_AT, SHIPPED_AT, COMPLETED_AT, FLAGS] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
] as const;
const WIDTH = 10;
const STANDING_WIDTH = 5;
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
  readonly rowsHashes: readonly string[];
  /** By the place of their order. */
  readonly virtualNumbers: ReadonlyMap<number, VirtualNumber>;
};

/** How stored orders stand, likewise. */
export type PackedStandings = { readonly numbers: Float64Array; readonly maskedIds: readonly string[] };

/** Orders that were known by their rows, likewise. */
export type PackedFamiliars = PackedStandings & { readonly keys: string; readonly records: readonly number[] };

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
    rowsHashes: orders.map(({ rowsHash }) => rowsHash),
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
      rowsHash: packed.rowsHashes[place] ?? "",
      rows: () => (rows === "" ? [{ record, seen: knowledgeIn(told) }] : unpackRows(rows)),
    };
  });
}

export function packStandings(orders: readonly Recognised[]): PackedStandings {
  const numbers = new Float64Array(orders.length * STANDING_WIDTH);
  orders.forEach(({ status, paid, refunded, refundUnknown, placedAt }, place) => {
    const stands = [orderStatuses.indexOf(status), paid, refunded, refundUnknown ? 1 : 0, placedAt.getTime()];
    numbers.set(stands, place * STANDING_WIDTH);
  });
  return { numbers, maskedIds: orders.map(({ maskedId }) => maskedId) };
}

export function unpackStandings({ numbers, maskedIds }: PackedStandings): Recognised[] {
  return maskedIds.map((maskedId, place) => {
    const at = place * STANDING_WIDTH;
    return {
      maskedId,
      status: statusAt(numbers[at] ?? Number.NaN),
      paid: fen(numbers[at + 1] ?? Number.NaN),
      refunded: fen(numbers[at + 2] ?? Number.NaN),
      refundUnknown: numbers[at + 3] === 1,
      placedAt: new Date(numbers[at + 4] ?? Number.NaN),
    };
  });
}

export function packFamiliars(known: readonly KnownOrder[]): PackedFamiliars {
  return {
    ...packStandings(known),
    keys: known.map(({ orderKey }) => orderKey.toString("latin1")).join(""),
    records: known.map(({ record }) => record),
  };
}

export function unpackFamiliars({ keys, records, ...standings }: PackedFamiliars): Familiar[] {
  return unpackStandings(standings).map((order, place) => ({
    ...order,
    key: keys.slice(place * KEY_LENGTH, (place + 1) * KEY_LENGTH),
    record: records[place] ?? 0,
  }));
}

function packRows(rows: readonly Seen[]): string {
  if (rows.length === 1) return "";
  let packed = "";
  for (const { record, seen } of rows) {
    const { placedAt, paidAt, shippedAt, completedAt } = seen.times;
    const times = `${placedAt.getTime()},${timeOrNull(paidAt)},${timeOrNull(shippedAt)},${timeOrNull(completedAt)}`;
    packed += `${packed === "" ? "[" : ","}[${record},${times},${writeParts(seen)}]`;
  }
  return `${packed}]`;
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

function timeOrNull(at: Date | null): number | null {
  return at === null ? null : at.getTime();
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
