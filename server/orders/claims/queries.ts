import { and, desc, eq, inArray, lt, ne, or, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { claims, orders } from "#db/schema/orders.ts";
import type { Context } from "../../core/context.ts";
import type { MemberId, OrderId } from "../../core/id.ts";
import type { Fen } from "../../core/money.ts";
import { givenBy } from "../../points/ledger/rules.ts";
import type { PointsLine } from "../../points/model.ts";
import { orderOf, pointsLinesOf } from "../../points/queries.ts";
import type { GrowthLine } from "../../tiers/model.ts";
import { memberLines } from "../../tiers/queries.ts";
import type { OrderCursor, ShownStatus } from "../model.ts";
import type { Platform } from "../reading/model.ts";
import { shownStatus } from "../rules.ts";
import type { ClaimReason, OwnClaim } from "./model.ts";
import { type Effect, effectOf, growthOf } from "./rules.ts";

/** How many of a member's claims are shown. */
const CLAIMS_SHOWN = 20;

/** An order as its member sees it, with every ledger line it gave. */
export type OwnOrder = {
  readonly id: OrderId;
  readonly platform: Platform;
  readonly maskedId: string;
  readonly status: ShownStatus;
  readonly paid: Fen;
  readonly refunded: Fen;
  /** Money went back and nobody says how much. */
  readonly refundUnknown: boolean;
  readonly placedAt: Date;
  readonly growth: number;
  readonly effect: Effect;
  /** Why the order stayed this member's when somebody else claimed it; null when nobody did. */
  readonly kept: ClaimReason | null;
  readonly why: readonly Pick<GrowthLine, "growth" | "reason" | "recordedAt">[];
  /** Points that the order gave, from when they are usable, and every line of the points ledger about it. */
  readonly points: number;
  readonly usableFrom: Date | null;
  readonly pointsWhy: readonly Pick<PointsLine, "id" | "kind" | "points" | "recordedAt">[];
};

/** A page of a member's orders, newest first; `after` is null after the last page. */
export async function ownOrders(
  { db: reader, now }: Pick<Context, "db" | "now">,
  memberId: MemberId,
  after: OrderCursor | undefined,
  size: number,
) {
  const rows = await ownOrdersQuery(reader, memberId, after, size + 1);
  const page = rows.slice(0, size);
  const shown = new Set<string>(page.map(({ id }) => id));
  const lines = page.length === 0 ? [] : await memberLines(reader, memberId);
  const byOrder = Map.groupBy(
    lines.filter(({ orderId }) => shown.has(orderId)),
    ({ orderId }) => orderId,
  );
  const pointsByOrder = Map.groupBy(page.length === 0 ? [] : await pointsLinesOf(reader, memberId), orderOf);
  const kept = await keptReasons(
    reader,
    memberId,
    page.map(({ id }) => id),
  );
  const last = page.at(-1);
  return {
    orders: page.map((row): OwnOrder => {
      const own = byOrder.get(row.id) ?? [];
      const why = own.map(({ growth, reason, recordedAt }) => ({ growth, reason, recordedAt }));
      const { growth } = growthOf(own);
      const points = pointsByOrder.get(row.id) ?? [];
      return {
        ...row,
        status: shownStatus(row),
        growth,
        effect: effectOf(own, now),
        kept: kept.get(row.id) ?? null,
        why,
        ...givenBy(points),
        pointsWhy: points.map(({ id, kind, points: by, recordedAt }) => ({ id, kind, points: by, recordedAt })),
      };
    }),
    after: rows.length > size && last !== undefined ? { placedAt: last.placedAt, id: last.id } : null,
  };
}

/** The masked numbers of those among these orders that are the member's. */
export async function ownNumbers(reader: Reader, memberId: MemberId, orderIds: readonly OrderId[]) {
  if (orderIds.length === 0) return [];
  return reader
    .select({ id: orders.id, maskedId: orders.maskedId })
    .from(orders)
    .where(and(inArray(orders.id, [...orderIds]), eq(orders.ownerId, memberId)));
}

/** The statement of `ownOrders`. */
export function ownOrdersQuery(reader: Reader, memberId: MemberId, after: OrderCursor | undefined, limit: number) {
  return reader
    .select({
      id: orders.id,
      platform: orders.platform,
      maskedId: orders.maskedId,
      status: orders.status,
      paid: orders.paid,
      refunded: orders.refunded,
      refundUnknown: orders.refundUnknown,
      placedAt: orders.placedAt,
    })
    .from(orders)
    .where(
      and(
        eq(orders.ownerId, memberId),
        sql`${orders.ownerId} IS NOT NULL`,
        after === undefined
          ? undefined
          : or(lt(orders.placedAt, after.placedAt), and(eq(orders.placedAt, after.placedAt), lt(orders.id, after.id))),
      ),
    )
    .orderBy(desc(orders.placedAt), desc(orders.id))
    .limit(limit);
}

/** Why disputed orders stayed where they were, by order: the latest decision of each. */
async function keptReasons(
  reader: Reader,
  ownerId: MemberId,
  ids: readonly OrderId[],
): Promise<ReadonlyMap<OrderId, ClaimReason>> {
  if (ids.length === 0) return new Map();
  const refused = await reader
    .select({ orderId: claims.orderId, reason: claims.reason })
    .from(claims)
    .where(and(inArray(claims.orderId, [...ids]), eq(claims.state, "refused"), ne(claims.memberId, ownerId)))
    .orderBy(claims.decidedAt);
  return new Map(
    refused.flatMap(({ orderId, reason }) => (orderId === null || reason === null ? [] : [[orderId, reason] as const])),
  );
}

/**
 * A member's latest claims. One in dispute looks like one that waits, and of those that wait at one order the latest is
 * shown: nothing in the list tells which of them was borne out.
 */
export async function ownClaims(reader: Reader, memberId: MemberId): Promise<OwnClaim[]> {
  const waiting = new Set<string>();
  return (await ownClaimsQuery(reader, memberId)).flatMap(({ state, ...claim }): OwnClaim[] => {
    if (state === "superseded") return [];
    if (state !== "pending" && state !== "disputed") return [{ ...claim, state }];
    if (waiting.has(claim.maskedId)) return [];
    waiting.add(claim.maskedId);
    return [{ ...claim, state: "pending" }];
  });
}

/** The statement of `ownClaims`. */
export function ownClaimsQuery(reader: Reader, memberId: MemberId) {
  return reader
    .select({
      id: claims.id,
      maskedId: claims.maskedId,
      state: claims.state,
      createdAt: claims.createdAt,
      reason: claims.reason,
    })
    .from(claims)
    .where(and(eq(claims.memberId, memberId), ne(claims.state, "superseded")))
    .orderBy(desc(claims.createdAt), desc(claims.id))
    .limit(CLAIMS_SHOWN);
}
