import { and, eq, gt, isNull } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { staff, staffInvitations, staffRoles } from "#db/schema/staff.ts";
import * as audit from "../../audit/service.ts";
import type { Context } from "../../core/context.ts";
import type { Id } from "../../core/id.ts";
import { consume, type Limit, tooMany } from "../../core/limits.ts";
import { Refusal } from "../../core/refusal.ts";
import { hashToken, mintToken } from "../../core/token.ts";
import type { Visit } from "../../core/visit.ts";
import type { Role } from "../model.ts";
import { mayUsePassword } from "../passwords/rules.ts";
import { hashPassword } from "../passwords/service.ts";
import { maskEmail } from "../rules.ts";
import { emailIndex, emailPlace, openSession } from "../service.ts";

/** How long a link counts. */
const INVITATION_MS = 72 * 3_600_000;
const TRIES_PER_ADDRESS: readonly Limit[] = [{ count: 30, windowMs: 15 * 60_000 }];

const place = (row: Id<"staffInvitation">) => ({ table: "staff_invitations", column: "email_sealed", row });

/**
 * Makes a one-time link for somebody to become staff, in place of an earlier one for the same e-mail. The token is in
 * the answer and nowhere else. Refuses: EMAIL_IN_USE.
 */
export async function invite(
  ctx: Context,
  { email, roles }: { email: string; roles: Role[] },
): Promise<{ readonly token: string; readonly path: string; readonly expiresAt: Date }> {
  const token = mintToken();
  const index = emailIndex(ctx, email);
  const id = ctx.newId<"staffInvitation">();
  const expiresAt = new Date(ctx.now.getTime() + INVITATION_MS);
  await ctx.db.transact(async (tx) => {
    if ((await tx.$count(staff, eq(staff.emailIndex, index))) > 0) throw new Refusal("EMAIL_IN_USE");
    await tx
      .update(staffInvitations)
      .set({ closedAt: ctx.now })
      .where(and(eq(staffInvitations.emailIndex, index), isNull(staffInvitations.closedAt)));
    await tx.insert(staffInvitations).values({
      id,
      emailSealed: ctx.keys.sealForSystem(email, place(id)),
      emailIndex: index,
      roles,
      tokenHash: hashToken(token),
      invitedBy: ctx.actor.kind === "staff" ? ctx.actor.id : null,
      createdAt: ctx.now,
      expiresAt,
    });
    await audit.record(tx, ctx, {
      action: "staff.invite",
      subject: { kind: "staffInvitation", id },
      detail: { roles: roles.join("+") },
    });
  });
  return { token, path: `/desk/invitations/${token}`, expiresAt };
}

/** Makes a link count no more. Refuses: INVITATION_CLOSED. */
export async function withdraw(ctx: Context, { invitationId }: { invitationId: Id<"staffInvitation"> }): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const [closed] = await tx
      .update(staffInvitations)
      .set({ closedAt: ctx.now })
      .where(and(eq(staffInvitations.id, invitationId), isNull(staffInvitations.closedAt)))
      .returning({ id: staffInvitations.id });
    if (closed === undefined) throw new Refusal("INVITATION_CLOSED");
    await audit.record(tx, ctx, {
      action: "staff.withdrawInvitation",
      subject: { kind: "staffInvitation", id: invitationId },
    });
  });
}

/** The e-mail that an invitation went to, in clear: for masking. */
export function invitedEmail(
  ctx: Pick<Context, "keys">,
  { id, emailSealed }: { id: Id<"staffInvitation">; emailSealed: Buffer },
): string {
  return ctx.keys.openForSystem(emailSealed, place(id));
}

/** What a link is for; null when it does not count (any more). */
export async function look(
  ctx: Context,
  { token }: { token: string },
): Promise<{ readonly email: string; readonly roles: readonly Role[]; readonly expiresAt: Date } | null> {
  const invitation = await find(ctx.db, ctx, token);
  if (invitation === null) return null;
  const { roles, expiresAt } = invitation;
  return { email: maskEmail(invitedEmail(ctx, invitation)), roles, expiresAt };
}

/**
 * Becomes staff by a link: name and password are the invited person's own choice, and the session that opens may only
 * enrol a second factor. The link counts once. Refuses: INVITATION_CLOSED, PASSWORD_SHORT, PASSWORD_COMMON,
 * TOO_MANY_ATTEMPTS.
 */
export async function accept(
  ctx: Context,
  visit: Visit,
  { token, name, password }: { token: string; name: string; password: string },
): Promise<{ readonly token: string }> {
  await admit(ctx, visit);
  const invitation = await find(ctx.db, ctx, token);
  if (invitation === null) throw await closed(ctx);
  const email = invitedEmail(ctx, invitation);
  const verdict = mayUsePassword(password, email);
  if (!verdict.ok) throw new Refusal(verdict.code, verdict.condition, "invalid");
  const passwordHash = await hashPassword(password);
  const session = await ctx.db.transact(async (tx) => {
    const [taken] = await tx
      .update(staffInvitations)
      .set({ closedAt: ctx.now })
      .where(and(eq(staffInvitations.id, invitation.id), isNull(staffInvitations.closedAt)))
      .returning({ id: staffInvitations.id });
    if (taken === undefined) return null;
    const id = ctx.newId<"staff">();
    await tx.insert(staff).values({
      id,
      name,
      emailSealed: ctx.keys.sealForSystem(email, emailPlace(id)),
      emailIndex: invitation.emailIndex,
      state: "active",
      passwordHash,
      createdAt: ctx.now,
    });
    await tx.insert(staffRoles).values(invitation.roles.map((role) => ({ staffId: id, role, assignedAt: ctx.now })));
    const opened = await openSession(tx, ctx, { staffId: id, device: visit.device, steppedUp: false });
    await audit.record(tx, ctx, {
      action: "staff.join",
      subject: { kind: "staff", id },
      detail: { invitation: invitation.id, roles: invitation.roles.join("+") },
    });
    return opened;
  });
  if (session === null) throw await closed(ctx);
  return session;
}

async function find(reader: Reader, ctx: Context, token: string) {
  const [invitation] = await reader
    .select()
    .from(staffInvitations)
    .where(
      and(
        eq(staffInvitations.tokenHash, hashToken(token)),
        isNull(staffInvitations.closedAt),
        gt(staffInvitations.expiresAt, ctx.now),
      ),
    );
  return invitation ?? null;
}

async function admit(ctx: Context, visit: Visit): Promise<void> {
  const key = ctx.keys.keyedHash("address-limit", visit.addressGroup);
  const verdict = await ctx.db.transact((tx) =>
    consume(tx, ctx, { bucket: "staff.invitation", key, limits: TRIES_PER_ADDRESS }),
  );
  if (!verdict.ok) throw tooMany(verdict);
}

async function closed(ctx: Context): Promise<Refusal> {
  await ctx.db.transact((tx) =>
    audit.record(tx, ctx, { action: "staff.join", subject: { kind: "staffInvitation", id: null }, outcome: "refused" }),
  );
  return new Refusal("INVITATION_CLOSED", {}, "missing");
}
