import { and, asc, desc, eq, gt, gte, isNull, lt, lte, or, type SQL } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { memberPasskeys, memberPhones, memberSessions, members } from "#db/schema/members.ts";
import { orders } from "#db/schema/orders.ts";
import { tierLadders, tierStandings } from "#db/schema/tiers.ts";
import type { Context } from "../../core/context.ts";
import type { MemberId } from "../../core/id.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Tier, TierCode } from "../../tiers/model.ts";
import { phoneOf } from "../phones/service.ts";
import type { ListMembers, MemberCursor, MemberFilter } from "./model.ts";

/**
 * A page of members, newest first, nothing personal in it; `after` is where the next page starts, null at the end.
 * A search by number is over members of every state, and has one page in the order of the numbers; `more` says that
 * further digits would narrow it down.
 */
export async function list(ctx: Context, { filter, after, size }: ListMembers) {
  const tiers = await tiersInForce(ctx.db, ctx.now);
  const base = tiers[0]?.code ?? null;
  const rows = await listQuery(ctx.db, filter, base, after, size + 1);
  const page = rows.slice(0, size);
  const last = page.at(-1);
  const more = rows.length > size;
  const pages = more && filter.number === undefined;
  return {
    members: page.map((row) => ({ ...row, tier: row.tier ?? base })),
    after: pages && last ? { joinedAt: last.joinedAt, id: last.id } : null,
    more: more && !pages,
    tiers,
  };
}

/** The statement of `list`: each way of asking reads from the one index that has its rows together and in order. */
export function listQuery(
  reader: Reader,
  filter: MemberFilter,
  base: TierCode | null,
  after: MemberCursor | undefined,
  limit: number,
) {
  const joined = and(
    filter.joinedFrom === undefined ? undefined : gte(members.joinedAt, filter.joinedFrom),
    filter.joinedTo === undefined ? undefined : lt(members.joinedAt, filter.joinedTo),
  );
  const inTier = standsIn(filter.tier, base);
  const inState = eq(members.state, filter.state);
  const all = reader.select(listed).from(members).leftJoin(tierStandings, eq(tierStandings.memberId, members.id));
  if (filter.number !== undefined) {
    const range = and(
      gte(members.number, filter.number.padEnd(10, "0")),
      lte(members.number, filter.number.padEnd(10, "9")),
    );
    return all
      .where(and(range, joined, inTier))
      .orderBy(asc(members.number))
      .limit(limit);
  }
  if (filter.tier === undefined || filter.tier === base) {
    return all
      .where(and(inState, joined, inTier, beyond(after)))
      .orderBy(desc(members.joinedAt), desc(members.id))
      .limit(limit);
  }
  // Ids were given in the order of joining: the index of standings has a tier's members newest first.
  return reader
    .select(listed)
    .from(tierStandings)
    .innerJoin(members, eq(members.id, tierStandings.memberId))
    .where(and(inTier, after && lt(tierStandings.memberId, after.id), inState, joined))
    .orderBy(desc(tierStandings.memberId))
    .limit(limit);
}

/** In a tier. Members of the first one may have no standing yet. */
function standsIn(tier: TierCode | undefined, base: TierCode | null): SQL | undefined {
  if (tier === undefined) return undefined;
  return tier === base ? or(isNull(tierStandings.tier), eq(tierStandings.tier, tier)) : eq(tierStandings.tier, tier);
}

const listed = {
  id: members.id,
  number: members.number,
  state: members.state,
  joinedAt: members.joinedAt,
  tier: tierStandings.tier,
  keepUntil: tierStandings.keepUntil,
};

/** Joined earlier than the cursor. The first half is what an index can use; the second orders those of one instant. */
function beyond(after: MemberCursor | undefined): SQL | undefined {
  if (after === undefined) return undefined;
  return and(lte(members.joinedAt, after.joinedAt), or(lt(members.joinedAt, after.joinedAt), lt(members.id, after.id)));
}

/** The tiers of the ladder in force, from the lowest up; none before the first ladder. */
export async function tiersInForce(reader: Reader, at: Date): Promise<readonly Tier[]> {
  const [ladder] = await reader
    .select({ terms: tierLadders.terms })
    .from(tierLadders)
    .where(lte(tierLadders.effectiveFrom, at))
    .orderBy(desc(tierLadders.effectiveFrom))
    .limit(1);
  return ladder?.terms.tiers ?? [];
}

/** A member as staff see them: masked. Refuses: MEMBER_NOT_FOUND. */
export async function member(ctx: Context, memberId: MemberId) {
  const [found] = await ctx.db
    .select({
      id: members.id,
      number: members.number,
      state: members.state,
      joinedAt: members.joinedAt,
      closedAt: members.closedAt,
      tier: tierStandings.tier,
      since: tierStandings.since,
      keepUntil: tierStandings.keepUntil,
      graceUntil: tierStandings.graceUntil,
    })
    .from(members)
    .leftJoin(tierStandings, eq(tierStandings.memberId, members.id))
    .where(eq(members.id, memberId));
  if (found === undefined) throw new Refusal("MEMBER_NOT_FOUND", {}, "missing");
  const tiers = await tiersInForce(ctx.db, ctx.now);
  return {
    ...found,
    tier: found.tier ?? tiers[0]?.code ?? null,
    tiers,
    phone: await phoneOf(ctx.db, ctx, memberId),
    passkeys: await ctx.db.$count(memberPasskeys, eq(memberPasskeys.memberId, memberId)),
    sessions: await ctx.db.$count(
      memberSessions,
      and(eq(memberSessions.memberId, memberId), isNull(memberSessions.endedAt), gt(memberSessions.expiresAt, ctx.now)),
    ),
    orders: await ctx.db
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
      .where(eq(orders.ownerId, memberId))
      .orderBy(desc(orders.placedAt))
      .limit(20),
  };
}

/** The member who holds this phone (by its keyed hash); null when nobody does. */
export async function holderOf(reader: Reader, phoneIndex: Buffer): Promise<MemberId | null> {
  const [found] = await reader
    .select({ memberId: memberPhones.memberId })
    .from(memberPhones)
    .where(eq(memberPhones.phoneIndex, phoneIndex));
  return found?.memberId ?? null;
}
