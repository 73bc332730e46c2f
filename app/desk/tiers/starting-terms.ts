import type { LadderTerms } from "#server/tiers/model.ts";

/** What a brand's first draft starts from: two tiers and common terms, all of them to be changed. */
export const startingTerms: LadderTerms = {
  tiers: [
    { code: "registered", name: { "zh-CN": "注册会员", en: "Registered" }, upgradeAt: 0, keepAt: 0 },
    { code: "silver", name: { "zh-CN": "银卡会员", en: "Silver" }, upgradeAt: 1_000, keepAt: 800 },
  ],
  qualification: { kind: "rolling", days: 365 },
  downgrade: "one_down",
  graceDays: 30,
  noticeDays: 14,
  growth: { perYuan: { numerator: 1, denominator: 1 }, returnWindowDays: 7 },
};
