import { eq } from "drizzle-orm";
import { pointsPolicies, pointsProposals } from "#db/schema/points.ts";
import * as audit from "../../audit/service.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import { Refusal } from "../../core/refusal.ts";
import type { PointsPolicyId, ProposePoints, PublishPoints } from "../model.ts";
import { policyHistory } from "../queries.ts";
import { newestProposal } from "./queries.ts";
import { changedTerms, earliestEffect } from "./rules.ts";

/**
 * Proposes terms for the points; a second person publishes them, or somebody proposes others, which then take their
 * place. Refuses: POINTS_PROPOSAL_UNCHANGED when the newest version says the same.
 */
export async function propose(ctx: Context<StaffActor>, { terms }: ProposePoints): Promise<PointsPolicyId> {
  return ctx.db.transact(async (tx) => {
    const newest = (await policyHistory(tx)).at(-1);
    if (newest !== undefined && changedTerms(newest.terms, terms).length === 0) {
      throw new Refusal("POINTS_PROPOSAL_UNCHANGED");
    }
    const id = ctx.newId<"pointsPolicy">();
    await tx.insert(pointsProposals).values({ id, terms, proposedBy: ctx.actor.id, proposedAt: ctx.now });
    await audit.record(tx, ctx, { action: "points.propose", subject: { kind: "pointsPolicy", id } });
    return id;
  });
}

/**
 * A second person makes the newest proposal public and immutable, to take effect at `effectiveFrom`: not before its
 * notice is over (E-Commerce Law Art. 34). It counts for orders paid from then on; what was earned before stays as it
 * is. Refuses: POINTS_PROPOSAL_NOT_FOUND, POINTS_ALREADY_PUBLISHED, POINTS_PROPOSAL_SUPERSEDED, POINTS_SAME_PERSON,
 * POINTS_TOO_EARLY.
 */
export async function publish(ctx: Context<StaffActor>, { policyId, effectiveFrom: wish }: PublishPoints) {
  return ctx.db.transact(async (tx) => {
    const [proposal] = await tx.select().from(pointsProposals).where(eq(pointsProposals.id, policyId));
    if (proposal === undefined) throw new Refusal("POINTS_PROPOSAL_NOT_FOUND", {}, "missing");
    const history = await policyHistory(tx);
    if (history.some(({ id }) => id === policyId)) throw new Refusal("POINTS_ALREADY_PUBLISHED");
    if ((await newestProposal(tx))?.id !== policyId) throw new Refusal("POINTS_PROPOSAL_SUPERSEDED");
    if (proposal.proposedBy === ctx.actor.id) throw new Refusal("POINTS_SAME_PERSON", {}, "forbidden");
    const earliest = earliestEffect(history, ctx.now);
    const effectiveFrom = wish ?? earliest;
    if (effectiveFrom < earliest) throw new Refusal("POINTS_TOO_EARLY", { earliestAt: earliest.getTime() });
    const version = (history.at(-1)?.version ?? 0) + 1;
    const { terms, proposedBy } = proposal;
    await tx.insert(pointsPolicies).values({
      id: policyId,
      version,
      terms,
      effectiveFrom,
      publishedAt: ctx.now,
      proposedBy,
      publishedBy: ctx.actor.id,
    });
    await audit.record(tx, ctx, {
      action: "points.publish",
      subject: { kind: "pointsPolicy", id: policyId },
      detail: { version, effectiveFrom: effectiveFrom.toISOString() },
    });
    return { version, effectiveFrom };
  });
}
