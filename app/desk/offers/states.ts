import type { Tone } from "#app/ui/badge.tsx";
import type { OfferState } from "#server/offers/publishing/model.ts";

/** What each state of an offer looks like. */
export const stateTones: Readonly<Record<OfferState, Tone>> = {
  draft: "draft",
  scheduled: "info",
  live: "ok",
  ended: "neutral",
  retired: "neutral",
};
