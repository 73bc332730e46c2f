import { seedDemoBenefits } from "#server/benefits/demo.ts";
import { seedDemoActivities } from "#server/consents/demo.ts";
import { draftNextDemoNotice, seedDemoNotices } from "#server/consents/notices/demo.ts";
import type { Context, StaffActor } from "#server/core/context.ts";
import { addDays } from "#server/core/time.ts";
import type { House } from "#server/house.ts";
import { seedDemoMembers } from "#server/members/demo/service.ts";
import { draftNextDemoOffer, seedDemoOffers } from "#server/offers/demo.ts";
import { seedDemoOrders } from "#server/orders/demo.ts";
import { proposeNextDemoPoints, seedDemoPoints } from "#server/points/demo.ts";
import { seedDemoStaff } from "#server/staff/demo/service.ts";
import type { Role } from "#server/staff/model.ts";
import { rolePermissions } from "#server/staff/rules.ts";
import { draftNextDemoLadder, seedDemoLadder } from "#server/tiers/demo.ts";
import { seedDemoFamilies } from "./demo-families.ts";

/** How long the demo brand has been at it, and how many members have joined since. */
const BRAND_DAYS = 420;
const MEMBERS = 60;
/** Since when the demo offers are in force. */
const CAMPAIGN_DAYS = 60;

/** The demo brand, made through the services, so that it obeys the rules and every step of it is in the audit log. */
export async function seedDemo(house: House): Promise<void> {
  const system = house.contextFor({ kind: "system", name: "demo.seed" });
  const opening = addDays(system.now, -BRAND_DAYS);
  const staffIds = await seedDemoStaff({ ...system, now: opening });

  const as = (email: string, role: Role, now: Date): Context<StaffActor> => {
    const id = staffIds.get(email);
    if (id === undefined) throw new Error(`no demo account ${email}`);
    return {
      ...system,
      now,
      actor: {
        kind: "staff",
        id,
        sessionId: house.newId<"staffSession">(),
        roles: [role],
        permissions: rolePermissions(role),
        steppedUpAt: now,
      },
    };
  };
  const operator = (now: Date) => as("operator@demo.example", "operator", now);
  const colleague = (now: Date) => as("operator2@demo.example", "operator", now);

  const officer = (now: Date) => as("privacy@demo.example", "privacyOfficer", now);

  await seedDemoLadder(operator(opening), colleague(opening));
  await seedDemoPoints(operator(opening), colleague(opening));
  const campaign = addDays(system.now, -CAMPAIGN_DAYS);
  await seedDemoOffers(operator(campaign), colleague(campaign));
  await seedDemoActivities(operator(campaign), officer(campaign));
  await seedDemoNotices(operator(campaign), colleague(campaign), officer(campaign));
  const benefits = await seedDemoBenefits({
    drafter: operator(campaign),
    approver: officer(campaign),
    scheduler: operator(system.now),
    storeStaff: [as("store@demo.example", "storeStaff", campaign).actor.id],
  });
  const memberIds = await seedDemoMembers(system, MEMBERS, (n) =>
    addDays(opening, 15 + Math.floor((n * (BRAND_DAYS - 20)) / MEMBERS)),
  );
  await seedDemoOrders(system, memberIds);
  await seedDemoFamilies(system, operator(system.now), memberIds, benefits);
  await draftNextDemoNotice(operator(system.now));
  await draftNextDemoLadder(operator(system.now));
  await proposeNextDemoPoints(operator(system.now));
  await draftNextDemoOffer(operator(system.now));
}
