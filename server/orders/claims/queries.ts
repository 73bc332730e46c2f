import { and, desc, eq, inArray, lt, or, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { claims, orders } from "#db/schema/orders.ts";
import type { ClaimId, MemberId, OrderId } from "../../core/id.ts";
import type { Fen } from "../../core/money.ts";
import type { GrowthLine } from "../../tiers/model.ts";
import { memberLines } from "../../tiers/queries.ts";
import type { OrderCursor, ShownStatus } from "../model.ts";
import type { Platform } from "../reading/model.ts";
import { shownStatus } from "../rules.ts";
import type { Dispute, OwnClaim } from "./model.ts";
import { growthOf } from "./rules.ts";

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
  /** From when the growth counts; null while the order is not completed, or gave none. */
  readonly countsFrom: Date | null;
  readonly why: readonly Pick<GrowthLine, "growth" | "reason" | "recordedAt">[];
};

/** A page of a member's orders, newest first; `after` is null after the last page. */
export async function ownOrders(reader: Reader, memberId: MemberId, after: OrderCursor | undefined, size: number) {
  const rows = await ownOrdersQuery(reader, memberId, after, size + 1);
  const page = rows.slice(0, size);
  const shown = new Set<string>(page.map(({ id }) => id));
  const lines = page.length === 0 ? [] : await memberLines(reader, memberId);
  const byOrder = Map.groupBy(
    lines.filter(({ orderId }) => shown.has(orderId)),
    ({ orderId }) => orderId,
  );
  const last = page.at(-1);
  return {
    orders: page.map((row): OwnOrder => {
      const own = byOrder.get(row.id) ?? [];
      const why = own.map(({ growth, reason, recordedAt }) => ({ growth, reason, recordedAt }));
      return { ...row, status: shownStatus(row), ...growthOf(own), why };
    }),
    after: rows.length > size && last !== undefined ? { placedAt: last.placedAt, id: last.id } : null,
  };
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

/** A member's latest claims; one in dispute looks like one that waits. */
export async function ownClaims(reader: Reader, memberId: MemberId): Promise<OwnClaim[]> {
  const rows = await ownClaimsQuery(reader, memberId);
  return rows.map(({ state, ...claim }) => ({ ...claim, state: state === "disputed" ? "pending" : state }));
}

/** The statement of `ownClaims`. */
export function ownClaimsQuery(reader: Reader, memberId: MemberId) {
  return reader
    .select({ id: claims.id, maskedId: claims.maskedId, state: claims.state, createdAt: claims.createdAt })
    .from(claims)
    .where(eq(claims.memberId, memberId))
    .orderBy(desc(claims.createdAt))
    .limit(CLAIMS_SHOWN);
}

/** A page of the claims that staff must decide, newest first. */
export async function disputes(reader: Reader, before: ClaimId | undefined, size: number) {
  const rows = await reader
    .select({ id: claims.id, memberId: claims.memberId, orderId: claims.orderId, createdAt: claims.createdAt })
    .from(claims)
    .where(and(eq(claims.state, "disputed"), before === undefined ? undefined : lt(claims.id, before)))
    .orderBy(desc(claims.id))
    .limit(size + 1);
  const page = rows.slice(0, size);
  const about = page.flatMap(({ orderId }) => (orderId === null ? [] : [orderId]));
  const found = about.length === 0 ? [] : await reader.select().from(orders).where(inArray(orders.id, about));
  const byId = new Map(found.map((order) => [order.id, order]));
  return {
    disputes: page.flatMap(({ orderId, ...claim }): Dispute[] => {
      const order = orderId === null ? undefined : byId.get(orderId);
      if (order === undefined) return [];
      const { id, maskedId, platform, ownerId } = order;
      return [{ ...claim, orderId: id, maskedId, platform, ownerId }];
    }),
    before: rows.length > size ? (page.at(-1)?.id ?? null) : null,
  };
}
