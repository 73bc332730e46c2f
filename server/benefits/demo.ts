import type { Context, StaffActor } from "../core/context.ts";
import type { StaffId } from "../core/id.ts";
import { businessDay } from "../core/time.ts";
import * as booking from "./booking/service.ts";
import { both, classTerms, giftTerms, swimTerms } from "./demo-terms.ts";
import type { BenefitId, BenefitTerms, SaveStore, StoreId } from "./model.ts";
import * as publishing from "./publishing/service.ts";
import * as stores from "./stores/service.ts";

const DEMO_STORES: readonly Pick<SaveStore, "name" | "address">[] = [
  { name: both("滨江店", "Riverside store"), address: both("示例市滨江路 1 号", "1 Riverside Road, Example City") },
  { name: both("南湖店", "South Lake store"), address: both("示例市南湖路 2 号", "2 South Lake Road, Example City") },
];

export type DemoBenefits = {
  readonly stores: readonly StoreId[];
  readonly swim: BenefitId;
  readonly gift: BenefitId;
  readonly parentingClass: BenefitId;
};

/**
 * Two stores, three benefits, and slots for the two weeks that follow `scheduler.now`. The demo's store staff work at
 * both. The activity `swim_preparation` must be active.
 */
export async function seedDemoBenefits({
  drafter,
  approver,
  scheduler,
  storeStaff,
}: {
  readonly drafter: Context<StaffActor>;
  readonly approver: Context<StaffActor>;
  readonly scheduler: Context<StaffActor>;
  readonly storeStaff: readonly StaffId[];
}): Promise<DemoBenefits> {
  const storeIds: StoreId[] = [];
  for (const store of DEMO_STORES) {
    const { storeId } = await stores.save(drafter, { storeId: null, ...store, open: true });
    for (const staffId of storeStaff) await stores.assign(drafter, { storeId, staffId, works: true });
    storeIds.push(storeId);
  }
  const [riverside] = storeIds;
  if (riverside === undefined) throw new Error("the demo has no store");
  const publish = (terms: BenefitTerms) => publishBenefit(drafter, approver, terms);
  const swim = await publish(swimTerms(drafter.now));
  const gift = await publish(giftTerms(drafter.now));
  const parentingClass = await publish(classTerms(drafter.now, riverside));
  const plan = { from: businessDay(scheduler.now), days: 15, minutes: 60 };
  for (const storeId of storeIds) {
    await booking.open(scheduler, { ...plan, benefitId: swim, storeId, opens: 10 * 60, perDay: 8, capacity: 4 });
  }
  await booking.open(scheduler, {
    ...plan,
    benefitId: parentingClass,
    storeId: riverside,
    opens: 14 * 60,
    perDay: 2,
    capacity: 12,
  });
  return { stores: storeIds, swim, gift, parentingClass };
}

/** Publishes as any benefit is: drafted and published by one person, approved by another. */
export async function publishBenefit(
  drafter: Context<StaffActor>,
  approver: Context<StaffActor>,
  terms: BenefitTerms,
): Promise<BenefitId> {
  const draft = await publishing.save(drafter, { benefitId: null, editing: null, terms });
  await publishing.approve(approver, draft);
  await publishing.publish(drafter, draft);
  return draft.benefitId;
}
