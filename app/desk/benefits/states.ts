import type { Tone } from "#app/ui/badge.tsx";
import type { BenefitState } from "#server/benefits/model.ts";

/** What each state of a benefit looks like. */
export const stateTones: Readonly<Record<BenefitState, Tone>> = {
  draft: "draft",
  live: "ok",
  ended: "neutral",
  retired: "neutral",
};
