import { and, asc, desc, eq, gte, inArray, lt } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { bookings, slots, stores } from "#db/schema/benefits.ts";
import { children } from "#db/schema/guardianship.ts";
import { members } from "#db/schema/members.ts";
import type { ChildId } from "../../consents/model.ts";
import type { MemberId } from "../../core/id.ts";
import type { PublicText } from "../../core/public-text.ts";
import { addDays, businessDay, startOfBusinessDay } from "../../core/time.ts";
import type { BenefitId, BookingId, BookingState, SlotId, StoreId } from "../model.ts";
import { publishedOne } from "../publishing/queries.ts";
import { isUsedAt, maskNumber } from "../rules.ts";
import * as storeQueries from "../stores/queries.ts";
import { type ListSlots, SLOT_DAYS_SHOWN } from "./model.ts";

export type Slot = {
  readonly id: SlotId;
  readonly storeId: StoreId;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly capacity: number;
  readonly booked: number;
};

/** The slots of a benefit on some days, as the desk plans them. */
export async function slotList(reader: Reader, { benefitId, storeId, from, days }: ListSlots): Promise<Slot[]> {
  const start = startOfBusinessDay(from);
  const at = storeId === null ? (await storeQueries.list(reader)).map(({ id }) => id) : [storeId];
  return slotsBetween(reader, benefitId, at, start, addDays(start, days));
}

/** The slots of the coming days in which a member can still book, and how many places each has left. */
export async function openSlots(reader: Reader, benefitId: BenefitId, memberId: MemberId, now: Date) {
  const { terms, retired } = await publishedOne(reader, benefitId);
  if (retired || !terms.booked) return { stores: [], slots: [] };
  const open = (await storeQueries.list(reader)).filter((store) => store.open && isUsedAt(terms, store.id));
  const until = addDays(startOfBusinessDay(businessDay(now)), SLOT_DAYS_SHOWN);
  const ids = open.map(({ id }) => id);
  const found = await slotsBetween(reader, benefitId, ids, new Date(now.getTime() + 1), until);
  const own = new Set((await ownBookings(reader, memberId, { from: now })).map(({ slotId }) => slotId));
  return {
    stores: open,
    slots: found.map(({ capacity, booked, ...slot }) => ({ ...slot, left: capacity - booked, own: own.has(slot.id) })),
  };
}

/** A booking as its member sees it. */
export type OwnBooking = {
  readonly id: BookingId;
  readonly benefitId: BenefitId;
  readonly slotId: SlotId;
  readonly state: BookingState;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly storeId: StoreId;
  readonly store: PublicText;
  readonly childId: ChildId | null;
  /** 1 for 宝宝 1. */
  readonly childOrdinal: number | null;
};

/** A member's bookings that stand, from an instant on, earliest first. */
export async function ownBookings(
  reader: Reader,
  memberId: MemberId,
  { from }: { readonly from: Date },
): Promise<OwnBooking[]> {
  return ownBookingsOf(reader)
    .where(and(eq(bookings.memberId, memberId), eq(bookings.state, "booked"), gte(slots.startsAt, from)))
    .orderBy(asc(slots.startsAt));
}

/** A member's latest bookings, whatever became of them. */
export async function latestBookings(reader: Reader, memberId: MemberId, limit: number): Promise<OwnBooking[]> {
  return ownBookingsOf(reader).where(eq(bookings.memberId, memberId)).orderBy(desc(bookings.createdAt)).limit(limit);
}

/** A booking and when and where it is. */
export async function bookingWithSlot(reader: Reader, bookingId: BookingId) {
  const [row] = await reader
    .select({
      memberId: bookings.memberId,
      benefitId: bookings.benefitId,
      childId: bookings.childId,
      period: bookings.period,
      state: bookings.state,
      startsAt: slots.startsAt,
      endsAt: slots.endsAt,
      storeId: slots.storeId,
    })
    .from(bookings)
    .innerJoin(slots, eq(slots.id, bookings.slotId))
    .where(eq(bookings.id, bookingId));
  return row;
}

/** Today's bookings at a store, earliest first: who comes when for what, and nothing of why they may. */
export async function today(reader: Reader, storeId: StoreId, now: Date) {
  const midnight = startOfBusinessDay(businessDay(now));
  const rows = await reader
    .select({
      bookingId: bookings.id,
      benefitId: bookings.benefitId,
      number: members.number,
      state: bookings.state,
      startsAt: slots.startsAt,
      endsAt: slots.endsAt,
    })
    .from(slots)
    .innerJoin(bookings, eq(bookings.slotId, slots.id))
    .innerJoin(members, eq(members.id, bookings.memberId))
    .where(
      and(
        eq(slots.storeId, storeId),
        gte(slots.startsAt, midnight),
        lt(slots.startsAt, addDays(midnight, 1)),
        inArray(bookings.state, ["booked", "redeemed"]),
      ),
    )
    .orderBy(asc(slots.startsAt), asc(bookings.id));
  return rows.map(({ number, ...row }) => ({ ...row, member: maskNumber(number) }));
}

function slotsBetween(reader: Reader, benefitId: BenefitId, storeIds: readonly StoreId[], from: Date, to: Date) {
  if (storeIds.length === 0) return [];
  return reader
    .select({
      id: slots.id,
      storeId: slots.storeId,
      startsAt: slots.startsAt,
      endsAt: slots.endsAt,
      capacity: slots.capacity,
      booked: slots.booked,
    })
    .from(slots)
    .where(
      and(
        eq(slots.benefitId, benefitId),
        inArray(slots.storeId, [...storeIds]),
        gte(slots.startsAt, from),
        lt(slots.startsAt, to),
      ),
    )
    .orderBy(asc(slots.startsAt), asc(slots.storeId));
}

function ownBookingsOf(reader: Reader) {
  return reader
    .select({
      id: bookings.id,
      benefitId: bookings.benefitId,
      slotId: bookings.slotId,
      state: bookings.state,
      startsAt: slots.startsAt,
      endsAt: slots.endsAt,
      storeId: slots.storeId,
      store: stores.name,
      childId: bookings.childId,
      childOrdinal: children.ordinal,
    })
    .from(bookings)
    .innerJoin(slots, eq(slots.id, bookings.slotId))
    .innerJoin(stores, eq(stores.id, slots.storeId))
    .leftJoin(children, eq(children.id, bookings.childId));
}
