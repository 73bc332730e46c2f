import { randomBytes, randomUUID } from "node:crypto";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, inject } from "vitest";
import type { Door } from "#server/api/door.ts";
import type { Actor, Context } from "#server/core/context.ts";
import { idSource } from "#server/core/id.ts";
import { testKeys } from "#server/core/keys.ts";
import type { Role } from "#server/staff/model.ts";
import { rolePermissions } from "#server/staff/rules.ts";
import { type Db, openDatabase } from "./client.ts";
import { engine } from "./engine.ts";
import { openRaw, type Raw, type Row, type RunSql } from "./raw.ts";

const urls = new WeakMap<Db, string>();
const raws = new WeakMap<Db, Promise<Raw>>();

/** A migrated database of this suite's own, on the engine this run is for. It is removed when the suite ends. */
export async function freshDatabase(): Promise<Db> {
  const { url, remove } = engine === "postgres" ? await postgresDatabase() : sqliteFile();
  const db = await openDatabase(url);
  urls.set(db, url);
  afterAll(async () => {
    await (await raws.get(db))?.close();
    await db.close();
    await remove();
  });
  return db;
}

/** The URL of a database from `freshDatabase`, for tests that start another process on it. */
export function urlOf(db: Db): string {
  const url = urls.get(db);
  if (url === undefined) throw new Error("not a database of this suite");
  return url;
}

/** Runs SQL behind the product's back: what an intruder with the database in hand could do. One connection for a suite. */
export async function rawSql(db: Db, sql: string, values?: Parameters<RunSql>[1]): Promise<Row[]> {
  const raw = raws.get(db) ?? openRaw(urlOf(db));
  raws.set(db, raw);
  return (await raw).run(sql, values);
}

/** A context as a request would have it. Ids sort in the order in which they were made; the clock stands at `now`. */
export function testContext<A extends Actor = Actor>(
  db: Db,
  { actor, now }: { actor?: A; now?: Date } = {},
): Context<A> {
  const at = now ?? new Date("2026-06-15T04:00:00Z");
  return {
    actor: actor ?? ({ kind: "system", name: "test" } satisfies Actor as A),
    now: at,
    newId,
    db,
    keys,
    requestId: randomUUID(),
  };
}

/** The HTTP side of a request as procedures see it: a browser of this test's own, on a local address. */
export function testDoor(over: Partial<Door> = {}): Door {
  return {
    addressGroup: "127.0.0.1",
    browserId: randomBytes(32).toString("base64url"),
    device: "Chrome · Linux",
    origin: "http://localhost:3000",
    locale: "zh-CN",
    setSession: () => undefined,
    ...over,
  };
}

/** A member of staff with these roles who has just shown a second factor. */
export function testStaff(...roles: readonly Role[]) {
  return {
    kind: "staff",
    id: newId<"staff">(),
    sessionId: newId<"staffSession">(),
    roles,
    permissions: new Set(roles.flatMap((role) => [...rolePermissions(role)])),
    steppedUpAt: new Date("2026-06-15T04:00:00Z"),
  } as const satisfies Actor;
}

export const newId = idSource(Date.now, randomBytes);
const keys = testKeys();

/** Beside the template: what a test leaves open goes with the run. */
function sqliteFile() {
  const template = inject("sqliteTemplate");
  const folder = mkdtempSync(join(dirname(template), "suite-"));
  const url = join(folder, "evenhand.db");
  copyFileSync(template, url);
  return {
    url,
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function postgresDatabase() {
  const server = inject("postgresUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE ${inject("postgresTemplate")} STRATEGY FILE_COPY`);
  return {
    url: server.replace(/\/postgres$/, `/${name}`),
    remove: () => onServer(server, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function onServer(server: string, sql: string): Promise<void> {
  const raw = await openRaw(server);
  try {
    await raw.run(sql);
  } finally {
    await raw.close();
  }
}
