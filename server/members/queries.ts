import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { memberKeys, memberPasskeys, memberPhones, memberSessions, members, memberTotals } from "#db/schema/members.ts";
import type { Context, MemberActor } from "../core/context.ts";
import { Refusal } from "../core/refusal.ts";
import { openPhone, phoneOf } from "./phones/service.ts";
import { maskPhone } from "./rules.ts";

/** What a member sees about how they get in: card number, credentials, open sessions. Nothing secret. */
export async function account(ctx: Context<MemberActor>) {
  const me = ctx.actor.id;
  const [member] = await ctx.db
    .select({ number: members.number, joinedAt: members.joinedAt })
    .from(members)
    .where(eq(members.id, me));
  const passkeys = await ctx.db
    .select({
      id: memberPasskeys.id,
      device: memberPasskeys.device,
      backedUp: memberPasskeys.backedUp,
      createdAt: memberPasskeys.createdAt,
      lastUsedAt: memberPasskeys.lastUsedAt,
    })
    .from(memberPasskeys)
    .where(eq(memberPasskeys.memberId, me))
    .orderBy(memberPasskeys.id);
  const sessions = await ctx.db
    .select({
      id: memberSessions.id,
      device: memberSessions.device,
      createdAt: memberSessions.createdAt,
      lastSeenAt: memberSessions.lastSeenAt,
    })
    .from(memberSessions)
    .where(openSessionsOf(ctx))
    .orderBy(desc(memberSessions.lastSeenAt))
    .limit(50);
  return {
    number: member?.number ?? "",
    joinedAt: member?.joinedAt ?? ctx.now,
    phone: await phoneOf(ctx.db, ctx, me),
    passkeys,
    sessions: sessions.map((session) => ({ ...session, current: session.id === ctx.actor.sessionId })),
  };
}

/**
 * What is held about a member, in one statement, for the home page: the values masked, the rest as counts. Refuses
 * MEMBER_NOT_FOUND.
 */
export async function held(ctx: Context<MemberActor>) {
  const me = ctx.actor.id;
  const [row] = await ctx.db
    .select({
      number: members.number,
      joinedAt: members.joinedAt,
      sealed: memberPhones.sealed,
      wrapped: memberKeys.wrapped,
      passkeys: sql`(select count(*) from ${memberPasskeys} where ${eq(memberPasskeys.memberId, me)})`.mapWith(Number),
      sessions: sql`(select count(*) from ${memberSessions} where ${openSessionsOf(ctx)})`.mapWith(Number),
    })
    .from(members)
    .leftJoin(memberPhones, eq(memberPhones.memberId, members.id))
    .leftJoin(memberKeys, eq(memberKeys.memberId, members.id))
    .where(eq(members.id, me));
  if (row === undefined) throw new Refusal("MEMBER_NOT_FOUND", {}, "missing");
  const { sealed, wrapped, ...shown } = row;
  const phone =
    sealed === null || wrapped === null ? null : maskPhone(openPhone(ctx, ctx.keys.openDataKey(wrapped), sealed, me));
  return { ...shown, phone };
}

function openSessionsOf({ actor, now }: Context<MemberActor>) {
  return and(eq(memberSessions.memberId, actor.id), isNull(memberSessions.endedAt), gt(memberSessions.expiresAt, now));
}

/** How many members there are, from totals kept as they join: no scan. */
export async function activeMembers(reader: Reader): Promise<number> {
  const rows = await reader.select({ active: memberTotals.active }).from(memberTotals);
  return rows.reduce((sum, { active }) => sum + active, 0);
}
