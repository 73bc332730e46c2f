/** The web process: one plain HTTP server in front of everything, and the pages behind it. */

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import next from "next";
import { missingMigrations } from "#db/migrate.ts";
import { openFrontDoor } from "./api/front-door.ts";
import { openHealth } from "./api/health.ts";
import { errorLine, openLog } from "./api/log.ts";
import { openMetrics } from "./api/metrics.ts";
import { patternsOf } from "./api/pages.ts";
import { isHotReload, listen, openFrontServer, stopServer } from "./api/socket.ts";
import { openHouse } from "./house.ts";
import { giveUp, settingsOrExit } from "./start/settings.ts";

const config = settingsOrExit();
const development = config.mode === "development";
const log = openLog("web", config.logLevel);
const root = join(import.meta.dirname, "..");

const missing = await missingMigrations(config.databaseUrl).catch(() =>
  giveUp("the database does not answer: check DATABASE_URL"),
);
if (missing.length > 0) giveUp(`the database lacks ${missing.length} migration(s): npm start applies them`);
const house = await openHouse(config).catch((reason: Error) => giveUp(reason.message));

/** Next would listen for upgrades on our socket; it gets a server of its own that never listens. */
const pageServer = createServer();
const pages = next({ dev: development, dir: root, hostname: config.host, port: config.port, httpServer: pageServer });
await pages
  .prepare()
  .catch((reason: Error) => giveUp(`the pages cannot be served (${reason.message}): npm start builds them`));
const renderPage = pages.getRequestHandler();

const health = openHealth(house);
const metrics = openMetrics();
const manifest = development ? null : JSON.parse(await readFile(join(root, ".next", "routes-manifest.json"), "utf8"));
const serve = openFrontDoor({
  house,
  health,
  metrics,
  log,
  renderPage: (request, response) => renderPage(request, response),
  pagePattern: manifest === null ? () => "page" : patternsOf(manifest),
});

const server = openFrontServer(serve);
server.on("upgrade", (request, socket, head) => {
  if (development && isHotReload(request)) pageServer.emit("upgrade", request, socket, head);
  else socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
});
await listen(server, config).catch((reason: Error) => giveUp(reason.message));
const figures =
  config.metricsPort === null
    ? null
    : createServer(async (_, response) => {
        response.writeHead(200, { "Content-Type": metrics.contentType }).end(await metrics.text());
      });
if (figures !== null)
  await listen(figures, { host: "127.0.0.1", port: config.metricsPort ?? 0 }).catch((reason: Error) =>
    giveUp(reason.message),
  );

log.info("listening", { port: config.port });
process.send?.("ready");

process.once("SIGTERM", stop).once("SIGINT", stop);
process.on("unhandledRejection", (reason) => log.error("unhandled", errorLine(reason)));
process.on("uncaughtException", (reason) => {
  log.error("uncaught", errorLine(reason));
  process.exit(1);
});

/** Says it is not ready, answers what is under way, closes, ends. */
async function stop(): Promise<void> {
  health.stop();
  log.info("stopping");
  figures?.close();
  await stopServer(server, 10_000);
  await pages.close();
  await house.close();
  process.exit(0);
}
