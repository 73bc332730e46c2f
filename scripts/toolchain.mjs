// What a bare machine needs before anything of Evenhand can run. Built-in modules only, and nothing newer than
// Node 20.9: this file runs before the packages, and the Node that comes with them, are there.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
const cache = join(root, ".cache");
/** Whoever started this process. */
const starter = process.ppid;

/** Says one line about what is going on. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Ends with one clear line. */
export function fail(line) {
  say(`evenhand: ${line}`);
  process.exit(1);
}

/** Installs the packages of the lock file when it changed since the last install. */
export async function install() {
  const lock = join(root, "package-lock.json");
  const digest = sha256(readFileSync(lock));
  const stamp = join(root, "node_modules", ".evenhand-installed");
  if (readText(stamp) === digest) return;
  await exclusively("install", () => {
    if (readText(stamp) === digest) return;
    say("Installing packages (a minute or two the first time) …");
    const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: root,
      stdio: ["ignore", 2, 2],
    });
    if (npm.error) fail("npm was not found: install Node.js 20.9 or later with npm, then try again");
    if (npm.status !== 0) fail("the packages could not be installed: see npm's message above, then try again");
    writeFileSync(stamp, digest);
  });
}

/** The Node that runs Evenhand: the one pinned in the lock file, else the machine's own if it is 22.14 or later. */
export function runtime() {
  const pinned = join(root, "node_modules", `node-${process.platform}-${process.arch}`, "bin", "node");
  if (existsSync(pinned) && spawnSync(pinned, ["--version"]).status === 0) return pinned;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  return fail(`Node.js 22.18 or later is needed on ${process.platform}-${process.arch}; this is ${process.version}`);
}

/** Reads `.env`, where there is one, into this process; what the environment already says wins. */
export function loadSettings() {
  const file = join(root, ".env");
  if (!existsSync(file)) return;
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const [, name, value] = /^\s*([A-Z_]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined && process.env[name] === undefined) process.env[name] = value.replace(/^"(.*)"$/, "$1");
  }
}

/** Demo unless the environment says production; the demo shows its one-time codes on screen. */
export function demoSettings() {
  const demo = process.env.EVENHAND_DEMO ?? (process.env.NODE_ENV === "production" ? "0" : "1");
  return { EVENHAND_DEMO: demo, SMS_GATEWAY: process.env.SMS_GATEWAY ?? (demo === "1" ? "outbox" : "off") };
}

/** Environment for children: the chosen Node and the packages' commands come first. */
export function environment(extra = {}) {
  const bin = join(root, "node_modules", ".bin");
  return {
    ...process.env,
    PATH: `${bin}:${process.env.PATH ?? ""}`,
    NEXT_TELEMETRY_DISABLED: "1",
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --import=${new URL("resolving.mjs", import.meta.url).href}`.trim(),
    // What a process compiled at its start, the next one need not.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(cache, "compiled"),
    ...extra,
  };
}

/** Calls `stop` once: on SIGINT, on SIGTERM, and when whoever started this process is gone (npm passes no signal on). */
export function onStop(stop) {
  const watch = setInterval(() => {
    if (process.ppid !== starter) end();
  }, 500);
  watch.unref();
  const end = () => {
    clearInterval(watch);
    process.off("SIGINT", end).off("SIGTERM", end);
    stop();
  };
  process.on("SIGINT", end).on("SIGTERM", end);
}

/** Runs a command to its end with its output shown; answers its exit code. */
export async function run(command, args, { env = environment(), stdio = "inherit" } = {}) {
  const child = spawn(command, args, { cwd: root, env, stdio });
  const stop = (signal) => child.kill(signal);
  process.on("SIGINT", stop).on("SIGTERM", stop);
  return new Promise((resolve) => {
    child.on("error", () => resolve(127));
    child.on("exit", (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}

/** Builds the pages when their sources changed since the last build. */
export async function build() {
  const digest = digestOf([
    "app",
    "server",
    "next.config.ts",
    "postcss.config.mjs",
    "tsconfig.json",
    "package-lock.json",
  ]);
  const stamp = join(root, ".next", "evenhand-built");
  if (readText(stamp) === digest) return;
  await exclusively("build", async () => {
    if (readText(stamp) === digest) return;
    say("Building the pages (half a minute) …");
    const code = await run(runtime(), [join(root, "node_modules", "next", "dist", "bin", "next"), "build"], {
      env: environment({ NODE_ENV: "production" }),
      stdio: ["ignore", 2, 2],
    });
    if (code !== 0) fail("the pages could not be built: see the message above");
    writeFileSync(stamp, digest);
  });
}

/** A Chromium: CHROMIUM_PATH, Playwright's own, the machine's, Debian's package, else a download by Playwright. */
export function browser() {
  const found = findBrowser();
  if (found) return found;
  if (spawnSync("apt-get", ["--version"]).status === 0 && process.getuid?.() === 0) {
    say("Installing Chromium and a Chinese font from the distribution …");
    spawnSync("apt-get", ["update", "-qq"], { stdio: ["ignore", 2, 2] });
    for (const name of ["chromium-headless-shell", "chromium"]) {
      if (findBrowser()) break;
      spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name, "fonts-noto-cjk"], {
        stdio: ["ignore", 2, 2],
        env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      });
    }
  } else {
    say("Downloading Chromium …");
    spawnSync(runtime(), [join(root, "node_modules", "playwright", "cli.js"), "install", "chromium"], {
      stdio: ["ignore", 2, 2],
    });
  }
  return findBrowser() ?? fail("no browser for the tests: install Chromium and set CHROMIUM_PATH to it");
}

function findBrowser() {
  const own = spawnSync(
    runtime(),
    ["-e", 'import("playwright-core").then((p) => process.stdout.write(p.chromium.executablePath()))'],
    { cwd: root, encoding: "utf8" },
  ).stdout;
  // The shell first: without windows of its own to draw it takes a fraction of the time.
  const names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const onPath = names.flatMap((name) => (process.env.PATH ?? "").split(":").map((folder) => join(folder, name)));
  return [process.env.CHROMIUM_PATH, own, ...onPath].find((path) => path && existsSync(path));
}

/** Runs `work` while no other process runs work of the same name; a lock of a dead process is taken over. */
async function exclusively(name, work) {
  mkdirSync(cache, { recursive: true });
  const lock = join(cache, `${name}.lock`);
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      break;
    } catch {
      if (!isAlive(Number(readText(lock)))) rmSync(lock, { force: true });
      else await pause(250);
    }
  }
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function isAlive(pid) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function digestOf(paths) {
  const hash = createHash("sha256");
  const visit = (path) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) visit(join(path, name));
    } else if (!/\.(test|spec)\.tsx?$/.test(path)) {
      hash.update(path).update(readFileSync(path));
    }
  };
  for (const path of paths) visit(join(root, path));
  return hash.digest("hex");
}

function readText(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}
