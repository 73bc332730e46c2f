import { and, eq, inArray, isNull, lt } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { claimKeys, claims, orders } from "#db/schema/orders.ts";
import type { AuditAction } from "../../audit/model.ts";
import * as audit from "../../audit/service.ts";
import type { Context, MemberActor, StaffActor } from "../../core/context.ts";
import { failpoint } from "../../core/failpoint.ts";
import type { ClaimId, MemberId, OrderId } from "../../core/id.ts";
import { consume, release, tooMany, type Use } from "../../core/limits.ts";
import { Refusal } from "../../core/refusal.ts";
import { addDays } from "../../core/time.ts";
import { memberLines, standingOf } from "../../tiers/queries.ts";
import * as tiers from "../../tiers/service.ts";
import { keysOfOrderId } from "../mapping/queries.ts";
import { normaliseId } from "../reading/cells.ts";
import { maskOrderId } from "../rules.ts";
import { factsIn, type OrderRow } from "../stored.ts";
import {
  CLAIM_WAITS_DAYS,
  type Claim,
  type ClaimAnswer,
  type ClaimFactKind,
  type DecideClaim,
  type UnclaimOrder,
} from "./model.ts";
import { claimLimits, factIn, factOf, growthOf } from "./rules.ts";

/**
 * A member says that an order is theirs, with one more fact about it. When both are right and the order is free it is
 * theirs at once, with all that follows for growth and tier. In every other case the answer is one and the same, and the
 * claim waits for an order that bears it out. Refuses: TOO_MANY_ATTEMPTS.
 */
export async function submit(ctx: Context<MemberActor>, claim: Claim, addressGroup: string): Promise<ClaimAnswer> {
  const memberId = ctx.actor.id;
  const number = normaliseId(claim.orderNumber);
  const uses = usesOf(ctx, number, addressGroup);
  const keys = await keysOfOrderId(ctx.db, ctx.keys, number);
  const verdict = await ctx.db.transact(async (tx) => {
    for (const use of uses) {
      const allowed = await consume(tx, ctx, use);
      if (allowed.ok) continue;
      if (allowed.first) await record(tx, ctx, "claim.submit", null, "refused", { limit: use.bucket });
      return { ok: false, allowed } as const;
    }
    const found = (await tx.bulkSelect(orders, "orderKey", keys)).find((row) =>
      bears(row, claim.fact.kind, factOf(claim.fact)),
    );
    await forgetWaiting(tx, memberId, keys);
    const id = await add(tx, ctx, claim, number, found === undefined ? keys : []);
    const answer = found === undefined ? null : await settle(tx, ctx, found, memberId, id);
    if (answer?.outcome === "granted") for (const use of uses) await release(tx, ctx, use);
    failpoint("claim.before-commit");
    return { ok: true, answer: answer ?? { outcome: "received", maskedId: maskOrderId(number) } } as const;
  });
  failpoint("claim.after-commit");
  if (!verdict.ok) throw tooMany(verdict.allowed);
  return verdict.answer;
}

/** Settles the claims that waited for these orders, in the transaction that brought the orders. The oldest claim comes first. */
export async function settleWaiting(tx: Tx, ctx: Context, rows: readonly OrderRow[]): Promise<void> {
  const [anyone] = await tx.select({ claimId: claimKeys.claimId }).from(claimKeys).limit(1);
  if (anyone === undefined) return;
  const waiting = await tx.bulkSelect(
    claimKeys,
    "orderKey",
    rows.map((row) => row.orderKey),
  );
  if (waiting.length === 0) return;
  const byKey = new Map(rows.map((row) => [row.orderKey.toString("hex"), row]));
  const keyOf = new Map(waiting.map(({ claimId, orderKey }) => [claimId, orderKey.toString("hex")]));
  const open = await tx.bulkSelect(claims, "id", [...keyOf.keys()]);
  const granted: { memberId: MemberId; orderId: OrderId; facts: ReturnType<typeof factsIn> }[] = [];
  for (const claim of open.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const row = byKey.get(keyOf.get(claim.id) ?? "");
    if (row === undefined || claim.state !== "pending" || claim.expiresAt <= ctx.now) continue;
    const fact = factIn(row, claim.factKind);
    if (fact === null || !claim.factHash.equals(hashOf(ctx, claim.id, fact))) continue;
    const won = await bind(tx, ctx, row.id, claim.memberId, claim.id);
    if (won) granted.push({ memberId: claim.memberId, orderId: row.id, facts: factsIn(row) });
  }
  if (granted.length > 0) await tiers.followOrders(tx, ctx, granted);
}

/**
 * Takes an order from its member again and reverses everything it gave them. Refuses: ORDER_NOT_FOUND, ORDER_NOT_CLAIMED.
 */
export async function unclaim(ctx: Context<StaffActor>, { orderId, reason }: UnclaimOrder): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const [order] = await tx.select({ ownerId: orders.ownerId }).from(orders).where(eq(orders.id, orderId));
    if (order === undefined) throw new Refusal("ORDER_NOT_FOUND", {}, "missing");
    if (order.ownerId === null) throw new Refusal("ORDER_NOT_CLAIMED");
    await unbind(tx, ctx, orderId, order.ownerId, reason);
  });
}

/**
 * Decides a claim on an order that belongs to somebody else: it changes hands, or stays. Refuses: CLAIM_NOT_FOUND,
 * CLAIM_DECIDED.
 */
export async function decide(ctx: Context<StaffActor>, { claimId, grant }: DecideClaim): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const [claim] = await tx.select().from(claims).where(eq(claims.id, claimId));
    if (claim === undefined || claim.orderId === null) throw new Refusal("CLAIM_NOT_FOUND", {}, "missing");
    if (claim.state !== "disputed") throw new Refusal("CLAIM_DECIDED");
    const [order] = await tx.select().from(orders).where(eq(orders.id, claim.orderId));
    if (order === undefined) throw new Refusal("ORDER_NOT_FOUND", {}, "missing");
    await tx
      .update(claims)
      .set({ state: "refused", decidedAt: ctx.now, decidedBy: ctx.actor.id })
      .where(eq(claims.id, claimId));
    await record(tx, ctx, "claim.decide", claimId, "done", { grant }, claim.memberId);
    if (!grant) return;
    if (order.ownerId !== null) await unbind(tx, ctx, order.id, order.ownerId, "dispute");
    await bind(tx, ctx, order.id, claim.memberId, claimId);
    await tiers.followOrders(tx, ctx, [{ memberId: claim.memberId, orderId: order.id, facts: factsIn(order) }]);
  });
}

/** Lets go of claims whose orders never came. */
export async function expireWaiting(tx: Tx, ctx: Pick<Context, "now">): Promise<number> {
  const expired = await tx
    .update(claims)
    .set({ state: "expired" })
    .where(and(eq(claims.state, "pending"), lt(claims.expiresAt, ctx.now)))
    .returning({ id: claims.id });
  for (const { id } of expired) await tx.delete(claimKeys).where(eq(claimKeys.claimId, id));
  return expired.length;
}

function usesOf(ctx: Context<MemberActor>, number: string, addressGroup: string): Use[] {
  const hash = (text: string) => ctx.keys.keyedHash("claim-guess", text);
  return [
    { bucket: "claim.member", key: ctx.actor.id, limits: claimLimits.member },
    { bucket: "claim.address", key: ctx.keys.keyedHash("address-limit", addressGroup), limits: claimLimits.address },
    { bucket: "claim.order", key: hash(`order ${number}`), limits: claimLimits.order },
    { bucket: "claim.everyone", key: "everyone", limits: claimLimits.everyone },
  ];
}

/** Of one order a member has one waiting claim: a better fact takes the place of a worse. */
async function forgetWaiting(tx: Tx, memberId: MemberId, keys: readonly Buffer[]): Promise<void> {
  const waiting = await tx.bulkSelect(claimKeys, "orderKey", keys);
  if (waiting.length === 0) return;
  const ids = waiting.map(({ claimId }) => claimId);
  const own = await tx
    .select({ id: claims.id })
    .from(claims)
    .where(and(inArray(claims.id, ids), eq(claims.memberId, memberId), eq(claims.state, "pending")));
  for (const { id } of own) {
    await tx.delete(claimKeys).where(eq(claimKeys.claimId, id));
    await tx.delete(claims).where(eq(claims.id, id));
  }
}

async function add(
  tx: Tx,
  ctx: Context<MemberActor>,
  claim: Claim,
  number: string,
  keys: readonly Buffer[],
): Promise<ClaimId> {
  const id = ctx.newId<"claim">();
  await tx.insert(claims).values({
    id,
    memberId: ctx.actor.id,
    state: "pending",
    maskedId: maskOrderId(number),
    factKind: claim.fact.kind,
    factHash: hashOf(ctx, id, factOf(claim.fact)),
    orderId: null,
    createdAt: ctx.now,
    expiresAt: addDays(ctx.now, CLAIM_WAITS_DAYS),
    decidedAt: null,
    decidedBy: null,
    reason: null,
  });
  await tx.bulkInsert(
    claimKeys,
    keys.map((orderKey) => ({ orderKey, claimId: id })),
  );
  await record(tx, ctx, "claim.submit", id, "done", { fact: claim.fact.kind });
  return id;
}

/** What becomes of a claim that an order bears out; null when the order is somebody else's. */
async function settle(
  tx: Tx,
  ctx: Context,
  row: OrderRow,
  memberId: MemberId,
  claimId: ClaimId,
): Promise<ClaimAnswer | null> {
  const tierBefore = (await standingOf(tx, memberId, ctx.now))?.tier ?? null;
  if (row.ownerId === memberId) {
    await tx.delete(claims).where(eq(claims.id, claimId));
  } else {
    if (!(await bind(tx, ctx, row.id, memberId, claimId))) return null;
    await tiers.followOrders(tx, ctx, [{ memberId, orderId: row.id, facts: factsIn(row) }]);
  }
  const lines = await memberLines(tx, memberId);
  return {
    outcome: "granted",
    maskedId: row.maskedId,
    orderId: row.id,
    ...growthOf(lines.filter((line) => line.orderId === row.id)),
    tierBefore,
    tierAfter: (await standingOf(tx, memberId, ctx.now))?.tier ?? null,
  };
}

/** Gives the order to the member if nobody has it; else the claim becomes a dispute. One statement decides (promise 14). */
async function bind(tx: Tx, ctx: Context, orderId: OrderId, memberId: MemberId, claimId: ClaimId): Promise<boolean> {
  const bound = await tx
    .update(orders)
    .set({ ownerId: memberId })
    .where(and(eq(orders.id, orderId), isNull(orders.ownerId)))
    .returning({ id: orders.id });
  const won = bound.length > 0;
  await tx
    .update(claims)
    .set({ state: won ? "granted" : "disputed", orderId, decidedAt: won ? ctx.now : null })
    .where(eq(claims.id, claimId));
  await tx.delete(claimKeys).where(eq(claimKeys.claimId, claimId));
  if (won) await record(tx, ctx, "claim.grant", claimId, "done", {}, memberId);
  return won;
}

async function unbind(
  tx: Tx,
  ctx: Context<StaffActor>,
  orderId: OrderId,
  ownerId: MemberId,
  reason: string,
): Promise<void> {
  const freed = await tx
    .update(orders)
    .set({ ownerId: null })
    .where(and(eq(orders.id, orderId), eq(orders.ownerId, ownerId)))
    .returning({ id: orders.id });
  if (freed.length === 0) throw new Refusal("ORDER_NOT_CLAIMED");
  await tx
    .update(claims)
    .set({ state: "undone", decidedAt: ctx.now, decidedBy: ctx.actor.id, reason })
    .where(and(eq(claims.orderId, orderId), eq(claims.memberId, ownerId), eq(claims.state, "granted")));
  await tiers.followOrders(tx, ctx, [{ memberId: ownerId, orderId, facts: null }]);
  await audit.record(tx, ctx, {
    action: "claim.unclaim",
    subject: { kind: "order", id: orderId },
    memberId: ownerId,
    detail: { reason },
  });
}

function bears(row: OrderRow, kind: ClaimFactKind, fact: string): boolean {
  return factIn(row, kind) === fact;
}

/** The claim's id salts the hash: equal facts of two claims do not look alike. */
function hashOf(ctx: Pick<Context, "keys">, claimId: ClaimId, fact: string): Buffer {
  return ctx.keys.keyedHash("claim-guess", `${claimId} ${fact}`);
}

async function record(
  tx: Tx,
  ctx: Context,
  action: AuditAction,
  claimId: ClaimId | null,
  outcome: "done" | "refused",
  detail: audit.NewEntry["detail"],
  memberId?: MemberId,
): Promise<void> {
  await audit.record(tx, ctx, { action, subject: { kind: "claim", id: claimId }, outcome, detail, memberId });
}
