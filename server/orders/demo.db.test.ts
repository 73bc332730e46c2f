import { expect, test } from "vitest";
import { freshDatabase, newId, rawSql, testContext, testStaff } from "#db/testing.ts";
import { addDays } from "../core/time.ts";
import { seedDemoMembers } from "../members/demo/service.ts";
import { seedDemoStaff } from "../staff/demo/service.ts";
import { seedDemoLadder } from "../tiers/demo.ts";
import { demoClaims } from "./claims/model.ts";
import * as claims from "./claims/service.ts";
import { seedDemoOrders } from "./demo.ts";

test("the demo brand has months of orders, members in every tier, a dispute, and orders for a newcomer to claim", async () => {
  const db = await freshDatabase();
  const system = testContext(db, { actor: { kind: "system", name: "demo" } });
  const opening = addDays(system.now, -420);
  const staff = await seedDemoStaff({ ...system, now: opening });
  const as = (email: string) =>
    testContext(db, { actor: { ...testStaff("operator"), id: staff.get(email) ?? newId<"staff">() }, now: opening });
  await seedDemoLadder(as("operator@demo.example"), as("operator2@demo.example"));
  const members = await seedDemoMembers(system, 50, () => opening);
  await seedDemoOrders(system, members);

  const tiers = await rawSql(db, "SELECT tier, count(*) AS n FROM tier_standings GROUP BY tier ORDER BY tier");
  expect(tiers.map(({ tier }) => tier)).toEqual(["gold", "jade", "registered", "silver"]);
  const [orders] = await rawSql(db, "SELECT count(*) AS n, count(owner_id) AS owned FROM orders");
  expect(Number(orders?.n)).toBeGreaterThan(400);
  expect(Number(orders?.owned)).toBeGreaterThan(200);

  expect(await rawSql(db, "SELECT id FROM claims WHERE state = 'disputed'")).toHaveLength(1);

  const newcomer = testContext(db, { actor: { kind: "member", id: members[49] ?? newId(), sessionId: newId() } });
  for (const { number, yuan } of demoClaims) {
    const answer = await claims.submit(newcomer, { orderNumber: number, fact: { kind: "amount", yuan } }, "192.0.2.1");
    expect(answer.outcome).toBe("granted");
  }
});
