import { randomBytes } from "node:crypto";
import { get, type IncomingMessage } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { orderExports } from "#db/schema/order-console.ts";
import { freshDatabase, testContext } from "#db/testing.ts";
import type { ExportFormat, OrderExportId } from "../orders/console/export/model.ts";
import { addBatch, addOrders, plainOrder } from "../orders/console/testing.ts";
import { seedDemoStaff } from "../staff/demo/service.ts";
import * as staff from "../staff/service.ts";
import { sessionCookie } from "./cookies.ts";
import { openTestDoor, testHouse } from "./testing.ts";

const ORDERS = 12_000;
/** So wide that a file of so few, 24 MB, is more than the sockets between server and client take in, deflated or not. */
const wide = () => randomBytes(1_500).toString("base64url");

let db: Db;
let door: Awaited<ReturnType<typeof openTestDoor>>;
/** Pages of orders that were read. */
let reads = 0;
const cookies = { owner: "", auditor: "" };

beforeAll(async () => {
  db = await freshDatabase();
  const counted = new Proxy(db, {
    get(target, key) {
      if (key === "select") reads += 1;
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  door = await openTestDoor(testHouse(counted));
  const ctx = testContext(db, { now: new Date() });
  const people = await seedDemoStaff(ctx);
  for (const role of ["owner", "auditor"] as const) {
    const staffId = people.get(`${role}@demo.example`);
    if (staffId === undefined) throw new Error(`nobody is ${role}`);
    const session = { staffId, device: "Test", steppedUp: true };
    const { token } = await db.transact((tx) => staff.openSession(tx, ctx, session));
    cookies[role] = `${sessionCookie.staff}=${token}`;
  }
  const order = plainOrder(await addBatch(db, ctx.now), ctx.now, 1);
  await addOrders(
    db,
    Array.from({ length: ORDERS }, () => ({ ...order, maskedId: wide() })),
  );
});
afterAll(() => door.close());

async function ask(format: ExportFormat = "csv"): Promise<OrderExportId> {
  const answer = await door.ask("/api/trpc/orders.console.export", {
    method: "POST",
    headers: { cookie: cookies.owner, "content-type": "application/json" },
    body: JSON.stringify({ json: { filter: {}, format, purpose: "reconciliation" } }),
  });
  return (await answer.json()).result.data.json.exportId;
}

const take = (exportId: OrderExportId, cookie = cookies.owner) =>
  door.ask(`/api/downloads/orders/${exportId}`, { headers: { cookie } });

/** Begins to take an export, over a connection that never took anything else, and does not read. */
const hold = (exportId: OrderExportId) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    const request = { agent: false, headers: { cookie: cookies.owner } };
    get(`${door.origin}/api/downloads/orders/${exportId}`, request, resolve).on("error", reject);
  });

/** Resolves once no more orders are read. */
async function settled(): Promise<void> {
  for (let before = -1; before !== reads; ) {
    before = reads;
    await pause(300);
  }
}

async function stored(exportId: OrderExportId) {
  const [row] = await db.select().from(orderExports).where(eq(orderExports.id, exportId));
  return row;
}

const finished = async (exportId: OrderExportId) =>
  (await db.select().from(auditEntries).where(eq(auditEntries.subjectId, exportId)))
    .filter(({ action }) => action === "order.export.finish")
    .map(({ detail }) => detail);

test("a file is made no faster than it is taken, and whole once it is", async () => {
  const exportId = await ask();
  const answer = await hold(exportId);
  await settled();
  expect(await stored(exportId)).toMatchObject({ state: "running" });
  const beforehand = reads;
  let lines = 0;
  for await (const chunk of answer) lines += String(chunk).split("\n").length - 1;
  expect(reads - beforehand, "pages that were still to be read").toBeGreaterThanOrEqual(6);
  expect(lines).toBe(8 + ORDERS + 3);
  await expect.poll(async () => (await stored(exportId))?.state).toBe("done");
  expect(await finished(exportId)).toEqual([{ rows: ORDERS, whole: true }]);
});

test.each(["csv", "xlsx"] as const)(
  "a client that hangs up ends it: nothing more is read, and the log says how far it came (%s)",
  async (format) => {
    const exportId = await ask(format);
    const answer = await hold(exportId);
    await settled();
    answer.destroy();
    await expect.poll(async () => (await stored(exportId))?.state).toBe("interrupted");
    const atTheEnd = reads;
    await settled();
    expect(reads).toBe(atTheEnd);
    const rows = (await stored(exportId))?.rows;
    expect(rows).toBeLessThan(ORDERS);
    expect(await finished(exportId)).toEqual([{ rows, whole: false }]);
    expect(door.lines.filter((line) => line.includes('"msg":"failed"'))).toEqual([]);
    // A link is used up by the first who takes it, however far they came.
    expect((await take(exportId)).status).toBe(404);
  },
);

test("a link works once, also for two at the same time, and for nobody without the permission", async () => {
  const exportId = await ask();
  expect((await take(exportId, cookies.auditor)).status).toBe(403);
  expect((await take(exportId, "")).status).toBe(401);
  expect(await stored(exportId)).toMatchObject({ state: "waiting" });
  const answers = await Promise.all([take(exportId), take(exportId), take(exportId)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
  for (const answer of answers) {
    const text = await answer.text();
    if (answer.status === 404) expect(JSON.parse(text)).toMatchObject({ code: "EXPORT_LINK_OVER" });
    else expect(text.slice(-200)).toContain(exportId);
  }
});
