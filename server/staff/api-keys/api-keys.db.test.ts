import { desc, eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { apiKeys as table } from "#db/schema/api-keys.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { freshDatabase, testContext, testStaff } from "#db/testing.ts";
import { KEY_BURST, KEY_PER_SECOND } from "./model.ts";
import * as queries from "./queries.ts";
import * as apiKeys from "./service.ts";

let db: Db;
beforeAll(async () => {
  db = await freshDatabase();
});
const ctx = () => testContext(db, { actor: testStaff("owner") });
const at = (seconds: number) => new Date(Date.UTC(2026, 5, 15, 4, 0, seconds));
const visit = (now: Date) => testContext(db, { actor: { kind: "visitor" }, now });
const make = (name = "Till") => apiKeys.create(ctx(), { name, scopes: ["quote:create"] });
const lastAction = async () =>
  (await db.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1))[0]?.action;

test("a key is shown once; what is stored neither is nor contains it", async () => {
  const { key, apiKeyId } = await make();
  expect(key).toMatch(/^evh_[\w-]{43}$/);
  const stored = JSON.stringify(await db.select().from(table));
  expect(stored).not.toContain(key);
  expect(await lastAction()).toBe("apiKey.create");
  const [listed] = await queries.list(db);
  expect(listed).toMatchObject({
    id: apiKeyId,
    name: "Till",
    start: key.slice(0, 10),
    lastUsedDay: null,
    revokedAt: null,
  });
  expect(listed).not.toHaveProperty("hash");
});

test("whoever bears a key acts with its scopes, and the day of its last use is kept", async () => {
  const { key, apiKeyId } = await make();
  const actor = await apiKeys.authenticate(visit(at(0)), key);
  expect(actor).toEqual({ kind: "apiKey", id: apiKeyId, scopes: new Set(["quote:create"]) });
  expect((await queries.list(db)).find(({ id }) => id === apiKeyId)?.lastUsedDay).toBe("2026-06-15");
});

test("a revoked key is refused at once, and cannot be revoked twice", async () => {
  const { key, apiKeyId } = await make();
  await apiKeys.authenticate(visit(at(0)), key);
  await apiKeys.revoke(ctx(), { apiKeyId });
  expect(await lastAction()).toBe("apiKey.revoke");
  await expect(apiKeys.authenticate(visit(at(0)), key)).rejects.toMatchObject({ code: "API_KEY_INVALID" });
  await expect(apiKeys.revoke(ctx(), { apiKeyId })).rejects.toMatchObject({ code: "API_KEY_ALREADY_REVOKED" });
  await expect(apiKeys.revoke(ctx(), { apiKeyId: ctx().newId() })).rejects.toMatchObject({ code: "API_KEY_NOT_FOUND" });
});

test("whoever still bears a revoked key is recorded once a day", async () => {
  const { key, apiKeyId } = await make();
  await apiKeys.revoke(ctx(), { apiKeyId });
  const refusals = () => db.$count(auditEntries, eq(auditEntries.action, "apiKey.refuse"));
  const before = await refusals();
  for (const second of [0, 1, 2]) {
    await expect(apiKeys.authenticate(visit(at(second)), key)).rejects.toMatchObject({ code: "API_KEY_INVALID" });
  }
  expect(await refusals()).toBe(before + 1);
  await expect(apiKeys.authenticate(visit(at(86_400)), key)).rejects.toMatchObject({ code: "API_KEY_INVALID" });
  expect(await refusals()).toBe(before + 2);
});

test("what was revoked elsewhere is refused here within a second", async () => {
  const { key } = await make();
  await apiKeys.authenticate(visit(at(0)), key);
  await db.transact((tx) => tx.update(table).set({ revokedAt: at(0) }));
  await expect(apiKeys.authenticate(visit(at(1)), key)).rejects.toMatchObject({ code: "API_KEY_INVALID" });
});

test("a key has an allowance that refills", async () => {
  const { key } = await make();
  for (let n = 0; n < KEY_BURST; n += 1) await apiKeys.authenticate(visit(at(0)), key);
  await expect(apiKeys.authenticate(visit(at(0)), key)).rejects.toMatchObject({
    code: "API_KEY_THROTTLED",
    status: "throttled",
  });
  for (let n = 0; n < KEY_PER_SECOND; n += 1) await apiKeys.authenticate(visit(at(1)), key);
  await expect(apiKeys.authenticate(visit(at(1)), key)).rejects.toMatchObject({ code: "API_KEY_THROTTLED" });
});
