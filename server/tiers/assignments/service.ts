import { and, eq } from "drizzle-orm";
import { members } from "#db/schema/members.ts";
import { tierAssignments } from "#db/schema/tiers.ts";
import * as audit from "../../audit/service.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import type { Id } from "../../core/id.ts";
import { Refusal } from "../../core/refusal.ts";
import { rankOf } from "../ladders/rules.ts";
import type { AssignTier, DecideAssignment } from "../model.ts";
import { ladderInForce, standingOf } from "../queries.ts";
import { evaluate } from "../service.ts";

type StaffContext = Context<StaffActor>;

/**
 * Asks that a member be lifted to a tier until an end date; nothing changes before a second person agrees. Refuses
 * MEMBER_NOT_FOUND, LADDER_MISSING, TIER_UNKNOWN, TIER_NOT_HIGHER, ASSIGNMENT_END_PAST, ASSIGNMENT_OPEN.
 */
export async function assign(
  ctx: StaffContext,
  { cardNumber, tier, reason, endsAt }: AssignTier,
): Promise<Id<"tierAssignment">> {
  if (endsAt <= ctx.now) throw new Refusal("ASSIGNMENT_END_PAST", { endsAt: endsAt.getTime() });
  return ctx.db.transact(async (tx) => {
    const [member] = await tx
      .select({ id: members.id })
      .from(members)
      .where(and(eq(members.number, cardNumber), eq(members.state, "active")));
    if (member === undefined) throw new Refusal("MEMBER_NOT_FOUND", {}, "missing");
    const memberId = member.id;
    const ladder = await ladderInForce(tx, ctx.now);
    const standing = await standingOf(tx, memberId, ctx.now);
    if (ladder === null || standing === null) throw new Refusal("LADDER_MISSING");
    if (!ladder.terms.tiers.some(({ code }) => code === tier)) throw new Refusal("TIER_UNKNOWN", { tier });
    if (rankOf(ladder.terms, tier) <= rankOf(ladder.terms, standing.tier)) {
      throw new Refusal("TIER_NOT_HIGHER", { tier, current: standing.tier });
    }
    const assignmentId = ctx.newId<"tierAssignment">();
    const added = await tx
      .insert(tierAssignments)
      .values({
        id: assignmentId,
        memberId,
        tier,
        reason,
        endsAt,
        state: "requested",
        requestedBy: ctx.actor.id,
        requestedAt: ctx.now,
      })
      .onConflictDoNothing()
      .returning({ id: tierAssignments.id });
    if (added.length === 0) throw new Refusal("ASSIGNMENT_OPEN");
    await audit.record(tx, ctx, {
      action: "tier.assign",
      subject: { kind: "tierAssignment", id: assignmentId },
      memberId,
      detail: { tier, endsAt: endsAt.toISOString() },
    });
    return assignmentId;
  });
}

/**
 * A second person's answer; with a yes the tier holds from now until its end. Refuses ASSIGNMENT_NOT_FOUND,
 * ASSIGNMENT_DECIDED, ASSIGNMENT_SAME_PERSON, and a yes that comes too late: ASSIGNMENT_END_PAST.
 */
export async function decide(ctx: StaffContext, { assignmentId, approve }: DecideAssignment): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const [asked] = await tx.select().from(tierAssignments).where(eq(tierAssignments.id, assignmentId));
    if (asked === undefined) throw new Refusal("ASSIGNMENT_NOT_FOUND", {}, "missing");
    if (asked.requestedBy === ctx.actor.id) throw new Refusal("ASSIGNMENT_SAME_PERSON", {}, "forbidden");
    if (approve && asked.endsAt <= ctx.now)
      throw new Refusal("ASSIGNMENT_END_PAST", { endsAt: asked.endsAt.getTime() });
    const decided = await tx
      .update(tierAssignments)
      .set({ state: approve ? "approved" : "declined", decidedBy: ctx.actor.id, decidedAt: ctx.now })
      .where(and(eq(tierAssignments.id, assignmentId), eq(tierAssignments.state, "requested")))
      .returning({ id: tierAssignments.id });
    if (decided.length === 0) throw new Refusal("ASSIGNMENT_DECIDED", { state: asked.state });
    if (approve) await evaluate(tx, ctx, [asked.memberId]);
    await audit.record(tx, ctx, {
      action: "tier.decide",
      subject: { kind: "tierAssignment", id: assignmentId },
      memberId: asked.memberId,
      detail: { approved: approve, tier: asked.tier },
    });
  });
}
