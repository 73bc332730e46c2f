import { expect, test } from "vitest";
import { limitCounters } from "#db/schema/core.ts";
import { freshDatabase, testContext } from "#db/testing.ts";
import { consume, release, sweepLimits } from "./limits.ts";

const db = await freshDatabase();
const limits = [{ count: 3, windowMs: 60_000 }];
const start = new Date("2026-06-15T04:00:00Z");
const at = (seconds: number) => testContext(db, { now: new Date(start.getTime() + seconds * 1000) });
const use = (key: string) => ({ bucket: "test", key, limits });

test("a limit slides, says how long to wait, and is per key", async () => {
  const verdicts = [];
  for (const second of [0, 10, 20, 30]) {
    verdicts.push(await db.transact((tx) => consume(tx, at(second), use("a"))));
  }
  expect(verdicts.map(({ ok }) => ok)).toEqual([true, true, true, false]);
  expect(verdicts.at(-1)).toMatchObject({ code: "TOO_MANY_ATTEMPTS", condition: { seconds: 30 }, first: true });
  expect(await db.transact((tx) => consume(tx, at(31), use("a")))).toMatchObject({ ok: false, first: false });
  expect(await db.transact((tx) => consume(tx, at(31), use("b")))).toEqual({ ok: true });
  expect(await db.transact((tx) => consume(tx, at(60), use("a")))).toEqual({ ok: true });
  expect(await db.transact((tx) => consume(tx, at(61), use("a")))).toMatchObject({ ok: false, first: true });
});

test("40 uses at once against a limit of 3 admit exactly 3", async () => {
  const verdicts = await Promise.all(
    Array.from({ length: 40 }, () => db.transact((tx) => consume(tx, at(0), use("crowd")))),
  );
  expect(verdicts.filter(({ ok }) => ok)).toHaveLength(3);
});

test("a use taken back does not count", async () => {
  for (let n = 0; n < 5; n += 1) {
    expect(await db.transact((tx) => consume(tx, at(n), use("owner")))).toEqual({ ok: true });
    await db.transact((tx) => release(tx, at(n), use("owner")));
  }
});

test("counters are forgotten once their windows have passed", async () => {
  await db.transact((tx) => sweepLimits(tx, at(3600)));
  expect(await db.$count(limitCounters)).toBe(0);
});
