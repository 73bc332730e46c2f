import { bytes, id, index, instant, json, table, text, uniqueIndex } from "../columns.ts";

/** Keys of shop systems. The key itself is shown once and not stored. */
export const apiKeys = table(
  "api_keys",
  {
    id: id<"apiKey">().primaryKey(),
    name: text().notNull(),
    /** The first characters of the key, by which people tell keys apart. */
    start: text().notNull(),
    /** SHA-256 of the whole key, which carries 256 random bits. */
    hash: bytes().notNull(),
    scopes: json<string[]>().notNull(),
    createdBy: id<"staff">().notNull(),
    createdAt: instant().notNull(),
    /** The business day of the last use; finer is nobody's business. */
    lastUsedDay: text(),
    revokedAt: instant(),
    /** The last business day on which it was refused because it had been revoked. */
    refusedDay: text(),
  },
  (t) => [uniqueIndex("api_keys_hash").on(t.hash), index("api_keys_created").on(t.createdAt)],
);
