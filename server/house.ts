import { type Db, openDatabase } from "#db/client.ts";
import type { Config } from "./config.ts";
import type { Actor, Context } from "./core/context.ts";
import { idSource, type NewId } from "./core/id.ts";
import { openKeys } from "./core/keys.ts";
import { pooledRandomBytes } from "./core/random.ts";
import type { Keys } from "./core/seal.ts";
import { type Clock, systemClock } from "./core/time.ts";

/** What every process of Evenhand (web, worker, command line) opens once and closes once. */
export type House = {
  readonly config: Config;
  readonly db: Db;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly newId: NewId;
  /** The context of one request, job or command: the clock is read here, once. */
  contextFor<A extends Actor>(actor: A, requestId?: string): Context<A>;
  close(): Promise<void>;
};

/** Opens database and keys as the settings say. The database must have been migrated. */
export async function openHouse(config: Config): Promise<House> {
  const keys = await openKeys({ dir: config.keyDir });
  const db = await openDatabase(config.databaseUrl);
  const clock = systemClock;
  const newId = idSource(Date.now, pooledRandomBytes());
  return {
    config,
    db,
    keys,
    clock,
    newId,
    contextFor: (actor, requestId = newId()) => ({ actor, now: clock(), newId, db, keys, requestId }),
    close: () => db.close(),
  };
}

/** Opens the house for one command and closes it, however the command ends. */
export async function withHouse<T>(open: () => Promise<House>, work: (house: House) => Promise<T>): Promise<T> {
  const house = await open();
  try {
    return await work(house);
  } finally {
    await house.close();
  }
}
