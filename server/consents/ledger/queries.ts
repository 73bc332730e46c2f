import { and, asc, desc, eq, lt } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { activities } from "#db/schema/activities.ts";
import { consentEvents, grants, restrictions } from "#db/schema/consents.ts";
import type { Context, MemberActor } from "../../core/context.ts";
import type { MemberId } from "../../core/id.ts";
import { Refusal } from "../../core/refusal.ts";
import type { ActivityTerms } from "../activities/model.ts";
import { activitiesInForce, activityInForce } from "../activities/queries.ts";
import type { FieldDefinition, FieldKey } from "../fields/model.ts";
import { fieldDefinitions } from "../fields/queries.ts";
import { isRestricted } from "../gateway/queries.ts";
import { valuedFields } from "../gateway/vault/service.ts";
import { childrenOf, guardianOf } from "../guardianship/queries.ts";
import type { PurposeCode, PurposeOf, Subject } from "../model.ts";
import { noticeKeyOf } from "../notices/model.ts";
import { currentNotice } from "../notices/queries.ts";
import { grantOf } from "./events/service.ts";
import type { ConsentStanding } from "./model.ts";
import { mayPrompt, standingOf } from "./rules.ts";

/** Where one consent stands now, for whatever depends on it. Nothing in it tells a value. */
export async function consentStanding(
  reader: Reader,
  subject: Subject,
  purpose: PurposeCode,
  at: Date,
): Promise<ConsentStanding> {
  const grant = await grantOf(reader, subject, purpose);
  const activity = await activityInForce(reader, purpose);
  return standingOf(grant, {
    freshSince: activity?.freshSince ?? null,
    valued: grant?.state === "granted" ? await valuedFields(reader, grant.id, at) : [],
    relation: subject.childId === null ? null : ((await guardianOf(reader, subject.childId))?.state ?? "ended"),
    restricted: await isRestricted(reader, subject, purpose),
  });
}

/** A member's events about one consent or all, newest first; `before` is the number of the last one seen. */
export async function consentHistory(
  reader: Reader,
  memberId: MemberId,
  { before, size }: { readonly before?: number; readonly size: number },
) {
  const rows = await reader
    .select()
    .from(consentEvents)
    .where(and(eq(consentEvents.memberId, memberId), before === undefined ? undefined : lt(consentEvents.seq, before)))
    .orderBy(desc(consentEvents.seq))
    .limit(size + 1);
  const events = rows.slice(0, size);
  return { events, before: rows.length > size ? (events.at(-1)?.seq ?? null) : null };
}

/** A member's whole ledger, oldest first: what every fold and check begins with. */
export function ledgerOf(reader: Reader, memberId: MemberId) {
  return reader
    .select()
    .from(consentEvents)
    .where(eq(consentEvents.memberId, memberId))
    .orderBy(asc(consentEvents.seq));
}

/** Every consent of a member as it stands. */
export function grantsOf(reader: Reader, memberId: MemberId) {
  return reader.select().from(grants).where(eq(grants.memberId, memberId)).orderBy(asc(grants.id));
}

/**
 * The one consent that the product brings up by itself: one that a changed notice made stale, the longest waiting. Null
 * when there is none.
 */
export async function prompt(reader: Reader, memberId: MemberId): Promise<PurposeOf | null> {
  const rows = await reader
    .select({ grant: grants, freshSince: activities.freshSince })
    .from(grants)
    .innerJoin(activities, eq(activities.code, grants.purpose))
    .where(and(eq(grants.memberId, memberId), eq(activities.state, "active")))
    .orderBy(asc(grants.since));
  const stale = rows.find(({ grant, freshSince }) =>
    mayPrompt(standingOf(grant, { freshSince, valued: [], relation: "active", restricted: false })),
  );
  return stale === undefined ? null : { purpose: stale.grant.purpose, childId: stale.grant.childId };
}

/**
 * All that a member's consent page shows: every purpose that rests on consent, once for the member or once for each
 * child, with where it stands, since when, and under which notice; and every purpose there is, also of those that rest
 * on something else.
 */
export async function mine(ctx: Context<MemberActor>) {
  const { db, actor, now } = ctx;
  const live = (await activitiesInForce(db)).filter(({ state }) => state === "active");
  const children = await childrenOf(db, actor.id);
  const held = new Map((await grantsOf(db, actor.id)).map((grant) => [`${grant.subjectId} ${grant.purpose}`, grant]));
  const restricted = await db
    .select({ purpose: restrictions.purpose })
    .from(restrictions)
    .where(eq(restrictions.memberId, actor.id));
  const definitions = await fieldDefinitions(db);
  const consents = [];
  for (const { code, terms, freshSince } of live.filter((activity) => activity.terms.basis === "consent")) {
    const notice = await currentNotice(db, noticeKeyOf(code));
    if (notice === null) continue;
    const subjects = terms.subject === "member" ? [null] : children;
    for (const child of subjects) {
      const grant = held.get(`${child?.id ?? actor.id} ${code}`) ?? null;
      consents.push({
        purpose: code,
        terms,
        fields: defined(terms.fields, definitions),
        notice: { key: notice.key, version: notice.version },
        child: child === null ? null : { id: child.id, ordinal: child.ordinal },
        since: grant?.since ?? null,
        decisionId: grant?.decisionId ?? null,
        holdUntil: grant?.holdUntil ?? null,
        standing: standingOf(grant, {
          freshSince,
          valued: grant?.state === "granted" ? await valuedFields(db, grant.id, now) : [],
          relation: child === null ? null : (child.relation?.state ?? "ended"),
          restricted: restricted.some(({ purpose }) => purpose === code),
        }),
      });
    }
  }
  const purposes = live.map(({ code, terms }) => ({ code, terms, fields: defined(terms.fields, definitions) }));
  return { consents, children, purposes };
}

/**
 * What a consent sheet shows: the notice in force in all its layers, the fields with why each is needed and what an
 * answer looks like, and where the consent stands. Refuses: PURPOSE_UNKNOWN, CHILD_NOT_FOUND.
 */
export async function sheet(ctx: Context<MemberActor>, { purpose, childId }: PurposeOf) {
  const notice = await currentNotice(ctx.db, noticeKeyOf(purpose));
  const frozen = notice?.purposes.find(({ code }) => code === purpose);
  if (notice === null || frozen === undefined) throw new Refusal("PURPOSE_UNKNOWN", {}, "missing");
  const child = (await childrenOf(ctx.db, ctx.actor.id)).find(({ id }) => id === childId) ?? null;
  if (childId !== null && child === null) throw new Refusal("CHILD_NOT_FOUND", {}, "missing");
  return {
    purpose,
    notice,
    terms: frozen.terms,
    child: child === null ? null : { id: child.id, ordinal: child.ordinal },
    fields: defined(frozen.terms.fields, await fieldDefinitions(ctx.db)),
    standing: await consentStanding(ctx.db, { memberId: ctx.actor.id, childId }, purpose, ctx.now),
  };
}

/** The fields of a purpose with what an answer to each looks like. */
function defined(fields: ActivityTerms["fields"], definitions: ReadonlyMap<FieldKey, FieldDefinition>) {
  return fields.flatMap((field) => {
    const definition = definitions.get(field.key);
    return definition === undefined ? [] : [{ ...field, definition }];
  });
}
