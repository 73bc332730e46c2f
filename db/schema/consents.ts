import { sql } from "drizzle-orm";
import type { FieldKey } from "#server/consents/fields/model.ts";
import type { TicketState } from "#server/consents/gateway/model.ts";
import type { ConsentAction, ConsentReason, GrantState } from "#server/consents/ledger/model.ts";
import type { ConsentChannel, PurposeCode } from "#server/consents/model.ts";
import {
  appendOnly,
  bytes,
  check,
  flag,
  foreignKey,
  id,
  index,
  instant,
  integer,
  json,
  primaryKey,
  table,
  text,
  uniqueIndex,
} from "../columns.ts";
import { children, guardianRelations } from "./guardianship.ts";
import { members } from "./members.ts";
import { noticeVersions } from "./notices.ts";
import { staff } from "./staff.ts";

/** The words around a notice as they stood on the screen, each wording once: statement, buttons, what a refusal means. */
export const servedScreens = appendOnly(
  table("served_screens", {
    /** SHA-256 of the words in canonical JSON, base64url. */
    hash: text().primaryKey(),
    locale: text<"zh-CN" | "en">().notNull(),
    words: json<Readonly<Record<string, string>>>().notNull(),
  }),
);

/** That a notice was put before a member: which, in which language and form, when (TS 27560: the notice event). */
export const servedEvents = appendOnly(
  table(
    "served_events",
    {
      id: id<"servedEvent">().primaryKey(),
      memberId: id<"member">()
        .notNull()
        .references(() => members.id),
      childId: id<"child">().references(() => children.id),
      purpose: text<PurposeCode>().notNull(),
      purposeVersion: integer().notNull(),
      noticeVersionId: id<"noticeVersion">()
        .notNull()
        .references(() => noticeVersions.id),
      noticeHash: text().notNull(),
      channel: text<ConsentChannel>().notNull(),
      locale: text<"zh-CN" | "en">().notNull(),
      screenHash: text()
        .notNull()
        .references(() => servedScreens.hash),
      shownAt: instant().notNull(),
    },
    (t) => [
      index("served_events_member").on(t.memberId, t.purpose, t.shownAt),
      index("served_events_child").on(t.childId),
      index("served_events_notice").on(t.noticeVersionId),
      index("served_events_screen").on(t.screenHash),
    ],
  ),
);

/**
 * The consent ledger: what was agreed, refused, withdrawn, and what ended by itself. Each member's events are numbered
 * without gaps and each holds the hash of the one before it; its own hash is in the sealed audit log.
 */
export const consentEvents = appendOnly(
  table(
    "consent_events",
    {
      id: id<"consentEvent">().primaryKey(),
      memberId: id<"member">()
        .notNull()
        .references(() => members.id),
      seq: integer().notNull(),
      childId: id<"child">().references(() => children.id),
      relationId: id<"guardianRelation">().references(() => guardianRelations.id),
      purpose: text<PurposeCode>().notNull(),
      purposeVersion: integer().notNull(),
      action: text<ConsentAction>().notNull(),
      reason: text<ConsentReason>(),
      /** What was shown before the decision; for what ends a consent, before that consent. */
      servedId: id<"servedEvent">()
        .notNull()
        .references(() => servedEvents.id),
      noticeVersionId: id<"noticeVersion">()
        .notNull()
        .references(() => noticeVersions.id),
      noticeHash: text().notNull(),
      /** The fields this consent covers: the mandatory ones and the optional ones that were turned on. */
      fields: json<readonly FieldKey[]>().notNull(),
      channel: text<ConsentChannel>(),
      locale: text<"zh-CN" | "en">(),
      at: instant().notNull(),
      previousHash: text(),
      hash: text().notNull(),
      /** Not a foreign key: the log is another table of facts, and stays what it is. */
      auditEntryId: id<"auditEntry">().notNull(),
    },
    (t) => [
      uniqueIndex("consent_events_seq").on(t.memberId, t.seq),
      index("consent_events_child").on(t.childId),
      index("consent_events_relation").on(t.relationId),
      index("consent_events_served").on(t.servedId),
      index("consent_events_notice").on(t.noticeVersionId),
      check(
        "consent_events_action",
        sql`${t.action} in ('grant', 'refuse', 'withdraw', 'supersede', 'expire', 'invalidate')`,
      ),
    ],
  ),
);

/** Where each consent stands: the fold of the member's events, never written for its own sake, rebuildable from them. */
export const grants = table(
  "grants",
  {
    /** The id of the first event about this member (or child) and purpose. */
    id: id<"grant">().primaryKey(),
    memberId: id<"member">()
      .notNull()
      .references(() => members.id),
    childId: id<"child">().references(() => children.id),
    /** The child's id, or the member's: what the key below needs, since a missing child equals no other. */
    subjectId: text().notNull(),
    purpose: text<PurposeCode>().notNull(),
    state: text<GrantState>().notNull(),
    /** When it came to stand so. */
    since: instant().notNull(),
    lastSeq: integer().notNull(),
    /** The event that granted, or refused, last. */
    decisionId: id<"consentEvent">()
      .notNull()
      .references(() => consentEvents.id),
    purposeVersion: integer().notNull(),
    noticeVersionId: id<"noticeVersion">()
      .notNull()
      .references(() => noticeVersions.id),
    fields: json<readonly FieldKey[]>().notNull(),
    relationId: id<"guardianRelation">().references(() => guardianRelations.id),
    /** Until when values wait, unreadable, for a new consent; null when none may. */
    holdUntil: instant(),
    /** Whether values may exist at all: granted, or waiting. What the vault's foreign key rests on. */
    holdsValues: flag().notNull(),
  },
  (t) => [
    uniqueIndex("grants_subject").on(t.memberId, t.subjectId, t.purpose),
    uniqueIndex("grants_holding").on(t.id, t.holdsValues),
    index("grants_child").on(t.childId),
    index("grants_decision").on(t.decisionId),
    index("grants_notice").on(t.noticeVersionId),
    index("grants_relation").on(t.relationId),
    index("grants_purpose").on(t.purpose, t.state, t.id),
    index("grants_hold").on(t.holdUntil).where(sql`${t.holdUntil} is not null`),
    check(
      "grants_state",
      sql`${t.state} in ('granted', 'refused', 'withdrawn', 'superseded', 'expired', 'invalidated')`,
    ),
    check(
      "grants_holds",
      sql`not ${t.holdsValues} or ${t.state} = 'granted' or (${t.state} = 'superseded' and ${t.holdUntil} is not null)`,
    ),
  ],
);

/**
 * Gated values, each sealed with its member's own key. The second foreign key is promise 6 in the database: no value
 * exists whose consent does not hold values, and a consent cannot end while its values exist.
 */
export const vaultValues = table(
  "vault_values",
  {
    id: id<"vaultValue">().primaryKey(),
    memberId: id<"member">()
      .notNull()
      .references(() => members.id),
    childId: id<"child">().references(() => children.id),
    grantId: id<"grant">().notNull(),
    grantHolds: flag().notNull(),
    field: text<FieldKey>().notNull(),
    sealed: bytes().notNull(),
    collectedAt: instant().notNull(),
    /** When its retention is over; null while it is kept until consent ends. */
    expiresAt: instant(),
  },
  (t) => [
    uniqueIndex("vault_values_field").on(t.grantId, t.field),
    index("vault_values_grant").on(t.grantId, t.grantHolds),
    index("vault_values_member").on(t.memberId),
    index("vault_values_child").on(t.childId),
    index("vault_values_expiry").on(t.expiresAt).where(sql`${t.expiresAt} is not null`),
    foreignKey({ columns: [t.grantId, t.grantHolds], foreignColumns: [grants.id, grants.holdsValues] }),
    check("vault_values_grant_holds", sql`${t.grantHolds}`),
  ],
);

/** What was erased, why and how much of it: all that remains of a value. */
export const disposals = appendOnly(
  table(
    "disposals",
    {
      id: id<"disposal">().primaryKey(),
      memberId: id<"member">()
        .notNull()
        .references(() => members.id),
      childId: id<"child">().references(() => children.id),
      purpose: text<PurposeCode>().notNull(),
      fields: json<readonly FieldKey[]>().notNull(),
      /** How many values were erased, and how many were found afterwards: none, or it would not have committed. */
      erased: integer().notNull(),
      remaining: integer().notNull(),
      trigger: text<ConsentAction | ConsentReason | "correct">().notNull(),
      /** The event that ended the consent. */
      eventId: id<"consentEvent">()
        .notNull()
        .references(() => consentEvents.id),
      at: instant().notNull(),
    },
    (t) => [
      index("disposals_member").on(t.memberId, t.at),
      index("disposals_child").on(t.childId),
      index("disposals_event").on(t.eventId),
      index("disposals_at").on(t.at, t.id),
      check("disposals_remaining", sql`${t.remaining} = 0`),
    ],
  ),
);

/** Purposes whose processing a member has restricted (PIPL Art. 44): values stay, nothing reads them. */
export const restrictions = table(
  "restrictions",
  {
    memberId: id<"member">()
      .notNull()
      .references(() => members.id),
    purpose: text<PurposeCode>().notNull(),
    since: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.memberId, t.purpose] })],
);

/** Leave to look at a minor's values: asked for with a reason, given by a second person, for minutes. */
export const readTickets = table(
  "read_tickets",
  {
    id: id<"readTicket">().primaryKey(),
    memberId: id<"member">()
      .notNull()
      .references(() => members.id),
    childId: id<"child">().references(() => children.id),
    purpose: text<PurposeCode>().notNull(),
    fields: json<readonly FieldKey[]>().notNull(),
    /** Shown to the member with every read. */
    reason: text().notNull(),
    requestedBy: id<"staff">()
      .notNull()
      .references(() => staff.id),
    requestedAt: instant().notNull(),
    state: text<TicketState>().notNull(),
    decidedBy: id<"staff">().references(() => staff.id),
    decidedAt: instant(),
    expiresAt: instant().notNull(),
  },
  (t) => [
    index("read_tickets_member").on(t.memberId),
    index("read_tickets_child").on(t.childId),
    index("read_tickets_requested").on(t.requestedBy, t.requestedAt),
    index("read_tickets_decided").on(t.decidedBy),
    index("read_tickets_state").on(t.state, t.id),
    check("read_tickets_two_people", sql`${t.decidedBy} is null or ${t.decidedBy} <> ${t.requestedBy}`),
  ],
);
