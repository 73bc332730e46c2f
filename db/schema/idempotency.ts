import { bytes, index, instant, integer, json, primaryKey, table, text } from "../columns.ts";

/** The answers that API clients may ask for again: written in the transaction of the effect they report. */
export const idempotentAnswers = table(
  "idempotent_answers",
  {
    /** The API key that asked. */
    actor: text().notNull(),
    key: text().notNull(),
    /** SHA-256 of what was asked: the same key with another request is refused. */
    requestHash: bytes().notNull(),
    status: integer().notNull(),
    answer: json<unknown>().notNull(),
    expiresAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.actor, t.key] }), index("idempotent_answers_expiry").on(t.expiresAt)],
);
