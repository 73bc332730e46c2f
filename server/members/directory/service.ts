import { eq } from "drizzle-orm";
import { memberPhones } from "#db/schema/members.ts";
import * as audit from "../../audit/service.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import type { MemberId } from "../../core/id.ts";
import { consume, tooMany } from "../../core/limits.ts";
import { Refusal } from "../../core/refusal.ts";
import { DAY_MS } from "../../core/time.ts";
import { phoneIndex } from "../codes/service.ts";
import { openPhone } from "../phones/service.ts";
import { dataKey } from "../service.ts";
import { REVEALS_PER_DAY, type RevealPhone } from "./model.ts";
import { holderOf } from "./queries.ts";

/**
 * Finds the member who holds a phone that somebody told us. The number goes no further than its keyed hash; that a
 * colleague searched is recorded, about the member when there is one. Gives null when nobody holds it.
 */
export async function findByPhone(
  ctx: Context<StaffActor>,
  { phone }: { readonly phone: string },
): Promise<{ memberId: MemberId | null }> {
  const index = phoneIndex(ctx, phone);
  return ctx.db.transact(async (tx) => {
    const memberId = await holderOf(tx, index);
    await audit.record(tx, ctx, {
      action: "member.findByPhone",
      subject: { kind: "member", id: memberId },
      memberId,
      detail: { found: memberId !== null },
    });
    return { memberId };
  });
}

/**
 * Shows a member's phone in full, for a stated purpose, to somebody who has just shown a second factor. The member sees
 * that it was looked at, when, in which role and why (promise 21). Refuses: MEMBER_NOT_FOUND, PHONE_NOT_GIVEN,
 * TOO_MANY_ATTEMPTS beyond the daily number.
 */
export async function reveal(ctx: Context<StaffActor>, { memberId, purpose }: RevealPhone): Promise<{ phone: string }> {
  const outcome = await ctx.db.transact(async (tx) => {
    const entry = { action: "member.reveal", subject: { kind: "member", id: memberId }, memberId, purpose } as const;
    const key = await dataKey(tx, ctx, memberId);
    const [row] = await tx
      .select({ sealed: memberPhones.sealed })
      .from(memberPhones)
      .where(eq(memberPhones.memberId, memberId));
    if (row === undefined) throw new Refusal("PHONE_NOT_GIVEN", {}, "missing");
    const verdict = await consume(tx, ctx, {
      bucket: "member.reveal",
      key: ctx.actor.id,
      limits: [{ count: REVEALS_PER_DAY, windowMs: DAY_MS }],
    });
    await audit.record(tx, ctx, { ...entry, outcome: verdict.ok ? "done" : "refused", detail: { field: "phone" } });
    return verdict.ok ? { phone: openPhone(ctx, key, row.sealed, memberId) } : verdict;
  });
  if ("code" in outcome) throw tooMany(outcome);
  return outcome;
}
