import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { freshDatabase, urlOf } from "#db/testing.ts";
import { THREAD_BYTES } from "../importing/threading.ts";
import { Draw } from "./draw.ts";
import { grown, twoLists } from "./histories.ts";
import { bringToItsEnd, interrupt, prepare, type Scene, stateOf, Victim, type Work } from "./interruptions.ts";

/** Longer than any machine takes over one of these. */
const PATIENCE_MS = 200_000;
const { earlier, later } = twoLists(1_200);
const folder = mkdtempSync(join(tmpdir(), "evenhand-kill-"));
afterAll(() => rmSync(folder, { recursive: true }));
const files: Record<Work, Uint8Array> = { import: later, "large import": grown(later, THREAD_BYTES), undo: later };
for (const [work, bytes] of Object.entries(files)) writeFileSync(join(folder, `${work}.csv`), bytes);

/** Where the work begins, in a database of its own. */
async function begun(work: Work): Promise<Scene> {
  const url = urlOf(await freshDatabase());
  return { url, work, batchId: await prepare(url, work, earlier, files[work]), path: join(folder, `${work}.csv`) };
}

async function undisturbed(work: Work) {
  const scene = await begun(work);
  const started = performance.now();
  await bringToItsEnd(scene);
  const tookMs = performance.now() - started;
  const state = await stateOf(scene.url);
  expect(state.length).toBeGreaterThan(1_200);
  return { state, tookMs };
}

test.each([
  {
    work: "import",
    places: [
      "import.chunk-begun",
      "import.chunk-written",
      "import.chunk-written:2",
      "import.chunk-committed",
      "import.before-report",
    ],
  },
  {
    work: "undo",
    places: ["undo.chunk-written", "undo.chunk-written:2", "undo.chunk-committed", "undo.before-report"],
  },
] as const)("killed at every place in turn, $work ends as one that was not", { timeout: 240_000 }, async (told) => {
  const { state } = await undisturbed(told.work);
  const scene = await begun(told.work);
  for (const place of told.places) {
    const { killed } = await new Victim(scene, place).run(PATIENCE_MS);
    expect(killed, place).toBe(true);
  }
  await bringToItsEnd(scene);
  expect(await stateOf(scene.url)).toEqual(state);
});

/** `kill.ts` does the same hundreds of times, to each of the works. */
test("killed at any instant, an import that a thread reads ends as one that was not", {
  timeout: 240_000,
}, async () => {
  const { state, tookMs } = await undisturbed("large import");
  const scene = await begun("large import");
  const seed = Math.floor(Math.random() * 0x8000_0000);
  await interrupt(new Draw(seed), scene, 0.9 * tookMs);
  expect(await stateOf(scene.url), `seed ${seed}`).toEqual(state);
});
