import { randomBytes } from "node:crypto";
import { afterAll, expect, inject, test } from "vitest";
import { testContext } from "#db/testing.ts";
import { create } from "#server/members/service.ts";
import { openDatabase } from "./client.ts";
import { listAppendOnly } from "./columns.ts";
import { engine } from "./engine.ts";
import { migrate } from "./migrate.ts";
import { openRaw, type RunSql } from "./raw.ts";

const undo: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const step of undo) await step();
});

/** What PostgreSQL adds to the triggers: an ordinary role, though it owns the tables, may not change them. */
test.runIf(engine === "postgres")("without its trigger an append-only table still refuses its owner", async () => {
  const server = inject("postgresUrl");
  const name = `app_${randomBytes(6).toString("hex")}`;
  await on(server, (run) => run(`CREATE ROLE ${name} LOGIN`));
  await on(server, (run) => run(`CREATE DATABASE ${name} OWNER ${name}`));
  const url = server.replace("//evenhand@", `//${name}@`).replace(/\/postgres$/, `/${name}`);
  undo.push(
    () => on(server, (run) => run(`DROP DATABASE ${name} WITH (FORCE)`)),
    () => on(server, (run) => run(`DROP ROLE ${name}`)),
  );
  await migrate(url);
  expect(await migrate(url)).toEqual([]);

  const db = await openDatabase(url);
  const ctx = testContext(db);
  await db.transact((tx) => create(tx, ctx));
  await db.close();

  for (const table of listAppendOnly()) {
    await on(url, (run) => run(`ALTER TABLE ${table} DISABLE TRIGGER USER`));
    const forbidden = new RegExp(`permission denied for table ${table}`);
    await expect(
      on(url, (run) => run(`DELETE FROM ${table}`)),
      table,
    ).rejects.toThrow(forbidden);
    await expect(
      on(url, (run) => run(`TRUNCATE ${table} CASCADE`)),
      table,
    ).rejects.toThrow(/permission denied/);
  }
  await expect(on(url, (run) => run("UPDATE consent_events SET action = 'grant'"))).rejects.toThrow(
    /permission denied/,
  );
  await expect(on(url, (run) => run("UPDATE audit_entries SET action = 'none'"))).rejects.toThrow(/permission denied/);
});

async function on<T>(url: string, work: (run: RunSql) => Promise<T>): Promise<T> {
  const raw = await openRaw(url);
  try {
    return await work(raw.run);
  } finally {
    await raw.close();
  }
}
