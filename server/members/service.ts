import { randomInt } from "node:crypto";
import { and, eq, gt, isNull, lt, ne, sql } from "drizzle-orm";
import type { Db, Reader, Tx } from "#db/client.ts";
import { memberKeys, memberPasskeys, memberPhones, memberSessions, members, memberTotals } from "#db/schema/members.ts";
import * as audit from "../audit/service.ts";
import type { Context, MemberActor } from "../core/context.ts";
import type { Id, MemberId } from "../core/id.ts";
import { Refusal } from "../core/refusal.ts";
import type { DataKey } from "../core/seal.ts";
import { addDays } from "../core/time.ts";
import { hashToken, mintToken } from "../core/token.ts";
import { cardNumber } from "./rules.ts";

/** A session unused for so long is over; one of such an age is over in any case (days). */
const IDLE_DAYS = 30;
const ABSOLUTE_DAYS = 180;
/** How long a phone may rest, and the membership with it, before it alone is no proof any more (days). */
export const DORMANT_DAYS = 180;
/** How often the last use of a session is written down. */
const TOUCH_MS = 3_600_000;

export type Member = typeof members.$inferSelect;

/**
 * Makes a member who is nothing but a card number and a key of their own. `number`, when it is still free, becomes the
 * card number; credentials are added by the caller in the same transaction.
 */
export async function create(tx: Tx, ctx: Context, number = cardNumber(randomInt)): Promise<Member> {
  const id = ctx.newId<"member">();
  for (let candidate = number; ; candidate = cardNumber(randomInt)) {
    const [member] = await tx
      .insert(members)
      .values({ id, number: candidate, state: "active", joinedAt: ctx.now })
      .onConflictDoNothing()
      .returning();
    if (member === undefined) continue;
    await tx.insert(memberKeys).values({ memberId: id, wrapped: ctx.keys.newDataKey().wrapped });
    await tx
      .insert(memberTotals)
      .values({ bucket: Number.parseInt(id.slice(-1), 16), active: 1 })
      .onConflictDoUpdate({ target: memberTotals.bucket, set: { active: sql`${memberTotals.active} + 1` } });
    await audit.record(tx, ctx, { action: "member.join", subject: { kind: "member", id }, memberId: id });
    return member;
  }
}

/** The member's own key, which seals what is theirs. Refuses: MEMBER_NOT_FOUND (also once the key is destroyed). */
export async function dataKey(reader: Reader, ctx: Pick<Context, "keys">, memberId: MemberId): Promise<DataKey> {
  const [row] = await reader
    .select({ wrapped: memberKeys.wrapped })
    .from(memberKeys)
    .where(eq(memberKeys.memberId, memberId));
  if (row === undefined) throw new Refusal("MEMBER_NOT_FOUND", {}, "missing");
  return ctx.keys.openDataKey(row.wrapped);
}

export type NewSession = { readonly token: string; readonly actor: MemberActor };

/** Opens a session for a member whose credential was just checked. The token goes to the browser's cookie alone. */
export async function openSession(tx: Tx, ctx: Context, memberId: MemberId, device: string): Promise<NewSession> {
  const token = mintToken();
  const sessionId = ctx.newId<"memberSession">();
  await tx.insert(memberSessions).values({
    id: sessionId,
    memberId,
    tokenHash: hashToken(token),
    device,
    createdAt: ctx.now,
    lastSeenAt: ctx.now,
    expiresAt: addDays(ctx.now, ABSOLUTE_DAYS),
  });
  return { token, actor: { kind: "member", id: memberId, sessionId } };
}

/** Who holds this session token now: null when it is unknown, ended, expired or idle, or the member has left. */
export async function resolveMember(deps: { db: Db; now: Date }, token: string): Promise<MemberActor | null> {
  const { db, now } = deps;
  const [session] = await db
    .select({ id: memberSessions.id, memberId: members.id, lastSeenAt: memberSessions.lastSeenAt })
    .from(memberSessions)
    .innerJoin(members, eq(members.id, memberSessions.memberId))
    .where(
      and(
        eq(memberSessions.tokenHash, hashToken(token)),
        isNull(memberSessions.endedAt),
        gt(memberSessions.expiresAt, now),
        gt(memberSessions.lastSeenAt, addDays(now, -IDLE_DAYS)),
        eq(members.state, "active"),
      ),
    );
  if (session === undefined) return null;
  if (now.getTime() - session.lastSeenAt.getTime() > TOUCH_MS) {
    await db.transact((tx) =>
      tx
        .update(memberSessions)
        .set({ lastSeenAt: now })
        .where(
          and(eq(memberSessions.id, session.id), isNull(memberSessions.endedAt), lt(memberSessions.lastSeenAt, now)),
        ),
    );
  }
  return { kind: "member", id: session.memberId, sessionId: session.id };
}

/** Ends one of the member's own sessions; its next call is a visitor's. Refuses: SESSION_NOT_FOUND. */
export async function endSession(
  ctx: Context<MemberActor>,
  { sessionId }: { sessionId: Id<"memberSession"> },
): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const [ended] = await tx
      .update(memberSessions)
      .set({ endedAt: ctx.now })
      .where(
        and(
          eq(memberSessions.id, sessionId),
          eq(memberSessions.memberId, ctx.actor.id),
          isNull(memberSessions.endedAt),
        ),
      )
      .returning({ id: memberSessions.id });
    if (ended === undefined) throw new Refusal("SESSION_NOT_FOUND", {}, "missing");
    await audit.record(tx, ctx, { action: "member.signOut", subject: { kind: "memberSession", id: sessionId } });
  });
}

/** Signs the member out on every other device; gives how many sessions that ended. */
export async function endOtherSessions(ctx: Context<MemberActor>): Promise<{ ended: number }> {
  return ctx.db.transact(async (tx) => ({ ended: await endOthers(tx, ctx) }));
}

/** Ends every session of the member but the one that acts, within the transaction of what called for it. */
export async function endOthers(tx: Tx, ctx: Context<MemberActor>): Promise<number> {
  const ended = await tx
    .update(memberSessions)
    .set({ endedAt: ctx.now })
    .where(
      and(
        eq(memberSessions.memberId, ctx.actor.id),
        isNull(memberSessions.endedAt),
        ne(memberSessions.id, ctx.actor.sessionId),
      ),
    )
    .returning({ id: memberSessions.id });
  await audit.record(tx, ctx, {
    action: "member.signOutElsewhere",
    subject: { kind: "member", id: ctx.actor.id },
    detail: { sessions: ended.length },
  });
  return ended.length;
}

/** Whoever has no credential left could never come back. Refuses: LAST_CREDENTIAL. */
export async function demandAnotherCredential(reader: Reader, memberId: MemberId): Promise<void> {
  const phones = await reader.$count(memberPhones, eq(memberPhones.memberId, memberId));
  const passkeys = await reader.$count(memberPasskeys, eq(memberPasskeys.memberId, memberId));
  if (phones + passkeys === 0) throw new Refusal("LAST_CREDENTIAL");
}

/** Forgets sessions that are long over, so long that nobody asks any more when the member was last here. */
export async function sweepSessions(tx: Tx, ctx: Pick<Context, "now">): Promise<void> {
  await tx.delete(memberSessions).where(lt(memberSessions.expiresAt, addDays(ctx.now, -DORMANT_DAYS)));
}
