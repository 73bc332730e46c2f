import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import { Refusal } from "../core/refusal.ts";
import type { House } from "../house.ts";
import { isJson } from "./body.ts";
import { requestContext } from "./context.ts";
import { sealDataHeaders } from "./headers.ts";
import { pathOf } from "./request-guard.ts";
import { appRouter } from "./root.ts";
import type { Handler, OnError } from "./served.ts";

const BASE = "/api/trpc/";
/** The largest body of a call (bytes). */
const MAX_CALL = 256 * 1024;
/** Calls that may share one request. */
const MAX_BATCH = 20;

/** The procedures over HTTP: queries by GET, mutations by POST with a JSON body, subscriptions as server-sent events. */
export function openTrpc({ house, onError }: { readonly house: House; readonly onError: OnError }): Handler {
  const known = new Set(Object.keys(appRouter._def.procedures));

  return async (request, response, requestId) => {
    const path = pathOf(request.url ?? "").slice(BASE.length);
    const route = known.has(path) ? BASE + path : path.includes(",") ? `${BASE}batch` : `${BASE}unknown`;
    if (request.method !== "GET" && !isJson(request.headers["content-type"])) {
      throw new Refusal("CONTENT_TYPE_FORBIDDEN", {}, "invalid");
    }
    if (Number(request.headers["content-length"] ?? 0) > MAX_CALL) {
      throw new Refusal("BODY_TOO_LARGE", { maxBytes: MAX_CALL }, "too_large");
    }
    sealDataHeaders(response);
    let code: string | null = null;
    await nodeHTTPRequestHandler({
      router: appRouter,
      path: decodeURIComponent(path),
      req: request,
      res: response,
      maxBodySize: MAX_CALL,
      maxBatchSize: MAX_BATCH,
      createContext: async () =>
        requestContext(house, {
          headers: request.headers,
          remoteAddress: request.socket.remoteAddress,
          requestId,
          response,
        }),
      onError: ({ error }) => {
        code = error.cause instanceof Refusal ? error.cause.code : error.code;
        if (error.code === "INTERNAL_SERVER_ERROR") onError(error.cause ?? error, requestId);
      },
    });
    return { route, code };
  };
}
