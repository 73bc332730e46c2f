import { isId, type MemberId } from "../../core/id.ts";
import { no, type Verdict, yes } from "../../core/refusal.ts";
import { addDays } from "../../core/time.ts";
import type { FieldKey } from "../fields/model.ts";
import type {
  ChildId,
  ConsentChannel,
  ConsentEventId,
  GrantId,
  GuardianRelationId,
  NoticeVersionId,
  PurposeCode,
  ServedId,
} from "../model.ts";
import {
  type ConsentAction,
  type ConsentReason,
  type ConsentStanding,
  type GrantState,
  RECONSENT_DAYS,
  SERVED_MS,
} from "./model.ts";

/** One event of the ledger, without what proves it. */
export type ConsentEvent = {
  readonly id: ConsentEventId;
  readonly memberId: MemberId;
  readonly seq: number;
  readonly childId: ChildId | null;
  readonly relationId: GuardianRelationId | null;
  readonly purpose: PurposeCode;
  readonly purposeVersion: number;
  readonly action: ConsentAction;
  readonly reason: ConsentReason | null;
  readonly servedId: ServedId;
  readonly noticeVersionId: NoticeVersionId;
  readonly noticeHash: string;
  readonly fields: readonly FieldKey[];
  readonly channel: ConsentChannel | null;
  readonly locale: "zh-CN" | "en" | null;
  readonly at: Date;
  /** The hash of the member's event before this one; null for the first. */
  readonly previousHash: string | null;
};

/** Where a consent stands after an event: a row of `grants`. */
export type GrantRow = {
  readonly id: GrantId;
  readonly memberId: MemberId;
  readonly childId: ChildId | null;
  readonly subjectId: string;
  readonly purpose: PurposeCode;
  readonly state: GrantState;
  readonly since: Date;
  readonly lastSeq: number;
  readonly decisionId: ConsentEventId;
  readonly purposeVersion: number;
  readonly noticeVersionId: NoticeVersionId;
  readonly fields: readonly FieldKey[];
  readonly relationId: GuardianRelationId | null;
  readonly holdUntil: Date | null;
  readonly holdsValues: boolean;
};

/** What an event's hash covers: everything, in one spelling (the caller makes it canonical). Instants are UTC ms. */
export function hashedEvent(event: ConsentEvent) {
  return { ...event, at: event.at.getTime(), version: 1 };
}

/** A member's own purposes are keyed by the member, a child's by the child. */
export function subjectIdOf({ memberId, childId }: { memberId: MemberId; childId: ChildId | null }): string {
  return childId ?? memberId;
}

/** Which of a member's consents an event, or a row of `grants`, is about. */
export function consentKey(of: Pick<ConsentEvent, "memberId" | "childId" | "purpose">): string {
  return `${subjectIdOf(of)} ${of.purpose}`;
}

const stateAfter: Record<ConsentAction, GrantState> = {
  grant: "granted",
  refuse: "refused",
  withdraw: "withdrawn",
  supersede: "superseded",
  expire: "expired",
  invalidate: "invalidated",
};

/**
 * Whether an event may follow. Default is not granted; what was not granted cannot be withdrawn, and a standing consent
 * is withdrawn, not refused (PIPL Art. 15).
 */
export function mayFollow(state: GrantState | null, action: ConsentAction): Verdict {
  const isLive = state === "granted" || state === "superseded";
  switch (action) {
    case "grant":
      return yes;
    case "refuse":
      return state === "granted" ? no("SERVED_ANSWERED") : yes;
    case "supersede":
      return state === "granted" ? yes : no("GRANT_NOT_FOUND");
    default:
      return isLive ? yes : no("GRANT_NOT_FOUND");
  }
}

/** One step of the fold: where the consent stands after `event`. `before` is of the same member, subject and purpose. */
export function follow(before: GrantRow | null, event: ConsentEvent): GrantRow {
  const decides = event.action === "grant" || event.action === "refuse";
  const holdUntil = event.action === "supersede" ? addDays(event.at, RECONSENT_DAYS) : null;
  const state = stateAfter[event.action];
  const decided =
    decides || before === null
      ? {
          decisionId: event.id,
          purposeVersion: event.purposeVersion,
          noticeVersionId: event.noticeVersionId,
          relationId: event.relationId,
        }
      : before;
  return {
    id: before?.id ?? grantIdOf(event.id),
    memberId: event.memberId,
    childId: event.childId,
    subjectId: subjectIdOf(event),
    purpose: event.purpose,
    state,
    since: event.at,
    lastSeq: event.seq,
    decisionId: decided.decisionId,
    purposeVersion: decided.purposeVersion,
    noticeVersionId: decided.noticeVersionId,
    relationId: decided.relationId,
    fields: event.action === "refuse" ? [] : event.fields,
    holdUntil,
    holdsValues: state === "granted" || state === "superseded",
  };
}

/** Every consent of one member from the events alone, oldest first: what `grants` must equal (invariant 3). */
export function foldEvents(events: readonly ConsentEvent[]): GrantRow[] {
  const standing = new Map<string, GrantRow>();
  for (const event of events) {
    const key = consentKey(event);
    standing.set(key, follow(standing.get(key) ?? null, event));
  }
  return [...standing.values()];
}

/** A grant is named by the first event about it. */
function grantIdOf(id: string): GrantId {
  if (!isId<"grant">(id)) throw new RangeError("an event has no id");
  return id;
}

/** Whether a consent was given under a notice that has changed materially since (PIPL Art. 14(2)). */
export function isStale(grant: Pick<GrantRow, "state" | "since">, freshSince: Date | null): boolean {
  if (grant.state === "superseded") return true;
  return grant.state === "granted" && freshSince !== null && grant.since < freshSince;
}

/** How a consent is told to whatever depends on it. */
export function standingOf(
  grant: GrantRow | null,
  facts: {
    readonly freshSince: Date | null;
    readonly valued: readonly FieldKey[];
    readonly relation: "active" | "disputed" | "ended" | null;
    readonly restricted: boolean;
  },
): ConsentStanding {
  const stale = grant !== null && isStale(grant, facts.freshSince);
  const state = grant === null ? "none" : stale || grant.state === "superseded" ? "stale" : grant.state;
  const covered = state === "granted" && grant !== null ? grant.fields : [];
  return {
    state,
    fields: covered,
    valued: facts.valued.filter((key) => covered.includes(key)),
    disputed: grant !== null && grant.childId !== null && facts.relation !== "active",
    restricted: facts.restricted,
  };
}

/** Whether a notice that was shown may be answered now. */
export function mayAnswer(served: { readonly shownAt: Date }, answered: boolean, at: Date): Verdict {
  if (answered) return no("SERVED_ANSWERED");
  return at.getTime() - served.shownAt.getTime() > SERVED_MS ? no("SERVED_STALE") : yes;
}

/**
 * Whether the product may bring a purpose up by itself. Only a consent that a changed notice made stale is asked for
 * again, once; after a refusal nothing comes back by itself (网络数据安全管理条例 Art. 22(5)).
 */
export function mayPrompt(standing: Pick<ConsentStanding, "state">): boolean {
  return standing.state === "stale";
}
