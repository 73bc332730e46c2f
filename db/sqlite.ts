import { AsyncLocalStorage } from "node:async_hooks";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { bulkDoor, bulkReader } from "./bulk-sqlite.ts";
import type { Db, OnStatement, Tx } from "./client.ts";
import type { Raw, Row, RunSql } from "./raw.ts";

/** Oldest SQLite without the WAL-reset corruption bug (fixed in 3.51.3). */
const SQLITE_FLOOR = [3, 51, 3] as const;
/** How long a writer of this process waits for a writer of another one before it gives up. */
const WRITER_PATIENCE_MS = 15_000;
/** How many waiting transactions one commit (one fsync) may carry, and for how long it may gather them. */
const GROUP_SIZE = 64;
const GROUP_MS = 8;
/** How many statements a connection keeps compiled; the builders of the whole product write a few hundred texts. */
const KEPT_STATEMENTS = 512;

type Waiting = {
  readonly body: (tx: Tx) => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
};

/**
 * Opens the embedded engine: one writer connection behind a queue, and a read-only connection beside it that sees only
 * what is committed. Concurrent transactions share one durable commit, each in a savepoint of its own, so that one that
 * throws undoes itself alone; every caller is answered after the fsync.
 */
export function openSqlite(path: string, onStatement?: OnStatement): Db {
  mkdirSync(dirname(path), { recursive: true });
  const writer = connect(path, false);
  waitOurselves(writer, true);
  const begin = beginOn(writer);
  const reader = connect(path, true);
  const logger = onStatement && { logQuery: onStatement };
  const tx = Object.assign(drizzle(writer, { logger }), bulkDoor(writer, onStatement)) as unknown as Tx;
  const inside = new AsyncLocalStorage<true>();
  const queue: Waiting[] = [];
  let draining = false;
  let closed = false;

  async function drain(): Promise<void> {
    draining = true;
    while (queue.length > 0) await commitGroup();
    draining = false;
  }

  async function commitGroup(): Promise<void> {
    const settled: (() => void)[] = [];
    const failed: ((reason: unknown) => void)[] = [];
    try {
      await begin();
      const deadline = performance.now() + GROUP_MS;
      for (let size = 0; size < GROUP_SIZE; size += 1) {
        const next = queue.shift() ?? (await straggler());
        if (next === undefined) break;
        if (size > 0) await runInSavepoint(next, settled, failed);
        else if (!(await runFirst(next, settled, failed))) return;
        if (performance.now() > deadline) break;
      }
      writer.exec("COMMIT");
    } catch (reason) {
      if (writer.inTransaction) writer.exec("ROLLBACK");
      if (failed.length === 0) queue.shift()?.reject(reason);
      for (const reject of failed) reject(reason);
      return;
    }
    for (const settle of settled) settle();
  }

  /** Whoever asked while the last commit held the thread: their requests are read in one turn of the event loop. */
  async function straggler(): Promise<Waiting | undefined> {
    await nextTurn();
    return queue.shift();
  }

  /**
   * The first of a group has nobody's work to spare and needs no savepoint. Under one, SQLite keeps a copy of every page
   * that an upsert touches, statement by statement: thousands of them in one body take forty times as long.
   */
  async function runFirst(
    { body, resolve, reject }: Waiting,
    settled: (() => void)[],
    failed: ((reason: unknown) => void)[],
  ): Promise<boolean> {
    try {
      const value = await inside.run(true, () => body(tx));
      settled.push(() => resolve(value));
      failed.push(reject);
      return true;
    } catch (reason) {
      if (writer.inTransaction) writer.exec("ROLLBACK");
      reject(reason);
      return false;
    }
  }

  async function runInSavepoint(
    { body, resolve, reject }: Waiting,
    settled: (() => void)[],
    failed: ((reason: unknown) => void)[],
  ): Promise<void> {
    writer.exec("SAVEPOINT body");
    try {
      const value = await inside.run(true, () => body(tx));
      writer.exec("RELEASE body");
      settled.push(() => resolve(value));
      failed.push(reject);
    } catch (reason) {
      failed.push(reject);
      // SQLite undid the whole transaction by itself (disk full, I/O error): the group is lost, not this body alone.
      if (!writer.inTransaction) throw reason;
      writer.exec("ROLLBACK TO body; RELEASE body");
      settled.push(() => reject(reason));
    }
  }

  return Object.assign(drizzle(reader, { logger }), bulkReader(reader, onStatement), {
    engine: "sqlite" as const,
    transact<T>(body: (tx: Tx) => Promise<T>): Promise<T> {
      if (inside.getStore()) return Promise.reject(new Error("transact cannot be nested: use the tx at hand"));
      if (closed) return Promise.reject(new Error("the database is closed"));
      return new Promise<T>((resolve, reject) => {
        queue.push({ body, resolve: resolve as (value: unknown) => void, reject });
        if (!draining) void drain();
      });
    },
    async probe() {
      await begin();
      writer.exec("ROLLBACK");
      reader.prepare("SELECT 1").get();
    },
    async close() {
      if (closed) return;
      while (draining) await pause(1);
      closed = true;
      reader.close();
      writer.close();
    },
  }) as unknown as Db;
}

/** Opens one connection and asserts what every connection must have. */
function connect(path: string, readonly: boolean): Database.Database {
  if (Number(process.versions.napi) < 10) {
    throw new Error(`Node ${process.version} cannot load the SQLite driver: Node 22.14 or later is needed`);
  }
  const connection = new Database(path, { readonly, timeout: 5_000 });
  if (!readonly) connection.pragma("journal_mode = WAL");
  for (const pragma of [
    "synchronous = FULL",
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "temp_store = MEMORY",
    "cache_size = -65536",
    "wal_autocheckpoint = 16000",
  ]) {
    connection.pragma(pragma);
  }
  assertConnection(connection);
  return keepingStatements(connection);
}

/**
 * Compiles each text once. A builder asks for its statement anew whenever it runs, and to compile takes longer than to
 * run most of them. One asked for again is as it was when new: rows come as objects until somebody says otherwise.
 */
function keepingStatements(connection: Database.Database): Database.Database {
  const compile = connection.prepare.bind(connection);
  const kept = new Map<string, Database.Statement>();
  const prepare = (sql: string): Database.Statement => {
    const known = kept.get(sql);
    const statement = known ?? compile(sql);
    kept.delete(sql);
    kept.set(sql, statement);
    if (kept.size > KEPT_STATEMENTS) kept.delete(String(kept.keys().next().value));
    return known?.reader ? known.raw(false) : statement;
  };
  return Object.assign(connection, { prepare });
}

/** The pragmas that every connection must have, as they are in force. */
function pragmasOf(connection: Database.Database): Record<string, unknown> {
  return Object.fromEntries(
    [
      "journal_mode",
      "synchronous",
      "foreign_keys",
      "busy_timeout",
      "trusted_schema",
      "cell_size_check",
      "mmap_size",
    ].map((name) => [name, connection.pragma(name, { simple: true })]),
  );
}

function assertConnection(connection: Database.Database): void {
  const expected: Record<string, unknown> = {
    journal_mode: "wal",
    synchronous: 2,
    foreign_keys: 1,
    busy_timeout: 5_000,
    trusted_schema: 0,
    cell_size_check: 1,
    mmap_size: 0,
  };
  for (const [name, value] of Object.entries(pragmasOf(connection))) {
    if (value !== expected[name]) throw new Error(`SQLite connection has ${name}=${value}, needs ${expected[name]}`);
  }
  const version = String(connection.prepare("SELECT sqlite_version()").pluck().get());
  if (isBelow(version.split(".").map(Number), SQLITE_FLOOR)) {
    throw new Error(`SQLite ${version} can corrupt a WAL database: ${SQLITE_FLOOR.join(".")} or later is needed`);
  }
}

function isBelow(version: readonly number[], floor: readonly number[]): boolean {
  const at = floor.findIndex((part, index) => part !== version[index]);
  return at !== -1 && (version[at] ?? 0) < (floor[at] ?? 0);
}

/**
 * BEGIN IMMEDIATE without blocking the event loop: SQLite's own busy handler sleeps the whole thread, and pages with it,
 * so `waitOurselves` switches it off and the wait is ours.
 */
function beginOn(writer: Database.Database): () => Promise<void> {
  const beginNow = writer.prepare("BEGIN IMMEDIATE");
  return async () => {
    const deadline = performance.now() + WRITER_PATIENCE_MS;
    for (;;) {
      try {
        beginNow.run();
        return;
      } catch (reason) {
        if (!isBusy(reason) || performance.now() > deadline) throw reason;
      }
      await pause(1);
    }
  };
}

/** Switches SQLite's own waiting off or on again. The PRAGMA acts when it is compiled, so it cannot be prepared beforehand. */
function waitOurselves(connection: Database.Database, ours: boolean): void {
  connection.pragma(`busy_timeout = ${ours ? 0 : 5_000}`);
}

function isBusy(reason: unknown): boolean {
  return reason instanceof Database.SqliteError && reason.code.startsWith("SQLITE_BUSY");
}

/** Raw statements on a connection of their own, for `raw.ts`. */
export function openRawSqlite(path: string): Raw {
  mkdirSync(dirname(path), { recursive: true });
  const connection = connect(path, false);
  const begin = beginOn(connection);
  const run: RunSql = async (sql, values = []) => {
    const statement = connection.prepare(sql);
    if (statement.reader) return statement.all(...values) as Row[];
    statement.run(...values);
    return [];
  };
  return {
    engine: "sqlite",
    run,
    async exclusively(work) {
      waitOurselves(connection, true);
      await begin().finally(() => waitOurselves(connection, false));
      try {
        const value = await work(run);
        connection.exec("COMMIT");
        return value;
      } catch (reason) {
        if (connection.inTransaction) connection.exec("ROLLBACK");
        throw reason;
      }
    },
    async close() {
      connection.close();
    },
  };
}
