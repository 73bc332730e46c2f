import type { Tone } from "#app/ui/badge.tsx";
import type { ActivityState } from "#server/consents/activities/model.ts";

/** What each state of an activity looks like. */
export const stateTones: Readonly<Record<ActivityState, Tone>> = {
  draft: "draft",
  active: "ok",
  suspended: "warn",
  retired: "neutral",
};
