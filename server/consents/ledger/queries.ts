import { and, asc, desc, eq, inArray, lt } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { consentEvents, grants, restrictions } from "#db/schema/consents.ts";
import type { MemberId } from "../../core/id.ts";
import { activityInForce } from "../activities/queries.ts";
import { valuedFields } from "../gateway/vault/service.ts";
import { guardianOf } from "../guardianship/queries.ts";
import type { PurposeCode, Subject } from "../model.ts";
import { grantOf } from "./events/service.ts";
import type { ConsentStanding } from "./model.ts";
import { standingOf } from "./rules.ts";

/** Where one consent stands now, for whatever depends on it. Nothing in it tells a value. */
export async function consentStanding(
  reader: Reader,
  subject: Subject,
  purpose: PurposeCode,
  at: Date,
): Promise<ConsentStanding> {
  const grant = await grantOf(reader, subject, purpose);
  const activity = await activityInForce(reader, purpose);
  const restricted = and(eq(restrictions.memberId, subject.memberId), eq(restrictions.purpose, purpose));
  return standingOf(grant, {
    freshSince: activity?.freshSince ?? null,
    valued: grant?.state === "granted" ? await valuedFields(reader, grant.id, at) : [],
    relation: subject.childId === null ? null : ((await guardianOf(reader, subject.childId))?.state ?? "ended"),
    restricted: (await reader.$count(restrictions, restricted)) > 0,
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
