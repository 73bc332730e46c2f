import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { freshDatabase, testContext, testStaff } from "#db/testing.ts";
import { addDays, businessDay } from "../core/time.ts";
import { create } from "../members/service.ts";
import type { Role } from "../staff/model.ts";
import { overview } from "./queries.ts";

describe("the dashboard", () => {
  let db: Db;
  beforeAll(async () => {
    db = await freshDatabase();
    const ctx = testContext(db);
    await db.transact(async (tx) => {
      for (const back of [0, 0, 1, 29, 30]) await create(tx, { ...ctx, now: addDays(ctx.now, -back) });
    });
  });

  test("counts each of the last thirty business days, today last", async () => {
    const ctx = testContext(db, { actor: testStaff("owner") });
    const { days } = await overview(ctx);
    expect(days).toHaveLength(30);
    expect(days?.at(-1)).toEqual({ day: businessDay(ctx.now), orders: 0, claims: 0, joined: 2 });
    expect(days?.map(({ joined }) => joined).reduce((sum, n) => sum + n)).toBe(4);
  });

  test("shows each role only what it may read", async () => {
    const forRole = (role: Role) => overview(testContext(db, { actor: testStaff(role) }));
    expect(await forRole("auditor")).toMatchObject({ log: { unsealed: 5 }, offers: [], imports: [] });
    expect(await forRole("operator")).toMatchObject({ log: null });
    expect(await forRole("orderOperations")).toMatchObject({ log: null, tiers: null, offers: null });
  });
});
