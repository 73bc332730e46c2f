/** The API over HTTP against a bare node:http server that answers the same bytes, one after the other on the same core. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import autocannon, { type Request } from "autocannon";
import { startEvenhand } from "#e2e/evenhand.ts";
import { loadConfig } from "#server/config.ts";
import { openHouse } from "#server/house.ts";
import * as apiKeys from "#server/staff/api-keys/service.ts";
import { testOwner } from "#server/staff/api-keys/testing.ts";
import { report } from "./figure.ts";

/** Keys that ask in turn, so that no key meets its limit. */
const KEYS = 200;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
const CONNECTIONS = 64;

const question = JSON.stringify({
  tier: "gold",
  channel: "web",
  lines: [
    { sku: "SKU-1", category: "formula", quantity: 2, listPriceFen: 29_800 },
    { sku: "SKU-2", category: "diapers", quantity: 1, listPriceFen: 15_900 },
  ],
});

const evenhand = await startEvenhand({ LOG_LEVEL: "info" });
const house = await openHouse(loadConfig(evenhand.env));
const ctx = house.contextFor(testOwner(house.newId));
const keys: string[] = [];
for (let n = 0; n < KEYS; n += 1) {
  keys.push((await apiKeys.create(ctx, { name: `Bench ${n}`, scopes: ["quote:create"] })).key);
}
await house.close();

const asking = (key: string) => ({
  method: "POST" as const,
  path: "/api/v1/quotes",
  headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
  body: question,
});
const [first = ""] = keys;
const sample = await fetch(`${evenhand.url}/api/v1/quotes`, asking(first));
if (sample.status !== 200) throw new Error(`a quote was refused: ${await sample.text()}`);
const bare = await startBare(await sample.text());
const query = { method: "GET" as const, path: "/api/trpc/members.door" };

const floor = await measure(bare.url, [asking(first)]);
const quotes = await measure(evenhand.url, keys.map(asking));
const floorOfQuery = await measure(bare.url, [query]);
const queries = await measure(evenhand.url, [query]);
bare.stop();
await evenhand.stop();

report("http", [
  {
    name: "POST /api/v1/quotes, recorded and durable",
    value: quotes.rate,
    unit: "requests/s",
    reference: { name: "bare node:http, same body and answer", value: floor.rate },
    goal: "≥ 30 % of the reference",
    met: quotes.rate >= 0.3 * floor.rate && quotes.failed === 0,
  },
  { name: "the same, p95", value: quotes.p95, unit: "ms", goal: "< 50 ms", met: quotes.p95 < 50 },
  {
    name: "a tRPC query",
    value: queries.rate,
    unit: "requests/s",
    reference: { name: "bare node:http", value: floorOfQuery.rate },
    goal: "≥ 10 % of the reference (tRPC's adapter builds a Request)",
    met: queries.rate >= 0.1 * floorOfQuery.rate && queries.failed === 0,
  },
  { name: "web ready", value: evenhand.coldStartMs, unit: "ms", goal: "< 5000 ms", met: evenhand.coldStartMs < 5_000 },
]);

async function measure(url: string, requests: readonly Request[]) {
  await autocannon({ url, requests, connections: CONNECTIONS, duration: 1 });
  const {
    requests: counted,
    latency,
    non2xx,
    errors,
  } = await autocannon({
    url,
    requests,
    connections: CONNECTIONS,
    duration: SECONDS,
  });
  return { rate: counted.average, p95: latency.p97_5, failed: non2xx + errors };
}

/** What node:http can do at most: reads nothing, decides nothing, answers the same text. */
async function startBare(answer: string): Promise<{ url: string; stop(): void }> {
  const program = `
    const { createServer } = require("node:http");
    const server = createServer((request, response) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      response.end(${JSON.stringify(answer)});
    });
    server.listen(0, "localhost", () => console.log(server.address().port));
  `;
  const child = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  const [port] = await once(createInterface(child.stdout), "line");
  return { url: `http://localhost:${port}`, stop: () => child.kill() };
}
