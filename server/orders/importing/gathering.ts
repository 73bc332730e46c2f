import { fen } from "../../core/money.ts";
import type { Knowledge, Part, Summary } from "../model.ts";
import type { Platform } from "../reading/model.ts";
import type { OrderLine, ReadBatch, VirtualNumber } from "../reading/reading.ts";
import { mergeAll, stageFor, staleness, summarise } from "../rules.ts";
import { columnsFor, type Told } from "../stored.ts";

/** A line's fingerprint is kept to 66 bits, within its order alone. */
const LINE_KEY_LENGTH = 11;

/** A product code of this shape is no leak, yet it is not kept: nobody could tell it from a phone later (promise 12). */
const PHONE = /^1[3-9]\d{9}$/;

const NO_LINES: Knowledge["lines"] = new Map();

/** One row of the file, by its record, and what it says of its order: each may be stale by itself. */
export type Seen = { readonly record: number; readonly seen: Knowledge };

/** All that some rows say of one order. */
export type Gathered = {
  /** The order key, a character a byte. */
  readonly key: string;
  readonly platform: Platform;
  readonly maskedId: string;
  /** The first of its rows. */
  readonly record: number;
  /** What the rows say together, as it is stored where nothing else is known of the order. */
  readonly told: Told;
  /** Whether they speak of single lines, so that more of them may come later. */
  readonly inLines: boolean;
  /** Whether one of them lags behind the others: which, and behind what, the rows tell one by one. */
  readonly uneven: boolean;
  readonly virtualNumber: VirtualNumber | null;
  /** By what its rows are known when they come again, a character a byte; "" where they must be read each time. */
  readonly rowsHash: string;
  /** In the order of the file. */
  rows(): readonly Seen[];
};

/** An order that was known by its rows, as it is stored. */
export type Familiar = Summary & {
  /** The order key, a character a byte. */
  readonly key: string;
  readonly maskedId: string;
  /** The first of its rows. */
  readonly record: number;
  readonly placedAt: Date;
};

/** One row as a piece of knowledge about its order. */
export function knowledgeOf(line: OrderLine): Knowledge {
  const times = {
    placedAt: new Date(line.placedAt),
    paidAt: dateOrNull(line.paidAt),
    shippedAt: dateOrNull(line.shippedAt),
    completedAt: dateOrNull(line.completedAt),
  };
  const part: Part = {
    stage: stageFor(line.status, times),
    paid: line.paidFen,
    refunded: line.refundFen,
    refundUnknown: line.refundUnknown,
    sku: line.sku !== null && PHONE.test(line.sku) ? null : line.sku,
    quantity: line.quantity,
  };
  if (line.lineKey === null) return { times, whole: part, lines: NO_LINES };
  const ofOrder = line.paidScope === "order" || line.refundScope === "order";
  const ofLine = ofOrder
    ? {
        ...part,
        paid: line.paidScope === "line" ? part.paid : fen(0),
        refunded: line.refundScope === "line" ? part.refunded : fen(0),
        refundUnknown: line.refundScope === "line" && part.refundUnknown,
      }
    : part;
  const lines = new Map([[line.lineKey.slice(0, LINE_KEY_LENGTH), ofLine]]);
  return {
    times,
    whole: ofOrder
      ? {
          stage: "placed",
          paid: line.paidScope === "order" ? line.paidFen : fen(0),
          refunded: line.refundScope === "order" ? line.refundFen : fen(0),
          refundUnknown: line.refundScope === "order" && line.refundUnknown,
          sku: null,
          quantity: null,
        }
      : null,
    lines,
  };
}

/** The rows of a batch by order, in the order of the file. */
export function gather({ lines, rowsHashes }: Pick<ReadBatch, "lines" | "rowsHashes">): Gathered[] {
  const byKey = new Map<string, { first: OrderLine; rows: Seen[]; virtualNumber: VirtualNumber | null }>();
  for (const line of lines) {
    const key = line.orderKey.toString("latin1");
    const row = { record: line.record, seen: knowledgeOf(line) };
    const order = byKey.get(key);
    if (order === undefined) {
      byKey.set(key, { first: line, rows: [row], virtualNumber: line.virtualNumber });
    } else {
      order.rows.push(row);
      order.virtualNumber ??= line.virtualNumber;
    }
  }
  return Array.from(byKey, ([key, { first, rows, virtualNumber }]) => {
    const { told, uneven } = together(rows);
    return {
      key,
      platform: first.platform,
      maskedId: first.maskedId,
      record: first.record,
      told,
      inLines: first.lineKey !== null,
      uneven,
      virtualNumber,
      rowsHash: rowsHashes.get(key)?.toString("latin1") ?? "",
      rows: () => rows,
    };
  });
}

/** The orders of several batches as those of one, sorted by key: neighbours in the store's index are written one after the other. */
export function gatherAll(batches: readonly (readonly Gathered[])[]): Gathered[] {
  const byKey = new Map<string, Gathered>();
  for (const orders of batches) {
    for (const order of orders) {
      const earlier = byKey.get(order.key);
      byKey.set(order.key, earlier === undefined ? order : joined(earlier, order));
    }
  }
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function joined(earlier: Gathered, later: Gathered): Gathered {
  const virtualNumber = earlier.virtualNumber ?? later.virtualNumber;
  const rows = [...earlier.rows(), ...later.rows()];
  return { ...earlier, virtualNumber, rowsHash: "", rows: () => rows, ...together(rows) };
}

/** What rows say together, and whether one of them lags behind the others. */
function together(rows: readonly Seen[]): Pick<Gathered, "told" | "uneven"> {
  const [first, ...others] = rows.map(({ seen }) => seen);
  if (first === undefined) throw new RangeError("an order without rows");
  const known = mergeAll(first, others);
  return {
    told: columnsFor(known, summarise(known)),
    uneven: others.length > 0 && rows.some(({ seen }) => staleness(known, seen) !== null),
  };
}

function dateOrNull(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}
