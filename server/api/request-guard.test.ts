import { describe, expect, test } from "vitest";
import { type Ask, examine, type Reach } from "./request-guard.ts";

const here: Reach = { publicOrigin: null };
const abroad: Reach = { publicOrigin: "https://members.example.com" };
const ask = (more: Partial<Ask> = {}): Ask => ({
  method: "POST",
  url: "/api/trpc/offers.publish",
  ...more,
  headers: {
    host: "localhost:3000",
    origin: "http://localhost:3000",
    "sec-fetch-site": "same-origin",
    ...more.headers,
  },
});
const code = (more: Partial<Ask>, reach = here) => examine(ask(more), reach)?.code ?? null;

test("our own pages may mutate, here and under the public name", () => {
  expect(examine(ask(), here)).toBeNull();
  const headers = { host: "members.example.com", origin: "https://members.example.com" };
  expect(examine(ask({ headers }), abroad)).toBeNull();
});

describe("a mutation that did not start on one of our pages is refused", () => {
  const forged: Record<string, Ask["headers"]> = {
    "another site": { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    "a sibling of our host": { origin: "http://evil.localhost:3000", "sec-fetch-site": "same-site" },
    "a sandboxed frame or data: page": { origin: "null", "sec-fetch-site": "cross-site" },
    "an old browser on another site": { origin: "https://evil.example", "sec-fetch-site": undefined },
    "an old browser in a sandboxed frame": { origin: "null", "sec-fetch-site": undefined },
    "another port of this machine": { origin: "http://localhost:4000", "sec-fetch-site": "same-site" },
    "our name over another scheme": { origin: "https://localhost:3000" },
    "nobody who says where from": { origin: undefined, "sec-fetch-site": undefined },
    "a typed address": { origin: undefined, "sec-fetch-site": "none" },
    "a page that forges one of the two": { origin: "https://evil.example", "sec-fetch-site": "same-origin" },
  };
  test.each(Object.entries(forged))("%s", (_, headers) => {
    for (const url of ["/api/trpc/offers.publish", "/api/trpc/a,b?batch=1", "/api/uploads"]) {
      expect(code({ url, headers })).toBe("ORIGIN_FORBIDDEN");
      expect(code({ url, headers, method: "PUT" })).toBe("ORIGIN_FORBIDDEN");
    }
  });
});

test("what another site asks the API for is refused even when it only reads", () => {
  const headers = { origin: undefined, "sec-fetch-site": "cross-site" };
  expect(code({ method: "GET", headers })).toBe("ORIGIN_FORBIDDEN");
  expect(code({ method: "GET", url: "/offers", headers })).toBeNull();
});

test("requests that bear an API key come from machines, which have no origin", () => {
  expect(code({ url: "/api/v1/quotes", headers: { origin: undefined, "sec-fetch-site": undefined } })).toBeNull();
});

test.each([
  "next-action",
  "next-resume",
  "x-middleware-subrequest",
  "x-middleware-rewrite",
  "x-invoke-path",
  "x-matched-path",
  "x-prerender-revalidate",
  "x-http-method-override",
  "x-evenhand-page",
])("the header %s is ours or nobody's", (name) => {
  for (const method of ["GET", "POST"])
    expect(code({ method, url: "/offers", headers: { [name]: "1" } })).toBe("HEADER_FORBIDDEN");
});

test.each([
  "http://evil.example/",
  "//evil.example/",
  "*",
  "/desk/../api",
  "/desk/%2e%2e/api",
  "/a%2fb",
  "/a%5cb",
  "/a\\b",
  "/a%00",
  "/./desk",
])("the target %s can be read in two ways", (url) => {
  expect(code({ method: "GET", url })).toBe("URL_FORBIDDEN");
});

test("upgrades, strange methods, long targets and bodies where none belongs are refused", () => {
  expect(code({ method: "GET", url: "/", headers: { upgrade: "websocket" } })).toBe("UPGRADE_FORBIDDEN");
  for (const method of ["DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])
    expect(code({ method })).toBe("METHOD_FORBIDDEN");
  expect(code({ method: "POST", url: "/offers" })).toBe("METHOD_FORBIDDEN");
  expect(code({ method: "GET", url: `/${"a".repeat(9_000)}` })).toBe("URL_TOO_LONG");
  expect(code({ method: "GET", url: "/", headers: { "content-length": "5" } })).toBe("BODY_FORBIDDEN");
  expect(code({ method: "GET", url: "/", headers: { "transfer-encoding": "chunked" } })).toBe("BODY_FORBIDDEN");
});

test("only our own names are answered, so that no other name can be bound to this address", () => {
  for (const host of ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", undefined]) {
    expect(code({ method: "GET", url: "/", headers: { host } })).toBe("HOST_UNKNOWN");
    expect(code({ method: "GET", url: "/livez", headers: { host } })).toBeNull();
  }
  for (const host of ["localhost:3000", "127.0.0.1:3000", "[::1]:3000"])
    expect(code({ method: "GET", url: "/", headers: { host } })).toBeNull();
  expect(code({ method: "GET", url: "/", headers: { host: "localhost" } }, abroad)).toBe("HOST_UNKNOWN");
});
