import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { House } from "../house.ts";
import { dataHeaders } from "./headers.ts";
import type { Health } from "./health.ts";
import { errorLine, type Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { openPages, type RenderPage } from "./pages.ts";
import { type Problem, problem, problemOf } from "./problem.ts";
import { examine, pathOf } from "./request-guard.ts";
import { openRest } from "./rest.ts";
import { restRoutes } from "./rest-routes.ts";
import type { Handler, OnError, Served } from "./served.ts";
import { openTransfers } from "./transfers.ts";
import { openTrpc } from "./trpc-http.ts";

export type FrontDoorDeps = {
  readonly house: House;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly renderPage: RenderPage;
  /** The pattern of the page at this path. */
  readonly pagePattern: (path: string) => string;
};

/**
 * The one front door: every request is examined, given an id, answered by us or handed to the pages, counted and logged.
 * What it logs is the route's pattern, never what was asked.
 */
export function openFrontDoor({ house, health, metrics, log, renderPage, pagePattern }: FrontDoorDeps) {
  const onError: OnError = (reason, requestId) => log.error("failed", { requestId, ...errorLine(reason) });
  const transfers = openTransfers(house);
  const routes: readonly (readonly [prefix: string, Handler])[] = [
    ["/api/v1/", openRest({ house, routes: restRoutes, onError })],
    ["/api/trpc/", openTrpc({ house, onError })],
    ["/api/uploads", transfers],
    ["/api/downloads/", transfers],
    ["/api/", nowhere],
    ["/_next/image", nowhere],
    ["/livez", live],
    ["/readyz", ready],
    ["/metrics", measured],
    ["/", openPages({ house, renderPage, pagePattern })],
  ];

  return async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const began = performance.now();
    const requestId = randomUUID();
    const { method = "GET", url = "/", headers } = request;
    let served: Served = { route: "refused", code: null };
    const report = () => {
      const ms = Math.round((performance.now() - began) * 10) / 10;
      metrics.request(served.route, response.statusCode, ms / 1_000);
      log.info("answered", { requestId, method, ...served, status: response.statusCode, ms });
    };
    try {
      const refused = examine({ method, url, headers }, house.config);
      if (refused !== null) {
        served = sendProblem(response, "refused", problem(refused.status, refused.code, requestId));
        request.resume();
        return;
      }
      const path = pathOf(url);
      for (const [prefix, handle] of routes) {
        if (!path.startsWith(prefix)) continue;
        served = await handle(request, response, requestId);
        return;
      }
    } catch (reason) {
      const failed = problemOf(reason, requestId);
      if (failed.status === 500) onError(reason, requestId);
      if (response.headersSent) response.destroy();
      else served = sendProblem(response, "failed", failed);
    } finally {
      if (response.closed) report();
      else response.once("close", report);
    }
  };

  async function nowhere(_: IncomingMessage, response: ServerResponse, requestId: string): Promise<Served> {
    return sendProblem(response, "unknown", problem(404, "ROUTE_NOT_FOUND", requestId));
  }

  async function live(_: IncomingMessage, response: ServerResponse): Promise<Served> {
    return sendText(response, 200, "/livez", "text/plain; charset=utf-8", "alive\n");
  }

  async function ready(_: IncomingMessage, response: ServerResponse): Promise<Served> {
    const trouble = await health.trouble();
    metrics.ready(trouble === null);
    return sendText(
      response,
      trouble === null ? 200 : 503,
      "/readyz",
      "text/plain; charset=utf-8",
      `${trouble ?? "ready"}\n`,
    );
  }

  async function measured(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<Served> {
    const { metricsToken } = house.config;
    if (metricsToken === null || request.headers.authorization !== `Bearer ${metricsToken}`) {
      return nowhere(request, response, requestId);
    }
    return sendText(response, 200, "/metrics", metrics.contentType, await metrics.text());
  }
}

function sendProblem(response: ServerResponse, route: string, body: Problem): Served {
  const served = sendText(response, body.status, route, "application/problem+json", JSON.stringify(body));
  return { ...served, code: body.code };
}

function sendText(response: ServerResponse, status: number, route: string, type: string, text: string): Served {
  response.writeHead(status, { ...dataHeaders, "Content-Type": type, "Content-Length": Buffer.byteLength(text) });
  response.end(text);
  return { route, code: null };
}
