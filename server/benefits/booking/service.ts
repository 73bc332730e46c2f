import { and, eq, lt, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { bookings, slots, stores } from "#db/schema/benefits.ts";
import * as audit from "../../audit/service.ts";
import { keepAfterUse } from "../../consents/gateway/service.ts";
import type { ChildId } from "../../consents/model.ts";
import type { Context, MemberActor, StaffActor } from "../../core/context.ts";
import { Refusal } from "../../core/refusal.ts";
import { giveBackUse, takeUse } from "../entitlements/service.ts";
import { childFor, demandOpen, subjectOf } from "../locks/queries.ts";
import type { Book, BookingId, OpenSlots, SlotId } from "../model.ts";
import { publishedOne } from "../publishing/queries.ts";
import { revokeOfBooking } from "../redemption/codes/service.ts";
import { isUsedAt, purposeOf } from "../rules.ts";
import { demandUsedAt } from "../stores/queries.ts";
import { endOnTheirDay, mayCancel, slotSpans } from "./rules.ts";

/**
 * Opens slots; those that are there already stay as they are, so that doing it twice adds nothing. Refuses:
 * SLOTS_TOO_LATE, BENEFIT_NOT_FOUND, BENEFIT_RETIRED, BENEFIT_WITHOUT_SLOTS, STORE_NOT_FOUND, STORE_WRONG.
 */
export async function open(ctx: Context<StaffActor>, plan: OpenSlots): Promise<{ opened: number }> {
  if (!endOnTheirDay(plan)) throw new Refusal("SLOTS_TOO_LATE", {}, "invalid");
  const { benefitId, storeId, capacity } = plan;
  return ctx.db.transact(async (tx) => {
    const benefit = await publishedOne(tx, benefitId);
    if (benefit.retired) throw new Refusal("BENEFIT_RETIRED");
    if (!benefit.terms.booked) throw new Refusal("BENEFIT_WITHOUT_SLOTS");
    await demandStoreOpen(tx, storeId);
    await demandUsedAt(tx, benefit.terms, storeId);
    const opened = await tx.bulkInsert(
      slots,
      slotSpans(plan, ctx.now).map(({ from, to }) => ({
        id: ctx.newId<"slot">(),
        benefitId,
        storeId,
        startsAt: from,
        endsAt: to,
        capacity,
        booked: 0,
      })),
      { key: ["benefitId", "storeId", "startsAt"], update: "skip" },
    );
    await audit.record(tx, ctx, {
      action: "benefit.openSlots",
      subject: { kind: "benefit", id: benefitId },
      detail: { storeId, from: plan.from, days: plan.days, opened },
    });
    return { opened };
  });
}

/**
 * Takes a place in a slot and the use it costs, of the period in which the slot is. Refuses: SLOT_NOT_FOUND, SLOT_OVER,
 * STORE_NOT_FOUND, CHILD_NOT_FOUND, BOOKING_TWICE, BENEFIT_LOCKED { reason }, SLOT_FULL.
 */
export async function book(ctx: Context<MemberActor>, { slotId, childId }: Book): Promise<{ bookingId: BookingId }> {
  const memberId = ctx.actor.id;
  return ctx.db.transact(async (tx) => {
    const [slot] = await tx.select().from(slots).where(eq(slots.id, slotId));
    if (slot === undefined) throw new Refusal("SLOT_NOT_FOUND", {}, "missing");
    if (slot.startsAt <= ctx.now) throw new Refusal("SLOT_OVER");
    const benefit = await publishedOne(tx, slot.benefitId);
    if (!benefit.terms.booked || !isUsedAt(benefit.terms, slot.storeId)) {
      throw new Refusal("SLOT_NOT_FOUND", {}, "missing");
    }
    await demandStoreOpen(tx, slot.storeId);
    const child = await childFor(tx, benefit, memberId, childId);
    const subjectId = child ?? memberId;
    await demandFirst(tx, slotId, subjectId);
    const wish = { memberId, childId: child, at: slot.startsAt, now: ctx.now, held: null };
    const { tier } = await demandOpen(tx, benefit, wish);
    await takePlace(tx, slotId);
    const period = await takeUse(tx, benefit, { memberId, tier, at: slot.startsAt, now: ctx.now });
    const id = ctx.newId<"booking">();
    await tx.insert(bookings).values({
      id,
      memberId,
      benefitId: benefit.id,
      slotId,
      childId: child,
      subjectId,
      period,
      state: "booked",
      createdAt: ctx.now,
    });
    const purpose = purposeOf(benefit.terms);
    if (purpose !== null) await keepAfterUse(tx, ctx, { subject: subjectOf(benefit, memberId, child), purpose });
    await audit.record(tx, ctx, {
      action: "benefit.book",
      subject: { kind: "booking", id },
      detail: { benefitId: benefit.id, slotId },
    });
    return { bookingId: id };
  });
}

/** Gives a place and its use back before the slot begins. Refuses: BOOKING_NOT_FOUND, BOOKING_OVER. */
export async function cancel(ctx: Context<MemberActor>, { bookingId }: { readonly bookingId: BookingId }) {
  await ctx.db.transact(async (tx) => {
    const [booking] = await tx
      .select({
        memberId: bookings.memberId,
        benefitId: bookings.benefitId,
        period: bookings.period,
        slotId: bookings.slotId,
        startsAt: slots.startsAt,
      })
      .from(bookings)
      .innerJoin(slots, eq(slots.id, bookings.slotId))
      .where(and(eq(bookings.id, bookingId), eq(bookings.memberId, ctx.actor.id)));
    if (booking === undefined) throw new Refusal("BOOKING_NOT_FOUND", {}, "missing");
    if (!mayCancel(booking.startsAt, ctx.now)) throw new Refusal("BOOKING_OVER");
    const cancelled = await tx
      .update(bookings)
      .set({ state: "cancelled", settledAt: ctx.now })
      .where(and(eq(bookings.id, bookingId), eq(bookings.state, "booked")))
      .returning({ id: bookings.id });
    if (cancelled.length === 0) throw new Refusal("BOOKING_OVER");
    await tx
      .update(slots)
      .set({ booked: sql`${slots.booked} - 1` })
      .where(eq(slots.id, booking.slotId));
    await giveBackUse(tx, booking.memberId, booking.benefitId, booking.period);
    await revokeOfBooking(tx, bookingId);
    await audit.record(tx, ctx, {
      action: "benefit.cancelBooking",
      subject: { kind: "booking", id: bookingId },
      detail: { benefitId: booking.benefitId, slotId: booking.slotId },
    });
  });
}

/** One place of a slot, if one is left: a single conditional write. Refuses: SLOT_FULL. */
async function takePlace(tx: Tx, slotId: SlotId): Promise<void> {
  const taken = await tx
    .update(slots)
    .set({ booked: sql`${slots.booked} + 1` })
    .where(and(eq(slots.id, slotId), lt(slots.booked, slots.capacity)))
    .returning({ id: slots.id });
  if (taken.length === 0) throw new Refusal("SLOT_FULL");
}

async function demandFirst(tx: Tx, slotId: SlotId, subjectId: ChildId | string): Promise<void> {
  const same = and(eq(bookings.slotId, slotId), eq(bookings.subjectId, subjectId), eq(bookings.state, "booked"));
  if ((await tx.$count(bookings, same)) > 0) throw new Refusal("BOOKING_TWICE");
}

async function demandStoreOpen(tx: Tx, storeId: OpenSlots["storeId"]): Promise<void> {
  const [store] = await tx.select({ open: stores.open }).from(stores).where(eq(stores.id, storeId));
  if (store?.open !== true) throw new Refusal("STORE_NOT_FOUND", {}, "missing");
}
