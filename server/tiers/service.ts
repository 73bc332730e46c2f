import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import {
  growthLines,
  tierAssignments,
  tierChanges,
  tierStandings,
  tierTotals,
  tierWarnings,
} from "#db/schema/tiers.ts";
import * as audit from "../audit/service.ts";
import type { Context } from "../core/context.ts";
import type { MemberId, OrderId } from "../core/id.ts";
import { entriesFor } from "./growth/rules.ts";
import { ladderAt } from "./ladders/rules.ts";
import type { FollowedOrder, Ladder, TierCode } from "./model.ts";
import { ladderHistory, manualTiers } from "./queries.ts";
import { explain, type Standing, standing } from "./rules.ts";

type Line = typeof growthLines.$inferSelect;
type NewLine = typeof growthLines.$inferInsert;
type StandingRow = typeof tierStandings.$inferSelect;
type Lines = ReadonlyMap<MemberId, Line[]>;

/**
 * Brings the growth ledger to what these orders imply by appending the differences, then evaluates their members.
 * `facts: null` reverses all that the order gave the member. Asking again, in any order or at once, adds nothing: an
 * order is credited exactly once (promise 23). Made for thousands of orders in one call.
 */
export async function followOrders(tx: Tx, ctx: Context, orders: readonly FollowedOrder[]): Promise<void> {
  const memberIds = [...new Set(orders.map((order) => order.memberId))];
  const [history, lines] = [await ladderHistory(tx), await linesOf(tx, memberIds)];
  const added: NewLine[] = [];
  for (const { memberId, orderId, facts } of orders) {
    const ledger = lines.get(memberId) ?? [];
    const booked = ledger.filter((line) => line.orderId === orderId);
    for (const entry of entriesFor(booked, facts, history)) {
      const line = { ...entry, ...place(ctx, memberId, orderId, booked), revision: facts?.revision ?? null };
      booked.push(line);
      ledger.push(line);
      added.push(line);
    }
  }
  await tx.bulkInsert(growthLines, added);
  await evaluateWith(tx, ctx, history, lines);
}

function place(ctx: Context, memberId: MemberId, orderId: OrderId, booked: readonly Line[]) {
  return { memberId, id: ctx.newId<"growthLine">(), orderId, seq: booked.length + 1, recordedAt: ctx.now };
}

/**
 * Evaluates where these members stand and keeps what changed: the standing, each change of tier with its explanation,
 * the totals of the tiers, and a warning when a tier will be lost. A member with neither growth nor a manual tier has no
 * standing row and stands in the first tier. Does nothing before the first ladder is in force.
 */
export async function evaluate(tx: Tx, ctx: Context, memberIds: readonly MemberId[]): Promise<void> {
  const distinct = [...new Set(memberIds)];
  await evaluateWith(tx, ctx, await ladderHistory(tx), await linesOf(tx, distinct));
}

async function evaluateWith(tx: Tx, ctx: Context, history: readonly Ladder[], lines: Lines): Promise<void> {
  const inForce = ladderAt(history, ctx.now);
  const lowest = inForce?.terms.tiers[0]?.code;
  if (lowest === undefined) return;
  const memberIds = [...lines.keys()];
  const before = new Map((await tx.bulkSelect(tierStandings, "memberId", memberIds)).map((row) => [row.memberId, row]));
  const manual = Map.groupBy(await tx.bulkSelect(tierAssignments, "memberId", memberIds), (row) => row.memberId);
  const rows: StandingRow[] = [];
  const changes: (typeof tierChanges.$inferInsert)[] = [];
  const warnings: (typeof tierWarnings.$inferInsert)[] = [];
  const totals = new Map<TierCode, number>();
  const count = (tier: TierCode, by: number) => totals.set(tier, (totals.get(tier) ?? 0) + by);

  for (const [memberId, ledger] of lines) {
    const old = before.get(memberId);
    const given = manualTiers(manual.get(memberId) ?? []);
    if (old === undefined && ledger.length === 0 && given.length === 0) continue;
    const at = latest(ctx.now, old?.evaluatedAt, ...ledger.map((line) => line.recordedAt));
    const now = standing({ lines: ledger, history, manual: given, at });
    rows.push(rowOf(memberId, now, at));
    if (old?.tier !== now.tier) {
      if (old !== undefined) count(old.tier, -1);
      count(now.tier, 1);
    }
    const from = old?.tier ?? lowest;
    if (from !== now.tier) {
      const explanation = explain(now, ledger, at);
      changes.push({
        memberId,
        id: ctx.newId<"tierChange">(),
        recordedAt: at,
        fromTier: from,
        toTier: now.tier,
        explanation,
      });
    }
    if (now.willFall !== null && now.willFall.toldFrom <= at && now.keepUntil !== null) {
      const missing = now.toKeep?.missing ?? 0;
      warnings.push({
        memberId,
        keepUntil: now.keepUntil,
        tier: now.earned,
        projectedTier: now.projectedTier,
        missing,
        recordedAt: at,
      });
    }
  }

  await tx.bulkInsert(tierStandings, rows, {
    key: ["memberId"],
    update: ["tier", "earned", "since", "keepUntil", "graceUntil", "dueAt", "evaluatedAt"],
  });
  await tx.bulkInsert(tierChanges, changes);
  await tx.bulkInsert(tierWarnings, warnings, { key: ["memberId", "keepUntil"], update: "skip" });
  await addToTotals(tx, totals);
  for (const { memberId, fromTier, toTier, id } of changes) {
    await audit.record(tx, ctx, {
      action: "tier.change",
      subject: { kind: "tierChange", id },
      memberId,
      detail: { from: fromTier, to: toTier },
    });
  }
}

function rowOf(memberId: MemberId, now: Standing, at: Date): StandingRow {
  const { tier, earned, since, keepUntil, graceUntil, nextChangeAt } = now;
  return { memberId, tier, earned, since, keepUntil, graceUntil, dueAt: nextChangeAt, evaluatedAt: at };
}

/** Moves the totals by what this transaction moved, in the order of their names so that writers queue, not deadlock. */
async function addToTotals(tx: Tx, totals: ReadonlyMap<TierCode, number>): Promise<void> {
  const moved = [...totals].filter(([, by]) => by !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [tier, by] of moved) {
    await tx.insert(tierTotals).values({ tier, members: 0 }).onConflictDoNothing();
    await tx
      .update(tierTotals)
      .set({ members: sql`${tierTotals.members} + ${by}` })
      .where(sql`${tierTotals.tier} = ${tier}`);
  }
}

/** Each member's ledger, empty for those without a line. */
async function linesOf(tx: Tx, memberIds: readonly MemberId[]): Promise<Map<MemberId, Line[]>> {
  const lines = new Map<MemberId, Line[]>(memberIds.map((memberId) => [memberId, []]));
  for (const line of await tx.bulkSelect(growthLines, "memberId", memberIds)) lines.get(line.memberId)?.push(line);
  return lines;
}

/** Writers' clocks may differ by moments: a member is never evaluated at an instant before what is already known. */
function latest(...instants: readonly (Date | undefined)[]): Date {
  return new Date(Math.max(...instants.map((instant) => instant?.getTime() ?? 0)));
}
