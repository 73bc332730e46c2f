import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Db } from "#db/client.ts";
import { newId, testContext } from "#db/testing.ts";
import { loadConfig } from "../config.ts";
import type { House } from "../house.ts";
import { openFrontDoor } from "./front-door.ts";
import { openHealth } from "./health.ts";
import { openLog } from "./log.ts";
import { openMetrics } from "./metrics.ts";
import type { RenderPage } from "./pages.ts";
import { openFrontServer } from "./socket.ts";

/** A house over a test's database, with the machine's clock. */
export function testHouse(db: Db, env: Record<string, string> = {}): House {
  const { keys } = testContext(db);
  return {
    config: loadConfig({ NODE_ENV: "test", ...env }),
    db,
    keys,
    newId,
    clock: () => new Date(),
    contextFor: (actor, requestId = newId()) => ({ actor, now: new Date(), newId, db, keys, requestId }),
    close: async () => undefined,
  };
}

/** The front door on a free port of this machine; what it logs is kept. */
export async function openTestDoor(
  house: House,
  renderPage: RenderPage = async (_, response) => void response.end("page"),
) {
  const lines: string[] = [];
  const health = openHealth(house);
  const log = openLog("web", "debug", (line) => lines.push(line));
  const serve = openFrontDoor({ house, health, metrics: openMetrics(), log, renderPage, pagePattern: () => "page" });
  const server = openFrontServer(serve);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address: AddressInfo | string | null = server.address();
  const origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  return {
    origin,
    lines,
    health,
    /** Asks as one of our own pages would. */
    ask: (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
      fetch(origin + path, {
        ...init,
        headers: { origin, "sec-fetch-site": "same-origin", ...init.headers },
        redirect: "manual",
      }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
