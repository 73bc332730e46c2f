import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { tierLadderDrafts, tierLadders } from "#db/schema/tiers.ts";
import * as audit from "../../audit/service.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import type { TierLadderId } from "../../core/id.ts";
import { demand, Refusal } from "../../core/refusal.ts";
import { enqueue } from "../../jobs/outbox.ts";
import type { DraftLadder, EditLadder, LadderRef, PublishLadder } from "../model.ts";
import { ladderHistory } from "../queries.ts";
import { earliestEffect, soundLadder } from "./rules.ts";

type StaffContext = Context<StaffActor>;

/** Starts a new version of the ladder. Refuses terms that make no sense: LADDER_FIRST_NOT_ZERO, LADDER_NOT_INCREASING, LADDER_KEEP_ABOVE_UPGRADE, LADDER_CODE_REPEATED. */
export async function draft(ctx: StaffContext, { terms }: DraftLadder): Promise<LadderRef> {
  demand(soundLadder(terms));
  return ctx.db.transact(async (tx) => {
    const ladderId = ctx.newId<"tierLadder">();
    await tx.insert(tierLadderDrafts).values({
      id: ladderId,
      terms,
      state: "draft",
      revision: 1,
      editedBy: ctx.actor.id,
      editedAt: ctx.now,
      editors: [ctx.actor.id],
    });
    await audit.record(tx, ctx, { action: "tier.draft", subject: { kind: "tierLadder", id: ladderId } });
    return { ladderId, revision: 1 };
  });
}

/**
 * Replaces a draft's terms. An approval it had is void, since it was for other terms. Refuses what `draft` refuses, and
 * LADDER_NOT_FOUND, LADDER_ALREADY_PUBLISHED, LADDER_CHANGED.
 */
export async function edit(ctx: StaffContext, { ladderId, revision, terms }: EditLadder): Promise<LadderRef> {
  demand(soundLadder(terms));
  return ctx.db.transact(async (tx) => {
    const before = await unpublished(tx, { ladderId, revision });
    const editors = [...new Set([...before.editors, ctx.actor.id])];
    await tx
      .update(tierLadderDrafts)
      .set({
        terms,
        state: "draft",
        revision: revision + 1,
        editedBy: ctx.actor.id,
        editedAt: ctx.now,
        editors,
        approvedBy: null,
        approvedAt: null,
      })
      .where(exactly({ ladderId, revision }));
    await audit.record(tx, ctx, {
      action: "tier.edit",
      subject: { kind: "tierLadder", id: ladderId },
      detail: { revision: revision + 1, approvalVoided: before.state === "approved" },
    });
    return { ladderId, revision: revision + 1 };
  });
}

/**
 * A second person's yes to exactly this revision. Refuses LADDER_SAME_PERSON for everybody who had a hand in the terms,
 * and LADDER_NOT_FOUND, LADDER_ALREADY_PUBLISHED, LADDER_CHANGED.
 */
export async function approve(ctx: StaffContext, ref: LadderRef): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const before = await unpublished(tx, ref);
    if (before.editors.includes(ctx.actor.id)) throw new Refusal("LADDER_SAME_PERSON", {}, "forbidden");
    await tx
      .update(tierLadderDrafts)
      .set({ state: "approved", approvedBy: ctx.actor.id, approvedAt: ctx.now })
      .where(exactly(ref));
    await audit.record(tx, ctx, {
      action: "tier.approve",
      subject: { kind: "tierLadder", id: ref.ladderId },
      detail: { revision: ref.revision },
    });
  });
}

/**
 * Makes an approved version public and immutable, to take effect at `effectiveFrom`: not before the notice that the
 * version now published promised. Nobody's tier changes by publishing; when it takes effect, members may only rise.
 * Refuses LADDER_NOT_FOUND, LADDER_ALREADY_PUBLISHED, LADDER_CHANGED, LADDER_NOT_APPROVED, LADDER_TOO_EARLY.
 */
export async function publish(ctx: StaffContext, { effectiveFrom: wish, ...ref }: PublishLadder) {
  return ctx.db.transact(async (tx) => {
    const before = await unpublished(tx, ref);
    if (before.state !== "approved" || before.approvedBy === null) throw new Refusal("LADDER_NOT_APPROVED");
    const history = await ladderHistory(tx);
    const earliest = earliestEffect(history, ctx.now);
    const effectiveFrom = wish ?? earliest;
    if (effectiveFrom < earliest) throw new Refusal("LADDER_TOO_EARLY", { earliestAt: earliest.getTime() });
    const version = (history.at(-1)?.version ?? 0) + 1;
    await tx.update(tierLadderDrafts).set({ state: "published" }).where(exactly(ref));
    await tx.insert(tierLadders).values({
      id: ref.ladderId,
      version,
      terms: before.terms,
      effectiveFrom,
      publishedAt: ctx.now,
      draftedBy: before.editedBy,
      approvedBy: before.approvedBy,
      publishedBy: ctx.actor.id,
    });
    await enqueue(tx, ctx, { kind: "tiers.adopt", payload: { version }, runAfter: effectiveFrom });
    await audit.record(tx, ctx, {
      action: "tier.publish",
      subject: { kind: "tierLadder", id: ref.ladderId },
      detail: { version, effectiveFrom: effectiveFrom.toISOString() },
    });
    return { version, effectiveFrom };
  });
}

/** The draft, provided it is still at this revision. */
async function unpublished(tx: Tx, { ladderId, revision }: LadderRef) {
  const [draftRow] = await tx.select().from(tierLadderDrafts).where(eq(tierLadderDrafts.id, ladderId));
  if (draftRow === undefined) throw new Refusal("LADDER_NOT_FOUND", {}, "missing");
  if (draftRow.state === "published") throw new Refusal("LADDER_ALREADY_PUBLISHED");
  if (draftRow.revision !== revision) throw new Refusal("LADDER_CHANGED", { revision: draftRow.revision });
  return draftRow;
}

function exactly({ ladderId, revision }: { ladderId: TierLadderId; revision: number }) {
  return and(eq(tierLadderDrafts.id, ladderId), eq(tierLadderDrafts.revision, revision));
}
