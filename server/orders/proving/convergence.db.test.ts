import { expect, test } from "vitest";
import { type Db, openDatabase } from "#db/client.ts";
import { freshDatabase, rawSql, testContext, urlOf } from "#db/testing.ts";
import { ChosenSettings } from "../importing/model.ts";
import { report } from "../importing/queries.ts";
import { importFile } from "../importing/service.ts";
import { Draw } from "./draw.ts";
import { exportsOf, rearranged } from "./exports.ts";
import { twoLists } from "./histories.ts";

/** Before any relay number of these orders ends: one that has ended is kept or not as it happens, and never shown. */
const NOW = new Date("2026-06-01T04:00:00Z");

/** Imports a file and gives the account of it. */
async function take(db: Db, bytes: Uint8Array) {
  const given = { fileName: "orders.csv", chosen: ChosenSettings.parse({}), dryRun: false, source: "cli" } as const;
  return report(db, await importFile(testContext(db, { now: NOW }), () => NOW, { ...given, file: { bytes } }));
}

/** Every order as it lies in the database, without what merely tells imports apart. */
async function stateOf(db: Db) {
  const rows = await rawSql(
    db,
    `SELECT o.order_key, o.masked_id, o.status, o.paid, o.refunded, o.refund_unknown, o.placed_at, o.paid_at, o.shipped_at,
       o.completed_at, o.parts, n.masked, n.expires_at
     FROM orders o LEFT JOIN virtual_numbers n ON n.order_id = o.id ORDER BY o.order_key`,
  );
  return rows.map(({ parts, ...row }) => ({ ...row, parts: JSON.parse(String(parts)) }));
}

const seeds = [1, Math.floor(Math.random() * 0x8000_0000)];

test.each(seeds)(
  "files of all layouts end in one state, in whatever order, pieces and repetitions they come (seed %i)",
  async (seed) => {
    const draw = new Draw(seed);
    const files = exportsOf(draw);
    const inTurn = await freshDatabase();
    for (const file of files) expect((await take(inTurn, file)).rows).toMatchObject({ rejected: 0 });
    const expected = await stateOf(inTurn);
    expect(expected.length).toBeGreaterThan(3);
    for (let times = 0; times < 2; times += 1) {
      const db = await freshDatabase();
      for (const file of rearranged(draw, files)) await take(db, file);
      expect(await stateOf(db), `seed ${seed}`).toEqual(expected);
    }
  },
);

test("two files with the same orders may be imported at once", async () => {
  const { earlier, later } = twoLists(1_000);
  const inTurn = await freshDatabase();
  for (const file of [earlier, later]) await take(inTurn, file);
  const atOnce = await freshDatabase();
  // As two processes would: each with connections of its own.
  const other = await openDatabase(urlOf(atOnce));
  const reports = await Promise.all([take(atOnce, earlier), take(other, later)]);
  await other.close();
  const changed = reports.map(({ orders }) => orders.created + orders.updated);
  expect(Math.min(...changed)).toBeGreaterThan(300);
  expect(await stateOf(atOnce)).toEqual(await stateOf(inTurn));
});
