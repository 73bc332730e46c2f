import { eq } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Id } from "#server/core/id.ts";
import type { Db } from "./client.ts";
import { bytes, flag, id, instant, integer, json, table, text } from "./columns.ts";
import { engine } from "./engine.ts";
import { freshDatabase, newId, rawSql } from "./testing.ts";

const samplesIn = (name: string) =>
  table(name, {
    name: text().primaryKey(),
    about: id<"sample">(),
    amount: integer(),
    at: instant(),
    on: flag(),
    raw: bytes(),
    note: json<unknown>(),
  });
const samples = samplesIn("bulk_samples");
const others = samplesIn("bulk_others");
type Sample = typeof samples.$inferInsert;

/** Enough rows for PostgreSQL to copy them; fewer are sent as values, and so are those that may meet an existing key. */
const MANY = 150;
const skipping = { key: ["name"], update: "skip" } as const;

let db: Db;

beforeAll(async () => {
  db = await freshDatabase();
  const [uuid, whole, blob, bool] =
    engine === "postgres" ? ["uuid", "bigint", "bytea", "boolean"] : ["text", "integer", "blob", "integer"];
  for (const name of ["bulk_samples", "bulk_others"]) {
    await rawSql(
      db,
      `CREATE TABLE ${name} (name text PRIMARY KEY, about ${uuid}, amount ${whole}, at ${whole}, "on" ${bool}, raw ${blob}, note text)`,
    );
  }
});

const row = (n: number) => ({
  name: `row ${n}`,
  about: newId<"sample">(),
  amount: n % 3 === 0 ? null : n,
  at: new Date(1_780_000_000_000 + n),
  on: n % 2 === 0,
  raw: Buffer.from([0, 255, n % 256, 92, 34]),
  note: { words: [`"quoted"`, "back\\slash", "中文", "{comma,}", "line\nbreak"] },
});
const rowsFrom = (first: number, count = MANY) => Array.from({ length: count }, (_, n) => row(first + n));

test("what goes in by the thousand comes out equal, through either door", async () => {
  const rows = rowsFrom(0, 6_000);
  expect(await db.transact((tx) => tx.bulkInsert(samples, rows))).toBe(6_000);
  const [one] = await db.select().from(samples).where(eq(samples.name, "row 4"));
  expect(one).toEqual(rows[4]);
  const back = await db.transact((tx) => tx.bulkSelect(samples, "name", ["row 3", "row 5999", "absent"]));
  expect(back.sort((a, b) => a.name.localeCompare(b.name))).toEqual([rows[3], rows[5999]]);
});

test("bytes that are missing are read as missing, and none at all as none", async () => {
  const rows = [
    { ...row(7_000), raw: null },
    { ...row(7_001), raw: Buffer.alloc(0) },
  ];
  await db.transact((tx) => tx.bulkInsert(samples, rows));
  const names = rows.map(({ name }) => name);
  expect(await db.bulkRead(samples, ["name", "raw"], "name", names)).toEqual(
    rows.map(({ name, raw }) => ({ name, raw })),
  );
});

test("conflicting rows are skipped or overwritten as asked", async () => {
  const rows = rowsFrom(10_000, 2);
  await db.transact((tx) => tx.bulkInsert(samples, rows));
  const changed = rows.map((each) => ({ ...each, amount: 41, on: null }));
  expect(await db.transact((tx) => tx.bulkInsert(samples, [...changed, row(10_002)], skipping))).toBe(1);
  expect(await db.transact((tx) => tx.bulkInsert(samples, changed, { key: ["name"], update: ["amount"] }))).toBe(2);
  const [after] = await db.select().from(samples).where(eq(samples.name, "row 10000"));
  expect(after).toEqual({ ...rows[0], amount: 41 });
});

/** PostgreSQL has no text with a NUL in it. */
const storable = (value: string) => value.replaceAll("\0", "");
const nasty = fc.oneof(
  fc.string({ unit: "binary", maxLength: 90 }).map(storable),
  fc.constantFrom(
    "",
    "\t",
    "\n",
    "\r\n",
    "\\",
    "\\N",
    "\\.",
    "NULL",
    "{a,b}",
    '"',
    "\x7f",
    "\u0080",
    "é",
    "中文\\t",
    "👶🏽",
  ),
  fc.nat(200).map((length) => "x".repeat(length)),
);
const sample = fc.record({
  name: nasty,
  about: fc.option(fc.uuid().map((text) => text as Id<"sample">)),
  amount: fc.option(fc.maxSafeInteger()),
  at: fc.option(fc.date({ noInvalidDate: true })),
  on: fc.option(fc.boolean()),
  raw: fc.option(fc.uint8Array({ maxLength: 300 }).map((each) => Buffer.from(each))),
  note: fc.jsonValue(),
});

test("many rows are stored just as few are, whatever is in them", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(sample, { minLength: 1, maxLength: 8 }), async (drawn) => {
      const rows: Sample[] = Array.from({ length: MANY }, (_, n) => {
        const each = drawn[n % drawn.length];
        return { ...each, name: `${each?.name}${n}` };
      });
      rows.push({ ...row(0), name: "longer than what is sent at a time", note: "婴".repeat(40_000) });
      await db.transact(async (tx) => {
        for (const each of [samples, others]) await tx.delete(each);
        expect(await tx.bulkInsert(samples, rows)).toBe(rows.length);
        expect(await tx.bulkInsert(others, rows, skipping)).toBe(rows.length);
      });
      const stored = (name: string) => rawSql(db, `SELECT * FROM ${name} ORDER BY name`);
      expect(await stored("bulk_samples")).toEqual(await stored("bulk_others"));
      const read = new Map((await db.select().from(samples)).map((each) => [each.name, each]));
      expect(rows.map(({ name }) => read.get(name))).toEqual(
        rows.map((each) => ({ ...each, note: JSON.parse(JSON.stringify(each.note)) })),
      );
    }),
    { numRuns: 20 },
  );
});

test("one row that is there already undoes them all", async () => {
  await db.transact((tx) => tx.bulkInsert(samples, [row(20_149)]));
  await expect(db.transact((tx) => tx.bulkInsert(samples, rowsFrom(20_000)))).rejects.toThrow(/unique/i);
  expect(await db.$count(samples, eq(samples.name, "row 20000"))).toBe(0);
});

test("of two that bring the same rows at once, the later starts anew and finds them", async () => {
  const rows = rowsFrom(30_000);
  let looked = 0;
  let bothLooked = () => {};
  const both = new Promise<void>((resolve) => (bothLooked = resolve));
  const bring = () =>
    db.transact(async (tx) => {
      const known = await tx.bulkSelect(
        samples,
        "name",
        rows.map(({ name }) => name),
      );
      looked += 1;
      if (looked === 2) bothLooked();
      if (engine === "postgres") await both;
      return tx.bulkInsert(samples, known.length === 0 ? rows : []);
    });
  expect((await Promise.all([bring(), bring()])).sort()).toEqual([0, MANY]);
  expect(looked).toBe(engine === "postgres" ? 3 : 2);
});

test.runIf(engine === "postgres")("a row that cannot be stored stops them all, and nothing else", async () => {
  const unstorable: Partial<Sample>[] = [
    { amount: 0.5 },
    { amount: 2 ** 60 },
    { about: "6f" as Id<"sample"> },
    { about: `${newId()}00` as Id<"sample"> },
    { about: "x0000000-0000-7000-8000-000000000000" as Id<"sample"> },
    { raw: "text" as unknown as Buffer },
    { name: "nul\0" },
  ];
  for (const bad of unstorable) {
    const rows = [...rowsFrom(40_000), { ...row(40_999), ...bad }];
    await expect(
      db.transact((tx) => tx.bulkInsert(samples, rows)),
      JSON.stringify(bad),
    ).rejects.toThrow();
    expect(await db.$count(samples, eq(samples.name, "row 40000"))).toBe(0);
  }
});
