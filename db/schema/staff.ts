import { sql } from "drizzle-orm";
import type { Role } from "#server/staff/model.ts";
import {
  bytes,
  check,
  flag,
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

/** People who work for the brand. The e-mail is sealed, found by a keyed index and shown masked. */
export const staff = table(
  "staff",
  {
    id: id<"staff">().primaryKey(),
    /** What colleagues call them, chosen by themselves. */
    name: text().notNull(),
    emailSealed: bytes().notNull(),
    emailIndex: bytes().notNull(),
    state: text<"active" | "suspended">().notNull(),
    /** Argon2id, in PHC form. */
    passwordHash: text().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex("staff_email").on(t.emailIndex),
    check("staff_state", sql`${t.state} in ('active', 'suspended')`),
  ],
);

/** Which roles a member of staff has now; how it came so is in the audit log. */
export const staffRoles = table(
  "staff_roles",
  {
    staffId: id<"staff">()
      .notNull()
      .references(() => staff.id),
    role: text<Role>().notNull(),
    assignedAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.staffId, t.role] }), index("staff_roles_role").on(t.role)],
);

/** Staff sessions. The token is known to the browser alone: here is its SHA-256. */
export const staffSessions = table(
  "staff_sessions",
  {
    id: id<"staffSession">().primaryKey(),
    staffId: id<"staff">()
      .notNull()
      .references(() => staff.id),
    tokenHash: bytes().notNull(),
    device: text().notNull(),
    createdAt: instant().notNull(),
    lastSeenAt: instant().notNull(),
    /** When a second factor was last shown; until then the session may do nothing but show or enrol one. */
    steppedUpAt: instant(),
    expiresAt: instant().notNull(),
    endedAt: instant(),
  },
  (t) => [
    uniqueIndex("staff_sessions_token").on(t.tokenHash),
    index("staff_sessions_staff").on(t.staffId),
    index("staff_sessions_expiry").on(t.expiresAt),
  ],
);

/** The authenticator app of a member of staff (RFC 6238): one, kept once its first code was right. */
export const staffTotps = table("staff_totps", {
  staffId: id<"staff">()
    .primaryKey()
    .references(() => staff.id),
  secretSealed: bytes().notNull(),
  /** The latest time step that was accepted: it and older ones are not accepted again. */
  lastStep: integer().notNull(),
  confirmedAt: instant().notNull(),
});

/** Passkeys of staff (WebAuthn discoverable credentials, user verification required). */
export const staffPasskeys = table(
  "staff_passkeys",
  {
    id: id<"passkey">().primaryKey(),
    staffId: id<"staff">()
      .notNull()
      .references(() => staff.id),
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
  (t) => [uniqueIndex("staff_passkeys_credential").on(t.credentialId), index("staff_passkeys_staff").on(t.staffId)],
);

/** One-time links by which somebody becomes staff. */
export const staffInvitations = table(
  "staff_invitations",
  {
    id: id<"staffInvitation">().primaryKey(),
    emailSealed: bytes().notNull(),
    emailIndex: bytes().notNull(),
    roles: json<Role[]>().notNull(),
    /** SHA-256 of the token in the link. */
    tokenHash: bytes().notNull(),
    /** Null for an invitation from the command line of the server. */
    invitedBy: id<"staff">().references(() => staff.id),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
    /** When it was accepted, withdrawn or replaced by a newer one. */
    closedAt: instant(),
  },
  (t) => [
    uniqueIndex("staff_invitations_token").on(t.tokenHash),
    index("staff_invitations_email").on(t.emailIndex),
    index("staff_invitations_by").on(t.invitedBy),
    index("staff_invitations_created").on(t.createdAt, t.id),
  ],
);
