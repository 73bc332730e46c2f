import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { benefits, benefitVersions, stores } from "#db/schema/benefits.ts";
import * as audit from "../../audit/service.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import { demand, Refusal } from "../../core/refusal.ts";
import { termsHash as hashOf } from "../../core/terms-hash.ts";
import type { BenefitId, BenefitTerms, OfBenefitDraft, RetireBenefit, SaveBenefit } from "../model.ts";
import { groundOf, published } from "./queries.ts";
import { checkTerms, mayApprove } from "./rules.ts";

/**
 * Saves the next version of a benefit, or a new benefit. An earlier approval falls away: it was of other terms. Refuses:
 * BENEFIT_NOT_FOUND, BENEFIT_RETIRED, BENEFIT_CHANGED, BENEFIT_UNCHANGED, STORE_NOT_FOUND and what `checkTerms` refuses.
 */
export async function save(ctx: Context<StaffActor>, { benefitId, editing, terms }: SaveBenefit) {
  const draftHash = hashOf(terms);
  return ctx.db.transact(async (tx) => {
    await demandSound(tx, ctx, terms);
    const id = benefitId ?? ctx.newId<"benefit">();
    const before = benefitId === null ? null : await openBenefit(tx, benefitId);
    if ((before?.draftHash ?? null) !== editing) throw new Refusal("BENEFIT_CHANGED");
    const [current] = before === null ? [] : await published(tx, id);
    if (current !== undefined && hashOf(current.terms) === draftHash) throw new Refusal("BENEFIT_UNCHANGED");
    const saved = {
      draft: terms,
      draftHash,
      editors: [...new Set([...(before?.editors ?? []), ctx.actor.id])],
      savedBy: ctx.actor.id,
      savedAt: ctx.now,
      approvedBy: null,
      approvedAt: null,
    };
    if (before === null) await tx.insert(benefits).values({ id, createdAt: ctx.now, version: 0, ...saved });
    else await tx.update(benefits).set(saved).where(eq(benefits.id, id));
    await audit.record(tx, ctx, {
      action: "benefit.draft",
      subject: { kind: "benefit", id },
      detail: { termsHash: draftHash },
    });
    return { benefitId: id, termsHash: draftHash };
  });
}

/**
 * Approves the draft that was read: the approver answers for the necessity of each mandatory field (PIPL Art. 6).
 * Refuses: BENEFIT_NOT_FOUND, BENEFIT_RETIRED, BENEFIT_CHANGED, BENEFIT_SELF_APPROVAL, ALREADY_APPROVED.
 */
export async function approve(ctx: Context<StaffActor>, { benefitId, termsHash }: OfBenefitDraft): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const draft = await readDraft(tx, benefitId, termsHash);
    demand(mayApprove(draft, ctx.actor.id));
    await tx.update(benefits).set({ approvedBy: ctx.actor.id, approvedAt: ctx.now }).where(eq(benefits.id, benefitId));
    await audit.record(tx, ctx, {
      action: "benefit.approve",
      subject: { kind: "benefit", id: benefitId },
      detail: { termsHash, mandatory: draft.terms.needs.filter(({ mandatory }) => mandatory).length },
    });
  });
}

/**
 * Makes the approved draft the next version: public and immutable. Refuses: BENEFIT_NOT_FOUND, BENEFIT_RETIRED,
 * BENEFIT_CHANGED, BENEFIT_NOT_APPROVED, and what `checkTerms` refuses by now.
 */
export async function publish(ctx: Context<StaffActor>, { benefitId, termsHash }: OfBenefitDraft) {
  return ctx.db.transact(async (tx) => {
    const { terms, savedBy, approvedBy, version: before } = await readDraft(tx, benefitId, termsHash);
    if (approvedBy === null) throw new Refusal("BENEFIT_NOT_APPROVED");
    await demandSound(tx, ctx, terms);
    const version = before + 1;
    await tx.insert(benefitVersions).values({
      id: ctx.newId<"benefitVersion">(),
      benefitId,
      version,
      terms,
      draftedBy: savedBy,
      approvedBy,
      publishedBy: ctx.actor.id,
      publishedAt: ctx.now,
    });
    await tx
      .update(benefits)
      .set({ version, draft: null, draftHash: null, editors: [], approvedBy: null, approvedAt: null })
      .where(eq(benefits.id, benefitId));
    await audit.record(tx, ctx, {
      action: "benefit.publish",
      subject: { kind: "benefit", id: benefitId },
      detail: { version, termsHash },
    });
    return { version };
  });
}

/** Ends a benefit for good: nothing is booked or used any more. Refuses: BENEFIT_NOT_FOUND, BENEFIT_RETIRED. */
export async function retire(ctx: Context<StaffActor>, { benefitId, reason }: RetireBenefit): Promise<void> {
  await ctx.db.transact(async (tx) => {
    await openBenefit(tx, benefitId);
    await tx.update(benefits).set({ retiredAt: ctx.now, retiredBy: ctx.actor.id }).where(eq(benefits.id, benefitId));
    await audit.record(tx, ctx, {
      action: "benefit.retire",
      subject: { kind: "benefit", id: benefitId },
      detail: { reason },
    });
  });
}

async function demandSound(tx: Tx, ctx: Context, terms: BenefitTerms): Promise<void> {
  demand(checkTerms(terms, await groundOf(tx, terms, ctx.now)));
  if (terms.stores.length === 0) return;
  const known = new Set<string>((await tx.bulkSelect(stores, "id", terms.stores)).map(({ id }) => id));
  if (!terms.stores.every((id) => known.has(id))) throw new Refusal("STORE_NOT_FOUND", {}, "missing");
}

async function openBenefit(tx: Tx, benefitId: BenefitId) {
  const [benefit] = await tx.select().from(benefits).where(eq(benefits.id, benefitId));
  if (benefit === undefined) throw new Refusal("BENEFIT_NOT_FOUND", {}, "missing");
  if (benefit.retiredAt !== null) throw new Refusal("BENEFIT_RETIRED");
  return benefit;
}

async function readDraft(tx: Tx, benefitId: BenefitId, termsHash: string) {
  const { draft, draftHash, ...benefit } = await openBenefit(tx, benefitId);
  if (draft === null || draftHash !== termsHash) throw new Refusal("BENEFIT_CHANGED");
  return { ...benefit, terms: draft };
}
