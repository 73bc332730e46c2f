import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { House } from "../house.ts";
import type { Bridge } from "./bridge.ts";
import { requestContext } from "./context.ts";
import { takeUpLocale } from "./cookies.ts";
import { contentSecurityPolicy, sealPageHeaders } from "./headers.ts";
import { pathOf } from "./request-guard.ts";
import { createCaller } from "./root.ts";
import type { Handler } from "./served.ts";

/** Renders a page into the response: Next's request handler. */
export type RenderPage = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What a visitor must not tell the pages, and what only a reverse proxy may. */
const FOREIGN = ["content-security-policy", "content-security-policy-report-only", "x-nonce"] as const;
const PROXIES = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto"] as const;

type PagesDeps = {
  readonly house: House;
  readonly renderPage: RenderPage;
  readonly pagePattern: (path: string) => string;
};

/**
 * Hands a request to the pages, with what they need to know in headers that nobody outside can send: the nonce of its
 * scripts, the page that is asked for, who asks.
 */
export function openPages({ house, renderPage, pagePattern }: PagesDeps): Handler {
  globalThis.evenhand = bridgeOf(house);
  const development = house.config.mode === "development";

  return async (request, response, requestId) => {
    const url = request.url ?? "/";
    const path = pathOf(url);
    const nonce = randomBytes(18).toString("base64");
    const policy = contentSecurityPolicy(nonce, development);
    for (const name of house.config.trustProxy === 0 ? [...FOREIGN, ...PROXIES] : FOREIGN) delete request.headers[name];
    Object.assign(request.headers, {
      "content-security-policy": policy,
      "x-nonce": nonce,
      "x-evenhand-page": url,
      "x-evenhand-request": requestId,
      "x-evenhand-address": request.socket.remoteAddress ?? "",
    });
    takeUpLocale(request, response);
    sealPageHeaders(response, { path, policy, fingerprinted: path.startsWith("/_next/static/") && !development });
    await renderPage(request, response);
    return { route: pagePattern(path), code: null };
  };
}

function bridgeOf(house: House): Bridge {
  return {
    site: house.config.site,
    caller(headers, onError) {
      const asked = Object.fromEntries(headers);
      return createCaller(
        requestContext(house, {
          headers: asked,
          remoteAddress: asked["x-evenhand-address"],
          requestId: asked["x-evenhand-request"] ?? "",
          response: null,
        }),
        onError ? { onError } : {},
      );
    },
  };
}

/**
 * Names pages by the patterns of the build's route manifest (`/desk/members/[id]`), so that logs and figures carry no
 * path that somebody typed.
 */
export function patternsOf(manifest: RoutesManifest): (path: string) => string {
  const routes = [...manifest.staticRoutes, ...manifest.dynamicRoutes].map(({ page, regex }) => ({
    page,
    regex: new RegExp(regex),
  }));
  return (path) => {
    if (path.startsWith("/_next/")) return "/_next/*";
    return routes.find(({ regex }) => regex.test(path))?.page ?? "page";
  };
}

export type RoutesManifest = {
  readonly staticRoutes: readonly { readonly page: string; readonly regex: string }[];
  readonly dynamicRoutes: readonly { readonly page: string; readonly regex: string }[];
};
