import type { Db, Tx } from "./client.ts";

/**
 * A database whose every read and `transact` belongs to a transaction that is already open: verbs called with it commit
 * or fail together with whoever opened it.
 */
export function joined(db: Db, tx: Tx): Db {
  return Object.assign(Object.create(tx) as Tx, {
    engine: db.engine,
    transact: <T>(body: (inner: Tx) => Promise<T>) => body(tx),
    probe: () => db.probe(),
    close: () => Promise.reject(new Error("a joined transaction is closed by whoever opened it")),
  });
}
