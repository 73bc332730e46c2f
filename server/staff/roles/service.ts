import { and, eq, inArray, notInArray } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { staff, staffRoles } from "#db/schema/staff.ts";
import * as audit from "../../audit/service.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import type { StaffId } from "../../core/id.ts";
import { Refusal } from "../../core/refusal.ts";
import { clearFactors } from "../factors/service.ts";
import type { Role } from "../model.ts";
import { endSessionsOf } from "../service.ts";

type Acting = Context<StaffActor>;
type OneStaff = { readonly staffId: StaffId };

/** Gives somebody exactly these roles, from their next call on. Refuses: STAFF_NOT_FOUND, LAST_OWNER. */
export async function assign(ctx: Acting, { staffId, roles }: OneStaff & { roles: Role[] }): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const before = await rolesOf(tx, staffId);
    await tx.delete(staffRoles).where(and(eq(staffRoles.staffId, staffId), notInArray(staffRoles.role, roles)));
    const added = roles.filter((role) => !before.includes(role));
    if (added.length > 0) {
      await tx.insert(staffRoles).values(added.map((role) => ({ staffId, role, assignedAt: ctx.now })));
    }
    await demandOwner(tx);
    await audit.record(tx, ctx, {
      action: "staff.assign",
      subject: { kind: "staff", id: staffId },
      detail: { before: before.join("+"), after: roles.join("+") },
    });
  });
}

/** Shuts somebody out: every session ends at once. Refuses: NOT_YOURSELF, STAFF_NOT_FOUND, LAST_OWNER. */
export async function suspend(ctx: Acting, { staffId }: OneStaff): Promise<void> {
  if (staffId === ctx.actor.id) throw new Refusal("NOT_YOURSELF");
  await ctx.db.transact(async (tx) => {
    await setState(tx, staffId, "suspended");
    await demandOwner(tx);
    const ended = await endSessionsOf(tx, ctx, staffId);
    await audit.record(tx, ctx, {
      action: "staff.suspend",
      subject: { kind: "staff", id: staffId },
      detail: { sessionsEnded: ended },
    });
  });
}

/** Lets somebody in again who was suspended. Refuses: STAFF_NOT_FOUND. */
export async function reinstate(ctx: Acting, { staffId }: OneStaff): Promise<void> {
  await ctx.db.transact(async (tx) => {
    await setState(tx, staffId, "active");
    await audit.record(tx, ctx, { action: "staff.reinstate", subject: { kind: "staff", id: staffId } });
  });
}

/**
 * For somebody who lost their second factor: takes it away and ends every session; the next sign-in enrols a new one.
 * Refuses: NOT_YOURSELF, STAFF_NOT_FOUND.
 */
export async function resetFactors(ctx: Acting, { staffId }: OneStaff): Promise<void> {
  if (staffId === ctx.actor.id) throw new Refusal("NOT_YOURSELF");
  await ctx.db.transact(async (tx) => {
    await rolesOf(tx, staffId);
    await clearFactors(tx, staffId);
    const ended = await endSessionsOf(tx, ctx, staffId);
    await audit.record(tx, ctx, {
      action: "staff.resetFactors",
      subject: { kind: "staff", id: staffId },
      detail: { sessionsEnded: ended },
    });
  });
}

async function rolesOf(tx: Tx, staffId: StaffId): Promise<Role[]> {
  const rows = await tx
    .select({ role: staffRoles.role })
    .from(staff)
    .leftJoin(staffRoles, eq(staffRoles.staffId, staff.id))
    .where(eq(staff.id, staffId));
  if (rows.length === 0) throw new Refusal("STAFF_NOT_FOUND", {}, "missing");
  return rows.flatMap(({ role }) => role ?? []);
}

async function setState(tx: Tx, staffId: StaffId, state: "active" | "suspended"): Promise<void> {
  const changed = await tx.update(staff).set({ state }).where(eq(staff.id, staffId)).returning({ id: staff.id });
  if (changed.length === 0) throw new Refusal("STAFF_NOT_FOUND", {}, "missing");
}

/** Somebody must be left who can let others in. Transactions are serialisable, so two cannot remove each other. */
async function demandOwner(tx: Tx): Promise<void> {
  const owners = await tx.$count(
    staff,
    and(
      eq(staff.state, "active"),
      inArray(staff.id, tx.select({ id: staffRoles.staffId }).from(staffRoles).where(eq(staffRoles.role, "owner"))),
    ),
  );
  if (owners === 0) throw new Refusal("LAST_OWNER");
}
