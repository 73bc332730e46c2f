import { eq } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { orders } from "#db/schema/orders.ts";
import { rawSql } from "#db/testing.ts";
import type { Context, MemberActor, StaffActor } from "../../core/context.ts";
import { isId } from "../../core/id.ts";
import { sumPoints, worth } from "../../points/ledger/rules.ts";
import * as posting from "../../points/posting/rules.ts";
import { pointsLinesOf, policyHistory } from "../../points/queries.ts";
import { pointsTarget } from "../../points/rules.ts";
import { entriesFor } from "../../tiers/growth/rules.ts";
import { ladderHistory, memberLines, standingOf } from "../../tiers/queries.ts";
import * as claims from "../claims/service.ts";
import { commandHold } from "../importing/hold.ts";
import { factsIn } from "../stored.ts";
import { brandWith, type TestOrder, takeOrders } from "../testing.ts";
import { undoPlan } from "./queries.ts";
import { runUndo } from "./run.ts";
import { undo } from "./service.ts";

/** Two worlds live side by side in one database: what differs is a digit of the order number, and the members. */
type World = "1" | "2";
const MEMBERS = 3;

let db: Db;
let system: Context;
let staff: Context<StaffActor>;
let members: Context<MemberActor>[];
beforeAll(async () => {
  ({ db, system, staff, members } = await brandWith(2 * MEMBERS));
});

let minutes = 0;
const later = () => {
  minutes += 1;
  return new Date(system.now.getTime() + minutes * 60_000);
};
const numberIn = (world: World, history: number, n: number) =>
  `541454981${world}${String(history).padStart(3, "0")}${String((n + 11) * 137).padStart(6, "0")}`;
const memberIn = (world: World, n: number): Context<MemberActor> => {
  const ctx = members[(world === "1" ? 0 : MEMBERS) + n];
  if (ctx === undefined) throw new Error("no such member");
  return ctx;
};

const row = fc.record({
  n: fc.nat(7),
  status: fc.constantFrom(
    "等待买家付款",
    "买家已付款，等待卖家发货",
    "卖家已发货，等待买家确认",
    "交易成功",
    "交易关闭",
  ),
  yuan: fc.constantFrom("50.00", "800.00", "2400.00"),
  refund: fc.constantFrom("0.00", "20.00", "50.00"),
  completed: fc.constantFrom("", "2026-05-25 10:00:00"),
  relay: fc.constantFrom(
    null,
    ["17000004847-0011", "2026-07-01 00:00:00"],
    ["17000004847-0022", "2026-07-09 00:00:00"],
  ),
});
const file = fc.array(row, { minLength: 1, maxLength: 10 });
type File = typeof file extends fc.Arbitrary<infer F> ? F : never;

const rowsIn = (world: World, history: number, rows: File): TestOrder[] =>
  rows.map(({ n, relay, ...rest }) => ({
    ...rest,
    number: numberIn(world, history, n),
    ...(relay && { phone: relay[0], phoneExpires: relay[1] }),
  }));

async function take(world: World, history: number, rows: File) {
  const { batchId } = await takeOrders({ ...system, now: later() }, rowsIn(world, history, rows));
  if (!isId<"importBatch">(batchId)) throw new Error("no batch");
  return batchId;
}

/** Everything that one world holds after a history, without what merely tells worlds and imports apart. */
async function stateOf(world: World, history: number) {
  const stored = await rawSql(
    db,
    `SELECT o.masked_id, o.status, o.paid, o.refunded, o.refund_unknown, o.placed_at, o.paid_at, o.shipped_at,
       o.completed_at, o.parts, o.revision, o.owner_id IS NOT NULL AS owned, n.masked, n.expires_at
     FROM orders o JOIN import_batches b ON b.id = o.batch_id
     LEFT JOIN virtual_numbers n ON n.order_id = o.id
     WHERE b.id IN (${(batchesOf.get(`${world} ${history}`) ?? []).map((id) => `'${id}'`).join(", ")})
     ORDER BY o.masked_id`,
  );
  const standings = [];
  for (let n = 0; n < MEMBERS; n += 1) {
    const { id } = memberIn(world, n).actor;
    const lines = await memberLines(db, id);
    const standing = await standingOf(db, id, later());
    standings.push({
      points: sumPoints(worth(await pointsLinesOf(db, id))),
      growth: lines.reduce((sum, line) => sum + line.growth, 0),
      tier: standing?.tier,
      earned: standing?.earned,
      counts: standing?.growth,
      pending: standing?.pending,
    });
  }
  return { stored, standings };
}
const batchesOf = new Map<string, string[]>();

/** The ledger says of every owned order what the order as it stands implies: nothing is left to be booked. */
async function expectLedgerToFollow(): Promise<void> {
  const [history, policies] = [await ladderHistory(db), await policyHistory(db)];
  for (const { actor } of members) {
    const lines = await memberLines(db, actor.id);
    const points = await pointsLinesOf(db, actor.id);
    const owned = await db.select().from(orders).where(eq(orders.ownerId, actor.id));
    for (const order of owned) {
      const booked = lines.filter((line) => line.orderId === order.id);
      expect(entriesFor(booked, factsIn(order), history)).toEqual([]);
      const own = points.filter((line) => line.sourceId === order.id);
      const target = pointsTarget(factsIn(order), policies, history);
      expect(posting.entriesFor(own, order.id, target, later())).toEqual([]);
    }
  }
}

let histories = 0;

/** An order that a second file says nothing new of, but for a relay number. */
const unpaid: File[number] = {
  n: 0,
  status: "等待买家付款",
  yuan: "50.00",
  refund: "0.00",
  completed: "",
  relay: null,
};

test("import A, import B, undo B is import A alone; and importing B again is importing it once", {
  timeout: 240_000,
}, async () => {
  let undone = 0;
  await fc.assert(
    fc.asyncProperty(
      file,
      file,
      fc.array(fc.tuple(fc.nat(7), fc.nat(MEMBERS - 1)), { maxLength: 4 }),
      async (a, b, wishes) => {
        const history = histories++;
        const note = (world: World, id: string) =>
          batchesOf.set(`${world} ${history}`, [...(batchesOf.get(`${world} ${history}`) ?? []), id]);
        const held = new Set(a.map(({ n }) => n));
        for (const world of ["1", "2"] as const) {
          note(world, await take(world, history, a));
          for (const [n, who] of wishes.filter(([n]) => held.has(n))) {
            const claim = {
              orderNumber: numberIn(world, history, n),
              fact: { kind: "dayAndSku", day: "2026-05-20", sku: "BATH-01" } as const,
            };
            await claims.submit({ ...memberIn(world, who), now: later() }, claim, `${world} ${history}`);
          }
        }
        const batchId = await take("1", history, b);
        note("1", batchId);
        // None where it left no trace at all.
        if ((await undoPlan(db, batchId, later())) !== null) {
          undone += 1;
          await undo({ ...staff, now: later() }, { batchId });
          await runUndo({ ...system, now: later() }, batchId, commandHold(later));
        }
        expect(await stateOf("1", history)).toEqual(await stateOf("2", history));
        await expectLedgerToFollow();

        for (const world of ["1", "2"] as const) note(world, await take(world, history, b));
        expect(await stateOf("1", history)).toEqual(await stateOf("2", history));
        await expectLedgerToFollow();
      },
    ),
    { numRuns: 20, examples: [[[unpaid], [{ ...unpaid, relay: ["17000004847-0022", "2026-07-09 00:00:00"] }], []]] },
  );
  expect(undone).toBeGreaterThan(10);
});
