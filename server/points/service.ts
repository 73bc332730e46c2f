import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { members } from "#db/schema/members.ts";
import { pointsAccounts, pointsDeductions, pointsLines } from "#db/schema/points.ts";
import * as audit from "../audit/service.ts";
import type { Context, StaffActor } from "../core/context.ts";
import type { Id, MemberId } from "../core/id.ts";
import { demand, Refusal } from "../core/refusal.ts";
import type { FollowedOrder } from "../tiers/model.ts";
import { ladderHistory } from "../tiers/queries.ts";
import { dueAt } from "./ledger/rules.ts";
import type { DeductPoints, PointsDeductionId, PointsPolicy } from "./model.ts";
import { policyAt } from "./policies/rules.ts";
import { draw, type Entry, entriesFor, nextLine, settle } from "./posting/rules.ts";
import { policyHistory } from "./queries.ts";
import { expiryOf, NO_POINTS, pointsTarget } from "./rules.ts";

type Line = typeof pointsLines.$inferSelect;
type Ledger = { readonly memberId: MemberId; readonly lines: Line[]; readonly added: Line[] };

/**
 * Brings the points ledger to what these orders imply by appending the differences. `facts: null` takes back all that
 * the order gave the member. Asking again, in any order or at once, adds nothing: (order, rule, direction) is credited
 * once (promise 23). Does nothing for a brand that has no points. Made for thousands of orders in one call.
 */
export async function followOrders(tx: Tx, ctx: Context, orders: readonly FollowedOrder[]): Promise<void> {
  const history = await policyHistory(tx);
  if (history.length === 0) return;
  const ladders = await ladderHistory(tx);
  const ledgers = await openLedgers(
    tx,
    orders.map(({ memberId }) => memberId),
  );
  for (const { memberId, orderId, facts } of orders) {
    const ledger = ledgers.get(memberId);
    if (ledger === undefined) continue;
    const own = ledger.lines.filter(({ rule, sourceId }) => rule === "order" && sourceId === orderId);
    const target = facts === null ? NO_POINTS : pointsTarget(facts, history, ladders);
    post(ctx, ledger, entriesFor(own, orderId, target, ctx.now), facts?.revision ?? null);
  }
  await save(tx, ctx, history, ledgers.values());
}

/**
 * Credits the points of a benefit that was used, in the transaction that uses it: available at once, once for each
 * redemption.
 */
export async function creditRedemption(
  tx: Tx,
  ctx: Context,
  { memberId, redemptionId, points }: { memberId: MemberId; redemptionId: Id<"redemption">; points: number },
): Promise<void> {
  const history = await policyHistory(tx);
  const ledgers = await openLedgers(tx, [memberId]);
  for (const ledger of ledgers.values()) {
    if (ledger.lines.some(({ rule, sourceId }) => rule === "benefit" && sourceId === redemptionId)) continue;
    const expiry = policyAt(history, ctx.now)?.terms.expiry ?? null;
    const entry = { kind: "available", rule: "benefit", sourceId: redemptionId, points, lotId: "own" } as const;
    post(ctx, ledger, [{ ...entry, availableAt: ctx.now, expiresAt: expiryOf(ctx.now, ctx.now, expiry) }]);
  }
  await save(tx, ctx, history, ledgers.values());
}

/**
 * Takes points from a member at the desk, those that expire first, for a reason that the member reads. Refuses:
 * MEMBER_NOT_FOUND, POINTS_NOT_ENOUGH.
 */
export async function deduct(
  ctx: Context<StaffActor>,
  { memberId, points, reason }: DeductPoints,
): Promise<PointsDeductionId> {
  return ctx.db.transact(async (tx) => {
    const [member] = await tx
      .select({ id: members.id })
      .from(members)
      .where(and(eq(members.id, memberId), eq(members.state, "active")));
    if (member === undefined) throw new Refusal("MEMBER_NOT_FOUND", {}, "missing");
    const id = ctx.newId<"pointsDeduction">();
    await spend(tx, ctx, { memberId, sourceId: id, points });
    await tx.insert(pointsDeductions).values({ memberId, id, points, reason, deductedBy: ctx.actor.id, at: ctx.now });
    await audit.record(tx, ctx, {
      action: "points.deduct",
      subject: { kind: "pointsDeduction", id },
      memberId,
      detail: { points },
    });
    return id;
  });
}

/** Takes points from the batches that expire first; each line names the batch it drew from. Refuses: POINTS_NOT_ENOUGH. */
async function spend(
  tx: Tx,
  ctx: Context,
  { memberId, sourceId, points }: { memberId: MemberId; sourceId: PointsDeductionId; points: number },
): Promise<void> {
  const history = await policyHistory(tx);
  const ledgers = await openLedgers(tx, [memberId]);
  for (const ledger of ledgers.values()) {
    post(ctx, ledger, settle(ledger.lines, ctx.now, negativeAt(history, ctx.now)));
    const { verdict, entries } = draw(ledger.lines, points, { rule: "deduction", sourceId }, ctx.now);
    demand(verdict);
    post(ctx, ledger, entries);
  }
  await save(tx, ctx, history, ledgers.values());
}

/** Books what fell due by itself in these members' ledgers: what expired, and points that make up for others. */
export async function settleDue(tx: Tx, ctx: Context, memberIds: readonly MemberId[]): Promise<void> {
  const history = await policyHistory(tx);
  const ledgers = await openLedgers(tx, memberIds);
  await save(tx, ctx, history, ledgers.values(), true);
}

/** Each member's ledger, oldest line first, empty for those without a line. */
async function openLedgers(tx: Tx, memberIds: readonly MemberId[]): Promise<Map<MemberId, Ledger>> {
  const distinct = [...new Set(memberIds)];
  const ledgers = new Map(
    distinct.map((memberId): [MemberId, Ledger] => [memberId, { memberId, lines: [], added: [] }]),
  );
  const lines = await tx.bulkSelect(pointsLines, "memberId", distinct);
  for (const line of lines.sort((a, b) => (a.id < b.id ? -1 : 1))) ledgers.get(line.memberId)?.lines.push(line);
  return ledgers;
}

/** Appends entries to a ledger in memory. */
function post(ctx: Context, ledger: Ledger, entries: readonly Entry[], revision: number | null = null): void {
  const { memberId, lines, added } = ledger;
  for (const entry of entries) {
    const line = nextLine(lines, entry, { memberId, id: ctx.newId<"pointsLine">(), recordedAt: ctx.now, revision });
    lines.push(line);
    added.push(line);
  }
}

/** Settles the ledgers that changed and writes what was added. The account's row comes first: two writers meet there. */
async function save(
  tx: Tx,
  ctx: Context,
  history: readonly PointsPolicy[],
  ledgers: Iterable<Ledger>,
  all = false,
): Promise<void> {
  const changed = [...ledgers].filter(({ added }) => all || added.length > 0);
  for (const ledger of changed) post(ctx, ledger, settle(ledger.lines, ctx.now, negativeAt(history, ctx.now)));
  await tx.bulkInsert(
    pointsAccounts,
    changed.map(({ memberId, lines }) => ({ memberId, lines: lines.length, dueAt: dueAt(lines, ctx.now) })),
    { key: ["memberId"], update: ["lines", "dueAt"] },
  );
  await tx.bulkInsert(
    pointsLines,
    changed.flatMap(({ added }) => added),
  );
}

function negativeAt(history: readonly PointsPolicy[], at: Date): PointsPolicy["terms"]["negative"] {
  return policyAt(history, at)?.terms.negative ?? "carry";
}
