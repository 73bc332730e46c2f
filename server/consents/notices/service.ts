import { hash } from "node:crypto";
import { eq, inArray } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { activities } from "#db/schema/activities.ts";
import { noticeDrafts, noticeVersions } from "#db/schema/notices.ts";
import { canonicalText } from "../../audit/rules.ts";
import * as audit from "../../audit/service.ts";
import { processConfig } from "../../config.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import { demand, Refusal } from "../../core/refusal.ts";
import { termsHash } from "../../core/terms-hash.ts";
import { enqueue } from "../../jobs/outbox.ts";
import { fieldDefinitions } from "../fields/queries.ts";
import type { PurposeCode } from "../model.ts";
import { draftContent } from "./drafting/rules.ts";
import {
  type DraftNotice,
  type FrozenPurpose,
  type Handler,
  kindOf,
  NoticeContent,
  type NoticeKey,
  noticeKeyOf,
  type PublishNotice,
  purposeOf,
  type ReviewNotice,
  type SaveNotice,
} from "./model.ts";
import { currentNotice, purposesNow, unassessed } from "./queries.ts";
import { gaps, hashedDraft, hashedNotice, madeStale, mayReview, mustBeMaterial, noticeDiff } from "./rules.ts";

/**
 * Starts or renews a draft from the catalogue and the activities as they are now; it names the house of this process
 * unless told another. Refuses: PURPOSE_NOT_ACTIVE when there is no active purpose to tell of.
 */
export async function draft(ctx: Context<StaffActor>, { key }: DraftNotice, handler: Handler = processConfig().site) {
  return ctx.db.transact(async (tx) => {
    const purposes = await activePurposes(tx, key);
    const content = draftContent(kindOf(key), purposes, await fieldDefinitions(tx), handler);
    return keepDraft(tx, ctx, key, NoticeContent.parse(content), purposes);
  });
}

/**
 * Saves the words of a draft. An earlier review falls away: it was of other words. Refuses: NOTICE_DRAFT_NOT_FOUND,
 * NOTICE_CHANGED, PURPOSE_NOT_ACTIVE.
 */
export async function save(ctx: Context<StaffActor>, { key, editing, content }: SaveNotice) {
  return ctx.db.transact(async (tx) => {
    await readDraft(tx, key, editing);
    return keepDraft(tx, ctx, key, content, await activePurposes(tx, key));
  });
}

/**
 * A second person has read the draft. Refuses: NOTICE_DRAFT_NOT_FOUND, NOTICE_CHANGED (also when the activities it tells
 * of have changed since), PURPOSE_NOT_ACTIVE, NOTICE_OWN_REVIEW.
 */
export async function review(ctx: Context<StaffActor>, { key, contentHash }: ReviewNotice): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const { row } = await draftAsRead(tx, key, contentHash);
    demand(mayReview(row, ctx.actor.id));
    await tx
      .update(noticeDrafts)
      .set({ reviewedBy: ctx.actor.id, reviewedAt: ctx.now })
      .where(eq(noticeDrafts.key, key));
    await audit.record(tx, ctx, { action: "notice.review", subject: subjectOf(key), detail: { contentHash } });
  });
}

/**
 * Makes the reviewed draft the next version, word for word and for good, with its purposes frozen beside it. A material
 * change makes the consents it concerns stale from the next millisecond on (PIPL Art. 14(2)). Refuses:
 * NOTICE_DRAFT_NOT_FOUND, NOTICE_CHANGED, PURPOSE_NOT_ACTIVE, NOTICE_NOT_REVIEWED, NOTICE_UNASSESSED (PIPL Art. 55),
 * NOTICE_INCOMPLETE, NOTICE_UNCHANGED, NOTICE_MATERIAL.
 */
export async function publish(ctx: Context<StaffActor>, { key, contentHash, material, reason }: PublishNotice) {
  return ctx.db.transact(async (tx) => {
    const { row, purposes } = await draftAsRead(tx, key, contentHash);
    const { content, savedBy, reviewedBy } = row;
    if (reviewedBy === null) throw new Refusal("NOTICE_NOT_REVIEWED");
    const [due] = await unassessed(tx, purposes);
    if (due !== undefined) throw new Refusal("NOTICE_UNASSESSED", { purpose: due });
    const [gap] = gaps(kindOf(key), content, purposes, await fieldDefinitions(tx));
    if (gap !== undefined) throw new Refusal("NOTICE_INCOMPLETE", { element: gap.element, locale: gap.locale });
    const before = await currentNotice(tx, key);
    const told = { content, purposes };
    if (before !== null && noticeDiff(before, told).length === 0) throw new Refusal("NOTICE_UNCHANGED");
    if (before !== null && !material && mustBeMaterial(before.purposes, purposes)) throw new Refusal("NOTICE_MATERIAL");

    const published = { key, version: (before?.version ?? 0) + 1, ...told };
    const versionHash = hash("sha256", canonicalText(hashedNotice(published)), "hex");
    const isMaterial = before === null || material;
    await tx.insert(noticeVersions).values({
      id: ctx.newId<"noticeVersion">(),
      kind: kindOf(key),
      ...published,
      hash: versionHash,
      material: isMaterial,
      materialReason: reason,
      draftedBy: savedBy,
      reviewedBy,
      publishedBy: ctx.actor.id,
      publishedAt: ctx.now,
    });
    await tx.delete(noticeDrafts).where(eq(noticeDrafts.key, key));
    if (before !== null && material)
      await makeStale(tx, ctx, madeStale(before, told, await askedNow(tx, key, purposes)));
    await audit.record(tx, ctx, {
      action: "notice.publish",
      subject: subjectOf(key),
      detail: { version: published.version, hash: versionHash, material: isMaterial, reasonLength: reason.length },
    });
    return { version: published.version, hash: versionHash };
  });
}

/** Consents given until now are stale; a job ends them one by one, and reads are refused from the same instant. */
async function makeStale(tx: Tx, ctx: Context, purposes: readonly PurposeCode[]): Promise<void> {
  if (purposes.length === 0) return;
  const freshSince = new Date(ctx.now.getTime() + 1);
  await tx.update(activities).set({ freshSince }).where(inArray(activities.code, purposes));
  for (const purpose of purposes) await enqueue(tx, ctx, { kind: "consents.supersede", payload: { purpose } });
}

/** The version of each purpose that its enhanced notice in force asks consent for, where this is another notice. */
async function askedNow(tx: Tx, key: NoticeKey, purposes: readonly FrozenPurpose[]) {
  const asked = new Map<PurposeCode, number>();
  for (const { code } of purposes) {
    const own = noticeKeyOf(code);
    const frozen = own === key ? undefined : (await currentNotice(tx, own))?.purposes.find((one) => one.code === code);
    if (frozen !== undefined) asked.set(code, frozen.version);
  }
  return asked;
}

async function keepDraft(
  tx: Tx,
  ctx: Context<StaffActor>,
  key: NoticeKey,
  content: NoticeContent,
  purposes: readonly FrozenPurpose[],
) {
  const contentHash = termsHash(hashedDraft(content, purposes));
  const [before] = await tx
    .select({ editors: noticeDrafts.editors })
    .from(noticeDrafts)
    .where(eq(noticeDrafts.key, key));
  const saved = {
    content,
    contentHash,
    editors: [...new Set([...(before?.editors ?? []), ctx.actor.id])],
    savedBy: ctx.actor.id,
    savedAt: ctx.now,
    reviewedBy: null,
    reviewedAt: null,
  };
  await tx
    .insert(noticeDrafts)
    .values({ key, kind: kindOf(key), ...saved })
    .onConflictDoUpdate({ target: noticeDrafts.key, set: saved });
  await audit.record(tx, ctx, { action: "notice.draft", subject: subjectOf(key), detail: { contentHash } });
  return { contentHash };
}

async function readDraft(tx: Tx, key: NoticeKey, contentHash: string) {
  const [row] = await tx.select().from(noticeDrafts).where(eq(noticeDrafts.key, key));
  if (row === undefined) throw new Refusal("NOTICE_DRAFT_NOT_FOUND", {}, "missing");
  if (row.contentHash !== contentHash) throw new Refusal("NOTICE_CHANGED");
  return row;
}

/** The draft that somebody has read, if it still tells of the activities as they are. */
async function draftAsRead(tx: Tx, key: NoticeKey, contentHash: string) {
  const row = await readDraft(tx, key, contentHash);
  const purposes = await activePurposes(tx, key);
  if (termsHash(hashedDraft(row.content, purposes)) !== contentHash) throw new Refusal("NOTICE_CHANGED");
  return { row, purposes };
}

async function activePurposes(tx: Tx, key: NoticeKey): Promise<FrozenPurpose[]> {
  const purposes = await purposesNow(tx, key);
  if (purposes.length === 0) throw new Refusal("PURPOSE_NOT_ACTIVE", { purpose: purposeOf(key) ?? key });
  return purposes;
}

function subjectOf(key: NoticeKey) {
  return { kind: "notice", id: key };
}
