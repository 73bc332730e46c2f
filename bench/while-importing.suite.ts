/** How long members wait for a page while the worker of the same machine imports 200,000 rows, against when it is idle. */
import { openAsBlob, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { members } from "#db/schema/members.ts";
import { startEvenhand } from "#e2e/evenhand.ts";
import { sessionCookie } from "#server/api/cookies.ts";
import { loadConfig } from "#server/config.ts";
import { openHouse } from "#server/house.ts";
import { openSession } from "#server/members/service.ts";
import * as apiKeys from "#server/staff/api-keys/service.ts";
import { testOwner } from "#server/staff/api-keys/testing.ts";
import { percentile, report } from "./figure.ts";
import { writeOrderFile } from "./order-file.ts";

const ROWS = 200_000;
/** A visit every 50 ms: what a brand of a few hundred thousand members sees on an ordinary evening. */
const BETWEEN_MS = 50;
const IDLE_VISITS = 200;

const file = join(tmpdir(), "evenhand-while-importing.csv");
writeOrderFile(file, ROWS);
const evenhand = await startEvenhand({ LOG_LEVEL: "error", UPLOAD_MAX_MB: "500" });
const house = await openHouse(loadConfig(evenhand.env));
const cookies = await sessions();
const { key } = await apiKeys.create(house.contextFor(testOwner(house.newId)), {
  name: "Bench",
  scopes: ["order:import", "order:read"],
});
await house.close();

await visits(async () => false, 100);
const idle = await visits(async () => false, IDLE_VISITS);
const begun = performance.now();
const batchId = await upload();
const busy = await visits(isOver, Number.POSITIVE_INFINITY);
const seconds = (performance.now() - begun) / 1_000;
await evenhand.stop();
const { size } = statSync(file);
rmSync(file);

const [idleP95, busyP95] = [percentile(idle, 0.95), percentile(busy, 0.95)];
report("while-importing", [
  {
    name: `portal home p95 while ${ROWS.toLocaleString("en")} rows (${Math.round(size / 1e6)} MB) come in`,
    value: busyP95,
    unit: "ms",
    reference: { name: "idle p95", value: idleP95 },
    goal: "≤ 150 % of the reference",
    met: busyP95 <= 1.5 * idleP95,
  },
  { name: "visits answered meanwhile", value: busy.length, unit: "", goal: "> 50", met: busy.length > 50 },
  { name: "the import beside them, upload included", value: ROWS / seconds, unit: "rows/s", goal: "–", met: true },
]);

/** Opens the home page of one member after the other until `over` says so; how long each took (ms). */
async function visits(over: () => Promise<boolean>, atMost: number): Promise<number[]> {
  const took: number[] = [];
  while (took.length < atMost && !(await over())) {
    const cookie = cookies[took.length % cookies.length] ?? "";
    const start = performance.now();
    const page = await fetch(evenhand.url, { headers: { cookie }, redirect: "error" });
    await page.text();
    took.push(performance.now() - start);
    await pause(BETWEEN_MS);
  }
  return took;
}

async function upload(): Promise<string> {
  const form = new FormData();
  form.set("file", await openAsBlob(file), "ExportOrderList202606150930.csv");
  const answer = await fetch(`${evenhand.url}/api/v1/order-imports`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}` },
    body: form,
  });
  if (!answer.ok) throw new Error(`the file was not taken: ${await answer.text()}`);
  return z.object({ batchId: z.string() }).parse(await answer.json()).batchId;
}

async function isOver(): Promise<boolean> {
  const answer = await fetch(`${evenhand.url}/api/v1/order-imports/${batchId}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const { state } = z.object({ state: z.string() }).parse(await answer.json());
  return state !== "checking" && state !== "running";
}

async function sessions(): Promise<string[]> {
  const ctx = house.contextFor({ kind: "system" as const, name: "bench" });
  const people = await house.db.select({ id: members.id }).from(members).limit(20);
  const made: string[] = [];
  for (const { id } of people) {
    const { token } = await house.db.transact((tx) => openSession(tx, ctx, id, "Bench"));
    made.push(`${sessionCookie.member}=${token}`);
  }
  return made;
}
