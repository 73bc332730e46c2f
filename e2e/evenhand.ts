import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** A running Evenhand of a test's or bench's own: production build, demo brand, a folder that goes with it. */
export type Evenhand = {
  readonly url: string;
  /** The settings it runs with, for programs that join it: command line, a second house. */
  readonly env: Readonly<Record<string, string>>;
  /** All that its processes logged. */
  readonly logFile: string;
  readonly web: ChildProcess;
  readonly worker: ChildProcess;
  /** Milliseconds from starting the web process to its first answer. */
  readonly coldStartMs: number;
  stop(): Promise<void>;
};

/** Prepares the demo brand in an empty folder and serves it as `npm start` does, web and worker. */
export async function startEvenhand(settings: Readonly<Record<string, string>> = {}): Promise<Evenhand> {
  const dataDir = mkdtempSync(join(tmpdir(), "evenhand-"));
  const port = await freePort();
  const logFile = join(dataDir, "evenhand.log");
  const env = {
    NODE_ENV: "production",
    EVENHAND_DEMO: "1",
    SMS_GATEWAY: "outbox",
    HOST: "localhost",
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: join(dataDir, "evenhand.db"),
    ...settings,
  };
  const log = createWriteStream(logFile, { flags: "a" });
  const start = (...program: string[]): ChildProcess => {
    const child = spawn(process.execPath, program, {
      env: { ...process.env, ...env, NODE_ENV: "production" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    return child;
  };
  const [prepared] = await once(start("server/start/prepare.ts"), "exit");
  if (prepared !== 0) throw new Error(`the demo brand could not be prepared: see ${logFile}`);
  const url = `http://localhost:${port}`;
  const begun = performance.now();
  const [web, worker] = [start("server/web.ts"), start("--max-semi-space-size=8", "server/worker.ts")];
  await answering(`${url}/readyz`, web, logFile);
  const coldStartMs = performance.now() - begun;
  return {
    url,
    env,
    logFile,
    web,
    worker,
    coldStartMs,
    async stop() {
      await Promise.all([web, worker].map(stopProcess));
      log.end();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}

async function answering(url: string, web: ChildProcess, logFile: string): Promise<void> {
  for (let tries = 0; tries < 600 && web.exitCode === null; tries += 1) {
    const isReady = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    await pause(50);
  }
  throw new Error(`${url} does not answer: see ${logFile}`);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, "localhost");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
