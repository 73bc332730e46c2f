import { beforeAll, expect, test } from "vitest";
import { appRouter, createCaller } from "#server/api/root.ts";
import type { Access } from "#server/api/trpc.ts";
import type { MemberActor } from "#server/core/context.ts";
import * as members from "#server/members/service.ts";
import { type Db, openDatabase } from "./client.ts";
import { engine } from "./engine.ts";
import { freshDatabase, newId, rawSql, testContext, testDoor, urlOf } from "./testing.ts";

/** What a member procedure is asked here. Those that are not listed need no input. */
const inputs: Record<string, unknown> = {
  "benefits.book": { slotId: newId(), childId: null },
  "benefits.cancel": { bookingId: newId() },
  "benefits.one": { benefitId: newId() },
  "benefits.openSlots": { benefitId: newId() },
  "benefits.showCode": { benefitId: newId(), bookingId: null, childId: null },
  "consents.gateway.own": { purpose: "swim_preparation", childId: null },
  "consents.guardianship.addChild": { relation: "parent", statement: true },
  "consents.guardianship.dispute": { code: "ABCD2345", reason: "alsoGuardian" },
  "consents.guardianship.removeChild": { childId: newId() },
  "consents.ledger.correct": {
    purpose: "swim_preparation",
    childId: null,
    values: [{ key: "child.weight", value: "7", measuredOn: null }],
  },
  "consents.ledger.grant": { servedId: newId(), guardian: true, values: [] },
  "consents.ledger.refuse": { servedId: newId() },
  "consents.ledger.restrict": { purpose: "swim_preparation", restricted: true },
  "consents.ledger.serve": { purpose: "swim_preparation", childId: null },
  "consents.ledger.sheet": { purpose: "swim_preparation", childId: null },
  "consents.ledger.withdraw": { purpose: "swim_preparation", childId: null },
  "consents.receipts.certificates": { eventId: newId() },
  "consents.receipts.receipt": { eventId: newId() },
  "members.endSession": { sessionId: newId() },
  "members.passkeys.finishAdd": passkeyResponse(),
  "members.passkeys.remove": { passkeyId: newId() },
  "members.phones.add": { phone: "13800000000", code: "123456" },
  "members.phones.sendAddCode": { phone: "13800000000" },
  "offers.price": { channel: "web", lines: [{ sku: "WP-80X6", quantity: 1, listPriceFen: 4_990 }] },
  "offers.reserve": { decisionId: newId(), offerId: newId(), code: null },
  "offers.why": { decisionId: newId() },
  "orders.claim": { orderNumber: "2600000000000000001", fact: { kind: "amount", yuan: "12.30" } },
  "orders.letGo": { orderId: newId() },
  "orders.ownOrders": {},
  "orders.ownNumbers": { orderIds: [newId()] },
  "points.ledger": {},
  "tiers.ledger": {},
};

/** A procedure as the router lists it, under its whole path. */
type Listed = { readonly _def: { readonly type: string; readonly meta?: { readonly access: Access } } };

/** Reference data of a handful of rows, read whole on purpose. */
const smallTables =
  /\b(tier_ladders|points_policies|activities|benefits|benefit_versions|stores|offers|offer_versions|settings|brand_fields|order_mappings)\b/;

let db: Db;
let listening: Db;
let actor: MemberActor;
const heard: string[] = [];

beforeAll(async () => {
  db = await freshDatabase();
  const ctx = testContext(db);
  const { id } = await db.transact((tx) => members.create(tx, ctx));
  actor = { kind: "member", id, sessionId: newId() };
  listening = await openDatabase(urlOf(db), (sql) => heard.push(sql));
  return () => listening.close();
});

const paths = Object.entries(appRouter._def.procedures as unknown as Record<string, Listed>)
  .filter(([, procedure]) => procedure._def.meta?.access.kind === "member" && procedure._def.type !== "subscription")
  .map(([path]) => path)
  .sort();

test.each(paths)("%s finds what it needs by index", async (path) => {
  heard.length = 0;
  const caller = createCaller({ ...testContext(listening, { actor }), door: testDoor() });
  await call(caller, path, inputs[path]);
  const statements = [...new Set(heard)].filter((sql) => /^(select|update|delete|with)\b/i.test(sql));
  const plans: string[] = [];
  for (const sql of statements) plans.push(`${sql}\n${(await planOf(sql)).map((step) => `  ${step}`).join("\n")}`);
  const scans = plans.flatMap((plan) => plan.split("\n")).filter((step) => isScan(step) && !smallTables.test(step));
  expect(scans).toEqual([]);
  if (engine === "sqlite") await expect(`${plans.join("\n\n")}\n`).toMatchFileSnapshot(`plans/${path}.txt`);
});

/** Calls a procedure by its path; a refusal is an answer too, and what it looked up on the way counts. */
async function call(caller: object, path: string, input: unknown): Promise<void> {
  const procedure = path.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], caller);
  await (procedure as (input: unknown) => Promise<unknown>)(input).catch((reason: Error) => {
    if (reason.message.startsWith("[")) throw new Error(`${path} needs an input in this test: ${reason.message}`);
  });
}

async function planOf(sql: string): Promise<string[]> {
  if (engine === "sqlite") {
    const rows = await rawSql(db, `EXPLAIN QUERY PLAN ${sql.replaceAll("?", "1")}`);
    return rows.map(({ detail }) => String(detail));
  }
  await rawSql(db, "SET enable_seqscan = off");
  const rows = await rawSql(db, `EXPLAIN (GENERIC_PLAN, COSTS off) ${sql}`);
  return rows.map((row) => String(row["QUERY PLAN"]));
}

function isScan(step: string): boolean {
  return engine === "sqlite" ? /^\s*SCAN (?!\(|CONSTANT)/.test(step) : /Seq Scan on/.test(step);
}

function passkeyResponse() {
  const id = "A".repeat(22);
  return {
    id,
    rawId: id,
    type: "public-key",
    clientExtensionResults: {},
    response: { clientDataJSON: Buffer.from('{"challenge":"AAAA"}').toString("base64url"), attestationObject: "AAAA" },
  };
}
