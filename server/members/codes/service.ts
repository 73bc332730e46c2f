import { randomInt } from "node:crypto";
import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { oneTimeCodes } from "#db/schema/members.ts";
import * as audit from "../../audit/service.ts";
import type { Context } from "../../core/context.ts";
import type { Id } from "../../core/id.ts";
import { consume, type LimitVerdict, tooMany } from "../../core/limits.ts";
import { no, type Verdict, yes } from "../../core/refusal.ts";
import { hashToken } from "../../core/token.ts";
import type { Visit } from "../../core/visit.ts";
import { enqueue } from "../../jobs/outbox.ts";
import type { SmsGateway } from "../sms/gateway.ts";
import {
  CHECKS_PER_ADDRESS,
  CODE_MS,
  CODE_TRIES,
  SENDS_PER_ADDRESS,
  SENDS_PER_PHONE,
  SENDS_PER_PREFIX,
  sixDigits,
} from "./rules.ts";

export type CodePurpose = "signIn" | "addPhone";

/** The keyed index by which a phone (E.164) is found. */
export function phoneIndex(ctx: Pick<Context, "keys">, phone: string): Buffer {
  return ctx.keys.keyedHash("phone-index", phone);
}

/**
 * Has a code sent to the phone. What happens, how long it takes and what is answered is the same whether or not the
 * phone is known: nothing here looks it up. Refuses: TOO_MANY_ATTEMPTS.
 */
export async function send(
  ctx: Context,
  visit: Visit,
  { phone, purpose }: { phone: string; purpose: CodePurpose },
): Promise<{ validSeconds: number }> {
  const code = sixDigits(randomInt);
  const id = ctx.newId<"oneTimeCode">();
  const index = phoneIndex(ctx, phone);
  const fresh = {
    id,
    codeHash: codeHash(ctx, visit, { phone, purpose, code }),
    message: ctx.keys.sealForSystem(`${phone} ${code}`, place(id)),
    triesLeft: CODE_TRIES,
    createdAt: ctx.now,
    expiresAt: new Date(ctx.now.getTime() + CODE_MS),
    usedAt: null,
    handedOverAt: null,
  };
  const verdict = await ctx.db.transact(async (tx): Promise<LimitVerdict> => {
    for (const use of [
      { bucket: "codes.address", key: addressKey(ctx, visit), limits: SENDS_PER_ADDRESS },
      { bucket: "codes.phone", key: index, limits: SENDS_PER_PHONE },
      { bucket: "codes.prefix", key: ctx.keys.keyedHash("phone-index", phone.slice(0, 10)), limits: SENDS_PER_PREFIX },
    ]) {
      const admitted = await consume(tx, ctx, use);
      if (admitted.ok) continue;
      if (admitted.first) await recordLimit(tx, ctx, use.bucket);
      return admitted;
    }
    await tx
      .insert(oneTimeCodes)
      .values({ ...fresh, phoneIndex: index, purpose, browser: hashToken(visit.browserId) })
      .onConflictDoUpdate({
        target: [oneTimeCodes.phoneIndex, oneTimeCodes.purpose, oneTimeCodes.browser],
        set: fresh,
      });
    await enqueue(tx, ctx, { kind: "members.sendCode", payload: { codeId: id } });
    await audit.record(tx, ctx, {
      action: "member.sendCode",
      subject: { kind: "oneTimeCode", id },
      detail: { purpose },
    });
    return { ok: true };
  });
  if (!verdict.ok) throw tooMany(verdict);
  return { validSeconds: CODE_MS / 1000 };
}

/**
 * Uses a code up. It must be the latest one of this phone, purpose and browser; each wrong try counts and is recorded.
 * No: CODE_WRONG with `{ triesLeft }`, CODE_EXPIRED (also for none, used up or out of tries), TOO_MANY_ATTEMPTS.
 * The answer is given rather than thrown, since what it counted must be committed.
 */
export async function redeem(
  tx: Tx,
  ctx: Context,
  visit: Visit,
  { phone, purpose, code }: { phone: string; purpose: CodePurpose; code: string },
): Promise<Verdict> {
  const admitted = await consume(tx, ctx, {
    bucket: "codes.check",
    key: addressKey(ctx, visit),
    limits: CHECKS_PER_ADDRESS,
  });
  if (!admitted.ok) {
    if (admitted.first) await recordLimit(tx, ctx, "codes.check");
    return admitted;
  }
  const live = and(
    eq(oneTimeCodes.phoneIndex, phoneIndex(ctx, phone)),
    eq(oneTimeCodes.purpose, purpose),
    eq(oneTimeCodes.browser, hashToken(visit.browserId)),
    isNull(oneTimeCodes.usedAt),
    gt(oneTimeCodes.expiresAt, ctx.now),
    gt(oneTimeCodes.triesLeft, 0),
  );
  const [used] = await tx
    .update(oneTimeCodes)
    .set({ usedAt: ctx.now, message: null })
    .where(and(live, eq(oneTimeCodes.codeHash, codeHash(ctx, visit, { phone, purpose, code }))))
    .returning({ id: oneTimeCodes.id });
  if (used) return yes;
  const [missed] = await tx
    .update(oneTimeCodes)
    .set({ triesLeft: sql`${oneTimeCodes.triesLeft} - 1` })
    .where(live)
    .returning({ id: oneTimeCodes.id, triesLeft: oneTimeCodes.triesLeft });
  await audit.record(tx, ctx, {
    action: "member.checkCode",
    subject: { kind: "oneTimeCode", id: missed?.id ?? null },
    outcome: "refused",
    detail: { purpose },
  });
  return missed && missed.triesLeft > 0 ? no("CODE_WRONG", { triesLeft: missed.triesLeft }) : no("CODE_EXPIRED");
}

/**
 * Hands a code to the gateway: at most once, since it is written down first, and not after it has expired. A failed
 * message is not repeated: the person asks for another code.
 */
export async function handOver(ctx: Context, gateway: SmsGateway, codeId: Id<"oneTimeCode">): Promise<void> {
  const taken = await ctx.db.transact(async (tx) => {
    const here = and(
      eq(oneTimeCodes.id, codeId),
      isNull(oneTimeCodes.handedOverAt),
      isNull(oneTimeCodes.usedAt),
      gt(oneTimeCodes.expiresAt, ctx.now),
    );
    const [code] = await tx.select().from(oneTimeCodes).where(here);
    if (code === undefined) return null;
    await tx.update(oneTimeCodes).set({ handedOverAt: ctx.now, message: null }).where(here);
    return code;
  });
  if (taken?.message == null) return;
  const [phone = "", code = ""] = ctx.keys.openForSystem(taken.message, place(codeId)).split(" ");
  await gateway.send(ctx, { phone, code, browser: taken.browser });
}

/** Forgets codes that no longer count. */
export async function sweepCodes(tx: Tx, ctx: Pick<Context, "now">): Promise<void> {
  await tx.delete(oneTimeCodes).where(lt(oneTimeCodes.expiresAt, ctx.now));
}

function codeHash(ctx: Context, visit: Visit, given: { phone: string; purpose: CodePurpose; code: string }): Buffer {
  const browser = hashToken(visit.browserId).toString("hex");
  return ctx.keys.keyedHash("one-time-code", [given.purpose, given.phone, browser, given.code].join("\n"));
}

function addressKey(ctx: Context, visit: Visit): Buffer {
  return ctx.keys.keyedHash("address-limit", visit.addressGroup);
}

function place(row: string) {
  return { table: "one_time_codes", column: "message", row };
}

async function recordLimit(tx: Tx, ctx: Context, bucket: string): Promise<void> {
  await audit.record(tx, ctx, { action: "limit.reach", subject: { kind: "limit", id: bucket }, outcome: "refused" });
}
