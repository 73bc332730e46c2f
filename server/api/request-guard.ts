import type { IncomingHttpHeaders } from "node:http";

/** What the guard looks at. */
export type Ask = { readonly method: string; readonly url: string; readonly headers: IncomingHttpHeaders };

/** Why a request is turned away before anything reads it. */
export type Refused = { readonly status: number; readonly code: string };

/** Where browsers reach us: one configured origin, or (null) this machine under its loopback names. */
export type Reach = { readonly publicOrigin: string | null };

const MAX_URL = 8_192;
const METHODS = new Set(["GET", "HEAD", "POST", "PUT"]);
/** Headers by which frames were steered from outside, and those by which this front door speaks to its own pages. */
const FORBIDDEN_HEADERS = new Set([
  "next-action",
  "next-resume",
  "x-matched-path",
  "x-prerender-revalidate",
  "x-http-method-override",
]);
const FORBIDDEN_FAMILIES = /^x-(?:evenhand|middleware|invoke|now)-/;
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
/** Paths that machines ask for by address, whatever the public name is. */
const PROBES = new Set(["/livez", "/readyz", "/metrics"]);

/**
 * Turns away what no honest client of ours sends: shapes that have steered frameworks (security R4), unknown hosts, and
 * every mutation that did not start on one of our own pages. Requests of `/api/v1` bear a key and no cookie counts
 * there, so their origin says nothing. Null: let it in.
 */
export function examine({ method, url, headers }: Ask, reach: Reach): Refused | null {
  if (!METHODS.has(method)) return { status: 405, code: "METHOD_FORBIDDEN" };
  if (url.length > MAX_URL) return { status: 414, code: "URL_TOO_LONG" };
  const path = pathOf(url);
  if (!isPlainPath(path)) return { status: 400, code: "URL_FORBIDDEN" };
  if (headers.upgrade !== undefined) return { status: 400, code: "UPGRADE_FORBIDDEN" };
  for (const name in headers) {
    if (FORBIDDEN_HEADERS.has(name) || FORBIDDEN_FAMILIES.test(name)) return { status: 400, code: "HEADER_FORBIDDEN" };
  }
  const mutates = method === "POST" || method === "PUT";
  if (!mutates && bringsBody(headers)) return { status: 400, code: "BODY_FORBIDDEN" };
  if (PROBES.has(path)) return mutates ? { status: 405, code: "METHOD_FORBIDDEN" } : null;
  if (!isOurHost(headers.host, reach)) return { status: 421, code: "HOST_UNKNOWN" };
  if (path.startsWith("/api/v1/")) return null;
  if (mutates && !path.startsWith("/api/")) return { status: 405, code: "METHOD_FORBIDDEN" };
  if (path.startsWith("/api/") && isForeign(headers, reach, mutates)) return { status: 403, code: "ORIGIN_FORBIDDEN" };
  return null;
}

/** The path of a request target, without its query. */
export function pathOf(url: string): string {
  const end = url.indexOf("?");
  return end === -1 ? url : url.slice(0, end);
}

/** Origin-form only, and nothing that two parsers could read as two paths. */
function isPlainPath(path: string): boolean {
  return path.startsWith("/") && !path.startsWith("//") && !/[\\\s]|%(?:00|2e|2f|5c)|\/\.\.?(?:\/|$)/i.test(path);
}

function bringsBody(headers: IncomingHttpHeaders): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

function isOurHost(host: string | undefined, { publicOrigin }: Reach): boolean {
  if (host === undefined) return false;
  return publicOrigin === null ? LOOPBACK.test(host) : host === new URL(publicOrigin).host;
}

/** The origin of our own pages as this request's browser sees it. */
export function ownOrigin(host: string | undefined, { publicOrigin }: Reach): string {
  return publicOrigin ?? `http://${host ?? "localhost"}`;
}

/**
 * A browser tells where a request comes from by `Sec-Fetch-Site`, older ones by `Origin`. Both must speak for us when
 * they are there; a mutation needs at least one of them. "null" is an origin like any other: not ours.
 */
function isForeign(headers: IncomingHttpHeaders, reach: Reach, mutates: boolean): boolean {
  const site = headers["sec-fetch-site"];
  const origin = headers.origin;
  if (site !== undefined && site !== "same-origin" && (mutates || site !== "none")) return true;
  if (origin !== undefined) return origin !== ownOrigin(headers.host, reach);
  return mutates && site === undefined;
}
