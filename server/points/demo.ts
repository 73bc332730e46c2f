import type { Context, StaffActor } from "../core/context.ts";
import { DEFAULT_POINTS, type PointsTerms } from "./model.ts";
import * as policies from "./policies/service.ts";

/** The points of the demo brand: one point a yuan, for twelve months to the end of the month. */
export const DEMO_POINTS: PointsTerms = DEFAULT_POINTS;

/** Publishes the demo's terms as any are: proposed by one person, published by another. */
export async function seedDemoPoints(
  proposer: Context<StaffActor>,
  publisher: Context<StaffActor>,
  terms: PointsTerms = DEMO_POINTS,
): Promise<void> {
  const policyId = await policies.propose(proposer, { terms });
  await policies.publish(publisher, { policyId, effectiveFrom: null });
}

/** A next version that waits for a second person: points then last to the end of the quarter. */
export async function proposeNextDemoPoints(proposer: Context<StaffActor>): Promise<void> {
  await policies.propose(proposer, { terms: { ...DEMO_POINTS, expiry: { months: 12, roundTo: "quarter" } } });
}
