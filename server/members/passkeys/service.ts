import { randomInt } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { memberPasskeys, members } from "#db/schema/members.ts";
import type { AuditAction } from "../../audit/model.ts";
import * as audit from "../../audit/service.ts";
import type { Context, MemberActor } from "../../core/context.ts";
import type { Id } from "../../core/id.ts";
import type { NewPasskeyResponse, PasskeyResponse } from "../../core/passkeys/model.ts";
import * as ceremony from "../../core/passkeys/service.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Visit } from "../../core/visit.ts";
import { cardNumber } from "../rules.ts";
import { create, demandAnotherCredential, endOthers, type NewSession, openSession } from "../service.ts";

const rejected = () => new Refusal("PASSKEY_REJECTED", {}, "unauthenticated");

/** Begins to join with a passkey alone: no name, no phone, nothing personal. Refuses: TOO_MANY_ATTEMPTS. */
export async function startJoin(ctx: Context, visit: Visit) {
  const number = cardNumber(randomInt);
  return ceremony.startRegistration(ctx, visit, { purpose: "member.join", subjectId: number, name: number, known: [] });
}

/** Makes the member of a passkey that was just created, signed in. Refuses: PASSKEY_REJECTED. */
export async function finishJoin(ctx: Context, visit: Visit, response: NewPasskeyResponse): Promise<NewSession> {
  const made = await ceremony.finishRegistration(ctx, visit, "member.join", response);
  const session = await ctx.db.transact(async (tx) => {
    if (made === null || (await isKnown(tx, made.passkey))) return recordRejection(tx, ctx, "member.join");
    const member = await create(tx, ctx, made.subjectId);
    const opened = await openSession(tx, ctx, member.id, visit.device);
    await keep(tx, { ...ctx, actor: opened.actor }, visit, made.passkey);
    return opened;
  });
  if (session === null) throw rejected();
  return session;
}

/** Begins to sign in with whichever passkey the person picks on their device. Refuses: TOO_MANY_ATTEMPTS. */
export async function startSignIn(ctx: Context, visit: Visit) {
  return ceremony.startAuthentication(ctx, visit, { purpose: "member.signIn" });
}

/** Signs in by passkey. Refuses: PASSKEY_REJECTED, the same for unknown, wrong, replayed and closed. */
export async function finishSignIn(ctx: Context, visit: Visit, response: PasskeyResponse): Promise<NewSession> {
  const [stored] = await ctx.db
    .select({ passkey: memberPasskeys })
    .from(memberPasskeys)
    .innerJoin(members, eq(members.id, memberPasskeys.memberId))
    .where(and(eq(memberPasskeys.credentialId, response.id), eq(members.state, "active")));
  const checked = await ceremony.finishAuthentication(ctx, visit, "member.signIn", response, stored?.passkey);
  const session = await ctx.db.transact(async (tx) => {
    if (checked === null || stored === undefined) return recordRejection(tx, ctx, "member.signIn");
    const [used] = await tx
      .update(memberPasskeys)
      .set({ counter: checked.counter, lastUsedAt: ctx.now })
      .where(and(eq(memberPasskeys.id, stored.passkey.id), eq(memberPasskeys.counter, stored.passkey.counter)))
      .returning({ memberId: memberPasskeys.memberId });
    if (used === undefined) return recordRejection(tx, ctx, "member.signIn");
    const opened = await openSession(tx, ctx, used.memberId, visit.device);
    await audit.record(
      tx,
      { ...ctx, actor: opened.actor },
      {
        action: "member.signIn",
        subject: { kind: "memberSession", id: opened.actor.sessionId },
        detail: { credential: "passkey" },
      },
    );
    return opened;
  });
  if (session === null) throw rejected();
  return session;
}

/** Begins to add a passkey to a signed-in member. Refuses: TOO_MANY_ATTEMPTS. */
export async function startAdd(ctx: Context<MemberActor>, visit: Visit) {
  const [member] = await ctx.db.select({ number: members.number }).from(members).where(eq(members.id, ctx.actor.id));
  const known = await ctx.db
    .select({ credentialId: memberPasskeys.credentialId })
    .from(memberPasskeys)
    .where(eq(memberPasskeys.memberId, ctx.actor.id));
  return ceremony.startRegistration(ctx, visit, {
    purpose: "member.add",
    subjectId: ctx.actor.id,
    name: member?.number ?? "",
    known: known.map(({ credentialId }) => credentialId),
  });
}

/** Adds the passkey that was just created. Refuses: PASSKEY_REJECTED. */
export async function finishAdd(ctx: Context<MemberActor>, visit: Visit, response: NewPasskeyResponse): Promise<void> {
  const made = await ceremony.finishRegistration(ctx, visit, "member.add", response);
  const kept = await ctx.db.transact(async (tx) => {
    const fits = made?.subjectId === ctx.actor.id && !(await isKnown(tx, made.passkey));
    if (!fits) return recordRejection(tx, ctx, "member.addPasskey");
    return keep(tx, ctx, visit, made.passkey);
  });
  if (kept === null) throw rejected();
}

/** Removes a passkey and signs out every other session. Refuses: CREDENTIAL_NOT_FOUND, LAST_CREDENTIAL. */
export async function remove(ctx: Context<MemberActor>, { passkeyId }: { passkeyId: Id<"passkey"> }): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const removed = await tx
      .delete(memberPasskeys)
      .where(and(eq(memberPasskeys.id, passkeyId), eq(memberPasskeys.memberId, ctx.actor.id)))
      .returning({ id: memberPasskeys.id });
    if (removed.length === 0) throw new Refusal("CREDENTIAL_NOT_FOUND", {}, "missing");
    await demandAnotherCredential(tx, ctx.actor.id);
    await endOthers(tx, ctx);
    await audit.record(tx, ctx, { action: "member.removePasskey", subject: { kind: "passkey", id: passkeyId } });
  });
}

/** A credential belongs to one member: its id is never taken over. */
async function isKnown(tx: Tx, { credentialId }: ceremony.NewPasskey): Promise<boolean> {
  return (await tx.$count(memberPasskeys, eq(memberPasskeys.credentialId, credentialId))) > 0;
}

async function keep(
  tx: Tx,
  ctx: Context<MemberActor>,
  visit: Visit,
  passkey: ceremony.NewPasskey,
): Promise<Id<"passkey">> {
  const id = ctx.newId<"passkey">();
  await tx
    .insert(memberPasskeys)
    .values({ id, memberId: ctx.actor.id, ...passkey, device: visit.device, createdAt: ctx.now, lastUsedAt: null });
  await audit.record(tx, ctx, { action: "member.addPasskey", subject: { kind: "passkey", id } });
  return id;
}

async function recordRejection(tx: Tx, ctx: Context, action: AuditAction): Promise<null> {
  await audit.record(tx, ctx, { action, subject: { kind: "passkey", id: null }, outcome: "refused" });
  return null;
}
