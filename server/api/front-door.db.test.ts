import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { freshDatabase, urlOf } from "#db/testing.ts";
import { mintToken } from "../core/token.ts";
import { sessionCookie } from "./cookies.ts";
import { procedureManifest } from "./manifest.ts";
import { appRouter } from "./root.ts";
import { openTestDoor, testHouse } from "./testing.ts";

let db: Db;
let door: Awaited<ReturnType<typeof openTestDoor>>;
const seenByPages: Record<string, unknown>[] = [];

const houseOf = (on: Db) =>
  testHouse(on, { DATABASE_URL: urlOf(on), KEY_DIR: tmpdir(), METRICS_TOKEN: "a token of some length" });

beforeAll(async () => {
  db = await freshDatabase();
  door = await openTestDoor(houseOf(db), async (request, response) => {
    seenByPages.push(request.headers);
    response.setHeader("Cache-Control", "s-maxage=31536000").setHeader("X-Powered-By", "frame");
    response.writeHead(200, { "Content-Type": "text/html" }).end("<html>");
  });
});
afterAll(() => door.close());

const mutations = procedureManifest(appRouter)
  .filter(({ type }) => type === "mutation")
  .map(({ path }) => path);

const forged: Record<string, Record<string, string>> = {
  "another site": { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
  "a sibling": { origin: "http://evil.localhost", "sec-fetch-site": "same-site" },
  "a sandboxed frame": { origin: "null", "sec-fetch-site": "cross-site" },
  "an old browser elsewhere": { origin: "https://evil.example", "sec-fetch-site": "" },
  "a form": { "content-type": "application/x-www-form-urlencoded" },
  "a multipart form": { "content-type": "multipart/form-data; boundary=x" },
  "plain text": { "content-type": "text/plain" },
  "a method in a header": { "x-http-method-override": "POST" },
};

describe("a forged call of any mutation has no effect", () => {
  test.each(Object.entries(forged))("%s", async (_, headers) => {
    expect(mutations.length).toBeGreaterThan(10);
    const before = await db.$count(auditEntries);
    for (const path of mutations) {
      const answer = await door.ask(`/api/trpc/${path}`, {
        method: "POST",
        body: '{"json":{}}',
        headers: { "content-type": "application/json", cookie: `${sessionCookie.staff}=${mintToken()}`, ...headers },
      });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    }
    expect(await db.$count(auditEntries)).toBe(before);
  });

  test("a mutation by GET", async () => {
    for (const path of mutations) expect((await door.ask(`/api/trpc/${path}?input={}`)).status).toBe(405);
  });
});

test("every answer carries the headers, and nothing but fingerprinted files is cached", async () => {
  const paths = [
    "/",
    "/livez",
    "/readyz",
    "/metrics",
    "/api/v1/tiers",
    "/api/v1/openapi.json",
    "/api/v1/nowhere",
    "/api/trpc/members.door",
    "/api/trpc/nowhere",
    "/api/uploads",
    "/api/nowhere",
    "/_next/image?url=x",
    "/a%2fb",
  ];
  for (const path of paths) {
    const { headers } = await door.ask(path);
    expect(headers.get("strict-transport-security"), path).toMatch(/max-age=(\d{8,})/);
    expect(headers.get("x-content-type-options"), path).toBe("nosniff");
    expect(headers.get("content-security-policy"), path).toContain("frame-ancestors 'none'");
    expect(headers.get("cross-origin-opener-policy"), path).toBe("same-origin");
    expect(headers.get("cache-control"), path).toBe("private, no-store");
    expect(headers.get("x-powered-by"), path).toBeNull();
  }
  expect((await door.ask("/_next/static/chunks/a.js")).headers.get("cache-control")).toBe("s-maxage=31536000");
});

test("the camera is for the page where codes are scanned, and for no other answer", async () => {
  const cameraOf = async (path: string) =>
    /camera=\(.*?\)/.exec((await door.ask(path)).headers.get("permissions-policy") ?? "")?.[0];
  expect(await cameraOf("/desk/redeem?store=here")).toBe("camera=(self)");
  for (const path of ["/", "/desk", "/desk/redeem/elsewhere", "/livez", "/api/trpc/members.door"]) {
    expect(await cameraOf(path), path).toBe("camera=()");
  }
});

test("a page's scripts run by a nonce that is never used twice, and its headers are not the caller's", async () => {
  const nonces = new Set<string>();
  for (let n = 0; n < 200; n += 1) {
    const policy = (await door.ask("/offers?code=secret", { headers: { "x-nonce": "chosen" } })).headers.get(
      "content-security-policy",
    );
    nonces.add(/script-src 'nonce-([^']+)' 'strict-dynamic';/.exec(policy ?? "")?.[1] ?? "");
  }
  expect(nonces.size).toBe(200);
  expect(seenByPages.at(-1)).toMatchObject({ "x-evenhand-page": "/offers?code=secret" });
  expect(nonces.has(String(seenByPages.at(-1)?.["x-nonce"]))).toBe(true);
});

test("readiness follows the database and ends with the process; liveness needs neither", async () => {
  expect((await door.ask("/readyz")).status).toBe(200);
  const house = houseOf(db);
  const broken = await openTestDoor({
    ...house,
    db: Object.assign(Object.create(db), { probe: () => Promise.reject(new Error("gone")) }),
  });
  expect((await broken.ask("/readyz")).status).toBe(503);
  expect((await broken.ask("/livez")).status).toBe(200);
  broken.close();
  const stopping = await openTestDoor(house);
  stopping.health.stop();
  expect(await (await stopping.ask("/readyz")).text()).toBe("stopping\n");
  stopping.close();
});

test("the figures are shown to whoever bears the token, and name no path that somebody typed", async () => {
  await door.ask("/desk/members/zhang-san");
  expect((await door.ask("/metrics")).status).toBe(404);
  const answer = await door.ask("/metrics", { headers: { authorization: "Bearer a token of some length" } });
  const text = await answer.text();
  expect(text).toContain('evenhand_http_requests_total{route="page"');
  expect(text).not.toContain("zhang-san");
});

test("logs know the route's pattern and nothing of what was asked", async () => {
  const secret = "13800138000";
  await door.ask(`/desk/members?q=${secret}`, { headers: { cookie: `a=${secret}`, referer: `http://x/${secret}` } });
  await door.ask(`/api/trpc/members.door?input=${secret}`);
  await door.ask(`/api/v1/${secret}`, { headers: { authorization: `Bearer evh_${secret}` } });
  await door.ask("/api/trpc/staff.signIn.password", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ json: { email: secret, password: secret } }),
  });
  await expect.poll(() => door.lines.filter((line) => line.includes("answered")).length).toBeGreaterThan(3);
  expect(door.lines.join("\n")).not.toContain(secret);
});

test("a call that carries too much is refused before it is read", async () => {
  const big = JSON.stringify({ json: "x".repeat(300 * 1024) });
  const headers = { "content-type": "application/json" };
  const answer = await door.ask("/api/trpc/members.signOut", { method: "POST", headers, body: big });
  expect(answer.status).toBe(413);
  const many = Array.from({ length: 30 }, () => "members.door").join(",");
  expect((await door.ask(`/api/trpc/${many}?batch=1&input={}`)).status).toBe(400);
});

test("the sessions of staff and members are set in cookies that no other host or script can touch", async () => {
  const { headers } = await door.ask("/api/trpc/members.door");
  expect(headers.get("set-cookie")).toMatch(
    /^__Host-evenhand-browser=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax;/,
  );
});
