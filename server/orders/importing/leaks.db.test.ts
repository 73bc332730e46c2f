import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { everythingIn } from "#db/dump.ts";
import { freshDatabase, testContext, urlOf } from "#db/testing.ts";
import { systemClock } from "../../core/time.ts";
import { ChosenSettings } from "./model.ts";
import { importFile } from "./service.ts";

const folder = join(import.meta.dirname, "../fixtures");
const files = globSync("{clean,adverse}/*.csv", { cwd: folder }).sort();

/** Numbers long enough to be an id or a phone and e-mail addresses of a file. */
function planted(file: string): string[] {
  const bytes = readFileSync(join(folder, file));
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    text = new TextDecoder("gb18030").decode(bytes);
  }
  return [...text.matchAll(/\d{11,}|[\w.+-]+@[\w-]+\.[\w.]+/g)].map(([value]) => value);
}

test("nothing personal of any file is anywhere in the database", async () => {
  const db = await freshDatabase();
  const ctx = testContext(db, { now: new Date("2026-05-20T02:00:00Z") });
  for (const leaks of ["drop", "quarantine"] as const) {
    for (const file of files) {
      const chosen = ChosenSettings.parse({ leaks });
      await importFile(ctx, systemClock, {
        file: { path: join(folder, file) },
        fileName: file,
        chosen,
        dryRun: false,
        source: "cli",
      });
    }
  }
  const dump = await everythingIn(urlOf(db));
  const values = [...new Set(files.flatMap(planted))];
  expect(values.length).toBeGreaterThan(500);
  expect(values.filter((value) => dump.includes(value))).toEqual([]);
});
