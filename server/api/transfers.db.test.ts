import { afterAll, beforeAll, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { freshDatabase, testContext } from "#db/testing.ts";
import { seedDemoStaff } from "../staff/demo/service.ts";
import * as staff from "../staff/service.ts";
import { sessionCookie } from "./cookies.ts";
import { openTestDoor, testHouse } from "./testing.ts";

let db: Db;
let door: Awaited<ReturnType<typeof openTestDoor>>;
const cookies = { owner: "", auditor: "" };

beforeAll(async () => {
  db = await freshDatabase();
  door = await openTestDoor(testHouse(db, { UPLOAD_MAX_MB: "1" }));
  const ctx = testContext(db, { now: new Date() });
  const people = await seedDemoStaff(ctx);
  for (const role of ["owner", "auditor"] as const) {
    const staffId = people.get(`${role}@demo.example`);
    if (staffId === undefined) throw new Error(`nobody is ${role}`);
    const { token } = await db.transact((tx) =>
      staff.openSession(tx, ctx, { staffId, device: "Test", steppedUp: true }),
    );
    cookies[role] = `${sessionCookie.staff}=${token}`;
  }
});
afterAll(() => {
  door.close();
});

const put = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
  door.ask("/api/uploads", { method: "PUT", body, headers });
const codeOf = async (answer: Response) => (await answer.json()).code;

test("an order file goes up, and its import is followed event by event", async () => {
  const stored = await put("订单编号,买家会员名\n1,a\n", { cookie: cookies.owner });
  expect(stored.status).toBe(201);
  const { uploadId, sha256, bytes } = await stored.json();
  expect({ sha256: sha256.length, bytes }).toEqual({ sha256: 64, bytes: 33 });

  const started = await door.ask("/api/trpc/orders.start", {
    method: "POST",
    headers: { cookie: cookies.owner, "content-type": "application/json" },
    body: JSON.stringify({ json: { uploadId, fileName: "orders.csv" } }),
  });
  expect(started.status).toBe(200);
  const { batchId } = (await started.json()).result.data.json;

  const stop = new AbortController();
  const input = encodeURIComponent(JSON.stringify({ json: { batchId } }));
  const stream = await door.ask(`/api/trpc/orders.progress?input=${input}`, {
    headers: { cookie: cookies.owner, accept: "text/event-stream" },
    signal: stop.signal,
  });
  expect(stream.headers.get("content-type")).toContain("text/event-stream");
  expect(stream.headers.get("cache-control")).toBe("private, no-store");
  let heard = "";
  const decoder = new TextDecoder();
  for await (const chunk of stream.body ?? []) {
    heard += decoder.decode(chunk);
    if (heard.includes('"state":"checking"')) break;
  }
  expect(heard).toContain(batchId);
  stop.abort();
});

test("only staff who may import send files, from our own pages, within the bound", async () => {
  expect(await codeOf(await put("x", {}))).toBe("SIGN_IN_REQUIRED");
  expect(await codeOf(await put("x", { cookie: cookies.auditor }))).toBe("PERMISSION_MISSING");
  const elsewhere = { cookie: cookies.owner, origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  expect(await codeOf(await put("x", elsewhere))).toBe("ORIGIN_FORBIDDEN");
  const large = await put(new Uint8Array(1024 * 1024 + 1), { cookie: cookies.owner });
  expect(large.status).toBe(413);
  expect(await codeOf(large)).toBe("UPLOAD_TOO_LARGE");
  expect(await codeOf(await put("", { cookie: cookies.owner }))).toBe("UPLOAD_EMPTY");
});

test("rejected rows come down to whoever may import, and nothing is told about batches that are not", async () => {
  const get = (path: string, cookie = cookies.owner) =>
    door.ask(`/api/downloads/rejects/${path}`, { headers: { cookie } });
  expect(await codeOf(await get("..%5c"))).toBe("URL_FORBIDDEN");
  expect(await codeOf(await get("nonsense"))).toBe("BATCH_NOT_FOUND");
  expect((await get("01a209de-c2f8-7000-ab5c-bb41d6539a8c")).status).toBe(404);
  expect((await get("01a209de-c2f8-7000-ab5c-bb41d6539a8c", cookies.auditor)).status).toBe(403);
});

test("what is not there is not found, by any method", async () => {
  for (const [method, path] of [
    ["GET", "/api/uploads"],
    ["PUT", "/api/uploads/x"],
    ["PUT", "/api/downloads/rejects/x"],
    ["POST", "/api/uploads"],
  ]) {
    expect((await door.ask(path ?? "", { method, headers: { cookie: cookies.owner } })).status).toBe(404);
  }
});
