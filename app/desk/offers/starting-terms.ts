import { channels, type StoredTerms } from "#server/offers/model.ts";

/** A blank page: open to every tier and channel from the coming midnight in Beijing on. */
export function startingTerms(tiers: readonly string[], kind: string, now: Date): StoredTerms {
  const [day, offset] = [86_400_000, 8 * 3_600_000];
  const midnight = new Date(Math.ceil((now.getTime() + offset) / day) * day - offset);
  return {
    title: { "zh-CN": "", en: "" },
    conditions: {
      tiers: [...tiers],
      channels: [...channels],
      window: { from: midnight.toISOString(), to: null },
      scope: { skus: [], categories: [], excludeSkus: [], excludeCategories: [] },
      newMemberOnly: false,
      stackingGroup: null,
      priority: 0,
      capPerMember: null,
      budget: null,
      codeRequired: false,
    },
    reward: { kind },
  };
}
