import { eq } from "drizzle-orm";
import { pointsAccounts, pointsLines } from "#db/schema/points.ts";
import { newId } from "#db/testing.ts";
import type { MemberId, OrderId } from "../core/id.ts";
import { addDays } from "../core/time.ts";
import type { OrderFacts } from "../tiers/model.ts";
import { NOW, openBrand, soloJob } from "../tiers/testing.ts";
import { seedDemoPoints } from "./demo.ts";
import { jobs } from "./jobs.ts";
import { DEFAULT_POINTS, type PointsTerms } from "./model.ts";
import { pointsOf } from "./queries.ts";
import { followOrders } from "./service.ts";

/** A brand of a suite's own with points since its opening 400 days ago. */
export async function openPointsBrand(terms: PointsTerms = DEFAULT_POINTS) {
  const brand = await openBrand();
  const { db, at, by, ann, ben } = brand;
  const opening = addDays(NOW, -400);
  await seedDemoPoints(by(ann, opening), by(ben, opening), terms);
  return {
    ...brand,
    /** Follows one order of a member; gives its id. */
    async earn(memberId: MemberId, facts: OrderFacts | null, orderId: OrderId = newId<"order">(), now = NOW) {
      await db.transact((tx) => followOrders(tx, at(now), [{ memberId, orderId, facts }]));
      return orderId;
    },
    balanceOf: async (memberId: MemberId, when = NOW) => (await pointsOf(db, memberId, when))?.balance,
    pointsLinesOf: (memberId: MemberId) =>
      db.select().from(pointsLines).where(eq(pointsLines.memberId, memberId)).orderBy(pointsLines.id),
    accountOf: async (memberId: MemberId) =>
      (await db.select().from(pointsAccounts).where(eq(pointsAccounts.memberId, memberId)))[0],
    /** What the worker does by itself up to an instant. */
    expire: (now: Date) => jobs["points.expire"].run(at(now), {}, soloJob()),
  };
}

export type PointsBrand = Awaited<ReturnType<typeof openPointsBrand>>;
