import { and, eq, lt } from "drizzle-orm";
import type { Reader, Tx } from "#db/client.ts";
import { staff, staffPasskeys, staffTotps } from "#db/schema/staff.ts";
import * as audit from "../../audit/service.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import type { Id, StaffId } from "../../core/id.ts";
import { consume, type Limit, release, tooMany } from "../../core/limits.ts";
import type { NewPasskeyResponse, PasskeyResponse } from "../../core/passkeys/model.ts";
import * as ceremony from "../../core/passkeys/service.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Visit } from "../../core/visit.ts";
import { maskEmail, mayEnrol } from "../rules.ts";
import { emailOf, endSessionsOf, stepUp } from "../service.ts";
import { countUse } from "../sign-in/service.ts";
import { newTotpSecret, totpStep, totpUri } from "./totp.ts";

type Acting = Context<StaffActor>;
type Shown = { readonly token: string };

const MINUTE = 60_000;
/** Codes tried by one account: a code has 10⁶ values and three of them count at a time. */
const TRIES: readonly Limit[] = [
  { count: 5, windowMs: 5 * MINUTE },
  { count: 20, windowMs: 60 * MINUTE },
];
/** How long somebody may take to scan the code and type its first digits. */
const ENROL_MS = 15 * MINUTE;

const place = (column: string, row: StaffId) => ({ table: "staff_totps", column, row });

/** Which second factors somebody has. */
export async function factorsOf(reader: Reader, staffId: StaffId): Promise<{ totp: boolean; passkeys: number }> {
  return {
    totp: (await reader.$count(staffTotps, eq(staffTotps.staffId, staffId))) > 0,
    passkeys: await reader.$count(staffPasskeys, eq(staffPasskeys.staffId, staffId)),
  };
}

/**
 * Shows the second factor by authenticator code, at sign-in and for step-up; the session gets a new token. A code counts
 * once: it and older ones are void afterwards. Refuses: CODE_REJECTED, TOO_MANY_ATTEMPTS.
 */
export async function showTotp(ctx: Acting, { code }: { code: string }): Promise<Shown> {
  const me = ctx.actor.id;
  const use = { bucket: "staff.totp", key: me, limits: TRIES };
  const outcome = await ctx.db.transact(async (tx) => {
    const admitted = await consume(tx, ctx, use);
    if (!admitted.ok) {
      if (admitted.first) await recordRefusal(tx, ctx, "totp");
      return admitted;
    }
    const [totp] = await tx.select().from(staffTotps).where(eq(staffTotps.staffId, me));
    const secret = totp && ctx.keys.openForSystem(totp.secretSealed, place("secret_sealed", me));
    const step = secret === undefined ? null : totpStep(secret, code, ctx.now);
    const accepted =
      step === null
        ? []
        : await tx
            .update(staffTotps)
            .set({ lastStep: step })
            .where(and(eq(staffTotps.staffId, me), lt(staffTotps.lastStep, step)))
            .returning({ staffId: staffTotps.staffId });
    if (accepted.length === 0) return recordRefusal(tx, ctx, "totp");
    await release(tx, ctx, use);
    return recordShown(tx, ctx, "totp");
  });
  if (outcome === null) throw new Refusal("CODE_REJECTED", {}, "invalid");
  if ("ok" in outcome) throw tooMany(outcome);
  return outcome;
}

/** Begins to show one of one's own passkeys. Refuses: TOO_MANY_ATTEMPTS. */
export async function startPasskey(ctx: Acting, visit: Visit) {
  const known = await ctx.db.select().from(staffPasskeys).where(eq(staffPasskeys.staffId, ctx.actor.id));
  return ceremony.startAuthentication(ctx, visit, { purpose: "staff.stepUp", known });
}

/** Shows the second factor by passkey; the session gets a new token. Refuses: PASSKEY_REJECTED. */
export async function finishPasskey(ctx: Acting, visit: Visit, response: PasskeyResponse): Promise<Shown> {
  const [stored] = await ctx.db
    .select()
    .from(staffPasskeys)
    .where(and(eq(staffPasskeys.credentialId, response.id), eq(staffPasskeys.staffId, ctx.actor.id)));
  const checked = await ceremony.finishAuthentication(ctx, visit, "staff.stepUp", response, stored);
  const outcome = await ctx.db.transact(async (tx) => {
    const used = checked && stored && (await countUse(tx, ctx, stored, checked.counter));
    return used ? recordShown(tx, ctx, "passkey") : recordRefusal(tx, ctx, "passkey");
  });
  if (outcome === null) throw new Refusal("PASSKEY_REJECTED", {}, "invalid");
  return outcome;
}

/**
 * A new authenticator secret to scan, not stored yet: `pending` is the same, sealed, and comes back with its first code.
 * Refuses: STEP_UP_REQUIRED where a factor exists and was not just shown.
 */
export async function startTotp(ctx: Acting): Promise<{ secret: string; uri: string; pending: string }> {
  await demandEnrolment(ctx.db, ctx);
  const [me] = await ctx.db.select().from(staff).where(eq(staff.id, ctx.actor.id));
  const secret = newTotpSecret();
  const until = ctx.now.getTime() + ENROL_MS;
  return {
    secret,
    uri: totpUri(secret, me === undefined ? "" : maskEmail(emailOf(ctx, me))),
    pending: ctx.keys.sealForSystem(`${secret} ${until}`, place("pending", ctx.actor.id)).toString("base64url"),
  };
}

/**
 * Makes a scanned secret the account's authenticator, in place of an older one; every other session ends.
 * Refuses: CODE_REJECTED, STEP_UP_REQUIRED.
 */
export async function confirmTotp(ctx: Acting, { pending, code }: { pending: string; code: string }): Promise<Shown> {
  const me = ctx.actor.id;
  const [secret = "", until = "0"] = openPending(ctx, pending).split(" ");
  const step = Number(until) > ctx.now.getTime() ? totpStep(secret, code, ctx.now) : null;
  const shown = await ctx.db.transact(async (tx) => {
    await demandEnrolment(tx, ctx);
    if (step === null) return recordRefusal(tx, ctx, "totp");
    await keepTotp(tx, ctx, me, { secret, lastStep: step });
    return recordEnrolment(tx, ctx, "totp");
  });
  if (shown === null) throw new Refusal("CODE_REJECTED", {}, "invalid");
  return shown;
}

/** Stores an authenticator secret, in place of an older one, within the transaction of what called for it. */
export async function keepTotp(
  tx: Tx,
  ctx: Context,
  staffId: StaffId,
  { secret, lastStep }: { secret: string; lastStep: number },
): Promise<void> {
  const kept = {
    secretSealed: ctx.keys.sealForSystem(secret, place("secret_sealed", staffId)),
    lastStep,
    confirmedAt: ctx.now,
  };
  await tx
    .insert(staffTotps)
    .values({ staffId, ...kept })
    .onConflictDoUpdate({ target: staffTotps.staffId, set: kept });
}

/** Begins to add a passkey. Refuses: STEP_UP_REQUIRED, TOO_MANY_ATTEMPTS. */
export async function startNewPasskey(ctx: Acting, visit: Visit) {
  await demandEnrolment(ctx.db, ctx);
  const [me] = await ctx.db.select().from(staff).where(eq(staff.id, ctx.actor.id));
  const known = await ctx.db
    .select({ credentialId: staffPasskeys.credentialId })
    .from(staffPasskeys)
    .where(eq(staffPasskeys.staffId, ctx.actor.id));
  return ceremony.startRegistration(ctx, visit, {
    purpose: "staff.add",
    subjectId: ctx.actor.id,
    name: me?.name ?? "",
    known: known.map(({ credentialId }) => credentialId),
  });
}

/** Adds the passkey that was just created; every other session ends. Refuses: PASSKEY_REJECTED, STEP_UP_REQUIRED. */
export async function finishNewPasskey(ctx: Acting, visit: Visit, response: NewPasskeyResponse): Promise<Shown> {
  const made = await ceremony.finishRegistration(ctx, visit, "staff.add", response);
  const shown = await ctx.db.transact(async (tx) => {
    await demandEnrolment(tx, ctx);
    if (made?.subjectId !== ctx.actor.id) return recordRefusal(tx, ctx, "passkey");
    const [kept] = await tx
      .insert(staffPasskeys)
      .values({
        id: ctx.newId<"passkey">(),
        staffId: ctx.actor.id,
        ...made.passkey,
        device: visit.device,
        createdAt: ctx.now,
        lastUsedAt: null,
      })
      .onConflictDoNothing()
      .returning({ id: staffPasskeys.id });
    return kept === undefined ? recordRefusal(tx, ctx, "passkey") : recordEnrolment(tx, ctx, "passkey");
  });
  if (shown === null) throw new Refusal("PASSKEY_REJECTED", {}, "invalid");
  return shown;
}

/** Removes a passkey; every other session ends. Refuses: FACTOR_NOT_FOUND, LAST_FACTOR. */
export async function removePasskey(ctx: Acting, { passkeyId }: { passkeyId: Id<"passkey"> }): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const removed = await tx
      .delete(staffPasskeys)
      .where(and(eq(staffPasskeys.id, passkeyId), eq(staffPasskeys.staffId, ctx.actor.id)))
      .returning({ id: staffPasskeys.id });
    await recordRemoval(tx, ctx, "passkey", removed.length);
  });
}

/** Removes the authenticator app; every other session ends. Refuses: FACTOR_NOT_FOUND, LAST_FACTOR. */
export async function removeTotp(ctx: Acting): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const removed = await tx
      .delete(staffTotps)
      .where(eq(staffTotps.staffId, ctx.actor.id))
      .returning({ staffId: staffTotps.staffId });
    await recordRemoval(tx, ctx, "totp", removed.length);
  });
}

/** Takes every second factor away within the transaction of what called for it: the next sign-in enrols anew. */
export async function clearFactors(tx: Tx, staffId: StaffId): Promise<void> {
  await tx.delete(staffTotps).where(eq(staffTotps.staffId, staffId));
  await tx.delete(staffPasskeys).where(eq(staffPasskeys.staffId, staffId));
}

async function demandEnrolment(reader: Reader, ctx: Acting): Promise<void> {
  const { totp, passkeys } = await factorsOf(reader, ctx.actor.id);
  const verdict = mayEnrol({ hasFactor: totp || passkeys > 0, steppedUpAt: ctx.actor.steppedUpAt }, ctx.now);
  if (!verdict.ok) throw new Refusal(verdict.code, verdict.condition, "forbidden");
}

function openPending(ctx: Acting, pending: string): string {
  try {
    return ctx.keys.openForSystem(Buffer.from(pending, "base64url"), place("pending", ctx.actor.id));
  } catch {
    return "";
  }
}

async function recordShown(tx: Tx, ctx: Acting, factor: string): Promise<Shown> {
  const shown = await stepUp(tx, ctx);
  await audit.record(tx, ctx, {
    action: "staff.stepUp",
    subject: { kind: "staff", id: ctx.actor.id },
    detail: { factor },
  });
  return shown;
}

async function recordEnrolment(tx: Tx, ctx: Acting, factor: string): Promise<Shown> {
  const ended = await endSessionsOf(tx, ctx, ctx.actor.id, ctx.actor.sessionId);
  const shown = await stepUp(tx, ctx);
  await audit.record(tx, ctx, {
    action: "staff.addFactor",
    subject: { kind: "staff", id: ctx.actor.id },
    detail: { factor, sessionsEnded: ended },
  });
  return shown;
}

async function recordRemoval(tx: Tx, ctx: Acting, factor: string, removed: number): Promise<void> {
  if (removed === 0) throw new Refusal("FACTOR_NOT_FOUND", {}, "missing");
  const left = await factorsOf(tx, ctx.actor.id);
  if (!left.totp && left.passkeys === 0) throw new Refusal("LAST_FACTOR");
  const ended = await endSessionsOf(tx, ctx, ctx.actor.id, ctx.actor.sessionId);
  await audit.record(tx, ctx, {
    action: "staff.removeFactor",
    subject: { kind: "staff", id: ctx.actor.id },
    detail: { factor, sessionsEnded: ended },
  });
}

async function recordRefusal(tx: Tx, ctx: Acting, factor: string): Promise<null> {
  await audit.record(tx, ctx, {
    action: "staff.stepUp",
    subject: { kind: "staff", id: ctx.actor.id },
    outcome: "refused",
    detail: { factor },
  });
  return null;
}
