import { addDays } from "../../core/time.ts";
import { POINTS_NOTICE_DAYS, type PointsPolicy, type PointsTerms } from "../model.ts";

/** The version in force at an instant; null before the first. `history` is in the order of versions. */
export function policyAt(history: readonly PointsPolicy[], at: Date): PointsPolicy | null {
  return history.findLast((policy) => policy.effectiveFrom <= at) ?? null;
}

/** The earliest instant at which a new version may take effect: after its notice, and after the newest version. */
export function earliestEffect(history: readonly PointsPolicy[], now: Date): Date {
  const newest = history.at(-1);
  if (newest === undefined) return now;
  const noticed = addDays(now, POINTS_NOTICE_DAYS);
  const after = new Date(newest.effectiveFrom.getTime() + 1);
  return noticed > after ? noticed : after;
}

/** The terms in the order in which they are told. */
export const pointsTerms = ["perYuan", "expiry", "negative"] as const satisfies readonly (keyof PointsTerms)[];

/** Which terms a version changed; all of them when there was none before. */
export function changedTerms(before: PointsTerms | null, after: PointsTerms): (keyof PointsTerms)[] {
  return pointsTerms.filter((term) => before === null || JSON.stringify(before[term]) !== JSON.stringify(after[term]));
}
