import { sql } from "drizzle-orm";
import { bytes, check, flag, id, index, instant, integer, json, table, text, uniqueIndex } from "../columns.ts";

/** A person who joined. Nothing personal is needed: a number of ours and a credential of theirs. */
export const members = table(
  "members",
  {
    id: id<"member">().primaryKey(),
    /** The public card number: ten digits, the last one a check digit. */
    number: text().notNull(),
    state: text<"active" | "closed">().notNull(),
    joinedAt: instant().notNull(),
    closedAt: instant(),
  },
  (t) => [
    uniqueIndex("members_number").on(t.number),
    index("members_joined").on(t.state, t.joinedAt, t.id),
    check("members_state", sql`${t.state} in ('active', 'closed')`),
  ],
);

/**
 * How many active members there are, kept by those who join. Sixteen rows, so that people who join at once seldom meet;
 * the sum is the count.
 */
export const memberTotals = table(
  "member_totals",
  {
    /** The last hexadecimal digit of the member's id. */
    bucket: integer().primaryKey(),
    active: integer().notNull(),
  },
  (t) => [check("member_totals_active", sql`${t.active} >= 0`)],
);

/** Each member's data key, wrapped. Deleting the row erases everything that was sealed with it. */
export const memberKeys = table("member_keys", {
  memberId: id<"member">()
    .primaryKey()
    .references(() => members.id),
  wrapped: bytes().notNull(),
});

/** The phone a member chose to sign in with: one at most, and only ever a credential. */
export const memberPhones = table(
  "member_phones",
  {
    memberId: id<"member">()
      .primaryKey()
      .references(() => members.id),
    /** E.164, sealed with the member's data key. */
    sealed: bytes().notNull(),
    /** Keyed hash of the E.164 number, by which the member is found. */
    phoneIndex: bytes().notNull(),
    verifiedAt: instant().notNull(),
  },
  (t) => [uniqueIndex("member_phones_index").on(t.phoneIndex)],
);

/** Passkeys of members (WebAuthn discoverable credentials). */
export const memberPasskeys = table(
  "member_passkeys",
  {
    id: id<"passkey">().primaryKey(),
    memberId: id<"member">()
      .notNull()
      .references(() => members.id),
    /** The authenticator's id of the credential, base64url. */
    credentialId: text().notNull(),
    /** COSE public key. */
    publicKey: bytes().notNull(),
    counter: integer().notNull(),
    transports: json<string[]>().notNull(),
    /** True when the platform keeps a synchronised copy, so that a lost phone does not lose it. */
    backedUp: flag().notNull(),
    device: text().notNull(),
    createdAt: instant().notNull(),
    lastUsedAt: instant(),
  },
  (t) => [uniqueIndex("member_passkeys_credential").on(t.credentialId), index("member_passkeys_member").on(t.memberId)],
);

/** Members' sessions. The token is known to the browser alone: here is its SHA-256. */
export const memberSessions = table(
  "member_sessions",
  {
    id: id<"memberSession">().primaryKey(),
    memberId: id<"member">()
      .notNull()
      .references(() => members.id),
    tokenHash: bytes().notNull(),
    device: text().notNull(),
    createdAt: instant().notNull(),
    lastSeenAt: instant().notNull(),
    expiresAt: instant().notNull(),
    endedAt: instant(),
  },
  (t) => [
    uniqueIndex("member_sessions_token").on(t.tokenHash),
    index("member_sessions_member").on(t.memberId),
    index("member_sessions_expiry").on(t.expiresAt),
  ],
);

/** One-time codes by SMS: one that counts for each phone, purpose and browser. */
export const oneTimeCodes = table(
  "one_time_codes",
  {
    id: id<"oneTimeCode">().primaryKey(),
    phoneIndex: bytes().notNull(),
    purpose: text<"signIn" | "addPhone">().notNull(),
    /** SHA-256 of the id of the browser that asked. */
    browser: bytes().notNull(),
    /** Keyed hash of the code, phone, purpose and browser. */
    codeHash: bytes().notNull(),
    /** The number and the code for the message, sealed; gone as soon as it is handed over. */
    message: bytes(),
    triesLeft: integer().notNull(),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    /** Written before the gateway is called, so that no message goes out twice. */
    handedOverAt: instant(),
  },
  (t) => [
    uniqueIndex("one_time_codes_for").on(t.phoneIndex, t.purpose, t.browser),
    index("one_time_codes_expiry").on(t.expiresAt),
  ],
);

/** Messages of the development gateway, shown on screen to the browser that asked for them instead of being sent. */
export const smsOutbox = table(
  "sms_outbox",
  {
    id: id<"sms">().primaryKey(),
    /** SHA-256 of the id of the browser that asked. */
    browser: bytes().notNull(),
    sealed: bytes().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [index("sms_outbox_browser").on(t.browser, t.createdAt)],
);
