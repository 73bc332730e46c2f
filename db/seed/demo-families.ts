import { openSlots } from "#server/benefits/booking/queries.ts";
import * as booking from "#server/benefits/booking/service.ts";
import type { DemoBenefits } from "#server/benefits/demo.ts";
import * as tickets from "#server/consents/gateway/tickets/service.ts";
import { guardianOf } from "#server/consents/guardianship/queries.ts";
import * as guardianship from "#server/consents/guardianship/service.ts";
import type { GivenValue } from "#server/consents/ledger/model.ts";
import * as ledger from "#server/consents/ledger/service.ts";
import type { ChildId, PurposeCode } from "#server/consents/model.ts";
import type { Context, MemberActor, StaffActor } from "#server/core/context.ts";
import type { MemberId } from "#server/core/id.ts";
import { addDays, businessDay } from "#server/core/time.ts";
import { standingOf } from "#server/tiers/queries.ts";

const SWIM: PurposeCode = "swim_preparation";
const RECOMMENDATION: PurposeCode = "baby_recommendation";

/**
 * What families of the demo brand decided about their children, so that every page has something to show: given, refused,
 * withdrawn, disputed, booked for today and later, and one colleague who asks to look.
 */
export async function seedDemoFamilies(
  system: Context,
  operator: Context<StaffActor>,
  memberIds: readonly MemberId[],
  benefits: DemoBenefits,
): Promise<void> {
  const parents = await silverAndUp(system, memberIds, 6);
  const families: { me: Context<MemberActor>; childId: ChildId }[] = [];
  for (const [index, memberId] of parents.entries()) {
    const me = asMember({ ...system, now: addDays(system.now, -20 + index) }, memberId);
    const { childId } = await guardianship.addChild(me, { relation: "parent", statement: true });
    families.push({ me, childId });
  }
  const [swims, swimsLater, refuses, withdraws, disputed] = families;
  for (const family of [swims, swimsLater, withdraws, disputed]) {
    if (family !== undefined) await agree(family.me, SWIM, family.childId, valuesFor(system.now));
  }
  if (swims !== undefined) {
    await agree(swims.me, RECOMMENDATION, swims.childId, valuesFor(system.now).slice(0, 1));
    await tickets.request(operator, {
      memberId: swims.me.actor.id,
      childId: swims.childId,
      purpose: SWIM,
      fields: ["child.weight"],
      reason: "核对泳圈尺码投诉",
    });
  }
  if (refuses !== undefined) await refuse(refuses.me, RECOMMENDATION, refuses.childId);
  if (withdraws !== undefined) {
    await ledger.withdraw(withdraws.me, { purpose: SWIM, childId: withdraws.childId }, "zh-CN");
  }
  for (const family of [swims, swimsLater]) {
    if (family !== undefined) await bookNext(system, family.me, family.childId, benefits);
  }
  const relation = disputed === undefined ? null : await guardianOf(system.db, disputed.childId);
  if (relation !== null) await guardianship.openCase(operator, { relationId: relation.id, reason: "notGuardian" });
}

async function silverAndUp(system: Context, memberIds: readonly MemberId[], count: number): Promise<MemberId[]> {
  const found: MemberId[] = [];
  for (const memberId of memberIds) {
    const standing = await standingOf(system.db, memberId, system.now);
    if (standing !== null && standing.tier !== "registered") found.push(memberId);
    if (found.length === count) break;
  }
  return found;
}

function asMember(ctx: Context, memberId: MemberId): Context<MemberActor> {
  return { ...ctx, actor: { kind: "member", id: memberId, sessionId: ctx.newId<"memberSession">() } };
}

/** A baby of four months who was weighed last week. */
function valuesFor(now: Date): GivenValue[] {
  return [
    { key: "child.birthMonth", value: businessDay(addDays(now, -125)).slice(0, 7), measuredOn: null },
    { key: "child.weight", value: "7.25", measuredOn: businessDay(addDays(now, -27)) },
  ];
}

async function agree(me: Context<MemberActor>, purpose: PurposeCode, childId: ChildId, values: readonly GivenValue[]) {
  const { servedId } = await ledger.serve(me, { purpose, childId, channel: "portal" }, "zh-CN");
  await ledger.grant(me, { servedId, guardian: true, values: [...values] });
}

async function refuse(me: Context<MemberActor>, purpose: PurposeCode, childId: ChildId) {
  const { servedId } = await ledger.serve(me, { purpose, childId, channel: "portal" }, "zh-CN");
  await ledger.refuse(me, { servedId });
}

/** Books the first place that is left from now on. */
async function bookNext(system: Context, me: Context<MemberActor>, childId: ChildId, { swim }: DemoBenefits) {
  const { slots } = await openSlots(system.db, swim, me.actor.id, system.now);
  const next = slots.find(({ left, own }) => left > 0 && !own);
  if (next !== undefined) await booking.book({ ...me, now: system.now }, { slotId: next.id, childId });
}
