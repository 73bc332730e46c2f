import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditEntries } from "#db/schema/audit.ts";
import { growthLines, tierLadderDrafts, tierLadders, tierStandings, tierWarnings } from "#db/schema/tiers.ts";
import { newId, rawSql } from "#db/testing.ts";
import { addDays } from "../../core/time.ts";
import { DEMO_LADDER } from "../demo.ts";
import { tierCounts } from "../queries.ts";
import { followOrders } from "../service.ts";
import { type Brand, NOW, openBrand, order } from "../testing.ts";
import { dryRun } from "./queries.ts";
import * as ladders from "./service.ts";

describe("a version of the ladder", () => {
  let brand: Brand;
  beforeAll(async () => {
    brand = await openBrand();
  });

  test("is approved by a second person, published once, and recorded", async () => {
    const { by, ann, ben, employ, db } = brand;
    const ref = await ladders.draft(by(ann), { terms: DEMO_LADDER });
    const effectiveFrom = addDays(NOW, 60);
    const code = (expected: string) => ({ code: expected });
    await expect(ladders.publish(by(ann), { ...ref, effectiveFrom })).rejects.toMatchObject(
      code("LADDER_NOT_APPROVED"),
    );
    await expect(ladders.approve(by(ann), ref)).rejects.toMatchObject(code("LADDER_SAME_PERSON"));
    const edited = await ladders.edit(by(ben), { ...ref, terms: { ...DEMO_LADDER, graceDays: 40 } });
    await expect(ladders.approve(by(ann), edited)).rejects.toMatchObject(code("LADDER_SAME_PERSON"));
    await expect(ladders.approve(by(await employ()), ref)).rejects.toMatchObject(code("LADDER_CHANGED"));
    await ladders.approve(by(await employ()), edited);
    await expect(ladders.publish(by(ann), { ...edited, effectiveFrom: addDays(NOW, 13) })).rejects.toMatchObject({
      code: "LADDER_TOO_EARLY",
      condition: { earliestAt: addDays(NOW, 14).getTime() },
    });
    await ladders.publish(by(ann), { ...edited, effectiveFrom });
    for (const act of [
      () => ladders.edit(by(ann), { ...edited, terms: DEMO_LADDER }),
      () => ladders.publish(by(ann), { ...edited, effectiveFrom }),
      () => ladders.approve(by(ben), edited),
    ]) {
      await expect(act()).rejects.toMatchObject(code("LADDER_ALREADY_PUBLISHED"));
    }
    const trail = await db.select().from(auditEntries).where(eq(auditEntries.subjectId, ref.ladderId));
    expect(trail.map(({ action }) => action).sort()).toEqual([
      "tier.approve",
      "tier.draft",
      "tier.edit",
      "tier.publish",
    ]);
  });

  test("cannot be changed once published, not even behind the product's back", async () => {
    await expect(rawSql(brand.db, "UPDATE tier_ladders SET effective_from = 0")).rejects.toThrow(/append-only/);
    await expect(rawSql(brand.db, "DELETE FROM tier_ladders")).rejects.toThrow(/append-only/);
  });

  test("loses its approval when it is edited", async () => {
    const { by, ann, ben } = brand;
    const ref = await ladders.draft(by(ann), { terms: DEMO_LADDER });
    await ladders.approve(by(ben), ref);
    const edited = await ladders.edit(by(ann), { ...ref, terms: DEMO_LADDER });
    await expect(ladders.publish(by(ann), { ...edited, effectiveFrom: null })).rejects.toMatchObject({
      code: "LADDER_NOT_APPROVED",
    });
  });

  test("is refused when its thresholds make no sense, and nothing is stored", async () => {
    const { by, ann, db } = brand;
    const [first, second, ...rest] = DEMO_LADDER.tiers;
    if (first === undefined || second === undefined) throw new Error("the demo ladder has tiers");
    const before = await db.$count(tierLadderDrafts);
    for (const [tiers, code] of [
      [[first, { ...second, upgradeAt: 0, keepAt: 0 }], "LADDER_NOT_INCREASING"],
      [[first, { ...second, keepAt: 1_001 }], "LADDER_KEEP_ABOVE_UPGRADE"],
      [[{ ...first, upgradeAt: 1 }, second], "LADDER_FIRST_NOT_ZERO"],
      [[first, second, { ...second, upgradeAt: 9_999 }, ...rest], "LADDER_CODE_REPEATED"],
    ] as const) {
      const terms = { ...DEMO_LADDER, tiers: [...tiers] };
      await expect(ladders.draft(by(ann), { terms })).rejects.toMatchObject({ code });
    }
    expect(await db.$count(tierLadderDrafts)).toBe(before);
  });

  test("gets a number of its own when two are published at once", async () => {
    const { by, ann, ben, db } = brand;
    const refs = await Promise.all([1, 2].map(() => ladders.draft(by(ann), { terms: DEMO_LADDER })));
    for (const ref of refs) await ladders.approve(by(ben), ref);
    const before = await db.$count(tierLadders);
    await Promise.allSettled(
      refs.map((ref, index) => ladders.publish(by(ann), { ...ref, effectiveFrom: addDays(NOW, 300 - index) })),
    );
    const versions = await db.select().from(tierLadders).orderBy(tierLadders.version);
    expect(versions.length).toBeGreaterThan(before);
    expect(versions.map(({ version }) => version)).toEqual(versions.map((_, index) => index + 1));
    expect(versions).toEqual([...versions].sort((a, b) => a.effectiveFrom.getTime() - b.effectiveFrom.getTime()));
  });
});

test("publishing and taking effect lower nobody; what is lost is lost at the end of a period, after a warning", async () => {
  const { db, by, at, ann, ben, joinMany, sweep } = await openBrand();
  const people = await joinMany(40);
  const orders = people.map((memberId, index) => ({ memberId, orderId: newId<"order">(), facts: order(index * 700) }));
  await db.transact((tx) => followOrders(tx, at(NOW), orders));
  const before = await db.select().from(tierStandings);

  const harder = DEMO_LADDER.tiers.map((tier) => ({ ...tier, upgradeAt: tier.upgradeAt * 3, keepAt: tier.keepAt * 3 }));
  const ref = await ladders.draft(by(ann), { terms: { ...DEMO_LADDER, tiers: harder } });
  await ladders.approve(by(ben), ref);
  const { effectiveFrom } = await ladders.publish(by(ann), { ...ref, effectiveFrom: null });
  expect(effectiveFrom).toEqual(addDays(NOW, 14));
  await sweep(effectiveFrom);
  const after = new Map((await db.select().from(tierStandings)).map((row) => [row.memberId, row]));
  for (const row of before) {
    expect(after.get(row.memberId)).toMatchObject({ tier: row.tier, keepUntil: row.keepUntil });
  }

  await sweep(addDays(NOW, 350));
  const held = before.filter(({ tier }) => tier !== "registered");
  expect(await db.$count(tierWarnings)).toBe(held.length);
  await sweep(addDays(NOW, 364));
  expect(await db.$count(tierStandings, eq(tierStandings.tier, "jade"))).toBe(
    held.filter(({ tier }) => tier === "jade").length,
  );
  await sweep(addDays(NOW, 400));
  expect(await db.$count(tierStandings, eq(tierStandings.tier, "jade"))).toBe(0);
});

test("the dry run shows from real ledgers who would move under a draft, and writes nothing", async () => {
  const { db, joinMany, follow } = await openBrand();
  const people = await joinMany(4);
  for (const [index, yuan] of [600, 1_500, 6_000].entries()) await follow(people[index + 1] ?? newId(), order(yuan));
  const easierSilver = DEMO_LADDER.tiers.map((tier) => {
    if (tier.code === "silver") return { ...tier, upgradeAt: 500, keepAt: 500 };
    return tier.code === "gold" ? { ...tier, upgradeAt: 7_000 } : tier;
  });
  const lines = await db.$count(growthLines);
  const result = await dryRun(db, { ...DEMO_LADDER, tiers: easierSilver }, NOW);
  expect(result).toMatchObject({ members: 4, at: addDays(NOW, 14) });
  expect(result.onEffect).toEqual([
    { tier: "jade", opening: 0, rose: 0, kept: 0, fell: 0, closing: 0 },
    { tier: "gold", opening: 1, rose: 0, kept: 1, fell: 0, closing: 1 },
    { tier: "silver", opening: 1, rose: 0, kept: 1, fell: 0, closing: 2 },
    { tier: "registered", opening: 2, rose: 1, kept: 1, fell: 0, closing: 1 },
  ]);
  expect(result.hadItAlwaysBeen).toMatchObject([
    { closing: 0 },
    { fell: 1, closing: 0 },
    { closing: 3 },
    { closing: 1 },
  ]);
  expect(await db.$count(growthLines)).toBe(lines);
  expect(await tierCounts(db, NOW)).toMatchObject([{ members: 2 }, { members: 1 }, { members: 1 }, { members: 0 }]);
});
