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
import { grantsOf, ledgerOf } from "../queries.ts";
import { type ConsentEvent, foldEvents, type GrantRow } from "../rules.ts";

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
  for await (const memberId of everybody(reader)) {
    const found = await examine(reader, memberId);
    members += 1;
    events += found.events.length;
    problems.push(...found.tampered, ...[...found.stray, ...found.differing].map(differs));
    if (problems.length >= TOLD) break;
  }
  problems.push(...(await unfoundedValues(reader)));
  return { ok: problems.length === 0, members, events, problems: problems.slice(0, TOLD) };
}

/** Every member with an event or a consent, in the order of their ids. */
export async function* everybody(reader: Reader): AsyncIterable<MemberId> {
  for (let after: MemberId | null = null; ; ) {
    const ids = await memberPage(reader, after);
    yield* ids;
    after = ids.at(-1) ?? null;
    if (ids.length < PAGE) return;
  }
}

async function memberPage(reader: Reader, after: MemberId | null): Promise<MemberId[]> {
  const rows = await reader
    .selectDistinct({ memberId: consentEvents.memberId })
    .from(consentEvents)
    .where(after === null ? undefined : gt(consentEvents.memberId, after))
    .union(
      reader
        .selectDistinct({ memberId: grants.memberId })
        .from(grants)
        .where(after === null ? undefined : gt(grants.memberId, after)),
    )
    .orderBy(asc(consentEvents.memberId))
    .limit(PAGE);
  return rows.map(({ memberId }) => memberId);
}

/** What the ledger of one member tells, and what there is besides. */
export type Examined = {
  readonly events: readonly ConsentEvent[];
  /** What was done to the events. */
  readonly tampered: readonly LedgerProblem[];
  /** Consents as the events say, where what is kept says otherwise or nothing. */
  readonly differing: readonly GrantRow[];
  /** Consents that no event tells of. */
  readonly stray: readonly GrantRow[];
};

/** Computes one member's ledger again, and holds their consents against it. */
export async function examine(reader: Reader, memberId: MemberId): Promise<Examined> {
  const rows = await ledgerOf(reader, memberId);
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
  const tampered: LedgerProblem[] = rows.flatMap(({ hash: kept, auditEntryId, ...event }, index) => {
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
  const folded = foldEvents(rows);
  const held = await grantsOf(reader, memberId);
  const kept = new Map(held.map((grant) => [grant.id, wordsOf(grant)]));
  const said = new Set(folded.map(({ id }) => id));
  return {
    events: rows,
    tampered,
    differing: folded.filter((grant) => kept.get(grant.id) !== wordsOf(grant)),
    stray: held.filter(({ id }) => !said.has(id)),
  };
}

function differs({ id }: GrantRow): LedgerProblem {
  return { kind: "grantDiffers", id };
}

function wordsOf(grant: GrantRow): string {
  return canonicalText({
    ...grant,
    since: grant.since.getTime(),
    holdUntil: grant.holdUntil?.getTime() ?? null,
  });
}

/** Lines of the sealed log about events that the ledger does not have, of one member or all: a tail that was cut off leaves no gap. */
export async function removedEvents(reader: Reader, memberId?: MemberId): Promise<LedgerProblem[]> {
  const actions = consentActions.map((action) => `consent.${action}`);
  const rows = await reader
    .select({ id: auditEntries.subjectId })
    .from(auditEntries)
    .leftJoin(consentEvents, eq(consentEvents.auditEntryId, auditEntries.id))
    .where(
      and(
        memberId === undefined ? undefined : eq(auditEntries.memberId, memberId),
        inArray(auditEntries.action, actions),
        isNull(consentEvents.id),
      ),
    )
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
