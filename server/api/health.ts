import { stat } from "node:fs/promises";
import { missingMigrations } from "#db/migrate.ts";
import type { House } from "../house.ts";

/** Why a process should not be asked, in one word; null when it may be. */
export type Trouble = "stopping" | "database" | "migrations" | "keys" | null;

/** How long one answer of the probe stands for those who ask at the same time or just after (ms). */
const STANDS_MS = 1_000;
/** A database that does not answer within this time does not answer (ms). */
const PATIENCE_MS = 4_000;

/**
 * What `/readyz` says: the database takes writes, its schema is the newest, the keys are where they were. The schema is
 * looked at once, since nothing but a deployment changes it.
 */
export function openHealth(house: House) {
  let stopping = false;
  let migrated = false;
  let last: { readonly at: number; readonly trouble: Promise<Trouble> } | undefined;

  async function probe(): Promise<Trouble> {
    try {
      await within(house.db.probe());
      migrated ||= (await missingMigrations(house.config.databaseUrl)).length === 0;
      if (!migrated) return "migrations";
    } catch {
      return "database";
    }
    return stat(house.config.keyDir).then(
      () => null,
      () => "keys",
    );
  }

  return {
    /** From now on the process is not ready, whatever else holds. */
    stop() {
      stopping = true;
    },
    async trouble(): Promise<Trouble> {
      if (stopping) return "stopping";
      const now = performance.now();
      if (last === undefined || now - last.at > STANDS_MS) last = { at: now, trouble: probe() };
      return last.trouble;
    },
  };
}
export type Health = ReturnType<typeof openHealth>;

async function within<T>(work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<T>();
  const timer = setTimeout(() => reject(new Error("no answer in time")), PATIENCE_MS);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}
