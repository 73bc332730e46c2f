import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Db } from "#db/client.ts";
import { freshDatabase, rawSql, testContext } from "#db/testing.ts";
import { systemClock } from "../../core/time.ts";
import { ChosenSettings, type ImportReport } from "./model.ts";
import { report } from "./queries.ts";
import { importFile } from "./service.ts";

const folder = join(import.meta.dirname, "../fixtures");
const pathOf = (file: string) => join(folder, file.replace(/^adv\//, "adverse/"));

const Expected = z.object({
  file: z.string(),
  platform: z.string(),
  layout: z.string(),
  encoding: z.string().nullable(),
  import_after: z.array(z.string()),
  file_outcome: z.enum(["accepted", "rejected"]),
  file_codes: z.array(z.string()),
  rows: z.record(z.string(), z.number()),
  orders: z.record(z.string(), z.number()),
  orders_if_leaking_rows_are_quarantined: z.record(z.string(), z.number()).optional(),
  row_reasons: z.array(z.object({ row: z.number(), code: z.string() })),
  warnings: z.array(z.object({ row: z.number(), code: z.string() })),
  leaks: z.array(z.object({ row: z.number(), column: z.string(), kind: z.string() })),
  formula_cells: z.array(z.object({ row: z.number(), column: z.string() })),
  virtual_numbers: z.number(),
  totals: z.object({
    paid_fen: z.number(),
    refund_fen: z.number(),
    net_fen: z.number(),
    refund_unknown_orders: z.number(),
  }),
  by_status: z.record(z.string(), z.number()),
});

const cases = globSync("{clean,adverse}/*.expected.json", { cwd: folder })
  .sort()
  .map((name) => Expected.parse(JSON.parse(readFileSync(join(folder, name), "utf8"))));

const take = async (
  db: Db,
  file: string,
  chosen: Partial<ChosenSettings> = {},
  dryRun = false,
): Promise<ImportReport> => {
  const ctx = testContext(db, { now: new Date("2026-05-20T02:00:00Z") });
  const settings = ChosenSettings.parse(chosen);
  const batchId = await importFile(ctx, systemClock, {
    file: { path: pathOf(file) },
    fileName: file,
    chosen: settings,
    dryRun,
    source: "cli",
  });
  return report(db, batchId);
};

const byRow = <T extends { row: number; code?: string; kind?: string }>(items: readonly T[]) =>
  [...items].sort((a, b) => a.row - b.row || `${a.code}${a.kind}`.localeCompare(`${b.code}${b.kind}`));

describe.each(cases)("$file", (expected) => {
  let db: Db;
  let dry: ImportReport;
  let got: ImportReport;
  beforeAll(async () => {
    db = await freshDatabase();
    for (const file of expected.import_after) await take(db, file);
    dry = await take(db, expected.file, {}, true);
    got = await take(db, expected.file);
  });

  test("is accounted for as its expectation says", () => {
    const refused = expected.file_outcome === "rejected";
    expect(got.fileOutcome).toBe(refused ? "refused" : "accepted");
    expect(got.fileCodes).toEqual(expected.file_codes);
    expect(got.rows).toEqual(expected.rows);
    expect(got.orders).toEqual(expected.orders);
    expect(byRow(got.rowReasons)).toMatchObject(byRow(expected.row_reasons.map(({ row, code }) => ({ row, code }))));
    expect(byRow(got.warnings)).toMatchObject(byRow(expected.warnings.map(({ row, code }) => ({ row, code }))));
    expect(byRow(got.leaks).map(({ masked: _, ...leak }) => leak)).toEqual(byRow(expected.leaks));
    expect(got.formulaCells).toEqual(expected.formula_cells);
    expect(got.virtualNumbers).toBe(expected.virtual_numbers);
    expect(got.totals).toEqual({
      paidFen: expected.totals.paid_fen,
      refundFen: expected.totals.refund_fen,
      netFen: expected.totals.net_fen,
      refundUnknownOrders: expected.totals.refund_unknown_orders,
    });
    expect(got.byStatus).toEqual(expected.by_status);
    if (refused) return;
    expect(got).toMatchObject({ platform: expected.platform, layout: expected.layout, encoding: expected.encoding });
  });

  test("a dry run tells the same and writes no order", () => {
    const { rows, orders, totals, byStatus, leaks, rowReasons, warnings, fileCodes } = got;
    expect(dry).toMatchObject({ rows, orders, totals, byStatus, leaks, rowReasons, warnings, fileCodes });
  });

  test("the same file again changes nothing", async () => {
    const before = await everything(db);
    const again = await take(db, expected.file);
    expect(await everything(db)).toEqual(before);
    const { created, updated, unchanged, rejected } = got.orders;
    expect(again.orders).toEqual({ created: 0, updated: 0, unchanged: created + updated + unchanged, rejected });
    expect(again).toMatchObject({
      rows: got.rows,
      totals: got.totals,
      byStatus: got.byStatus,
      rowReasons: got.rowReasons,
    });
  });
});

test("rows with leaks are kept out when they are to be quarantined", async () => {
  const expected = cases.find(({ orders_if_leaking_rows_are_quarantined: orders }) => orders !== undefined);
  const got = await take(await freshDatabase(), expected?.file ?? "", { leaks: "quarantine" });
  expect(got.orders).toMatchObject(expected?.orders_if_leaking_rows_are_quarantined ?? {});
});

test("a file with leaks is refused whole when leaks are to be refused", async () => {
  const db = await freshDatabase();
  const got = await take(db, "adverse/leak-notes.csv", { leaks: "refuse" });
  expect(got).toMatchObject({ fileOutcome: "refused", fileCodes: ["LEAKS_REFUSED"] });
  expect(await everything(db)).toEqual([]);
});

test("files end in one state whatever the order in which they come", async () => {
  const files = ["adverse/seq-day1.csv", "adverse/seq-day2.csv", "clean/douyin-orders.csv"];
  const states = [];
  for (const order of [files, files.toReversed()]) {
    const db = await freshDatabase();
    for (const file of order) await take(db, file);
    states.push(await everything(db));
  }
  expect(states[1]).toEqual(states[0]);
});

/** Every order as it lies in the database, without what merely tells imports apart. */
async function everything(db: Db) {
  return rawSql(
    db,
    `SELECT platform, order_key, masked_id, status, paid, refunded, refund_unknown, placed_at, paid_at, shipped_at,
       completed_at, parts, owner_id FROM orders ORDER BY order_key`,
  );
}
