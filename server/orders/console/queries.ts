import { setImmediate as breathe } from "node:timers/promises";
import { and, desc, eq, gte, isNotNull, isNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { exceptionalSql, orders, shownStatusSql } from "#db/schema/orders.ts";
import type { Context } from "../../core/context.ts";
import { firstIdAt } from "../../core/id.ts";
import { addDays, startOfBusinessDay } from "../../core/time.ts";
import type { OrderCursor } from "../model.ts";
import { shownStatus } from "../rules.ts";
import { type FoundOrder, LOOKED_AT, type OrderFilter, type OrderPage, type OrderSearch } from "./model.ts";
import { beginningOf, isExceptional } from "./rules.ts";

/** No order is placed later. Without a bound on the days SQLite would rather sort the whole table than read an index. */
const LATEST = new Date(8.64e15);

/** A page of the order console, newest first. */
export async function search(
  ctx: Pick<Context, "db" | "now">,
  { after, size, ...filter }: OrderSearch,
  lookedAt = LOOKED_AT,
): Promise<OrderPage> {
  return page(ctx, filter, after ?? null, size, lookedAt);
}

/**
 * All orders of a filter, newest first, some at a time: the same orders in the same order as its pages, in constant
 * memory, with other requests served in between. Each order is as it was when it was read.
 */
export async function* walk(
  ctx: Pick<Context, "db" | "now">,
  filter: OrderFilter,
  size: number,
  lookedAt = LOOKED_AT,
): AsyncGenerator<readonly FoundOrder[]> {
  let after: OrderCursor | null = null;
  do {
    const next: OrderPage = await page(ctx, filter, after, size, lookedAt);
    if (next.orders.length > 0) yield next.orders;
    await breathe();
    ({ after } = next);
  } while (after !== null);
}

async function page(
  { db, now }: Pick<Context, "db" | "now">,
  filter: OrderFilter,
  after: OrderCursor | null,
  size: number,
  lookedAt: number,
): Promise<OrderPage> {
  const way = wayTo(filter, now);
  const end = way.weighed === undefined || way.isShort ? null : await endOfLook(db, way, after, lookedAt);
  const rows = await pageQuery(db, way, after, end, size + 1);
  const found = rows.slice(0, size).map((row) => ({ ...row, status: shownStatus(row) }));
  const last = found.at(-1);
  if (rows.length > size && last !== undefined) {
    return { orders: found, after: { placedAt: last.placedAt, id: last.id }, lookedBackTo: null };
  }
  // Below the first id: everything of that instant has been looked at.
  const further = end && { placedAt: end, id: firstIdAt<"order">(new Date(0)) };
  return { orders: found, after: further, lookedBackTo: end };
}

/** How a filter's orders are come by. */
type Way = {
  /** What one index leads to, in the order of the days. */
  readonly along: SQL | undefined;
  /** What each order on the way is held against; written so that no engine takes it for a reason to use another index. */
  readonly weighed: SQL | undefined;
  /** Whether the way has an end within reach, whatever is on it. */
  readonly isShort: boolean;
};

function wayTo(filter: OrderFilter, now: Date): Way {
  const { number, platform, status, batchId, imported, owned, from, to } = filter;
  const statusIs = status && sql`${shownStatusSql} = ${status}`;
  const isIndexed = status !== undefined && isExceptional(status);
  const [index, ...others] = [
    number === undefined ? undefined : eq(orders.maskedId, number),
    batchId === undefined ? undefined : eq(orders.batchId, batchId),
    isIndexed ? and(statusIs, exceptionalSql) : undefined,
  ].filter((condition) => condition !== undefined);
  const weighed = and(
    ...others,
    isIndexed ? undefined : statusIs,
    platform === undefined ? undefined : eq(orders.platform, platform),
    imported === undefined ? undefined : gte(orders.batchId, firstIdAt(beginningOf(imported, now))),
    owned === undefined ? undefined : owned ? isNotNull(orders.ownerId) : isNull(orders.ownerId),
  );
  return {
    along: and(
      index,
      from === undefined ? undefined : gte(orders.placedAt, startOfBusinessDay(from)),
      to === undefined ? undefined : lt(orders.placedAt, addDays(startOfBusinessDay(to), 1)),
    ),
    weighed: weighed && isTrue(weighed),
    isShort: number !== undefined,
  };
}

/** The instant at which a page that starts here has looked at enough; null when the way ends before. */
async function endOfLook(
  reader: Reader,
  { along }: Way,
  after: OrderCursor | null,
  lookedAt: number,
): Promise<Date | null> {
  const [end] = await reader
    .select({ placedAt: orders.placedAt })
    .from(orders)
    .where(and(along, after === null ? undefined : lt(orders.placedAt, after.placedAt)))
    .orderBy(desc(orders.placedAt))
    .limit(1)
    .offset(lookedAt);
  return end?.placedAt ?? null;
}

/** The statement of a page: what `along` finds between the cursor and `end`, and `weighed` lets through. */
function pageQuery(reader: Reader, way: Way, after: OrderCursor | null, end: Date | null, limit: number) {
  return reader
    .select(listed)
    .from(orders)
    .where(
      and(
        way.along,
        after === null ? lte(orders.placedAt, LATEST) : beyond(after),
        end === null ? undefined : gte(orders.placedAt, end),
        way.weighed,
      ),
    )
    .orderBy(desc(orders.placedAt), desc(orders.id))
    .limit(limit);
}

/** Placed before the cursor. The first half is what an index can use; the second orders those of one instant. */
function beyond({ placedAt, id }: OrderCursor): SQL | undefined {
  const isLater = or(lt(orders.placedAt, placedAt), lt(orders.id, id));
  return and(lte(orders.placedAt, placedAt), isLater && isTrue(isLater));
}

function isTrue(condition: SQL): SQL {
  return sql`(${condition}) IS TRUE`;
}

/** What a list shows of an order. */
export const listed = {
  id: orders.id,
  platform: orders.platform,
  maskedId: orders.maskedId,
  status: orders.status,
  paid: orders.paid,
  refunded: orders.refunded,
  refundUnknown: orders.refundUnknown,
  placedAt: orders.placedAt,
  ownerId: orders.ownerId,
  batchId: orders.batchId,
};
