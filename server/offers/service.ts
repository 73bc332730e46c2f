import { eq } from "drizzle-orm";
import { members } from "#db/schema/members.ts";
import type { Context, MemberActor } from "../core/context.ts";
import type { MemberId } from "../core/id.ts";
import { Refusal } from "../core/refusal.ts";
import { addDays } from "../core/time.ts";
import type { TierCode } from "../tiers/model.ts";
import { standingOf } from "../tiers/queries.ts";
import * as decisions from "./decisions/service.ts";
import { NEW_MEMBER_DAYS, type Question, type RecordedQuote } from "./model.ts";
import { isTier, offersAt } from "./queries.ts";
import { quote } from "./rules.ts";
import type { PreviewCart } from "./showcase/model.ts";

/**
 * The price of a cart, and the id of the decision record that replays it. Answers once the record is durable.
 * Refuses: TIER_UNKNOWN.
 */
export async function answer(ctx: Context, question: Question): Promise<RecordedQuote> {
  if (!(await isTier(ctx.db, ctx.now, question.tier))) {
    throw new Refusal("TIER_UNKNOWN", { tier: question.tier }, "invalid");
  }
  const offers = await offersAt(ctx.db, ctx.now, question.at);
  const answered = quote(offers.compiled, question);
  return { ...answered, decisionId: await decisions.record(ctx, offers, question, answered) };
}

/** What a member's cart costs now, on the record: priced by tier like anybody else's of that tier. */
export async function price(ctx: Context<MemberActor>, cart: PreviewCart): Promise<RecordedQuote> {
  return answer(ctx, { ...cart, ...(await publicFacts(ctx, ctx.actor.id)), at: ctx.now });
}

/**
 * All that pricing may know of a member: the tier, and whether the printed new-member window is open.
 * Refuses: MEMBER_NOT_FOUND.
 */
export async function publicFacts(ctx: Context, memberId: MemberId): Promise<{ tier: TierCode; newMember: boolean }> {
  const [member] = await ctx.db.select({ joinedAt: members.joinedAt }).from(members).where(eq(members.id, memberId));
  const standing = await standingOf(ctx.db, memberId, ctx.now);
  if (member === undefined || standing === null) throw new Refusal("MEMBER_NOT_FOUND", {}, "missing");
  return { tier: standing.tier, newMember: ctx.now < addDays(member.joinedAt, NEW_MEMBER_DAYS) };
}
