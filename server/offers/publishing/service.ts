import { desc, eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { offerBudgets, offerDrafts, offerRetirements, offerStamp, offers, offerVersions } from "#db/schema/offers.ts";
import * as audit from "../../audit/service.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import type { OfferId } from "../../core/id.ts";
import { fen } from "../../core/money.ts";
import { demand, Refusal } from "../../core/refusal.ts";
import { termsHash as hashOf } from "../../core/terms-hash.ts";
import { ladderInForce } from "../../tiers/queries.ts";
import { OfferTerms } from "../kinds/index.ts";
import type { OfferVersionId } from "../model.ts";
import type { ApproveDraft, PublishDraft, RetireOffer, SaveDraft } from "./model.ts";
import { lowestBeside } from "./queries.ts";
import { checkTerms, effectiveAt, isBelowFloor, mayApprove, mayPublish } from "./rules.ts";

/**
 * Saves the next version of an offer, or a new offer. Earlier approvals fall away: they were of other terms.
 * Refuses: OFFER_NOT_FOUND, OFFER_RETIRED, DRAFT_CHANGED, DRAFT_UNCHANGED and what `checkTerms` refuses.
 */
export async function save(ctx: Context<StaffActor>, { offerId, editing, terms }: SaveDraft) {
  const termsHash = hashOf(terms);
  return ctx.db.transact(async (tx) => {
    const ladder = await ladderInForce(tx, ctx.now);
    demand(checkTerms(terms, ladder?.terms.tiers.map(({ code }) => code) ?? []));
    const id = offerId ?? ctx.newId<"offer">();
    if (offerId === null) await tx.insert(offers).values({ id, createdAt: ctx.now });
    const draft = offerId === null ? undefined : await draftOf(tx, id);
    if (offerId !== null) {
      await demandOpen(tx, id);
      const [latest] = await versionsOf(tx, id);
      if ((draft?.termsHash ?? null) !== editing) throw new Refusal("DRAFT_CHANGED");
      if (latest !== undefined && hashOf(latest.terms) === termsHash) throw new Refusal("DRAFT_UNCHANGED");
    }
    const editors = [...new Set([...(draft?.editors ?? []), ctx.actor.id])];
    const saved = { terms, termsHash, savedBy: ctx.actor.id, savedAt: ctx.now, editors, ...unapproved };
    await tx
      .insert(offerDrafts)
      .values({ offerId: id, ...saved })
      .onConflictDoUpdate({ target: offerDrafts.offerId, set: saved });
    await audit.record(tx, ctx, { action: "offer.draft", subject: { kind: "offer", id }, detail: { termsHash } });
    return { offerId: id, termsHash };
  });
}

/**
 * Approves the draft that was read. Terms under the floor need two approvals, by two people.
 * Refuses: DRAFT_NOT_FOUND, DRAFT_CHANGED, SELF_APPROVAL, ALREADY_APPROVED.
 */
export async function approve(ctx: Context<StaffActor>, { offerId, termsHash }: ApproveDraft) {
  return ctx.db.transact(async (tx) => {
    const draft = await readDraft(tx, offerId, termsHash);
    const lowest = await lowestBeside(tx, ctx.now, offerId, draft.terms);
    demand(mayApprove(draft, ctx.actor.id, isBelowFloor(lowest)));
    const approval =
      draft.approvedBy === null
        ? { approvedBy: ctx.actor.id, approvedAt: ctx.now }
        : { secondApprovedBy: ctx.actor.id, secondApprovedAt: ctx.now };
    await tx.update(offerDrafts).set(approval).where(eq(offerDrafts.offerId, offerId));
    await audit.record(tx, ctx, {
      action: "offer.approve",
      subject: { kind: "offer", id: offerId },
      detail: { termsHash, second: draft.approvedBy !== null, lowestPermille: lowest },
    });
  });
}

/**
 * Makes the approved draft the next version: public, immutable, in effect from `effectiveFrom` (two seconds from now at
 * the earliest). Refuses: DRAFT_NOT_FOUND, DRAFT_CHANGED, NOT_APPROVED, BELOW_FLOOR, OFFER_RETIRED, TOO_EARLY.
 */
export async function publish(ctx: Context<StaffActor>, { offerId, termsHash, effectiveFrom }: PublishDraft) {
  return ctx.db.transact(async (tx) => {
    const draft = await readDraft(tx, offerId, termsHash);
    await demandOpen(tx, offerId);
    const lowest = await lowestBeside(tx, ctx.now, offerId, draft.terms);
    demand(mayPublish(draft, lowest));
    const [latest] = await versionsOf(tx, offerId);
    const from = effectiveAt(ctx.now, effectiveFrom);
    if (latest !== undefined && from <= latest.effectiveFrom) {
      throw new Refusal("TOO_EARLY", { fromAt: latest.effectiveFrom.getTime() });
    }
    const id = ctx.newId<"offerVersion">();
    const version = (latest?.version ?? 0) + 1;
    await tx.insert(offerVersions).values({
      id,
      offerId,
      version,
      terms: draft.terms,
      effectiveFrom: from,
      publishedAt: ctx.now,
      draftedBy: draft.savedBy,
      approvedBy: draft.approvedBy ?? ctx.actor.id,
      secondApprovedBy: draft.secondApprovedBy,
      publishedBy: ctx.actor.id,
    });
    await openBudget(tx, id, draft.terms);
    await tx.delete(offerDrafts).where(eq(offerDrafts.offerId, offerId));
    await bumpStamp(tx);
    await audit.record(tx, ctx, {
      action: "offer.publish",
      subject: { kind: "offer", id: offerId },
      detail: { version, termsHash, effectiveFrom: from.toISOString(), lowestPermille: lowest },
    });
    return { versionId: id, version, effectiveFrom: from };
  });
}

/** Ends an offer for good, two seconds from now at the earliest. Refuses: OFFER_NOT_FOUND, OFFER_RETIRED. */
export async function retire(ctx: Context<StaffActor>, { offerId, at }: RetireOffer) {
  return ctx.db.transact(async (tx) => {
    const retiresAt = effectiveAt(ctx.now, at);
    const [offer] = await tx.select({ id: offers.id }).from(offers).where(eq(offers.id, offerId));
    if (offer === undefined) throw new Refusal("OFFER_NOT_FOUND", {}, "missing");
    const written = await tx
      .insert(offerRetirements)
      .values({ offerId, retiresAt, decidedBy: ctx.actor.id, decidedAt: ctx.now })
      .onConflictDoNothing()
      .returning({ offerId: offerRetirements.offerId });
    if (written.length === 0) throw new Refusal("OFFER_RETIRED");
    await bumpStamp(tx);
    await audit.record(tx, ctx, {
      action: "offer.retire",
      subject: { kind: "offer", id: offerId },
      detail: { at: retiresAt.toISOString() },
    });
    return { retiresAt };
  });
}

/** Tells every process that what is in force has changed; they look once a second. */
export async function bumpStamp(tx: Tx): Promise<void> {
  await tx
    .insert(offerStamp)
    .values({ id: 1, stamp: 1 })
    .onConflictDoUpdate({ target: offerStamp.id, set: { stamp: sql`${offerStamp.stamp} + 1` } });
}

const unapproved = { approvedBy: null, approvedAt: null, secondApprovedBy: null, secondApprovedAt: null };

/** SHA-256 (base64url) of the canonical form of terms. */

async function draftOf(tx: Tx, offerId: OfferId) {
  const [draft] = await tx.select().from(offerDrafts).where(eq(offerDrafts.offerId, offerId));
  return draft;
}

async function readDraft(tx: Tx, offerId: OfferId, termsHash: string) {
  const draft = await draftOf(tx, offerId);
  if (draft === undefined) throw new Refusal("DRAFT_NOT_FOUND", {}, "missing");
  if (draft.termsHash !== termsHash) throw new Refusal("DRAFT_CHANGED");
  return { ...draft, terms: OfferTerms.parse(draft.terms) };
}

function versionsOf(tx: Tx, offerId: OfferId) {
  return tx
    .select()
    .from(offerVersions)
    .where(eq(offerVersions.offerId, offerId))
    .orderBy(desc(offerVersions.version))
    .limit(1);
}

async function demandOpen(tx: Tx, offerId: OfferId): Promise<void> {
  const [offer] = await tx
    .select({ id: offers.id, retiresAt: offerRetirements.retiresAt })
    .from(offers)
    .leftJoin(offerRetirements, eq(offerRetirements.offerId, offers.id))
    .where(eq(offers.id, offerId));
  if (offer === undefined) throw new Refusal("OFFER_NOT_FOUND", {}, "missing");
  if (offer.retiresAt !== null) throw new Refusal("OFFER_RETIRED");
}

async function openBudget(tx: Tx, versionId: OfferVersionId, { conditions: { budget } }: OfferTerms): Promise<void> {
  if (budget === null) return;
  await tx.insert(offerBudgets).values({
    versionId,
    limitCount: budget.count,
    limitFen: budget.amountFen === null ? null : fen(budget.amountFen),
    usedCount: 0,
    usedFen: fen(0),
    redeemedCount: 0,
    redeemedFen: fen(0),
    exhaustedAt: null,
  });
}
