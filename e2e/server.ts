import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/**
 * Serves the demo brand from an empty folder for the whole run, web and worker as in production. The journeys find it
 * through EVENHAND_URL, its database through DATABASE_URL and its keys through DATA_DIR.
 */
export default async function serve(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "evenhand-e2e-"));
  const port = await freePort();
  Object.assign(process.env, {
    NODE_ENV: "production",
    EVENHAND_DEMO: "1",
    SMS_GATEWAY: "outbox",
    HOST: "localhost",
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: join(dataDir, "evenhand.db"),
    LOG_LEVEL: "info",
  });
  const [prepared] = await once(start("server/start/prepare.ts"), "exit");
  if (prepared !== 0) throw new Error("the demo brand could not be prepared");
  const processes = [start("server/web.ts"), start("server/worker.ts")];
  const url = `http://localhost:${port}`;
  process.env.EVENHAND_URL = url;
  await answering(`${url}/readyz`);
  return async () => {
    await Promise.all(
      processes.map(async (child) => {
        if (child.exitCode !== null) return;
        child.kill("SIGTERM");
        await once(child, "exit");
      }),
    );
    rmSync(dataDir, { recursive: true, force: true });
  };
}

function start(program: string): ChildProcess {
  return spawn(process.execPath, [program], { stdio: ["ignore", "ignore", "inherit"] });
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await pause(100);
  }
  throw new Error(`${url} does not answer`);
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
