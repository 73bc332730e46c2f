import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { readAll } from "../reading/testing.ts";
import { Draw } from "./draw.ts";
import { damagedFile } from "./files.ts";
import { type BaseTable, baseTables } from "./tables.ts";
import { readingTrial } from "./trials.ts";

const FILES = 200;

let tables: BaseTable[];
beforeAll(async () => {
  tables = await baseTables();
});

/** Some files are the same every time, some are new ones; `fuzz.ts` does the same with any number of them. */
test.each([1, Math.floor(Math.random() * 0x8000_0000)])(
  "whatever was done to a file, it is read or refused, and nothing personal is shown of it (from seed %i)",
  { timeout: 120_000 },
  async (seed) => {
    const outcomes = new Map<string, number>();
    for (let at = seed; at < seed + FILES; at += 1) {
      const { outcome, complaints } = await readingTrial(damagedFile(new Draw(at), tables));
      expect(complaints, `seed ${at}`).toEqual([]);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    expect(outcomes.get("accepted in part")).toBeGreaterThan(FILES / 10);
    expect(outcomes.size).toBeGreaterThan(5);
  },
);

test("a phone in a column's name is not shown either", async () => {
  const file = readFileSync(join(import.meta.dirname, "../fixtures/adverse/leak-notes.csv"));
  const PLANTED = "19912340987";
  const clean = await readAll(file);
  const planted = await Promise.all(
    Array.from({ length: 60 }, (_, n) => {
      const at = n * 11;
      return readAll(Buffer.concat([file.subarray(0, at), Buffer.from(PLANTED), file.subarray(at)]));
    }),
  );
  expect(clean.leaks.length).toBeGreaterThan(0);
  for (const { survey, leaks, reasons } of planted) {
    expect(JSON.stringify([survey, leaks, reasons])).not.toContain(PLANTED);
  }
});
