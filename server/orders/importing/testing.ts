import { createHash } from "node:crypto";
import { fen } from "../../core/money.ts";
import type { OrderLine } from "../reading/reading.ts";
import type { Notes } from "./notes.ts";

/** The key of a synthetic order. */
export function orderKeyOf(n: number): Buffer {
  return createHash("sha256").update(String(n)).digest().subarray(0, 16);
}

/** One row of a synthetic order, as it was read. */
export function lineOf(more: Partial<OrderLine> = {}): OrderLine {
  return {
    record: 2,
    platform: "douyin",
    layout: "douyin",
    orderKey: orderKeyOf(1),
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
  };
}

/** What there is to say about rows of which nothing is to be said. */
export function notesFor(lines: readonly OrderLine[], more: Partial<Notes> = {}): Notes {
  return {
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
  };
}
