import { hash } from "node:crypto";
import { and, asc, eq, gt, inArray, isNull, like } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { consentEvents, grants, servedEvents, vaultValues } from "#db/schema/consents.ts";
import { noticeVersions } from "#db/schema/notices.ts";
import { canonicalText } from "../../../audit/rules.ts";
import type { MemberId } from "../../../core/id.ts";
import { hashedNotice } from "../../notices/rules.ts";
import { hashOf } from "../events/service.ts";
import { consentActions } from "../model.ts";
import { foldEvents, type GrantRow } from "../rules.ts";

/** What may be wrong with the consent ledger. */
export type LedgerProblem = {
  readonly kind: /** The numbers of a member's events have a gap: one is missing. */
    | "sequenceBroken"
    /** An event does not hash to its hash. */
    | "eventEdited"
    /** An event does not name the one before it. */
    | "chainBroken"
    /** An event's notice or purpose was not what was shown, or not before it. */
    | "notShown"
    /** The sealed log has no line with this event's hash. */
    | "notLogged"
    /** The sealed log tells of an event that is gone. */
    | "eventRemoved"
    /** A consent is not what its events say. */
    | "grantDiffers"
    /** A value without a consent that holds it. */
    | "valueUnfounded"
    /** A published notice does not hash to its hash. */
    | "noticeEdited";
  /** The id of the event, consent, value or notice. */
  readonly id: string;
};

export type LedgerVerification = {
  readonly ok: boolean;
  readonly members: number;
  readonly events: number;
  readonly problems: readonly LedgerProblem[];
};

/** Members looked at in one go, and problems told of: whoever tampers with a million rows is found by the first hundred. */
const PAGE = 200;
const TOLD = 100;

/**
 * Recomputes the whole consent ledger: every number, hash and link, what was shown before, the line in the sealed log,
 * every consent from its events, every value's consent, every published notice (invariants 3, 5, 6, 34).
 */
export async function verifyLedger(reader: Reader): Promise<LedgerVerification> {
  const problems: LedgerProblem[] = [...(await noticeProblems(reader)), ...(await removedEvents(reader))];
  let [members, events] = [0, 0];
  for (let after: MemberId | null = null; problems.length < TOLD; ) {
    const ids: MemberId[] = await memberPage(reader, after);
    for (const memberId of ids) {
      const found = await memberProblems(reader, memberId);
      events += found.events;
      problems.push(...found.problems);
    }
    members += ids.length;
    after = ids.at(-1) ?? null;
    if (ids.length < PAGE) break;
  }
  problems.push(...(await unfoundedValues(reader)));
  return { ok: problems.length === 0, members, events, problems: problems.slice(0, TOLD) };
}

async function memberPage(reader: Reader, after: MemberId | null): Promise<MemberId[]> {
  const rows = await reader
    .selectDistinct({ memberId: consentEvents.memberId })
    .from(consentEvents)
    .where(after === null ? undefined : gt(consentEvents.memberId, after))
    .orderBy(asc(consentEvents.memberId))
    .limit(PAGE);
  return rows.map(({ memberId }) => memberId);
}

async function memberProblems(reader: Reader, memberId: MemberId) {
  const rows = await reader
    .select()
    .from(consentEvents)
    .where(eq(consentEvents.memberId, memberId))
    .orderBy(asc(consentEvents.seq));
  const shown = new Map(
    (await reader.select().from(servedEvents).where(eq(servedEvents.memberId, memberId))).map((row) => [row.id, row]),
  );
  const logged = new Map(
    (
      await reader
        .select({ id: auditEntries.id, detail: auditEntries.detail })
        .from(auditEntries)
        .where(and(eq(auditEntries.memberId, memberId), like(auditEntries.action, "consent.%")))
    ).map(({ id, detail }) => [id, detail]),
  );
  const problems: LedgerProblem[] = rows.flatMap(({ hash: kept, auditEntryId, ...event }, index) => {
    const served = shown.get(event.servedId);
    const wasShown =
      served !== undefined &&
      served.noticeHash === event.noticeHash &&
      served.purpose === event.purpose &&
      served.shownAt <= event.at;
    const checks: readonly (readonly [LedgerProblem["kind"], boolean])[] = [
      ["sequenceBroken", event.seq === index + 1],
      ["eventEdited", hashOf(event) === kept],
      ["chainBroken", event.previousHash === (rows[index - 1]?.hash ?? null)],
      ["notShown", wasShown],
      ["notLogged", logged.get(auditEntryId)?.hash === kept],
    ];
    return checks.filter(([, holds]) => !holds).map(([kind]) => ({ kind, id: event.id }));
  });
  const held = await reader.select().from(grants).where(eq(grants.memberId, memberId));
  return { events: rows.length, problems: [...problems, ...differences(foldEvents(rows), held)] };
}

/** Consents that are not what the events say, both ways. */
function differences(folded: readonly GrantRow[], held: readonly GrantRow[]): LedgerProblem[] {
  const kept = new Map(held.map((grant) => [grant.id, wordsOf(grant)]));
  const said = new Map(folded.map((grant) => [grant.id, wordsOf(grant)]));
  return [...new Set([...kept.keys(), ...said.keys()])]
    .filter((id) => kept.get(id) !== said.get(id))
    .map((id) => ({ kind: "grantDiffers", id }));
}

function wordsOf(grant: GrantRow): string {
  return canonicalText({
    ...grant,
    since: grant.since.getTime(),
    holdUntil: grant.holdUntil?.getTime() ?? null,
  });
}

/** Lines of the sealed log about events that the ledger does not have: a tail that was cut off leaves no gap. */
async function removedEvents(reader: Reader): Promise<LedgerProblem[]> {
  const actions = consentActions.map((action) => `consent.${action}`);
  const rows = await reader
    .select({ id: auditEntries.subjectId })
    .from(auditEntries)
    .leftJoin(consentEvents, eq(consentEvents.auditEntryId, auditEntries.id))
    .where(and(inArray(auditEntries.action, actions), isNull(consentEvents.id)))
    .limit(TOLD);
  return rows.map(({ id }) => ({ kind: "eventRemoved", id: id ?? "" }));
}

async function noticeProblems(reader: Reader): Promise<LedgerProblem[]> {
  const rows = await reader.select().from(noticeVersions).orderBy(asc(noticeVersions.id));
  return rows
    .filter((notice) => hash("sha256", canonicalText(hashedNotice(notice)), "hex") !== notice.hash)
    .map(({ id }) => ({ kind: "noticeEdited", id }));
}

/** The foreign key forbids these; whoever can drop it can write them. */
async function unfoundedValues(reader: Reader): Promise<LedgerProblem[]> {
  const rows = await reader
    .select({ id: vaultValues.id })
    .from(vaultValues)
    .leftJoin(grants, and(eq(grants.id, vaultValues.grantId), eq(grants.holdsValues, true)))
    .where(isNull(grants.id))
    .limit(TOLD);
  return rows.map(({ id }) => ({ kind: "valueUnfounded", id }));
}
