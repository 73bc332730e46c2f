import type { BenefitTerms } from "#server/benefits/model.ts";
import { addDays, businessDay, startOfBusinessDay } from "#server/core/time.ts";

/** A blank page: a service for every tier once a month from the coming midnight in Beijing on, which needs nothing. */
export function startingTerms(tiers: readonly string[], now: Date): BenefitTerms {
  return {
    title: { "zh-CN": "", en: "" },
    description: { "zh-CN": "", en: "" },
    tiers: [...tiers],
    gives: { kind: "service" },
    quota: { count: 1, period: "month", rollover: 0 },
    purpose: null,
    needs: [],
    derivations: [],
    booked: false,
    stores: [],
    window: { from: addDays(startOfBusinessDay(businessDay(now)), 1).toISOString(), to: null },
  };
}
