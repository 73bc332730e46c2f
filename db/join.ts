import type { Db, Tx } from "./client.ts";

/**
 * A database whose every read and `transact` belongs to a transaction that is already open: verbs called with it commit
 * or fail together with whoever opened it.
 */
export function joined(db: Db, tx: Tx): Db {
  const within = Object.assign(Object.create(tx) as Tx, {
    engine: db.engine,
    transact: <T>(body: (inner: Tx) => Promise<T>) => body(tx),
    probe: () => db.probe(),
    close: () => Promise.reject(new Error("a joined transaction is closed by whoever opened it")),
  });
  origins.set(within, originOf(db));
  return within;
}

/** The database that a joined one belongs to, to which memories of what is committed may be tied; any other is its own. */
export function originOf(db: Db): Db {
  return origins.get(db) ?? db;
}

const origins = new WeakMap<Db, Db>();
