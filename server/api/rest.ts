import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Refusal } from "../core/refusal.ts";
import { removeUpload } from "../core/uploads.ts";
import type { House } from "../house.ts";
import { authenticate } from "../staff/api-keys/service.ts";
import { parseJson, readBody } from "./body.ts";
import { dataHeaders } from "./headers.ts";
import { answerOnce } from "./idempotency.ts";
import { readForm } from "./multipart.ts";
import { openApiText } from "./openapi.ts";
import { problemOf } from "./problem.ts";
import type { ApiContext, RestRoute, Upload } from "./rest-route.ts";
import type { Handler, OnError } from "./served.ts";

const BASE = "/api/v1";
/** The largest JSON body: a cart of 200 lines is a tenth of it. */
const MAX_JSON = 256 * 1024;

export type RestDeps = {
  readonly house: House;
  readonly routes: readonly RestRoute[];
  readonly onError: OnError;
};

/** The REST interface: answers one request of `/api/v1` and says which route it was. It never throws. */
export function openRest({ house, routes, onError }: RestDeps): Handler {
  const find = routeTable(routes);
  const document = openApiText(routes);

  return async (request, response, requestId) => {
    const [path = "", query] = (request.url ?? "").slice(BASE.length).split("?", 2);
    const method = request.method === "HEAD" ? "GET" : (request.method ?? "GET");
    if (path === "/openapi.json" && method === "GET") {
      send(response, 200, "application/json", document);
      return { route: `${BASE}/openapi.json`, code: null };
    }
    const found = find(method, path);
    const route = found === null ? `${BASE}/*` : BASE + found.route.path;
    try {
      if (found === null) throw new Refusal("ROUTE_NOT_FOUND", {}, "missing");
      const ctx = await contextFor(request, found.route, requestId);
      const status = found.route.status ?? 200;
      const { answer, replayed } = await answerTo(request, ctx, found.route, () => inputOf(query, found.parameters));
      if (replayed) response.setHeader("Idempotent-Replay", "true");
      send(response, status, "application/json", JSON.stringify(answer));
      return { route, code: null };
    } catch (reason) {
      const problem = problemOf(reason, requestId);
      if (problem.status === 500) onError(reason, requestId);
      if (problem.status === 401) response.setHeader("WWW-Authenticate", 'Bearer realm="evenhand"');
      if (problem.status === 429) response.setHeader("Retry-After", String(problem.condition.seconds ?? 1));
      if (!request.complete) response.setHeader("Connection", "close");
      send(response, problem.status, "application/problem+json", JSON.stringify(problem));
      return { route, code: problem.code };
    }
  };

  async function contextFor(request: IncomingMessage, { scope }: RestRoute, requestId: string): Promise<ApiContext> {
    const [, key] = /^Bearer ([\w-]{1,100})$/.exec(request.headers.authorization ?? "") ?? [];
    if (key === undefined) throw new Refusal("API_KEY_INVALID", {}, "unauthenticated");
    const visitor = house.contextFor({ kind: "visitor" }, requestId);
    const actor = await authenticate(visitor, key);
    if (!actor.scopes.has(scope)) throw new Refusal("API_KEY_SCOPE_MISSING", { scope }, "forbidden");
    return { ...visitor, actor };
  }

  async function answerTo(
    request: IncomingMessage,
    ctx: ApiContext,
    route: RestRoute,
    parameters: () => Record<string, string>,
  ): Promise<{ readonly answer: unknown; readonly replayed: boolean }> {
    if (route.method === "GET") return { answer: await route.answer(ctx, parameters(), null), replayed: false };
    const { raw, upload, digest } = route.takesFile ? await formOf(request) : await jsonOf(request);
    const key = request.headers["idempotency-key"];
    if (key === undefined) return { answer: await route.answer(ctx, raw, upload), replayed: false };
    const requestHash = createHash("sha256").update(`${route.method} ${route.path}\n`).update(digest()).digest();
    const once = { key: String(key), requestHash, status: route.status ?? 200 };
    const outcome = await answerOnce(ctx, once, (within) => route.answer(within, raw, upload));
    if (outcome.replayed && upload !== null) await removeUpload(upload.uploadId);
    return outcome;
  }

  async function jsonOf(request: IncomingMessage) {
    const body = await readBody(request, MAX_JSON);
    const nothing: Upload | null = null;
    return { raw: parseJson(request, body), upload: nothing, digest: () => body };
  }

  async function formOf(request: IncomingMessage) {
    const { fields, upload } = await readForm(request, house.config.uploadMaxBytes);
    const digest = () => Buffer.from(JSON.stringify([upload.sha256, Object.entries(fields).sort()]));
    return { raw: { ...fields }, upload, digest };
  }
}

type Found = { readonly route: RestRoute; readonly parameters: Readonly<Record<string, string>> };

/** Finds a route by method and path: fixed paths by one look-up, those with parameters in their order. */
function routeTable(routes: readonly RestRoute[]): (method: string, path: string) => Found | null {
  const fixed = new Map<string, Found>();
  const patterns: { readonly route: RestRoute; readonly pattern: RegExp }[] = [];
  for (const route of routes) {
    if (!route.path.includes("{")) fixed.set(`${route.method} ${route.path}`, { route, parameters: {} });
    else patterns.push({ route, pattern: new RegExp(`^${route.path.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`) });
  }
  return (method, path) => {
    const direct = fixed.get(`${method} ${path}`);
    if (direct !== undefined) return direct;
    for (const { route, pattern } of patterns) {
      const match = route.method === method ? pattern.exec(path) : null;
      if (match) return { route, parameters: { ...match.groups } };
    }
    return null;
  };
}

function inputOf(query: string | undefined, parameters: Readonly<Record<string, string>>): Record<string, string> {
  return { ...Object.fromEntries(new URLSearchParams(query)), ...parameters };
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { ...dataHeaders, "Content-Type": type, "Content-Length": Buffer.byteLength(text) });
  response.end(text);
}
