import { and, asc, desc, eq, gt, isNull, max } from "drizzle-orm";
import { staff, staffInvitations, staffPasskeys, staffRoles, staffSessions, staffTotps } from "#db/schema/staff.ts";
import type { Context, StaffActor } from "../core/context.ts";
import type { StaffId } from "../core/id.ts";
import { factorsOf } from "./factors/service.ts";
import { invitedEmail } from "./invitations/service.ts";
import { roles } from "./model.ts";
import { maskEmail } from "./rules.ts";
import { demandSecondFactor, emailOf } from "./service.ts";

/** Who acts, for the shell of every page: `stage` says what is still missing before the desk opens. */
export async function me(ctx: Context<StaffActor>) {
  const { actor } = ctx;
  const [row] = await ctx.db.select({ name: staff.name }).from(staff).where(eq(staff.id, actor.id));
  const factors = await factorsOf(ctx.db, actor.id);
  const hasFactor = factors.totp || factors.passkeys > 0;
  return {
    id: actor.id,
    name: row?.name ?? "",
    roles: actor.roles,
    permissions: [...actor.permissions],
    factors,
    stage: actor.steppedUpAt !== null ? ("open" as const) : hasFactor ? ("secondFactor" as const) : ("enrol" as const),
  };
}

/** One's own account: masked e-mail, factors, open sessions. Refuses: SECOND_FACTOR_REQUIRED. */
export async function account(ctx: Context<StaffActor>) {
  demandSecondFactor(ctx);
  const mine = ctx.actor.id;
  const [row] = await ctx.db.select().from(staff).where(eq(staff.id, mine));
  const [totp] = await ctx.db
    .select({ since: staffTotps.confirmedAt })
    .from(staffTotps)
    .where(eq(staffTotps.staffId, mine));
  const passkeys = await ctx.db
    .select({
      id: staffPasskeys.id,
      device: staffPasskeys.device,
      backedUp: staffPasskeys.backedUp,
      createdAt: staffPasskeys.createdAt,
      lastUsedAt: staffPasskeys.lastUsedAt,
    })
    .from(staffPasskeys)
    .where(eq(staffPasskeys.staffId, mine))
    .orderBy(asc(staffPasskeys.id));
  const sessions = await ctx.db
    .select({
      id: staffSessions.id,
      device: staffSessions.device,
      createdAt: staffSessions.createdAt,
      lastSeenAt: staffSessions.lastSeenAt,
    })
    .from(staffSessions)
    .where(and(eq(staffSessions.staffId, mine), isNull(staffSessions.endedAt), gt(staffSessions.expiresAt, ctx.now)))
    .orderBy(desc(staffSessions.lastSeenAt))
    .limit(50);
  return {
    name: row?.name ?? "",
    email: row === undefined ? "" : maskEmail(emailOf(ctx, row)),
    totpSince: totp?.since ?? null,
    passkeys,
    sessions: sessions.map((session) => ({ ...session, current: session.id === ctx.actor.sessionId })),
  };
}

/** Everybody who works here, with what they may do and how they sign in. E-mails are masked. */
export async function list(ctx: Context) {
  const people = await ctx.db.select().from(staff).orderBy(asc(staff.id)).limit(500);
  const held = await ctx.db.select().from(staffRoles);
  const totps = await ctx.db.select({ staffId: staffTotps.staffId }).from(staffTotps);
  const passkeys = await ctx.db.select({ staffId: staffPasskeys.staffId }).from(staffPasskeys);
  const seen = await ctx.db
    .select({ staffId: staffSessions.staffId, at: max(staffSessions.lastSeenAt) })
    .from(staffSessions)
    .groupBy(staffSessions.staffId);
  const of = <T extends { staffId: StaffId }>(rows: readonly T[], id: StaffId) =>
    rows.filter((row) => row.staffId === id);
  return people.map((person) => ({
    id: person.id,
    name: person.name,
    email: maskEmail(emailOf(ctx, person)),
    state: person.state,
    roles: roles.filter((role) => of(held, person.id).some((row) => row.role === role)),
    totp: of(totps, person.id).length > 0,
    passkeys: of(passkeys, person.id).length,
    lastSeenAt: of(seen, person.id)[0]?.at ?? null,
    createdAt: person.createdAt,
  }));
}

/** Links that still count. */
export async function invitations(ctx: Context) {
  const open = await ctx.db
    .select()
    .from(staffInvitations)
    .where(and(isNull(staffInvitations.closedAt), gt(staffInvitations.expiresAt, ctx.now)))
    .orderBy(desc(staffInvitations.createdAt), desc(staffInvitations.id))
    .limit(100);
  return open.map((invitation) => ({
    id: invitation.id,
    email: maskEmail(invitedEmail(ctx, invitation)),
    roles: invitation.roles,
    expiresAt: invitation.expiresAt,
  }));
}
