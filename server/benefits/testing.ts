import { eq } from "drizzle-orm";
import { bookings, entitlements, redemptionCodes, slots } from "#db/schema/benefits.ts";
import { newId } from "#db/testing.ts";
import { openConsentBrand } from "../consents/testing.ts";
import type { MemberId } from "../core/id.ts";
import { fen } from "../core/money.ts";
import { addDays } from "../core/time.ts";
import { seedDemoPoints } from "../points/demo.ts";
import * as points from "../points/service.ts";
import { seedDemoLadder } from "../tiers/demo.ts";
import * as tiers from "../tiers/service.ts";
import { publishBenefit, seedDemoBenefits } from "./demo.ts";
import type { BenefitId, BenefitTerms, SlotId } from "./model.ts";
import { assign } from "./stores/service.ts";

/** The instant at which tests of benefits stand: noon in Beijing. */
export const NOW = new Date("2026-06-15T04:00:00Z");
export const HOUR_MS = 3_600_000;
export const later = (ms: number) => new Date(NOW.getTime() + ms);

/** The demo's benefits in a brand with live consents. Mia works at both stores, Noa at South Lake, Ola nowhere. */
export async function openBenefitBrand() {
  const brand = await openConsentBrand();
  const { db, ann, ben, officer, by, at } = brand;
  const longAgo = addDays(NOW, -400);
  await seedDemoLadder(by(ann, longAgo), by(ben, longAgo));
  await seedDemoPoints(by(ann, longAgo), by(ben, longAgo));
  const [mia, noa, ola] = [
    await brand.employ("storeStaff"),
    await brand.employ("storeStaff"),
    await brand.employ("storeStaff"),
  ];
  const opening = addDays(NOW, -10);
  const { stores, swim, gift, parentingClass } = await seedDemoBenefits({
    drafter: by(ann, opening),
    approver: by(officer, opening),
    scheduler: by(ann, addDays(NOW, -1)),
    storeStaff: [mia.id],
  });
  const [riverside, southLake] = stores;
  if (riverside === undefined || southLake === undefined) throw new Error("the demo has two stores");

  await assign(by(ann, opening), { storeId: southLake, staffId: noa.id, works: true });

  /** Gives a member an order of so many yuan, with growth and points: 1 000 is silver, 5 000 gold. */
  async function earn(memberId: MemberId, yuan: number): Promise<void> {
    const facts = {
      paid: fen(yuan * 100),
      refunded: fen(0),
      status: "completed" as const,
      placedAt: addDays(NOW, -60),
      paidAt: addDays(NOW, -60),
      completedAt: addDays(NOW, -55),
      revision: 1,
    };
    const ctx = at(addDays(NOW, -50));
    const followed = [{ memberId, orderId: newId<"order">(), facts }];
    await db.transact(async (tx) => {
      await tiers.followOrders(tx, ctx, followed);
      await points.followOrders(tx, ctx, followed);
    });
  }

  return {
    ...brand,
    mia,
    noa,
    ola,
    riverside,
    southLake,
    swim,
    gift,
    parentingClass,
    earn,
    /** A member of a tier who has agreed to nothing. */
    async join(yuan = 1_200): Promise<MemberId> {
      const memberId = await brand.join();
      if (yuan > 0) await earn(memberId, yuan);
      return memberId;
    },
    /** A silver member, one child, and the guardian's consent for swimming. */
    async swimmers(yuan = 1_200) {
      const family = await brand.family();
      await earn(family.memberId, yuan);
      await brand.agree(family.memberId, "swim_preparation", family.childId);
      return family;
    },
    publish: (terms: BenefitTerms, now = opening) => publishBenefit(by(ann, now), by(officer, now), terms),
    /** A slot of the suite's own. */
    async slot(over: Partial<typeof slots.$inferInsert> & { readonly startsAt: Date }): Promise<SlotId> {
      const id = newId<"slot">();
      await db.transact(async (tx) => {
        await tx.insert(slots).values({
          id,
          benefitId: swim,
          storeId: riverside,
          endsAt: new Date(over.startsAt.getTime() + HOUR_MS),
          capacity: 10,
          booked: 0,
          ...over,
        });
      });
      return id;
    },
    usedOf: async (memberId: MemberId, benefitId: BenefitId) => {
      const rows = await db.select().from(entitlements).where(eq(entitlements.memberId, memberId));
      return rows.filter((row) => row.benefitId === benefitId).reduce((sum, { used }) => sum + used, 0);
    },
    placesTaken: async (slotId: SlotId) => (await db.select().from(slots).where(eq(slots.id, slotId)))[0]?.booked,
    bookingsOf: (memberId: MemberId) => db.select().from(bookings).where(eq(bookings.memberId, memberId)),
    codesOf: (memberId: MemberId) => db.select().from(redemptionCodes).where(eq(redemptionCodes.memberId, memberId)),
  };
}
export type BenefitBrand = Awaited<ReturnType<typeof openBenefitBrand>>;

/** What a refused promise is matched against. */
export const refusal = (code: string, condition: object = {}) => ({ name: "Refusal", code, condition });
