/**
 * The portal's home as a signed-in member gets it, against an empty dynamic page of the same frame in the same run, in
 * alternating rounds. Needs the production build of the product; builds the empty page when it is not there.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import autocannon, { type Request } from "autocannon";
import { members } from "#db/schema/members.ts";
import { startEvenhand } from "#e2e/evenhand.ts";
import { sessionCookie } from "#server/api/cookies.ts";
import { loadConfig } from "#server/config.ts";
import { openHouse } from "#server/house.ts";
import { openSession } from "#server/members/service.ts";
import { percentile, report } from "./figure.ts";

const SECONDS = Number(process.env.BENCH_SECONDS ?? 4);
const ROUNDS = 3;
const CONNECTIONS = 8;
const MEMBERS = 50;
const EMPTY_PAGE = "bench/empty-page";

const evenhand = await startEvenhand({ LOG_LEVEL: "error" });
const empty = await startEmptyPage().catch(async (reason) => {
  await evenhand.stop();
  throw reason;
});
const ours = { url: evenhand.url, pid: evenhand.web.pid };
const homes = await homesOfMembers();
const rounds: Record<"floor" | "home" | "rules", Round[]> = { floor: [], home: [], rules: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  rounds.floor.push(await measure(empty, [{ method: "GET", path: "/" }]));
  rounds.home.push(await measure(ours, homes));
  rounds.rules.push(await measure(ours, [{ method: "GET", path: "/rules" }]));
}
const [floor, home, rules] = [middle(rounds.floor), middle(rounds.home), middle(rounds.rules)];
empty.stop();
await evenhand.stop();

report("portal", [
  {
    name: "portal home",
    value: home.rate,
    unit: "requests/s",
    reference: { name: "empty dynamic page", value: floor.rate },
    goal: "≥ 60 % of the reference",
    met: home.rate >= 0.6 * floor.rate && home.failed === 0,
  },
  {
    name: "portal home, processor time",
    value: home.cpu,
    unit: "ms a request",
    reference: { name: "empty page", value: floor.cpu },
    goal: "≤ 167 % of the reference",
    met: home.cpu <= 1.67 * floor.cpu,
  },
  {
    name: "portal home, median",
    value: home.p50,
    unit: "ms",
    reference: { name: "empty page", value: floor.p50 },
    goal: "≤ 167 % of the reference",
    met: home.p50 <= 1.67 * floor.p50,
  },
  {
    name: "portal home, p97.5",
    value: home.tail,
    unit: "ms",
    reference: { name: "empty page", value: floor.tail },
    goal: "≤ 167 % of the reference",
    met: home.tail <= 1.67 * floor.tail,
  },
  {
    name: "public rules",
    value: rules.rate,
    unit: "requests/s",
    reference: { name: "empty dynamic page", value: floor.rate },
    goal: "≥ 40 % of the reference",
    met: rules.rate >= 0.4 * floor.rate && rules.failed === 0,
  },
]);

type Round = Awaited<ReturnType<typeof measure>>;

async function measure({ url, pid }: { url: string; pid: number | undefined }, requests: readonly Request[]) {
  const options = { url, requests, connections: CONNECTIONS };
  await autocannon({ ...options, duration: 2 });
  const before = cpuMs(pid);
  const { requests: counted, latency, non2xx, errors } = await autocannon({ ...options, duration: SECONDS });
  const cpu = (cpuMs(pid) - before) / (counted.average * SECONDS);
  return { rate: counted.average, cpu, p50: latency.p50, tail: latency.p97_5, failed: non2xx + errors };
}

/** Processor time that a process has used so far, in milliseconds: what other work on the machine does not change. */
function cpuMs(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Figure by figure the median of the rounds, so that one disturbed round decides nothing. */
function middle(those: readonly Round[]): Round {
  const of = (pick: (round: Round) => number) => percentile(those.map(pick), 0.5);
  return {
    rate: of(({ rate }) => rate),
    cpu: of(({ cpu }) => cpu),
    p50: of(({ p50 }) => p50),
    tail: of(({ tail }) => tail),
    failed: Math.max(...those.map(({ failed }) => failed)),
  };
}

/** The home of many members in turn, each with a session of their own. */
async function homesOfMembers(): Promise<Request[]> {
  const house = await openHouse(loadConfig(evenhand.env));
  const ctx = house.contextFor({ kind: "system" as const, name: "bench" });
  const people = await house.db.select({ id: members.id }).from(members).limit(MEMBERS);
  const requests: Request[] = [];
  for (const { id } of people) {
    const { token } = await house.db.transact((tx) => openSession(tx, ctx, id, "Bench"));
    requests.push({ method: "GET", path: "/", headers: { cookie: `${sessionCookie.member}=${token}` } });
  }
  await house.close();
  return requests;
}

async function startEmptyPage(): Promise<{ url: string; pid: number | undefined; stop(): void }> {
  if (!existsSync(`${EMPTY_PAGE}/.next/BUILD_ID`)) {
    const { status } = spawnSync(process.execPath, ["node_modules/next/dist/bin/next", "build", EMPTY_PAGE], {
      stdio: "inherit",
      env: { ...process.env, NODE_ENV: "production" },
    });
    if (status !== 0) throw new Error("the empty page could not be built");
  }
  const child = spawn(process.execPath, [`${EMPTY_PAGE}/serve.mjs`], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  for await (const line of createInterface(child.stdout)) {
    if (/^\d+$/.test(line)) return { url: `http://localhost:${line}`, pid: child.pid, stop: () => child.kill() };
  }
  throw new Error("the empty page could not be served");
}
