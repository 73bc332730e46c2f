import { and, eq, gt, isNull, lt, ne } from "drizzle-orm";
import type { Db, Tx } from "#db/client.ts";
import { staff, staffRoles, staffSessions } from "#db/schema/staff.ts";
import * as audit from "../audit/service.ts";
import type { Context, StaffActor } from "../core/context.ts";
import type { Id, StaffId } from "../core/id.ts";
import { Refusal } from "../core/refusal.ts";
import { hashToken, mintToken } from "../core/token.ts";
import { normaliseEmail, permissionsOf } from "./rules.ts";

/** A staff session unused for 30 minutes is over; one of 12 hours is over in any case. */
const IDLE_MS = 30 * 60_000;
const ABSOLUTE_MS = 12 * 3_600_000;
/** How often the last use of a session is written down. */
const TOUCH_MS = 60_000;

/** The keyed index by which a member of staff is found by e-mail. */
export function emailIndex(ctx: Pick<Context, "keys">, email: string): Buffer {
  return ctx.keys.keyedHash("email-index", normaliseEmail(email));
}

/** The e-mail of a row of staff, in clear: for masking, never for logs. */
export function emailOf(ctx: Pick<Context, "keys">, row: { id: StaffId; emailSealed: Buffer }): string {
  return ctx.keys.openForSystem(row.emailSealed, emailPlace(row.id));
}

/** Where the sealed e-mail of a row of staff lives. */
export function emailPlace(row: StaffId) {
  return { table: "staff", column: "email_sealed", row };
}

/** Opens a session after a first factor; `steppedUp` when what was shown is two factors in one (a passkey). */
export async function openSession(
  tx: Tx,
  ctx: Pick<Context, "now" | "newId">,
  { staffId, device, steppedUp }: { staffId: StaffId; device: string; steppedUp: boolean },
): Promise<{ token: string; sessionId: Id<"staffSession"> }> {
  const token = mintToken();
  const sessionId = ctx.newId<"staffSession">();
  await tx.insert(staffSessions).values({
    id: sessionId,
    staffId,
    tokenHash: hashToken(token),
    device,
    createdAt: ctx.now,
    lastSeenAt: ctx.now,
    steppedUpAt: steppedUp ? ctx.now : null,
    expiresAt: new Date(ctx.now.getTime() + ABSOLUTE_MS),
  });
  return { token, sessionId };
}

/** Marks that a second factor was shown in this session, and gives its new token: what a thief had before is void. */
export async function stepUp(tx: Tx, ctx: Context<StaffActor>): Promise<{ token: string }> {
  const token = mintToken();
  const [session] = await tx
    .update(staffSessions)
    .set({ tokenHash: hashToken(token), steppedUpAt: ctx.now, lastSeenAt: ctx.now })
    .where(and(eq(staffSessions.id, ctx.actor.sessionId), isNull(staffSessions.endedAt)))
    .returning({ id: staffSessions.id });
  if (session === undefined) throw new Refusal("SIGN_IN_REQUIRED", {}, "unauthenticated");
  return { token };
}

/**
 * Who holds this session token now, with the roles of this instant: null when the token is unknown, ended, expired or
 * idle, or its holder is suspended. Until a second factor was shown the permissions are `account:self` alone.
 */
export async function resolveStaff(deps: { db: Db; now: Date }, token: string): Promise<StaffActor | null> {
  const { db, now } = deps;
  const rows = await db
    .select({
      id: staffSessions.id,
      staffId: staff.id,
      steppedUpAt: staffSessions.steppedUpAt,
      lastSeenAt: staffSessions.lastSeenAt,
      role: staffRoles.role,
    })
    .from(staffSessions)
    .innerJoin(staff, eq(staff.id, staffSessions.staffId))
    .leftJoin(staffRoles, eq(staffRoles.staffId, staff.id))
    .where(
      and(
        eq(staffSessions.tokenHash, hashToken(token)),
        isNull(staffSessions.endedAt),
        gt(staffSessions.expiresAt, now),
        gt(staffSessions.lastSeenAt, new Date(now.getTime() - IDLE_MS)),
        eq(staff.state, "active"),
      ),
    );
  const [session] = rows;
  if (session === undefined) return null;
  if (now.getTime() - session.lastSeenAt.getTime() > TOUCH_MS) {
    await db.transact((tx) =>
      tx
        .update(staffSessions)
        .set({ lastSeenAt: now })
        .where(and(eq(staffSessions.id, session.id), isNull(staffSessions.endedAt), lt(staffSessions.lastSeenAt, now))),
    );
  }
  const roles = rows.flatMap(({ role }) => role ?? []);
  return {
    kind: "staff",
    id: session.staffId,
    sessionId: session.id,
    roles,
    permissions: permissionsOf(roles, session.steppedUpAt !== null),
    steppedUpAt: session.steppedUpAt,
  };
}

/** A password alone opens nothing: others' eyes and one's own account wait too. Refuses: SECOND_FACTOR_REQUIRED. */
export function demandSecondFactor(ctx: Context<StaffActor>): void {
  if (ctx.actor.steppedUpAt === null) throw new Refusal("SECOND_FACTOR_REQUIRED", {}, "forbidden");
}

/** Ends one of one's own sessions; its next call is a visitor's. Refuses: STAFF_SESSION_NOT_FOUND. */
export async function endSession(
  ctx: Context<StaffActor>,
  { sessionId }: { sessionId: Id<"staffSession"> },
): Promise<void> {
  if (sessionId !== ctx.actor.sessionId) demandSecondFactor(ctx);
  await ctx.db.transact(async (tx) => {
    const [ended] = await tx
      .update(staffSessions)
      .set({ endedAt: ctx.now })
      .where(
        and(eq(staffSessions.id, sessionId), eq(staffSessions.staffId, ctx.actor.id), isNull(staffSessions.endedAt)),
      )
      .returning({ id: staffSessions.id });
    if (ended === undefined) throw new Refusal("STAFF_SESSION_NOT_FOUND", {}, "missing");
    await audit.record(tx, ctx, { action: "staff.signOut", subject: { kind: "staffSession", id: sessionId } });
  });
}

/** Ends every session of somebody (but one to keep), within the transaction of what called for it; gives how many. */
export async function endSessionsOf(
  tx: Tx,
  ctx: Pick<Context, "now">,
  staffId: StaffId,
  keep?: Id<"staffSession">,
): Promise<number> {
  const ended = await tx
    .update(staffSessions)
    .set({ endedAt: ctx.now })
    .where(
      and(
        eq(staffSessions.staffId, staffId),
        isNull(staffSessions.endedAt),
        keep === undefined ? undefined : ne(staffSessions.id, keep),
      ),
    )
    .returning({ id: staffSessions.id });
  return ended.length;
}

/** Signs oneself out on every other device. */
export async function endOtherSessions(ctx: Context<StaffActor>): Promise<{ ended: number }> {
  demandSecondFactor(ctx);
  return ctx.db.transact(async (tx) => {
    const ended = await endSessionsOf(tx, ctx, ctx.actor.id, ctx.actor.sessionId);
    await audit.record(tx, ctx, {
      action: "staff.signOutElsewhere",
      subject: { kind: "staff", id: ctx.actor.id },
      detail: { sessions: ended },
    });
    return { ended };
  });
}
