import { eq } from "drizzle-orm";
import { staff, staffRoles, staffTotps } from "#db/schema/staff.ts";
import * as audit from "../../audit/service.ts";
import type { Context } from "../../core/context.ts";
import type { StaffId } from "../../core/id.ts";
import { keepTotp } from "../factors/service.ts";
import { STEP_MS, totpCode } from "../factors/totp.ts";
import type { Role } from "../model.ts";
import { hashPassword } from "../passwords/service.ts";
import { emailIndex, emailPlace } from "../service.ts";
import { DEMO_PASSWORD, demoStaff } from "./model.ts";
import { isDemo } from "./queries.ts";

export type DemoAccount = {
  readonly role: Role;
  readonly name: string;
  readonly email: string;
  readonly password: string;
};

/** Adds the demo accounts that are not there yet; gives the ids by e-mail. Only ever called for the demo brand. */
export async function seedDemoStaff(ctx: Context): Promise<ReadonlyMap<string, StaffId>> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const ids = new Map<string, StaffId>();
  for (const account of demoStaff) {
    const index = emailIndex(ctx, account.email);
    const id = await ctx.db.transact(async (tx) => {
      const [known] = await tx.select({ id: staff.id }).from(staff).where(eq(staff.emailIndex, index));
      if (known !== undefined) return known.id;
      const fresh = ctx.newId<"staff">();
      await tx.insert(staff).values({
        id: fresh,
        name: account.name,
        emailSealed: ctx.keys.sealForSystem(account.email, emailPlace(fresh)),
        emailIndex: index,
        state: "active",
        passwordHash,
        createdAt: ctx.now,
      });
      await tx.insert(staffRoles).values({ staffId: fresh, role: account.role, assignedAt: ctx.now });
      await keepTotp(tx, ctx, fresh, { secret: account.totpSecret, lastStep: 0 });
      await audit.record(tx, ctx, {
        action: "staff.join",
        subject: { kind: "staff", id: fresh },
        detail: { roles: account.role, demo: true },
      });
      return fresh;
    });
    ids.set(account.email, id);
  }
  return ids;
}

/** The demo's accounts, for its sign-in page; none unless this deployment is the demo (EVENHAND_DEMO=1). */
export function demoAccounts(): readonly DemoAccount[] {
  if (!isDemo()) return [];
  return demoStaff.map(({ role, name, email }) => ({ role, name, email, password: DEMO_PASSWORD }));
}

/**
 * A code that the demo account that asks may use now: the present one, or the next when that was used already. Null when
 * both were, for anybody else, and outside the demo.
 */
export async function demoCode(ctx: Context): Promise<string | null> {
  if (!isDemo() || ctx.actor.kind !== "staff") return null;
  const [me] = await ctx.db.select({ index: staff.emailIndex }).from(staff).where(eq(staff.id, ctx.actor.id));
  const account = demoStaff.find(({ email }) => me?.index.equals(emailIndex(ctx, email)));
  if (account === undefined) return null;
  const [totp] = await ctx.db
    .select({ lastStep: staffTotps.lastStep })
    .from(staffTotps)
    .where(eq(staffTotps.staffId, ctx.actor.id));
  const present = Math.floor(ctx.now.getTime() / STEP_MS);
  const step = Math.max(present, (totp?.lastStep ?? 0) + 1);
  return step > present + 1 ? null : totpCode(account.totpSecret, new Date(step * STEP_MS));
}
