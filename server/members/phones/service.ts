import { and, eq, gt } from "drizzle-orm";
import type { Reader, Tx } from "#db/client.ts";
import { memberPhones, memberSessions, members } from "#db/schema/members.ts";
import * as audit from "../../audit/service.ts";
import type { Context, MemberActor } from "../../core/context.ts";
import type { MemberId } from "../../core/id.ts";
import { no, Refusal, type Verdict } from "../../core/refusal.ts";
import type { DataKey } from "../../core/seal.ts";
import { addDays } from "../../core/time.ts";
import type { Visit } from "../../core/visit.ts";
import * as codes from "../codes/service.ts";
import { maskPhone } from "../rules.ts";
import {
  create,
  DORMANT_DAYS,
  dataKey,
  demandAnotherCredential,
  endOthers,
  type NewSession,
  openSession,
} from "../service.ts";

const place = (row: MemberId) => ({ table: "member_phones", column: "sealed", row });

type Given = { readonly phone: string; readonly code: string };

/**
 * Signs in by phone and code; a phone nobody has makes a new member. Operators give a number to somebody new after some
 * months: where neither phone nor membership was used for half a year, the card number is asked for too, and each try at
 * it costs a code. Refuses: CODE_WRONG, CODE_EXPIRED, CARD_NUMBER_NEEDED, TOO_MANY_ATTEMPTS.
 */
export async function signIn(
  ctx: Context,
  visit: Visit,
  { phone, code, card }: Given & { readonly card?: string },
): Promise<NewSession & { readonly joined: boolean }> {
  const index = codes.phoneIndex(ctx, phone);
  const outcome = await ctx.db.transact(async (tx) => {
    const verdict = await codes.redeem(tx, ctx, visit, { phone, code, purpose: "signIn" });
    if (!verdict.ok) return { verdict };
    const [known] = await tx
      .select({ id: members.id, number: members.number, verifiedAt: memberPhones.verifiedAt })
      .from(memberPhones)
      .innerJoin(members, eq(members.id, memberPhones.memberId))
      .where(and(eq(memberPhones.phoneIndex, index), eq(members.state, "active")));
    if (known !== undefined && known.number !== card && (await isDormant(tx, ctx, known))) {
      await recordRefusal(tx, ctx, "member.signIn", known.id);
      return { verdict: no("CARD_NUMBER_NEEDED") };
    }
    // A phone that only a closed membership holds is free again: whoever shows it now starts anew.
    if (known === undefined) await tx.delete(memberPhones).where(eq(memberPhones.phoneIndex, index));
    const memberId = known?.id ?? (await create(tx, ctx)).id;
    if (known === undefined) await keepPhone(tx, ctx, memberId, phone);
    const session = await openSession(tx, ctx, memberId, visit.device);
    await audit.record(
      tx,
      { ...ctx, actor: session.actor },
      {
        action: "member.signIn",
        subject: { kind: "memberSession", id: session.actor.sessionId },
        detail: { credential: "phone" },
      },
    );
    return { verdict, session: { ...session, joined: known === undefined } };
  });
  if (outcome.session === undefined) throw refusalOf(outcome.verdict);
  return outcome.session;
}

/**
 * Makes a phone the member's own, in place of one they had. Refuses: CODE_WRONG, CODE_EXPIRED, TOO_MANY_ATTEMPTS, and
 * PHONE_TAKEN, which only whoever holds the phone gets to see.
 */
export async function add(ctx: Context<MemberActor>, visit: Visit, { phone, code }: Given): Promise<void> {
  const index = codes.phoneIndex(ctx, phone);
  const verdict = await ctx.db.transact(async (tx): Promise<Verdict> => {
    const redeemed = await codes.redeem(tx, ctx, visit, { phone, code, purpose: "addPhone" });
    if (!redeemed.ok) return redeemed;
    const [holder] = await tx
      .select({ memberId: memberPhones.memberId })
      .from(memberPhones)
      .where(eq(memberPhones.phoneIndex, index));
    if (holder !== undefined && holder.memberId !== ctx.actor.id) {
      await recordRefusal(tx, ctx, "member.addPhone", ctx.actor.id);
      return no("PHONE_TAKEN");
    }
    await keepPhone(tx, ctx, ctx.actor.id, phone);
    await audit.record(tx, ctx, { action: "member.addPhone", subject: { kind: "member", id: ctx.actor.id } });
    return redeemed;
  });
  if (!verdict.ok) throw refusalOf(verdict);
}

/** Forgets the member's phone and signs out every other session. Refuses: CREDENTIAL_NOT_FOUND, LAST_CREDENTIAL. */
export async function remove(ctx: Context<MemberActor>): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const removed = await tx
      .delete(memberPhones)
      .where(eq(memberPhones.memberId, ctx.actor.id))
      .returning({ memberId: memberPhones.memberId });
    if (removed.length === 0) throw new Refusal("CREDENTIAL_NOT_FOUND", {}, "missing");
    await demandAnotherCredential(tx, ctx.actor.id);
    await endOthers(tx, ctx);
    await audit.record(tx, ctx, { action: "member.removePhone", subject: { kind: "member", id: ctx.actor.id } });
  });
}

/** The member's phone as it is shown, and since when; null when they gave none. */
export async function phoneOf(
  reader: Reader,
  ctx: Pick<Context, "keys">,
  memberId: MemberId,
): Promise<{ readonly masked: string; readonly verifiedAt: Date } | null> {
  const [row] = await reader.select().from(memberPhones).where(eq(memberPhones.memberId, memberId));
  if (row === undefined) return null;
  const key = await dataKey(reader, ctx, memberId);
  return { masked: maskPhone(openPhone(ctx, key, row.sealed, memberId)), verifiedAt: row.verifiedAt };
}

/** The E.164 number inside a stored phone. */
export function openPhone(ctx: Pick<Context, "keys">, key: DataKey, sealed: Buffer, memberId: MemberId): string {
  return ctx.keys.open(key, sealed, place(memberId));
}

/** Stores a phone as the member's, in place of an older one, within the transaction of what called for it. */
export async function keepPhone(tx: Tx, ctx: Context, memberId: MemberId, phone: string): Promise<void> {
  const key = await dataKey(tx, ctx, memberId);
  const kept = {
    sealed: ctx.keys.seal(key, phone, place(memberId)),
    phoneIndex: codes.phoneIndex(ctx, phone),
    verifiedAt: ctx.now,
  };
  await tx
    .insert(memberPhones)
    .values({ memberId, ...kept })
    .onConflictDoUpdate({ target: memberPhones.memberId, set: kept });
}

/** Neither the phone was proved nor the membership used since. */
async function isDormant(
  tx: Tx,
  ctx: Pick<Context, "now">,
  { id, verifiedAt }: { id: MemberId; verifiedAt: Date },
): Promise<boolean> {
  const since = addDays(ctx.now, -DORMANT_DAYS);
  if (verifiedAt > since) return false;
  const used = await tx.$count(
    memberSessions,
    and(eq(memberSessions.memberId, id), gt(memberSessions.lastSeenAt, since)),
  );
  return used === 0;
}

async function recordRefusal(
  tx: Tx,
  ctx: Context,
  action: "member.signIn" | "member.addPhone",
  id: MemberId,
): Promise<void> {
  await audit.record(tx, ctx, { action, subject: { kind: "member", id }, memberId: id, outcome: "refused" });
}

function refusalOf(verdict: Verdict): Refusal {
  if (verdict.ok) throw new Error("a yes is no refusal");
  const status =
    verdict.code === "TOO_MANY_ATTEMPTS" ? "throttled" : verdict.code === "PHONE_TAKEN" ? "conflict" : "invalid";
  return new Refusal(verdict.code, verdict.condition, status);
}
