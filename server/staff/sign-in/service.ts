import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { staff, staffPasskeys } from "#db/schema/staff.ts";
import * as audit from "../../audit/service.ts";
import type { Context } from "../../core/context.ts";
import type { StaffId } from "../../core/id.ts";
import { consume, type Limit, release, tooMany } from "../../core/limits.ts";
import type { PasskeyResponse } from "../../core/passkeys/model.ts";
import * as ceremony from "../../core/passkeys/service.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Visit } from "../../core/visit.ts";
import { mayBeUsed } from "../demo/queries.ts";
import { fitsPassword } from "../passwords/service.ts";
import { emailIndex, openSession } from "../service.ts";

const QUARTER_HOUR = 15 * 60_000;
/** Wrong passwords for one account: beyond that it waits. A passkey is not held up, so nobody can lock another out. */
const TRIES_PER_ACCOUNT: readonly Limit[] = [{ count: 10, windowMs: QUARTER_HOUR }];
const TRIES_PER_ADDRESS: readonly Limit[] = [{ count: 50, windowMs: QUARTER_HOUR }];

/**
 * Checks e-mail and password and opens a session that may do nothing yet but show or enrol a second factor.
 * Refuses: CREDENTIALS_WRONG (the same, after the same work, for an unknown e-mail, a wrong password and a suspended
 * account), TOO_MANY_ATTEMPTS.
 */
export async function signIn(
  ctx: Context,
  visit: Visit,
  { email, password }: { email: string; password: string },
): Promise<{ readonly token: string }> {
  const index = emailIndex(ctx, email);
  const uses = [
    {
      bucket: "staff.signIn.address",
      key: ctx.keys.keyedHash("address-limit", visit.addressGroup),
      limits: TRIES_PER_ADDRESS,
    },
    { bucket: "staff.signIn", key: index, limits: TRIES_PER_ACCOUNT },
  ];
  await admit(ctx, uses);
  const [account] = await ctx.db
    .select({ id: staff.id, state: staff.state, passwordHash: staff.passwordHash })
    .from(staff)
    .where(eq(staff.emailIndex, index));
  const fits = await fitsPassword(account?.passwordHash, password);
  const session = await ctx.db.transact(async (tx) => {
    if (account === undefined || !fits || account.state !== "active" || !mayBeUsed(ctx, index)) {
      return recordRefusal(tx, ctx, account?.id ?? null, "password");
    }
    for (const use of uses) await release(tx, ctx, use);
    return open(tx, ctx, visit, { staffId: account.id, credential: "password" });
  });
  if (session === null) throw new Refusal("CREDENTIALS_WRONG", {}, "unauthenticated");
  return session;
}

/** Begins to sign in with whichever passkey the person picks on their device. Refuses: TOO_MANY_ATTEMPTS. */
export async function startPasskey(ctx: Context, visit: Visit) {
  return ceremony.startAuthentication(ctx, visit, { purpose: "staff.signIn" });
}

/** Signs in by passkey: possession and verification of the person are two factors in one. Refuses: PASSKEY_REJECTED. */
export async function finishPasskey(
  ctx: Context,
  visit: Visit,
  response: PasskeyResponse,
): Promise<{ readonly token: string }> {
  const [stored] = await ctx.db
    .select({ passkey: staffPasskeys, emailIndex: staff.emailIndex })
    .from(staffPasskeys)
    .innerJoin(staff, eq(staff.id, staffPasskeys.staffId))
    .where(and(eq(staffPasskeys.credentialId, response.id), eq(staff.state, "active")));
  const checked = await ceremony.finishAuthentication(ctx, visit, "staff.signIn", response, stored?.passkey);
  const session = await ctx.db.transact(async (tx) => {
    const used =
      checked &&
      stored &&
      mayBeUsed(ctx, stored.emailIndex) &&
      (await countUse(tx, ctx, stored.passkey, checked.counter));
    if (!used) return recordRefusal(tx, ctx, stored?.passkey.staffId ?? null, "passkey");
    return open(tx, ctx, visit, { staffId: stored.passkey.staffId, credential: "passkey" });
  });
  if (session === null) throw new Refusal("PASSKEY_REJECTED", {}, "unauthenticated");
  return session;
}

/** Writes a passkey's use down; false when another use came first. */
export async function countUse(
  tx: Tx,
  ctx: Pick<Context, "now">,
  passkey: typeof staffPasskeys.$inferSelect,
  counter: number,
): Promise<boolean> {
  const used = await tx
    .update(staffPasskeys)
    .set({ counter, lastUsedAt: ctx.now })
    .where(and(eq(staffPasskeys.id, passkey.id), eq(staffPasskeys.counter, passkey.counter)))
    .returning({ id: staffPasskeys.id });
  return used.length > 0;
}

async function admit(ctx: Context, uses: readonly Parameters<typeof consume>[2][]): Promise<void> {
  const verdict = await ctx.db.transact(async (tx) => {
    for (const use of uses) {
      const admitted = await consume(tx, ctx, use);
      if (admitted.ok) continue;
      if (admitted.first) {
        await audit.record(tx, ctx, {
          action: "limit.reach",
          subject: { kind: "limit", id: use.bucket },
          outcome: "refused",
        });
      }
      return admitted;
    }
    return null;
  });
  if (verdict !== null) throw tooMany(verdict);
}

async function open(
  tx: Tx,
  ctx: Context,
  visit: Visit,
  { staffId, credential }: { staffId: StaffId; credential: "password" | "passkey" },
): Promise<{ readonly token: string }> {
  const { token, sessionId } = await openSession(tx, ctx, {
    staffId,
    device: visit.device,
    steppedUp: credential === "passkey",
  });
  await audit.record(tx, ctx, {
    action: "staff.signIn",
    subject: { kind: "staff", id: staffId },
    detail: { credential, session: sessionId },
  });
  return { token };
}

async function recordRefusal(tx: Tx, ctx: Context, staffId: StaffId | null, credential: string): Promise<null> {
  await audit.record(tx, ctx, {
    action: "staff.signIn",
    subject: { kind: "staff", id: staffId },
    outcome: "refused",
    detail: { credential },
  });
  return null;
}
