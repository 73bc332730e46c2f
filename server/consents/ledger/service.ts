import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { consentEvents, restrictions, servedEvents, servedScreens } from "#db/schema/consents.ts";
import * as audit from "../../audit/service.ts";
import type { Context, MemberActor } from "../../core/context.ts";
import { demand, Refusal } from "../../core/refusal.ts";
import { businessDay } from "../../core/time.ts";
import type { ActivityTerms } from "../activities/model.ts";
import { activityInForce } from "../activities/queries.ts";
import { endConsents, recordDisposals } from "../ending/service.ts";
import { fieldDefinitions } from "../fields/queries.ts";
import { checkValue } from "../fields/rules.ts";
import type { RestrictPurpose } from "../gateway/model.ts";
import { eraseValues, keepValues } from "../gateway/vault/service.ts";
import { guardianOf } from "../guardianship/queries.ts";
import { BIRTH_MONTH, isOfAge, mayDecideFor } from "../guardianship/rules.ts";
import type { GuardianRelationId, PurposeCode, ServedId, Subject } from "../model.ts";
import { type FrozenPurpose, type NoticeVersion, noticeKeyOf } from "../notices/model.ts";
import { currentNotice } from "../notices/queries.ts";
import { append, grantOf, type NewConsentEvent } from "./events/service.ts";
import type { CorrectValues, GivenValue, Grant, Refuse, Serve, Withdraw } from "./model.ts";
import { isStale, mayAnswer } from "./rules.ts";
import { screenIn } from "./screen.ts";

type Locale = "zh-CN" | "en";
type Served = typeof servedEvents.$inferSelect;

/**
 * Records that a purpose's notice stands before the member now: the evidence without which nothing can be granted
 * (invariant 5). Tells which notice, so that a page that has drawn an older one can draw itself again. Refuses:
 * PURPOSE_UNKNOWN, CONSENT_NOT_ASKED, and for a child what `mayDecideFor` refuses.
 */
export async function serve(
  ctx: Context<MemberActor>,
  { purpose, childId, channel }: Serve,
  locale: Locale,
): Promise<{ servedId: ServedId; noticeHash: string }> {
  return ctx.db.transact(async (tx) => {
    const { notice, frozen } = await asked(tx, purpose);
    await guardianFor(tx, ctx, frozen.terms, childId);
    const screen = screenIn(locale);
    await tx.insert(servedScreens).values(screen).onConflictDoNothing();
    const servedId = ctx.newId<"servedEvent">();
    await tx.insert(servedEvents).values({
      id: servedId,
      memberId: ctx.actor.id,
      childId,
      purpose,
      purposeVersion: frozen.version,
      noticeVersionId: notice.id,
      noticeHash: notice.hash,
      channel,
      locale,
      screenHash: screen.hash,
      shownAt: ctx.now,
    });
    return { servedId, noticeHash: notice.hash };
  });
}

/**
 * The member agrees to one purpose under the notice that was shown, and gives the values it is for. Fields whose toggle
 * stayed off are not part of the consent. Refuses: SERVED_NOT_FOUND, SERVED_STALE, SERVED_ANSWERED, NOTICE_SUPERSEDED,
 * GUARDIAN_STATEMENT_MISSING, VALUE_MISSING, FIELD_NOT_IN_PURPOSE, FIELD_VALUE_WRONG, and what `mayDecideFor` refuses.
 */
export async function grant(ctx: Context<MemberActor>, { servedId, guardian, values }: Grant): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const { served, frozen } = await answerable(tx, ctx, servedId);
    const { terms } = frozen;
    const relationId = await guardianFor(tx, ctx, terms, served.childId);
    if (terms.subject === "child" && !guardian) throw new Refusal("GUARDIAN_STATEMENT_MISSING", {}, "invalid");
    await checkGiven(tx, ctx, terms, values);
    const given = new Set(values.map(({ key }) => key));
    const missing = terms.fields.find(({ key, mandatory }) => mandatory && !given.has(key));
    if (missing !== undefined) throw new Refusal("VALUE_MISSING", { field: missing.key }, "invalid");
    const fields = terms.fields.map(({ key }) => key).filter((key) => given.has(key));
    const before = await grantOf(tx, subjectOf(served), served.purpose);
    const left = before === null ? null : await eraseValues(tx, [before.id]);
    const { grant: granted, event } = await append(tx, ctx, { ...saidBy(served, relationId), action: "grant", fields });
    await keepValues(tx, ctx, granted, values, terms.retention);
    if (left !== null) {
      const turnedOff = (left.erased.get(granted.id) ?? []).filter((key) => !given.has(key));
      const disposed = { grant: granted, erased: turnedOff, eventId: event.id };
      await recordDisposals(tx, ctx, [disposed], { remaining: left.remaining, trigger: "correct" });
    }
  });
}

/**
 * The member keeps it to themselves. Changes nothing but the benefits that need it; nothing asks again by itself. A consent that
 * a changed notice has made stale is ended with its values. Refuses as `grant` does, and SERVED_ANSWERED for a consent
 * that stands: that one is withdrawn.
 */
export async function refuse(ctx: Context<MemberActor>, { servedId }: Refuse): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const { served, freshSince } = await answerable(tx, ctx, servedId);
    const before = await grantOf(tx, subjectOf(served), served.purpose);
    if (before !== null && isStale(before, freshSince)) {
      await endConsents(tx, ctx, [before], {
        action: "withdraw",
        reason: null,
        channel: served.channel,
        locale: served.locale,
      });
    }
    await append(tx, ctx, { ...saidBy(served, null), action: "refuse", fields: [] });
  });
}

/**
 * Takes a consent back, in one step and for good: its values are gone when this answers (PIPL Art. 15). No reason is
 * asked for. Refuses: GRANT_NOT_FOUND.
 */
export async function withdraw(
  ctx: Context<MemberActor>,
  { purpose, childId }: Withdraw,
  locale: Locale,
): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const standing = await grantOf(tx, { memberId: ctx.actor.id, childId }, purpose);
    if (standing === null) throw new Refusal("GRANT_NOT_FOUND", {}, "missing");
    await endConsents(tx, ctx, [standing], { action: "withdraw", reason: null, channel: "portal", locale });
  });
}

/**
 * Corrects values under a consent that stands, without a new one: the purpose and its fields stay (PIPL Art. 46).
 * Refuses: GRANT_NOT_FOUND, CONSENT_STALE under a notice that has changed, SEPARATE_CONSENT_REQUIRED for a field that the
 * consent does not cover, FIELD_VALUE_WRONG, and for a child what `mayDecideFor` refuses.
 */
export async function correct(ctx: Context<MemberActor>, { purpose, childId, values }: CorrectValues): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const standing = await grantOf(tx, { memberId: ctx.actor.id, childId }, purpose);
    if (standing?.state !== "granted") throw new Refusal("GRANT_NOT_FOUND", {}, "missing");
    const outside = values.find(({ key }) => !standing.fields.includes(key));
    if (outside !== undefined) throw new Refusal("SEPARATE_CONSENT_REQUIRED", { field: outside.key }, "forbidden");
    const { frozen, freshSince } = await asked(tx, purpose);
    if (isStale(standing, freshSince)) throw new Refusal("CONSENT_STALE");
    await guardianFor(tx, ctx, frozen.terms, childId);
    await checkGiven(tx, ctx, frozen.terms, values);
    await keepValues(tx, ctx, standing, values, frozen.terms.retention);
    await audit.record(tx, ctx, {
      action: "consent.correct",
      subject: { kind: "grant", id: standing.id },
      detail: { of: purpose, fields: values.map(({ key }) => key).join(" ") },
    });
  });
}

/** Restricts a purpose, or lifts that: its values stay and nothing reads them (PIPL Art. 44). */
export async function restrict(ctx: Context<MemberActor>, { purpose, restricted }: RestrictPurpose): Promise<void> {
  await ctx.db.transact(async (tx) => {
    if ((await activityInForce(tx, purpose)) === null) throw new Refusal("PURPOSE_UNKNOWN", {}, "missing");
    const mine = and(eq(restrictions.memberId, ctx.actor.id), eq(restrictions.purpose, purpose));
    const row = { memberId: ctx.actor.id, purpose, since: ctx.now };
    const moved = restricted
      ? await tx.insert(restrictions).values(row).onConflictDoNothing().returning()
      : await tx.delete(restrictions).where(mine).returning();
    if (moved.length === 0) return;
    await audit.record(tx, ctx, {
      action: "consent.restrict",
      subject: { kind: "member", id: ctx.actor.id },
      detail: { of: purpose, restricted },
    });
  });
}

type Asked = { readonly notice: NoticeVersion; readonly frozen: FrozenPurpose; readonly freshSince: Date | null };

/** The notice under which a purpose is asked for now, and the purpose as that notice froze it. */
async function asked(tx: Tx, purpose: PurposeCode): Promise<Asked> {
  const activity = await activityInForce(tx, purpose);
  if (activity === null || activity.state !== "active") throw new Refusal("PURPOSE_UNKNOWN", {}, "missing");
  if (activity.terms.basis !== "consent") throw new Refusal("CONSENT_NOT_ASKED");
  const notice = await currentNotice(tx, noticeKeyOf(purpose));
  const frozen = notice?.purposes.find(({ code }) => code === purpose);
  if (notice === null || frozen === undefined) throw new Refusal("PURPOSE_UNKNOWN", {}, "missing");
  return { notice, frozen, freshSince: activity.freshSince };
}

/** The notice that was shown, if it may still be answered and is still the one in force. */
async function answerable(tx: Tx, ctx: Context<MemberActor>, servedId: ServedId) {
  const [served] = await tx
    .select()
    .from(servedEvents)
    .where(and(eq(servedEvents.id, servedId), eq(servedEvents.memberId, ctx.actor.id)));
  if (served === undefined) throw new Refusal("SERVED_NOT_FOUND", {}, "missing");
  const answers = await tx.$count(
    consentEvents,
    and(eq(consentEvents.servedId, servedId), inArray(consentEvents.action, ["grant", "refuse"])),
  );
  demand(mayAnswer(served, answers > 0, ctx.now));
  const { notice, frozen, freshSince } = await asked(tx, served.purpose);
  if (notice.id !== served.noticeVersionId) throw new Refusal("NOTICE_SUPERSEDED");
  return { served, frozen, freshSince };
}

/** The guardianship by which the member may decide about the child of a child's purpose; null for a member's own. */
async function guardianFor(
  tx: Tx,
  ctx: Context<MemberActor>,
  terms: ActivityTerms,
  childId: Served["childId"],
): Promise<GuardianRelationId | null> {
  if (terms.subject === "member") {
    if (childId !== null) throw new Refusal("CHILD_NOT_FOUND", {}, "missing");
    return null;
  }
  if (childId === null) throw new Refusal("GUARDIAN_REQUIRED", {}, "invalid");
  const relation = await guardianOf(tx, childId);
  demand(mayDecideFor(relation, ctx.actor.id));
  return relation?.id ?? null;
}

/** What an answer to a shown notice puts into the ledger. */
function saidBy(served: Served, relationId: GuardianRelationId | null): Omit<NewConsentEvent, "action" | "fields"> {
  const { memberId, childId, purpose, purposeVersion, noticeVersionId, noticeHash, channel, locale } = served;
  const shown = { memberId, childId, purpose, purposeVersion, noticeVersionId, noticeHash, channel, locale };
  return { ...shown, relationId, reason: null, servedId: served.id };
}

function subjectOf({ memberId, childId }: Served): Subject {
  return { memberId, childId };
}

/** Refuses what the purpose does not ask for, what is not in its form, and a child who decides for themselves by now. */
async function checkGiven(tx: Tx, ctx: Context, terms: ActivityTerms, values: readonly GivenValue[]): Promise<void> {
  const definitions = await fieldDefinitions(tx);
  for (const { key, ...value } of values) {
    const definition = definitions.get(key);
    if (definition === undefined || !terms.fields.some((field) => field.key === key)) {
      throw new Refusal("FIELD_NOT_IN_PURPOSE", { field: key }, "invalid");
    }
    const verdict = checkValue(definition, value, businessDay(ctx.now));
    if (!verdict.ok) throw new Refusal(verdict.code, verdict.condition, "invalid");
    if (key === BIRTH_MONTH && isOfAge(value.value, ctx.now)) throw new Refusal("CHILD_OF_AGE");
  }
}
