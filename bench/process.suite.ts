/** What it takes to be up: time to the first answer, and memory at rest, beside the empty page's server. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { startEvenhand } from "#e2e/evenhand.ts";
import { report } from "./figure.ts";

const EMPTY_PAGE = "bench/empty-page";
if (!existsSync(`${EMPTY_PAGE}/.next/BUILD_ID`))
  throw new Error("run the portal suite first: it builds the empty page");

const begun = performance.now();
const empty = spawn(process.execPath, [`${EMPTY_PAGE}/serve.mjs`], {
  stdio: ["ignore", "pipe", "inherit"],
  env: { ...process.env, NODE_ENV: "production" },
});
const emptyUrl = await portOf(empty.stdout);
await fetch(emptyUrl).then((answer) => answer.text());
const emptyStartMs = performance.now() - begun;
const evenhand = await startEvenhand({ LOG_LEVEL: "error" });
for (let n = 0; n < 50; n += 1) {
  await fetch(`${evenhand.url}/rules`).then((answer) => answer.text());
  await fetch(emptyUrl).then((answer) => answer.text());
}
await pause(2_000);
const memory = {
  web: residentMiB(evenhand.web.pid),
  worker: residentMiB(evenhand.worker.pid),
  empty: residentMiB(empty.pid),
};
empty.kill();
await evenhand.stop();

report("process", [
  {
    name: "cold start to the first answer",
    value: evenhand.coldStartMs,
    unit: "ms",
    reference: { name: "empty page's server", value: emptyStartMs },
    goal: "≤ 150 % of the reference",
    met: evenhand.coldStartMs <= 1.5 * emptyStartMs,
  },
  {
    name: "web, resident after 50 pages",
    value: memory.web,
    unit: "MiB",
    reference: { name: "empty page's server", value: memory.empty },
    goal: "≤ 140 % of the reference",
    met: memory.web <= 1.4 * memory.empty,
  },
  { name: "worker, resident at rest", value: memory.worker, unit: "MiB", goal: "≤ 200 MiB", met: memory.worker <= 200 },
]);

async function portOf(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(output)) if (/^\d+$/.test(line)) return `http://localhost:${line}`;
  throw new Error("the empty page could not be served");
}

function residentMiB(pid: number | undefined): number {
  const [, kib = "0"] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kib) / 1_024;
}
