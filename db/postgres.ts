import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { bulkDoor, bulkReader } from "./bulk-postgres.ts";
import type { Db, OnStatement, Tx } from "./client.ts";
import type { Raw, RunSql } from "./raw.ts";

/** Optimistic attempts before a transaction queues behind a lock, and attempts in all. */
const FREE_ATTEMPTS = 3;
const ALL_ATTEMPTS = 12;
/** Held shared by every transaction; one that keeps colliding takes it alone, and then nothing can collide with it. */
const COLLISION_LOCK = 7_204_101;
const BEGIN = "BEGIN ISOLATION LEVEL SERIALIZABLE";
/** The advisory lock that only one migration at a time holds. */
const MIGRATION_LOCK = 7_204_102;

/**
 * Opens PostgreSQL. Transactions are SERIALIZABLE: the same read-modify-write text then means on PostgreSQL what it means
 * behind SQLite's single writer, where READ COMMITTED would lose updates. A body that meets a serialisation failure
 * (40001) or deadlock (40P01) runs again; after three collisions it waits until it can run alone, so that heavy contention
 * degrades to a queue, never to a livelock.
 */
export function openPostgres(url: string, onStatement?: OnStatement): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: 16,
    application_name: "evenhand",
    statement_timeout: 60_000,
    lock_timeout: 20_000,
    idle_in_transaction_session_timeout: 60_000,
  });
  pool.on("error", () => {
    // A broken idle connection is dropped by the pool; the next query opens another or reports the failure itself.
  });
  const logger = onStatement && { logQuery: onStatement };
  const inside = new AsyncLocalStorage<true>();

  async function attempt<T>(body: (tx: Tx) => Promise<T>, queued: boolean): Promise<T> {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      if (queued) await client.query("SELECT pg_advisory_lock($1)", [COLLISION_LOCK]);
      try {
        await client.query(queued ? BEGIN : `${BEGIN}; SELECT pg_advisory_xact_lock_shared(${COLLISION_LOCK})`);
        const tx = Object.assign(drizzle(client, { logger }), bulkDoor(client, onStatement)) as unknown as Tx;
        const value = await inside.run(true, () => body(tx));
        await client.query("COMMIT");
        return value;
      } catch (reason) {
        await client.query("ROLLBACK").catch((failure: Error) => {
          broken = failure;
        });
        throw reason;
      } finally {
        if (queued && broken === undefined) await client.query("SELECT pg_advisory_unlock($1)", [COLLISION_LOCK]);
      }
    } finally {
      client.release(broken);
    }
  }

  return Object.assign(drizzle(pool, { logger }), bulkReader(pool, onStatement), {
    engine: "postgres" as const,
    async transact<T>(body: (tx: Tx) => Promise<T>): Promise<T> {
      if (inside.getStore()) throw new Error("transact cannot be nested: use the tx at hand");
      for (let attempts = 1; ; attempts += 1) {
        try {
          return await attempt(body, attempts > FREE_ATTEMPTS);
        } catch (reason) {
          if (!isCollision(reason) || attempts >= ALL_ATTEMPTS) throw reason;
          await pause(attempts * 2);
        }
      }
    },
    async probe() {
      await attempt(async () => undefined, false);
      const { rows } = await pool.query(
        "SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on' AS readonly",
      );
      if (rows[0]?.readonly) throw new Error("PostgreSQL does not accept writes");
    },
    async close() {
      await pool.end();
    },
  }) as unknown as Db;
}

function isCollision(reason: unknown): boolean {
  for (let cause = reason; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && (cause.code === "40001" || cause.code === "40P01")) return true;
  }
  return false;
}

/** Raw statements on a connection of their own, for `raw.ts`. */
export async function openRawPostgres(url: string): Promise<Raw> {
  const client = new pg.Client({ connectionString: url, application_name: "evenhand raw" });
  await client.connect();
  const run: RunSql = async (sql, values = []) => (await client.query(sql, [...values])).rows;
  return {
    engine: "postgres",
    run,
    async exclusively(work) {
      await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
      try {
        await client.query("BEGIN");
        const value = await work(run);
        await client.query("COMMIT");
        return value;
      } catch (reason) {
        await client.query("ROLLBACK");
        throw reason;
      } finally {
        await client.query("SELECT pg_advisory_unlock($1)", [MIGRATION_LOCK]);
      }
    },
    close: () => client.end(),
  };
}
