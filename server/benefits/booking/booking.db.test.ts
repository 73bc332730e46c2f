import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditEntries } from "#db/schema/audit.ts";
import { stores } from "#db/schema/benefits.ts";
import * as ledger from "../../consents/ledger/service.ts";
import { addDays } from "../../core/time.ts";
import { giftTerms } from "../demo-terms.ts";
import { give } from "../entitlements/service.ts";
import { mine } from "../queries.ts";
import { type BenefitBrand, HOUR_MS, later, NOW, openBenefitBrand, refusal } from "../testing.ts";
import { openSlots, slotList, today } from "./queries.ts";
import * as booking from "./service.ts";

let brand: BenefitBrand;
beforeAll(async () => {
  brand = await openBenefitBrand();
});

/** Instants that no slot of the demo has. */
let minute = 0;
const soon = () => later(HOUR_MS + ++minute * 60_000 + 1_000);
const nextMonth = (n: number) => new Date(Date.parse("2026-07-06T04:00:00Z") + n * 60_000);

describe("slots", () => {
  const plan = { from: "2026-07-20", days: 2, opens: 600, minutes: 45, perDay: 3, capacity: 5 };
  test("are opened, and opening them again adds nothing and changes nothing", async () => {
    const asked = { ...plan, benefitId: brand.swim, storeId: brand.riverside };
    expect(await booking.open(brand.by(brand.ann), asked)).toEqual({ opened: 6 });
    expect(await booking.open(brand.by(brand.ann), { ...asked, days: 3, capacity: 9 })).toEqual({ opened: 3 });
    const found = await slotList(brand.db, { ...asked, days: 3 });
    expect(found.map(({ capacity }) => capacity)).toEqual([5, 5, 5, 5, 5, 5, 9, 9, 9]);
    expect(await slotList(brand.db, { ...asked, storeId: brand.southLake })).toEqual([]);
    expect(await slotList(brand.db, { ...asked, storeId: null })).toHaveLength(6);
  });

  test("are refused past midnight, at a wrong or closed store, and for a benefit without booking", async () => {
    const open = (over: object) =>
      booking.open(brand.by(brand.ann), { ...plan, benefitId: brand.swim, storeId: brand.riverside, ...over });
    await expect(open({ opens: 1_400 })).rejects.toMatchObject(refusal("SLOTS_TOO_LATE"));
    await expect(open({ benefitId: brand.gift })).rejects.toMatchObject(refusal("BENEFIT_WITHOUT_SLOTS"));
    await expect(open({ storeId: brand.at(NOW).newId() })).rejects.toMatchObject(refusal("STORE_NOT_FOUND"));
    await expect(open({ benefitId: brand.at(NOW).newId() })).rejects.toMatchObject(refusal("BENEFIT_NOT_FOUND"));
    await expect(open({ benefitId: brand.parentingClass, storeId: brand.southLake })).rejects.toMatchObject(
      refusal("STORE_WRONG", { stores: "滨江店 Riverside store" }),
    );
  });

  test("are shown to members for two weeks with the places left", async () => {
    const { memberId, childId } = await brand.swimmers();
    const slotId = await brand.slot({ startsAt: soon(), capacity: 3 });
    await booking.book(brand.as(memberId), { slotId, childId });
    const shown = await openSlots(brand.db, brand.swim, memberId, NOW);
    expect(shown.slots.find(({ id }) => id === slotId)).toMatchObject({ left: 2, own: true });
    expect(shown.slots.every(({ startsAt }) => startsAt > NOW && startsAt < addDays(NOW, 14))).toBe(true);
    expect(shown.stores).toHaveLength(2);
  });
});

describe("booking", () => {
  test("takes a place and a use, once for each child, and is recorded", async () => {
    const { memberId, childId } = await brand.swimmers();
    const slotId = await brand.slot({ startsAt: soon() });
    const { bookingId } = await booking.book(brand.as(memberId), { slotId, childId });
    expect(await brand.placesTaken(slotId)).toBe(1);
    expect(await brand.usedOf(memberId, brand.swim)).toBe(1);
    const [entry] = await brand.db.select().from(auditEntries).where(eq(auditEntries.subjectId, bookingId));
    expect(entry).toMatchObject({ action: "benefit.book", memberId });
    await expect(booking.book(brand.as(memberId), { slotId, childId })).rejects.toMatchObject(refusal("BOOKING_TWICE"));
    expect(await brand.placesTaken(slotId)).toBe(1);
    expect(await brand.usedOf(memberId, brand.swim)).toBe(1);
    const own = (await mine(brand.db, memberId, NOW)).find(({ id }) => id === brand.swim);
    expect(own).toMatchObject({ uses: { left: 1 }, bookings: [{ id: bookingId, childOrdinal: 1 }] });
  });

  test("ends with the quota of the month in which the slot is", async () => {
    const { memberId, childId } = await brand.swimmers();
    const book = async (startsAt: Date) =>
      booking.book(brand.as(memberId), { slotId: await brand.slot({ startsAt }), childId });
    await book(soon());
    await book(soon());
    await expect(book(soon())).rejects.toMatchObject(refusal("BENEFIT_LOCKED", { reason: "quotaSpent" }));
    await book(nextMonth(1));
    await book(nextMonth(2));
    await expect(book(nextMonth(3))).rejects.toMatchObject(refusal("BENEFIT_LOCKED", { reason: "quotaSpent" }));
    const endsAt = addDays(NOW, 60);
    await give(brand.by(brand.ann), { memberId, benefitId: brand.swim, uses: 1, reason: "补偿", endsAt });
    await book(nextMonth(4));
    await expect(book(nextMonth(5))).rejects.toMatchObject(refusal("BENEFIT_LOCKED", { reason: "quotaSpent" }));
  });

  test("is locked below the tier, before consent, after refusal and after withdrawal, each with its reason", async () => {
    const slotId = await brand.slot({ startsAt: soon() });
    const reasonFor = async (memberId: Parameters<typeof brand.as>[0], childId: Parameters<typeof brand.agree>[2]) =>
      booking.book(brand.as(memberId), { slotId, childId }).then(
        () => "open",
        ({ condition }) => condition.reason,
      );
    const low = await brand.swimmers(0);
    expect(await reasonFor(low.memberId, low.childId)).toBe("tierTooLow");
    const family = await brand.family();
    await brand.earn(family.memberId, 1_200);
    expect(await reasonFor(family.memberId, family.childId)).toBe("consentNeeded");
    await brand.say(family.memberId, "swim_preparation", family.childId);
    expect(await reasonFor(family.memberId, family.childId)).toBe("consentNeeded");
    await brand.agree(family.memberId, "swim_preparation", family.childId);
    await ledger.restrict(brand.as(family.memberId), { purpose: "swim_preparation", restricted: true });
    expect(await reasonFor(family.memberId, family.childId)).toBe("restricted");
    await ledger.restrict(brand.as(family.memberId), { purpose: "swim_preparation", restricted: false });
    await ledger.withdraw(brand.as(family.memberId), { purpose: "swim_preparation", childId: family.childId }, "zh-CN");
    expect(await reasonFor(family.memberId, family.childId)).toBe("consentNeeded");
    expect(await brand.placesTaken(slotId)).toBe(0);
  });

  test("is for a child of one's own", async () => {
    const [one, other] = [await brand.swimmers(), await brand.swimmers()];
    const slotId = await brand.slot({ startsAt: soon() });
    for (const childId of [other.childId, null]) {
      await expect(booking.book(brand.as(one.memberId), { slotId, childId })).rejects.toMatchObject(
        refusal("CHILD_NOT_FOUND"),
      );
    }
  });

  test("of a slot that began, is full, or is nowhere, is refused", async () => {
    const { memberId, childId } = await brand.swimmers();
    const book = (over: Parameters<typeof brand.slot>[0]) =>
      brand.slot(over).then((slotId) => booking.book(brand.as(memberId), { slotId, childId }));
    await expect(book({ startsAt: later(-1_000) })).rejects.toMatchObject(refusal("SLOT_OVER"));
    await expect(book({ startsAt: soon(), capacity: 2, booked: 2 })).rejects.toMatchObject(refusal("SLOT_FULL"));
    await expect(book({ startsAt: soon(), benefitId: brand.gift })).rejects.toMatchObject(refusal("SLOT_NOT_FOUND"));
    await expect(
      book({ startsAt: soon(), benefitId: brand.parentingClass, storeId: brand.southLake }),
    ).rejects.toMatchObject(refusal("SLOT_NOT_FOUND"));
    await expect(booking.book(brand.as(memberId), { slotId: brand.at(NOW).newId(), childId })).rejects.toMatchObject(
      refusal("SLOT_NOT_FOUND"),
    );
    expect(await brand.usedOf(memberId, brand.swim)).toBe(0);
  });

  test("at a store that has closed is refused", async () => {
    const { memberId, childId } = await brand.swimmers();
    const slotId = await brand.slot({ startsAt: soon(), storeId: brand.southLake });
    const setOpen = (open: boolean) =>
      brand.db.transact(async (tx) => {
        await tx.update(stores).set({ open }).where(eq(stores.id, brand.southLake));
      });
    await setOpen(false);
    await expect(booking.book(brand.as(memberId), { slotId, childId })).rejects.toMatchObject(
      refusal("STORE_NOT_FOUND"),
    );
    await setOpen(true);
  });

  test("by fifty members at once fills ten places and no more", async () => {
    const benefitId = await brand.publish({ ...giftTerms(addDays(NOW, -10)), booked: true });
    const slotId = await brand.slot({ startsAt: soon(), benefitId, capacity: 10 });
    const memberIds = await Promise.all(Array.from({ length: 50 }, () => brand.join(0)));
    const answers = await Promise.all(
      memberIds.map((memberId) =>
        booking.book(brand.as(memberId), { slotId, childId: null }).then(
          () => "booked",
          ({ code }) => code,
        ),
      ),
    );
    expect(answers.filter((answer) => answer === "booked")).toHaveLength(10);
    expect(answers.filter((answer) => answer === "SLOT_FULL")).toHaveLength(40);
    expect(await brand.placesTaken(slotId)).toBe(10);
    const used = await Promise.all(memberIds.map((memberId) => brand.usedOf(memberId, benefitId)));
    expect(used.reduce((sum, each) => sum + each, 0)).toBe(10);
  });

  test("of many slots at once by one member ends at the quota of two", async () => {
    const { memberId, childId } = await brand.swimmers();
    const slotIds = await Promise.all(Array.from({ length: 8 }, () => brand.slot({ startsAt: soon() })));
    const answers = await Promise.all(
      slotIds.map((slotId) =>
        booking.book(brand.as(memberId), { slotId, childId }).then(
          () => "booked",
          ({ condition }) => condition.reason,
        ),
      ),
    );
    expect(answers.toSorted()).toEqual([...Array(2).fill("booked"), ...Array(6).fill("quotaSpent")]);
    expect(await brand.usedOf(memberId, brand.swim)).toBe(2);
  });
});

describe("cancelling", () => {
  test("returns place and use, once", async () => {
    const { memberId, childId } = await brand.swimmers();
    const startsAt = soon();
    const slotId = await brand.slot({ startsAt });
    const book = () => booking.book(brand.as(memberId), { slotId, childId });
    const { bookingId } = await book();
    const other = await brand.join();
    await expect(booking.cancel(brand.as(other), { bookingId })).rejects.toMatchObject(refusal("BOOKING_NOT_FOUND"));
    await booking.cancel(brand.as(memberId), { bookingId });
    await expect(booking.cancel(brand.as(memberId), { bookingId })).rejects.toMatchObject(refusal("BOOKING_OVER"));
    expect(await brand.placesTaken(slotId)).toBe(0);
    expect(await brand.usedOf(memberId, brand.swim)).toBe(0);
    const again = await book();
    await expect(booking.cancel(brand.as(memberId, startsAt), again)).rejects.toMatchObject(refusal("BOOKING_OVER"));
    expect(await brand.usedOf(memberId, brand.swim)).toBe(1);
  });
});

test("today's bookings of a store are listed with a masked card and nothing else of the member", async () => {
  const { memberId, childId } = await brand.swimmers();
  const here = await brand.slot({ startsAt: soon() });
  const there = await brand.slot({ startsAt: soon(), storeId: brand.southLake });
  const tomorrow = await brand.slot({ startsAt: addDays(soon(), 20) });
  for (const slotId of [here, tomorrow]) await booking.book(brand.as(memberId), { slotId, childId });
  await booking.book(brand.as(memberId), { slotId: there, childId }).catch(() => undefined);
  const listed = await today(brand.db, brand.riverside, NOW);
  const own = new Set((await brand.bookingsOf(memberId)).map(({ id }) => id));
  const [row, ...more] = listed.filter(({ bookingId }) => own.has(bookingId));
  expect(more).toEqual([]);
  expect(row?.member).toMatch(/^\d{2}\*{6}\d{2}$/);
  expect(Object.keys(row ?? {}).sort()).toEqual(["benefitId", "bookingId", "endsAt", "member", "startsAt", "state"]);
});
