import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "#db/client.ts";
import { freshDatabase, urlOf } from "#db/testing.ts";
import { THREAD_BYTES } from "../importing/threading.ts";
import { Draw } from "./draw.ts";
import { grown, twoLists } from "./histories.ts";
import { carryOn, interrupt, prepare, stateOf, type Work } from "./interruptions.ts";

const { earlier, later } = twoLists(1_000);
const folder = mkdtempSync(join(tmpdir(), "evenhand-kill-"));
const files: Record<Work, Uint8Array> = { import: later, "large import": grown(later, THREAD_BYTES), undo: later };
for (const [work, bytes] of Object.entries(files)) writeFileSync(join(folder, `${work}.csv`), bytes);

/** Where the work begins, in a database of its own. */
async function begun(work: Work) {
  const url = urlOf(await freshDatabase());
  return { url, work, batchId: await prepare(url, work, earlier, files[work]), path: join(folder, `${work}.csv`) };
}

/** `kill.ts` does the same hundreds of times. */
test.each([
  { work: "import", times: 2 },
  { work: "large import", times: 1 },
  { work: "undo", times: 1 },
] as const)("killed at any instant, $work ends as one that was not", { timeout: 240_000 }, async ({ work, times }) => {
  const undisturbed = await begun(work);
  const started = performance.now();
  const db = await openDatabase(undisturbed.url);
  await carryOn(db, work, undisturbed.batchId, undisturbed.path);
  await db.close();
  const tookMs = performance.now() - started;
  const expected = await stateOf(undisturbed.url);
  expect(expected.length).toBeGreaterThan(1_000);
  const seed = Math.floor(Math.random() * 0x8000_0000);
  const ends = await Promise.all(
    Array.from({ length: times }, async (_, time) => {
      const at = await begun(work);
      const kills = await interrupt(new Draw(seed + time), at, 0.9 * tookMs);
      return { seed: seed + time, kills, state: await stateOf(at.url) };
    }),
  );
  for (const end of ends) expect(end.state, `seed ${end.seed}`).toEqual(expected);
});
