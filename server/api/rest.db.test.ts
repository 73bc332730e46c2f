import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Db } from "#db/client.ts";
import { idempotentAnswers } from "#db/schema/idempotency.ts";
import { jobSchedules } from "#db/schema/jobs.ts";
import { freshDatabase, newId, testContext, testStaff } from "#db/testing.ts";
import { processConfig } from "../config.ts";
import { Refusal } from "../core/refusal.ts";
import { uploadPath } from "../core/uploads.ts";
import * as apiKeys from "../staff/api-keys/service.ts";
import { openRest } from "./rest.ts";
import { restRoute, restUpload } from "./rest-route.ts";
import { openFrontServer } from "./socket.ts";
import { testHouse } from "./testing.ts";

/** Routes with an effect that can be counted: a row for each time it happened. */
const routes = [
  restRoute({
    method: "POST",
    path: "/marks",
    scope: "quote:create",
    summary: "Leave a mark",
    status: 201,
    input: z.strictObject({ name: z.string().max(20), refuse: z.boolean().optional() }),
    output: z.object({ id: z.string() }),
    handle: (ctx, { name, refuse }) =>
      ctx.db.transact(async (tx) => {
        const id = `${name}/${newId()}`;
        await tx.insert(jobSchedules).values({ kind: id, lastDay: name });
        if (refuse) throw new Refusal("MARK_REFUSED", { name });
        return { id };
      }),
  }),
  restRoute({
    method: "GET",
    path: "/marks/{name}",
    scope: "offer:read",
    summary: "Count marks",
    input: z.strictObject({ name: z.string(), from: z.coerce.number().optional() }),
    output: z.object({ count: z.int() }),
    handle: async (ctx, { name, from = 0 }) => ({
      count: from + (await ctx.db.$count(jobSchedules, eq(jobSchedules.lastDay, name))),
    }),
  }),
  restUpload({
    path: "/files",
    scope: "order:import",
    summary: "Take a file",
    status: 202,
    input: z.strictObject({ platform: z.string().optional() }),
    output: z.object({ uploadId: z.string(), bytes: z.int(), platform: z.string().nullable() }),
    handle: async (_, { platform }, { uploadId, bytes }) => ({ uploadId, bytes, platform: platform ?? null }),
  }),
];

let db: Db;
let key: string;
let base: string;
const uploads = join(processConfig().dataDir, "uploads");
const scopes = ["quote:create", "offer:read", "order:import"] as const;
const server = openFrontServer(async (request, response) => {
  await serve(request, response, "request-1");
});
let serve: ReturnType<typeof openRest>;

beforeAll(async () => {
  db = await freshDatabase();
  const made = await apiKeys.create(testContext(db, { actor: testStaff("owner") }), {
    name: "Till",
    scopes: [...scopes],
  });
  key = made.key;
  serve = openRest({ house: testHouse(db, { UPLOAD_MAX_MB: "1" }), routes, onError: () => undefined });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/api/v1`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const post = (name: string, { headers = {}, body }: { headers?: Record<string, string>; body?: unknown } = {}) =>
  fetch(`${base}/marks`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body ?? { name }),
  });
const count = (name: string) => db.$count(jobSchedules, eq(jobSchedules.lastDay, name));

test("a key with the scope is answered; without key or scope nothing happens", async () => {
  expect((await post("plain")).status).toBe(201);
  expect(await count("plain")).toBe(1);
  for (const authorization of ["", "Bearer nonsense", `Basic ${key}`, `Bearer evh_${"a".repeat(43)}`]) {
    const refused = await post("plain", { headers: { authorization } });
    expect(refused.status).toBe(401);
    expect(refused.headers.get("www-authenticate")).toContain("Bearer");
    expect(await refused.json()).toMatchObject({
      status: 401,
      code: "API_KEY_INVALID",
      type: "urn:evenhand:problem:API_KEY_INVALID",
    });
  }
  const narrow = await apiKeys.create(testContext(db, { actor: testStaff("owner") }), {
    name: "Narrow",
    scopes: ["offer:read"],
  });
  const refused = await post("plain", { headers: { authorization: `Bearer ${narrow.key}` } });
  expect(await refused.json()).toMatchObject({
    status: 403,
    code: "API_KEY_SCOPE_MISSING",
    condition: { scope: "quote:create" },
  });
  expect(await count("plain")).toBe(1);
});

test("parameters of path and query arrive in the input; unknown ones are refused by name", async () => {
  const get = (path: string) => fetch(base + path, { headers: { authorization: `Bearer ${key}` } });
  expect(await (await get("/marks/none?from=7")).json()).toEqual({ count: 7 });
  const refused = await get("/marks/none?form=7");
  expect(refused.headers.get("content-type")).toBe("application/problem+json");
  expect(await refused.json()).toMatchObject({ status: 422, code: "INPUT_INVALID" });
  expect((await get("/nowhere")).status).toBe(404);
});

test("what is no JSON, or no JSON of ours, is refused with the fields", async () => {
  const codes = async (body: string, headers = {}) => (await (await post("bad", { body, headers })).json()).code;
  expect(await codes("{")).toBe("BODY_NOT_JSON");
  expect(await codes('{"name":"bad"}', { "content-type": "text/plain" })).toBe("CONTENT_TYPE_FORBIDDEN");
  expect(await codes(`"${"x".repeat(300_000)}"`)).toBe("BODY_TOO_LARGE");
  expect(await (await post("bad", { body: { name: 7 } })).json()).toMatchObject({
    code: "INPUT_INVALID",
    fields: ["name"],
  });
  expect(await count("bad")).toBe(0);
});

test("one key, sixteen times at once: one effect, and one answer for everybody who gets one", async () => {
  for (let n = 0; n < 12; n += 1) {
    const headers = { "idempotency-key": `parallel-${n}` };
    const answers = await Promise.all(Array.from({ length: 16 }, () => post(`p${n}`, { headers })));
    const bodies = await Promise.all(
      answers.map(async (answer) => ({ status: answer.status, body: await answer.json() })),
    );
    const done = bodies.filter(({ status }) => status === 201);
    expect(new Set(done.map(({ body }) => body.id)).size).toBe(1);
    for (const { status, body } of bodies) if (status !== 201) expect(body.code).toBe("IDEMPOTENCY_IN_FLIGHT");
    expect(await count(`p${n}`)).toBe(1);
    const again = await post(`p${n}`, { headers });
    expect(again.headers.get("idempotent-replay")).toBe("true");
    expect(await again.json()).toEqual(done[0]?.body);
  }
});

test("the same key with another body is refused, and so is a key nobody should send", async () => {
  const headers = { "idempotency-key": "reused" };
  await post("first", { headers });
  const other = await post("second", { headers });
  expect(await other.json()).toMatchObject({ status: 422, code: "IDEMPOTENCY_KEY_REUSED" });
  expect(await count("second")).toBe(0);
  expect((await post("long", { headers: { "idempotency-key": "k".repeat(256) } })).status).toBe(422);
});

test("keys belong to who sends them, and last a day", async () => {
  const other = await apiKeys.create(testContext(db, { actor: testStaff("owner") }), {
    name: "Other",
    scopes: ["quote:create"],
  });
  const headers = { "idempotency-key": "whose" };
  await post("whose", { headers });
  await post("whose", { headers: { ...headers, authorization: `Bearer ${other.key}` } });
  expect(await count("whose")).toBe(2);
  await db.transact((tx) =>
    tx
      .update(idempotentAnswers)
      .set({ expiresAt: new Date(0) })
      .where(eq(idempotentAnswers.key, "whose")),
  );
  await post("whose", { headers });
  expect(await count("whose")).toBe(3);
});

test("a refusal leaves neither effect nor answer behind, so that the request may be sent again", async () => {
  const headers = { "idempotency-key": "refused" };
  const refused = await post("r", { headers, body: { name: "r", refuse: true } });
  expect(await refused.json()).toMatchObject({ status: 409, code: "MARK_REFUSED", condition: { name: "r" } });
  expect(await count("r")).toBe(0);
  expect((await post("r", { headers })).status).toBe(201);
  expect(await count("r")).toBe(1);
});

test("a file is streamed to disk under a name of ours; too large, empty or none at all leaves nothing", async () => {
  const send = (form: FormData) =>
    fetch(`${base}/files`, { method: "POST", headers: { authorization: `Bearer ${key}` }, body: form });
  const form = (content: string | null, name = "file") => {
    const made = new FormData();
    made.set("platform", "taobao");
    if (content !== null) made.set(name, new Blob([content]), "../../etc/passwd");
    return made;
  };
  const before = await readdir(uploads).catch((): string[] => []);
  const taken = await send(form("订单编号\n1"));
  expect(taken.status).toBe(202);
  const { uploadId, bytes, platform } = await taken.json();
  expect({ bytes, platform }).toEqual({ bytes: 14, platform: "taobao" });
  expect(await readFile(uploadPath(uploadId), "utf8")).toBe("订单编号\n1");
  const codes = async (sent: FormData) => (await (await send(sent)).json()).code;
  expect(await codes(form("x".repeat(1024 * 1024 + 1)))).toBe("UPLOAD_TOO_LARGE");
  expect(await codes(form(""))).toBe("UPLOAD_EMPTY");
  expect(await codes(form(null))).toBe("FORM_INVALID");
  expect(await codes(form("x", "other"))).toBe("FORM_INVALID");
  expect((await readdir(uploads)).filter((name) => !before.includes(name))).toEqual([uploadId]);
  for (const id of ["../keys", "", "a/b", uploadId.toUpperCase()])
    expect(() => uploadPath(id)).toThrow("UPLOAD_NOT_FOUND");
});

test("the document describes the routes that are served", async () => {
  const document = await (await fetch(`${base}/openapi.json`)).json();
  expect(document.openapi).toBe("3.1.0");
  expect(Object.keys(document.paths)).toEqual(["/marks", "/marks/{name}", "/files"]);
  expect(document.paths["/marks/{name}"].get.parameters).toMatchObject([
    { name: "name", in: "path", required: true },
    { name: "from", in: "query", required: false },
  ]);
  expect(document.paths["/files"].post.requestBody.content["multipart/form-data"].schema.required).toContain("file");
});
