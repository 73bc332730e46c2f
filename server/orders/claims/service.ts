import { and, eq, inArray, lt } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { claimKeys, claims, orders } from "#db/schema/orders.ts";
import type { Context, MemberActor, StaffActor } from "../../core/context.ts";
import { failpoint } from "../../core/failpoint.ts";
import type { ClaimId, MemberId, OrderId } from "../../core/id.ts";
import { consume, release, type Use, waitingTime } from "../../core/limits.ts";
import { Refusal } from "../../core/refusal.ts";
import { addDays } from "../../core/time.ts";
import { givenBy } from "../../points/ledger/rules.ts";
import { orderOf, pointsLinesOf } from "../../points/queries.ts";
import { memberLines, standingOf } from "../../tiers/queries.ts";
import { followOrders } from "../following.ts";
import { keysOfOrderId } from "../mapping/queries.ts";
import { normaliseId } from "../reading/cells.ts";
import { maskOrderId } from "../rules.ts";
import { factsIn, type OrderRow } from "../stored.ts";
import { bearingsOf } from "./bearings.ts";
import { bind, recordClaim, unbind } from "./binding.ts";
import {
  CLAIM_WAITS_DAYS,
  type Claim,
  type ClaimAnswer,
  type ClaimFactKind,
  type LetGoOfOrder,
  type UnclaimOrder,
} from "./model.ts";
import {
  claimLimits,
  delayAfter,
  factOf,
  factsIn as factsBorneBy,
  factsFor,
  growthOf,
  orderLimits,
  spokenWait,
} from "./rules.ts";
import { claimableShapes } from "./shapes.ts";

/**
 * A member says that an order is theirs, with one more fact about it. When both are right and the order is free it is
 * theirs at once, with all that follows for growth and tier. In every other case the answer is one and the same, and the
 * claim waits for an order that bears it out. Refuses: CLAIM_TOO_SOON, CLAIM_FACT_NOT_HELD.
 */
export async function submit(ctx: Context<MemberActor>, claim: Claim, addressGroup: string): Promise<ClaimAnswer> {
  const memberId = ctx.actor.id;
  const number = normaliseId(claim.orderNumber);
  const { kind } = claim.fact;
  if (!factsFor(number, claimableShapes).includes(kind)) throw new Refusal("CLAIM_FACT_NOT_HELD", {}, "invalid");
  const uses = usesOf(ctx, number, kind, addressGroup);
  const keys = await keysOfOrderId(ctx.db, ctx.keys, number);
  const verdict = await ctx.db.transact(async (tx) => {
    for (const use of uses) {
      const allowed = await consume(tx, ctx, use);
      if (allowed.ok) continue;
      if (allowed.first) await recordClaim(tx, ctx, "claim.submit", null, "refused", { limit: use.bucket });
      return { ok: false, allowed } as const;
    }
    const found = await bearing(tx, ctx, await tx.bulkSelect(orders, "orderKey", keys), claim.fact);
    await supersedeWaiting(tx, memberId, keys);
    const id = await add(tx, ctx, claim, number, found === null ? keys : []);
    const granted = found === null ? null : await settle(tx, ctx, found, memberId, id);
    if (granted !== null) for (const use of uses) await release(tx, ctx, use);
    const answer = granted ?? (await received(tx, ctx, number, uses));
    failpoint("claim.before-commit");
    return { ok: true, answer } as const;
  });
  failpoint("claim.after-commit");
  if (!verdict.ok)
    throw new Refusal("CLAIM_TOO_SOON", spokenWait(Number(verdict.allowed.condition.seconds)), "throttled");
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
  const bearings = await bearingsOf(
    tx,
    ctx,
    waiting.flatMap(({ orderKey }) => byKey.get(orderKey.toString("hex")) ?? []),
  );
  for (const claim of open.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const row = byKey.get(keyOf.get(claim.id) ?? "");
    const held = row && bearings.get(row.id);
    if (row === undefined || held === undefined || claim.state !== "pending" || claim.expiresAt <= ctx.now) continue;
    const facts = factsBorneBy(held, claim.factKind);
    if (!facts.some((fact) => claim.factHash.equals(hashOf(ctx, claim.id, fact)))) continue;
    const won = await bind(tx, ctx, row.id, claim.memberId, claim.id);
    if (won) granted.push({ memberId: claim.memberId, orderId: row.id, facts: factsIn(row) });
  }
  if (granted.length > 0) await followOrders(tx, ctx, granted);
}

/**
 * Takes an order from its member again and reverses everything it gave them. Refuses: ORDER_NOT_FOUND, ORDER_NOT_CLAIMED.
 */
export async function unclaim(ctx: Context<StaffActor>, { orderId, reason }: UnclaimOrder): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const [order] = await tx.select({ ownerId: orders.ownerId }).from(orders).where(eq(orders.id, orderId));
    if (order === undefined) throw new Refusal("ORDER_NOT_FOUND", {}, "missing");
    if (order.ownerId === null) throw new Refusal("ORDER_NOT_CLAIMED");
    await unbind(tx, ctx, orderId, order.ownerId, "claim.unclaim", reason);
  });
}

/**
 * A member lets go of an order that they claimed by mistake, and everything it gave them is reversed. Refuses:
 * ORDER_NOT_FOUND, also for an order that is not theirs.
 */
export async function letGo(ctx: Context<MemberActor>, { orderId }: LetGoOfOrder): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const [order] = await tx
      .select({ id: orders.id })
      .from(orders)
      .where(and(eq(orders.id, orderId), eq(orders.ownerId, ctx.actor.id)));
    if (order === undefined) throw new Refusal("ORDER_NOT_FOUND", {}, "missing");
    await unbind(tx, ctx, orderId, ctx.actor.id, "claim.letGo", "letGo");
  });
}

/** Lets go of claims whose orders never came, and forgets what was tried before them. */
export async function expireWaiting(tx: Tx, ctx: Pick<Context, "now">): Promise<number> {
  const tried = await tx
    .select({ id: claims.id })
    .from(claims)
    .where(and(eq(claims.state, "superseded"), lt(claims.expiresAt, ctx.now)));
  for (const { id } of tried) {
    await tx.delete(claimKeys).where(eq(claimKeys.claimId, id));
    await tx.delete(claims).where(eq(claims.id, id));
  }
  const expired = await tx
    .update(claims)
    .set({ state: "expired" })
    .where(and(eq(claims.state, "pending"), lt(claims.expiresAt, ctx.now)))
    .returning({ id: claims.id });
  for (const { id } of expired) await tx.delete(claimKeys).where(eq(claimKeys.claimId, id));
  return expired.length;
}

function usesOf(ctx: Context<MemberActor>, number: string, kind: ClaimFactKind, addressGroup: string): Use[] {
  const hash = (text: string) => ctx.keys.keyedHash("claim-guess", text);
  return [
    { bucket: "claim.again", key: hash(`${ctx.actor.id} ${number}`), limits: claimLimits.again, delayAfter },
    { bucket: "claim.member", key: ctx.actor.id, limits: claimLimits.member },
    { bucket: "claim.address", key: ctx.keys.keyedHash("address-limit", addressGroup), limits: claimLimits.address },
    { bucket: `claim.order.${kind}`, key: hash(`order ${number}`), limits: orderLimits[kind] },
    { bucket: "claim.everyone", key: "everyone", limits: claimLimits.everyone },
  ];
}

/** The one answer to every claim that is not granted, which tells nothing but when its member may try this order again. */
async function received(tx: Tx, ctx: Context<MemberActor>, number: string, uses: readonly Use[]): Promise<ClaimAnswer> {
  const waits: number[] = [];
  for (const use of uses) if (use.delayAfter !== undefined) waits.push(await waitingTime(tx, ctx, use));
  const wait = Math.max(...waits);
  return {
    outcome: "received",
    maskedId: maskOrderId(number),
    nextTryAt: wait > 0 ? new Date(ctx.now.getTime() + wait) : null,
  };
}

/** The order among these that bears a fact out; null for none. */
async function bearing(tx: Tx, ctx: Context, rows: readonly OrderRow[], fact: Claim["fact"]): Promise<OrderRow | null> {
  const bearings = await bearingsOf(tx, ctx, rows);
  const said = factOf(fact);
  return (
    rows.find(({ id }) => {
      const held = bearings.get(id);
      return held !== undefined && factsBorneBy(held, fact.kind).includes(said);
    }) ?? null
  );
}

/** Of one order a member has one waiting claim: what they said before counts no more, and stays for a dispute to show. */
async function supersedeWaiting(tx: Tx, memberId: MemberId, keys: readonly Buffer[]): Promise<void> {
  const waiting = await tx.bulkSelect(claimKeys, "orderKey", keys);
  const ids = waiting.map(({ claimId }) => claimId);
  if (ids.length === 0) return;
  await tx
    .update(claims)
    .set({ state: "superseded" })
    .where(and(inArray(claims.id, ids), eq(claims.memberId, memberId), eq(claims.state, "pending")));
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
  await recordClaim(tx, ctx, "claim.submit", id, "done", { fact: claim.fact.kind });
  return id;
}

/** What becomes of a claim that an order bears out; null when the order is somebody else's, and staff decide. */
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
    await followOrders(tx, ctx, [{ memberId, orderId: row.id, facts: factsIn(row) }]);
  }
  const lines = await memberLines(tx, memberId);
  const points = await pointsLinesOf(tx, memberId);
  return {
    outcome: "granted",
    maskedId: row.maskedId,
    orderId: row.id,
    ...growthOf(lines.filter((line) => line.orderId === row.id)),
    ...givenBy(points.filter((line) => orderOf(line) === row.id)),
    tierBefore,
    tierAfter: (await standingOf(tx, memberId, ctx.now))?.tier ?? null,
  };
}

/** The claim's id salts the hash: equal facts of two claims do not look alike. */
function hashOf(ctx: Pick<Context, "keys">, claimId: ClaimId, fact: string): Buffer {
  return ctx.keys.keyedHash("claim-guess", `${claimId} ${fact}`);
}
