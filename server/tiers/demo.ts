import type { Context, StaffActor } from "../core/context.ts";
import * as ladders from "./ladders/service.ts";
import type { LadderTerms } from "./model.ts";

/** The ladder of the demo brand: four tiers by growth of the last 365 days, one growth a yuan. */
export const DEMO_LADDER: LadderTerms = {
  tiers: [
    { code: "registered", name: { "zh-CN": "注册会员", en: "Registered" }, upgradeAt: 0, keepAt: 0 },
    { code: "silver", name: { "zh-CN": "银卡会员", en: "Silver" }, upgradeAt: 1_000, keepAt: 800 },
    { code: "gold", name: { "zh-CN": "金卡会员", en: "Gold" }, upgradeAt: 5_000, keepAt: 4_000 },
    { code: "jade", name: { "zh-CN": "翠卡会员", en: "Jade" }, upgradeAt: 20_000, keepAt: 15_000 },
  ],
  qualification: { kind: "rolling", days: 365 },
  downgrade: "one_down",
  graceDays: 30,
  noticeDays: 14,
  growth: { perYuan: { numerator: 1, denominator: 1 }, returnWindowDays: 7 },
};

/** Publishes the demo ladder as any ladder is: drafted and published by one person, approved by another. */
export async function seedDemoLadder(
  drafter: Context<StaffActor>,
  approver: Context<StaffActor>,
  effectiveFrom: Date | null = null,
): Promise<void> {
  const ref = await ladders.draft(drafter, { terms: DEMO_LADDER });
  await ladders.approve(approver, ref);
  await ladders.publish(drafter, { ...ref, effectiveFrom });
}

/** A next version that waits for a second person: silver is reached sooner. */
export async function draftNextDemoLadder(drafter: Context<StaffActor>): Promise<void> {
  const tiers = DEMO_LADDER.tiers.map((tier) =>
    tier.code === "silver" ? { ...tier, upgradeAt: 800, keepAt: 600 } : tier,
  );
  await ladders.draft(drafter, { terms: { ...DEMO_LADDER, tiers } });
}
