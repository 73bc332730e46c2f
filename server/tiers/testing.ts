import { eq } from "drizzle-orm";
import { members } from "#db/schema/members.ts";
import { staff } from "#db/schema/staff.ts";
import { growthLines, tierStandings } from "#db/schema/tiers.ts";
import { freshDatabase, newId, testContext, testStaff } from "#db/testing.ts";
import type { Context, StaffActor } from "../core/context.ts";
import type { MemberId, OrderId } from "../core/id.ts";
import { fen } from "../core/money.ts";
import { addDays } from "../core/time.ts";
import type { Job } from "../jobs/job.ts";
import { create } from "../members/service.ts";
import { seedDemoLadder } from "./demo.ts";
import { jobs } from "./jobs.ts";
import type { OrderFacts } from "./model.ts";
import { standingOf } from "./queries.ts";
import { followOrders } from "./service.ts";

/** The instant at which tests of the tiers stand. */
export const NOW = new Date("2026-06-15T04:00:00Z");

/** A completed order of so many yuan whose return window is over. */
export function order(yuan: number, over: Partial<OrderFacts> = {}): OrderFacts {
  return {
    paid: fen(yuan * 100),
    refunded: fen(0),
    status: "completed",
    placedAt: addDays(NOW, -31),
    paidAt: addDays(NOW, -30),
    completedAt: addDays(NOW, -20),
    revision: 1,
    ...over,
  };
}

/** A brand of a suite's own: the demo ladder in force for 400 days, two people at the desk, nobody joined yet. */
export async function openBrand() {
  const db = await freshDatabase();
  const by = (actor: StaffActor, now = NOW): Context<StaffActor> => testContext(db, { actor, now });
  const at = (now: Date) => testContext(db, { actor: { kind: "system" as const, name: "test" }, now });

  async function employ(): Promise<StaffActor> {
    const actor = testStaff("operator");
    const email = Buffer.from(actor.id);
    await db.transact(async (tx) => {
      await tx.insert(staff).values({
        id: actor.id,
        name: "测试",
        emailSealed: email,
        emailIndex: email,
        state: "active",
        passwordHash: "-",
        createdAt: NOW,
      });
    });
    return actor;
  }

  const join = () => db.transact((tx) => create(tx, at(addDays(NOW, -500)))).then(({ id }) => id);
  const ann = await employ();
  const ben = await employ();
  const opening = addDays(NOW, -400);
  await seedDemoLadder(by(ann, opening), by(ben, opening));

  return {
    db,
    ann,
    ben,
    by,
    at,
    employ,
    join,
    /** So many members, one after the other. */
    async joinMany(count: number): Promise<MemberId[]> {
      const joined: MemberId[] = [];
      for (let n = 0; n < count; n += 1) joined.push(await join());
      return joined;
    },
    /** Follows one order of a member; gives its id. */
    async follow(memberId: MemberId, facts: OrderFacts | null, orderId: OrderId = newId<"order">(), now = NOW) {
      await db.transact((tx) => followOrders(tx, at(now), [{ memberId, orderId, facts }]));
      return orderId;
    },
    tierOf: async (memberId: MemberId, when = NOW) => (await standingOf(db, memberId, when))?.tier,
    linesOf: (memberId: MemberId) => db.select().from(growthLines).where(eq(growthLines.memberId, memberId)),
    rowOf: async (memberId: MemberId) =>
      (await db.select().from(tierStandings).where(eq(tierStandings.memberId, memberId)))[0],
    cardOf: async (memberId: MemberId) =>
      (await db.select({ number: members.number }).from(members).where(eq(members.id, memberId)))[0]?.number ?? "",
    /** What the worker does by itself up to an instant. */
    async sweep(now: Date): Promise<void> {
      await jobs["tiers.sweep"].run(at(now), {}, soloJob());
      await jobs["tiers.adopt"].run(at(now), { version: 1 }, soloJob());
    },
  };
}

export type Brand = Awaited<ReturnType<typeof openBrand>>;

/** A job that nobody else can take. */
export function soloJob(): Job {
  return {
    id: newId<"job">(),
    fence: 1,
    attempt: 1,
    signal: new AbortController().signal,
    heartbeat: async () => undefined,
    hold: async () => undefined,
    finish: async () => undefined,
  };
}
