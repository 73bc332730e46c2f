import { id, index, instant, integer, json, table, text, uniqueIndex } from "../columns.ts";

/** Work to be done after the transaction that asked for it, by whichever worker holds the lease. */
export const jobs = table(
  "jobs",
  {
    id: id<"job">().primaryKey(),
    kind: text().notNull(),
    payload: json<unknown>().notNull(),
    state: text<"waiting" | "running" | "done" | "dead" | "cancelled">().notNull(),
    /** When a worker may take it: the planned instant while waiting, the lease's end while running, null once over. */
    dueAt: instant(),
    /** Counts the claims and cancellations; an effect of an older claim is refused. */
    fence: integer().notNull(),
    attempts: integer().notNull(),
    /** While waiting, at most one job of a kind carries a key; null from the first claim on. */
    dedupeKey: text(),
    progress: json<{ done: number; total: number; note?: string }>(),
    /** The code of the last failure; never its message, which may speak of persons. */
    lastError: text(),
    createdAt: instant().notNull(),
    finishedAt: instant(),
  },
  (t) => [
    index("jobs_due").on(t.dueAt),
    uniqueIndex("jobs_dedupe").on(t.kind, t.dedupeKey),
    index("jobs_finished").on(t.finishedAt),
  ],
);

/** The last business day on which each recurring job was enqueued. */
export const jobSchedules = table("job_schedules", {
  kind: text().primaryKey(),
  lastDay: text().notNull(),
});
