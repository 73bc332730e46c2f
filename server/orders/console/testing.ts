import { randomBytes } from "node:crypto";
import type { Db } from "#db/client.ts";
import { importBatches, orders } from "#db/schema/orders.ts";
import { newId } from "#db/testing.ts";
import { type ImportBatchId, idSource, type MemberId } from "../../core/id.ts";
import { fen } from "../../core/money.ts";
import { DAY_MS } from "../../core/time.ts";
import type { OrderStatus } from "../../tiers/model.ts";
import { ChosenSettings, noCounters } from "../importing/model.ts";
import type { Platform } from "../reading/model.ts";
import { columnsFor } from "../stored.ts";

/** An order as a test of the console states it. */
export type Stated = {
  readonly platform: Platform;
  readonly maskedId: string;
  readonly status: OrderStatus;
  readonly paid: number;
  readonly refunded: number;
  readonly refundUnknown: boolean;
  readonly placedAt: Date;
  readonly ownerId: MemberId | null;
  readonly batchId: ImportBatchId;
};

/** A batch whose id was given at this instant. */
export async function addBatch(db: Db, at: Date): Promise<ImportBatchId> {
  const id = idSource(() => at.getTime(), randomBytes)<"importBatch">();
  await db.transact((tx) =>
    tx.insert(importBatches).values({
      id,
      state: "done",
      fileName: "orders.csv",
      sha256: randomBytes(32),
      fileBytes: 1,
      source: "cli",
      chosen: ChosenSettings.parse({}),
      columns: [],
      fileCodes: [],
      counters: noCounters,
      changed: 0,
      sample: [],
      cursor: 0,
      fence: 1,
      createdBy: "test",
      createdAt: at,
    }),
  );
  return id;
}

/** Stores orders as they are stated, whatever an import would make of them. Gives their rows. */
export async function addOrders(db: Db, stated: readonly Stated[]) {
  const rows = stated.map(({ placedAt, status, paid, refunded, refundUnknown, ...order }) => ({
    id: newId<"order">(),
    orderKey: randomBytes(16),
    revision: 1,
    ...order,
    ...columnsFor(
      { times: { placedAt, paidAt: placedAt, shippedAt: null, completedAt: null }, whole: null, lines: new Map() },
      { status, paid: fen(paid), refunded: fen(refunded), refundUnknown },
    ),
  }));
  await db.transact((tx) => tx.bulkInsert(orders, rows));
  return rows;
}

/** A plain completed order of so many days before `now`. */
export function plainOrder(batchId: ImportBatchId, now: Date, days: number): Stated {
  return {
    platform: "taobao",
    maskedId: "2026****0001",
    status: "completed",
    paid: 9_900,
    refunded: 0,
    refundUnknown: false,
    placedAt: new Date(now.getTime() - days * DAY_MS),
    ownerId: null,
    batchId,
  };
}
