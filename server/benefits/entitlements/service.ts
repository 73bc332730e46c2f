import { and, eq, gt, isNull, lt, lte, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { benefitGrants, entitlements } from "#db/schema/benefits.ts";
import { members } from "#db/schema/members.ts";
import * as audit from "../../audit/service.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import type { MemberId } from "../../core/id.ts";
import { Refusal } from "../../core/refusal.ts";
import type { BenefitGrantId, BenefitId, GrantBenefit, RevokeBenefitGrant } from "../model.ts";
import { type Benefit, publishedOne } from "../publishing/queries.ts";
import { type Counted, usesOf } from "./queries.ts";
import { grantPeriod, type Uses } from "./rules.ts";

/**
 * Takes one use: of the tier's period first, then of uses given by hand, those that end first first. Gives the period it
 * was taken from. Refuses: BENEFIT_LOCKED { reason: quotaSpent }.
 */
export async function takeUse(tx: Tx, benefit: Benefit, counted: Counted): Promise<string> {
  const { grants, ...ofTier } = await usesOf(tx, benefit, counted);
  for (const { period, allowance } of [ofTier, ...grants]) {
    if (await takeFrom(tx, counted.memberId, benefit.id, period, allowance)) return period;
  }
  throw new Refusal("BENEFIT_LOCKED", { reason: "quotaSpent" });
}

/** Notes how many uses the present period has: a use booked before it began was counted without what it carries. */
export async function renewAllowance(
  tx: Tx,
  memberId: MemberId,
  benefitId: BenefitId,
  { period, allowance }: Pick<Uses, "period" | "allowance">,
): Promise<void> {
  await tx
    .update(entitlements)
    .set({ allowance })
    .where(and(isPeriod(memberId, benefitId, period), lte(entitlements.used, allowance)));
}

/** Gives a use back to the period it was taken from. */
export async function giveBackUse(tx: Tx, memberId: MemberId, benefitId: BenefitId, period: string): Promise<void> {
  await tx
    .update(entitlements)
    .set({ used: sql`${entitlements.used} - 1` })
    .where(and(isPeriod(memberId, benefitId, period), gt(entitlements.used, 0)));
}

/**
 * Gives a member uses by hand, whatever their tier; the member sees the reason. Refuses: BENEFIT_NOT_FOUND,
 * BENEFIT_RETIRED, BENEFIT_GRANT_END_PAST, MEMBER_NOT_FOUND.
 */
export async function give(
  ctx: Context<StaffActor>,
  { memberId, benefitId, uses, reason, endsAt }: GrantBenefit,
): Promise<{ benefitGrantId: BenefitGrantId }> {
  if (endsAt <= ctx.now) throw new Refusal("BENEFIT_GRANT_END_PAST");
  return ctx.db.transact(async (tx) => {
    if ((await publishedOne(tx, benefitId)).retired) throw new Refusal("BENEFIT_RETIRED");
    const [member] = await tx
      .select({ id: members.id })
      .from(members)
      .where(and(eq(members.id, memberId), eq(members.state, "active")));
    if (member === undefined) throw new Refusal("MEMBER_NOT_FOUND", {}, "missing");
    const id = ctx.newId<"benefitGrant">();
    await tx.insert(benefitGrants).values({
      id,
      memberId,
      benefitId,
      uses,
      reason,
      grantedBy: ctx.actor.id,
      grantedAt: ctx.now,
      endsAt,
    });
    await audit.record(tx, ctx, {
      action: "benefit.grant",
      subject: { kind: "benefitGrant", id },
      memberId,
      detail: { benefitId, uses, endsAt: endsAt.toISOString() },
    });
    return { benefitGrantId: id };
  });
}

/** Takes back what is left of uses given by hand. Refuses: BENEFIT_GRANT_NOT_FOUND, BENEFIT_GRANT_OVER. */
export async function revoke(ctx: Context<StaffActor>, { benefitGrantId, reason }: RevokeBenefitGrant): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const [grant] = await tx.select().from(benefitGrants).where(eq(benefitGrants.id, benefitGrantId));
    if (grant === undefined) throw new Refusal("BENEFIT_GRANT_NOT_FOUND", {}, "missing");
    const { memberId, benefitId } = grant;
    const [row] = await tx
      .select({ used: entitlements.used })
      .from(entitlements)
      .where(isPeriod(memberId, benefitId, grantPeriod(benefitGrantId)));
    const left = grant.uses - (row?.used ?? 0);
    if (left === 0) throw new Refusal("BENEFIT_GRANT_OVER");
    const revoked = await tx
      .update(benefitGrants)
      .set({ revokedBy: ctx.actor.id, revokedAt: ctx.now, revokeReason: reason })
      .where(and(eq(benefitGrants.id, benefitGrantId), isNull(benefitGrants.revokedAt)))
      .returning({ id: benefitGrants.id });
    if (revoked.length === 0) throw new Refusal("BENEFIT_GRANT_OVER");
    await audit.record(tx, ctx, {
      action: "benefit.revoke",
      subject: { kind: "benefitGrant", id: benefitGrantId },
      memberId,
      detail: { benefitId, left },
    });
  });
}

/** One use of one period, if its allowance has one left: a single conditional write. */
async function takeFrom(tx: Tx, memberId: MemberId, benefitId: BenefitId, period: string, allowance: number) {
  if (allowance === 0) return false;
  const taken = await tx
    .insert(entitlements)
    .values({ memberId, benefitId, period, allowance, used: 1 })
    .onConflictDoUpdate({
      target: [entitlements.memberId, entitlements.benefitId, entitlements.period],
      set: { allowance, used: sql`${entitlements.used} + 1` },
      setWhere: lt(entitlements.used, allowance),
    })
    .returning({ used: entitlements.used });
  return taken.length > 0;
}

function isPeriod(memberId: MemberId, benefitId: BenefitId, period: string) {
  return and(
    eq(entitlements.memberId, memberId),
    eq(entitlements.benefitId, benefitId),
    eq(entitlements.period, period),
  );
}
