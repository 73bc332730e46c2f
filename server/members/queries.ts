import { and, desc, eq, gt, isNull } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { memberPasskeys, memberSessions, members, memberTotals } from "#db/schema/members.ts";
import type { Context, MemberActor } from "../core/context.ts";
import { phoneOf } from "./phones/service.ts";

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
    .where(and(eq(memberSessions.memberId, me), isNull(memberSessions.endedAt), gt(memberSessions.expiresAt, ctx.now)))
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

/** How many members there are, from totals kept as they join: no scan. */
export async function activeMembers(reader: Reader): Promise<number> {
  const rows = await reader.select({ active: memberTotals.active }).from(memberTotals);
  return rows.reduce((sum, { active }) => sum + active, 0);
}
