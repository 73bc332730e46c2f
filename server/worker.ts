/** The worker process: runs jobs and seals the audit log, with a database connection of its own. */
import { setTimeout as pause } from "node:timers/promises";
import { missingMigrations } from "#db/migrate.ts";
import { errorLine, openLog } from "./api/log.ts";
import { seal } from "./audit/checkpoints/service.ts";
import { outsideFiles } from "./audit/jobs.ts";
import { failpoint } from "./core/failpoint.ts";
import { openHouse } from "./house.ts";
import { jobHandlers } from "./jobs/registry.ts";
import { openRunner } from "./jobs/runner.ts";
import { giveUp, settingsOrExit } from "./start/settings.ts";

/** How often waiting audit entries are sealed, and how often a new day is looked for. */
const SEAL_MS = 1_000;
const DAY_CHECK_MS = 60_000;
/** How long running jobs may take to end once the process is asked to stop. */
const GRACE_MS = 8_000;

const config = settingsOrExit();
const log = openLog("worker", config.logLevel);
const missing = await missingMigrations(config.databaseUrl).catch(() =>
  giveUp("the database does not answer: check DATABASE_URL"),
);
if (missing.length > 0) giveUp(`the database lacks ${missing.length} migration(s): npm start applies them`);
const house = await openHouse(config).catch((reason: Error) => giveUp(reason.message));
const files = outsideFiles(config.dataDir);
const stopping = new AbortController();

const runner = openRunner({
  db: house.db,
  handlers: jobHandlers,
  clock: house.clock,
  random: Math.random,
  context: (kind) => house.contextFor({ kind: "system", name: kind }),
  onFailure: ({ id, kind, attempt, code, dead }) => {
    log[dead ? "error" : "warn"](dead ? "job given up" : "job failed", { job: id, kind, attempt, code });
  },
  onTrouble: (reason) => log.error("queue trouble", errorLine(reason)),
});

runner.start(config.workerSlots);
const chores = [
  every(SEAL_MS, async () => {
    failpoint("audit.before-seal");
    await seal(house.contextFor({ kind: "system", name: "audit.seal" }), files);
    failpoint("audit.after-seal");
  }),
  every(DAY_CHECK_MS, () => runner.scheduleDay()),
];
log.info("working");
process.send?.("ready");

process.once("SIGTERM", stop).once("SIGINT", stop);
process.on("unhandledRejection", (reason) => log.error("unhandled", errorLine(reason)));
process.on("uncaughtException", (reason) => {
  log.error("uncaught", errorLine(reason));
  process.exit(1);
});

/** Does `chore` now and then again `ms` after it ended, until the process stops. Trouble is logged and tried again. */
async function every(ms: number, chore: () => Promise<unknown>): Promise<void> {
  while (!stopping.signal.aborted) {
    await chore().catch((reason) => log.error("chore failed", errorLine(reason)));
    await pause(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  }
}

/** Takes no more jobs, lets running ones end or gives them back, seals what is left, ends. */
async function stop(): Promise<void> {
  log.info("stopping");
  stopping.abort();
  await runner.stop(GRACE_MS);
  await Promise.all(chores);
  await seal(house.contextFor({ kind: "system", name: "audit.seal" }), files).catch((reason) =>
    log.error("chore failed", errorLine(reason)),
  );
  await house.close();
  process.exit(0);
}
