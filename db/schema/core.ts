import { bytes, id, index, instant, json, primaryKey, table, text, uniqueIndex } from "../columns.ts";

/** Uses counted against a limit: the instants of the latest ones, so that a window slides exactly. */
export const limitCounters = table(
  "limit_counters",
  {
    bucket: text().notNull(),
    /** A keyed hash of what is limited (an address group, a phone), never the thing itself. */
    key: bytes().notNull(),
    /** UTC milliseconds, oldest first; as many as the largest count of the bucket's limits. */
    uses: json<number[]>().notNull(),
    /** When a use was first refused since the last one admitted; null while none was. */
    refusedAt: instant(),
    /** When the longest window has passed over every use. */
    expiresAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.bucket, t.key] }), index("limit_counters_expiry").on(t.expiresAt)],
);

/** Challenges of passkey ceremonies, each for one use by the browser that asked. */
export const passkeyChallenges = table(
  "passkey_challenges",
  {
    id: id<"passkeyChallenge">().primaryKey(),
    /** What it is for: `member.join`, `staff.stepUp`…; a challenge of one world or purpose is nothing in another. */
    purpose: text().notNull(),
    /** The challenge as the browser returns it (base64url). */
    challenge: text().notNull(),
    /** SHA-256 of the browser's id. */
    browser: bytes().notNull(),
    /** Whom the new passkey will belong to, where that is known. */
    subjectId: text(),
    expiresAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex("passkey_challenges_challenge").on(t.challenge),
    index("passkey_challenges_expiry").on(t.expiresAt),
  ],
);
