import { expect, test } from "vitest";
import { everythingIn } from "#db/dump.ts";
import { freshDatabase, testContext, urlOf } from "#db/testing.ts";
import { Draw } from "./draw.ts";
import { damagedFile } from "./files.ts";
import { stands } from "./secrets.ts";
import { baseTables } from "./tables.ts";
import { importTrial } from "./trials.ts";

const FILES = 30;

test.each([1, Math.floor(Math.random() * 0x8000_0000)])(
  "damaged files leave whole batches behind and nothing personal anywhere (from seed %i)",
  { timeout: 120_000 },
  async (seed) => {
    const db = await freshDatabase();
    const ctx = testContext(db, { now: new Date("2026-05-20T02:00:00Z") });
    const tables = await baseTables();
    const secrets: string[] = [];
    let codes = "";
    let imported = 0;
    for (let at = seed; at < seed + FILES; at += 1) {
      const file = damagedFile(new Draw(at), tables);
      const result = await importTrial(ctx, file);
      expect(result.complaints, `seed ${at}`).toEqual([]);
      secrets.push(...file.secrets);
      codes += result.codes;
      if (result.outcome === "imported") imported += 1;
    }
    expect(imported).toBeGreaterThan(5);
    expect(secrets.length).toBeGreaterThan(FILES / 2);
    const held = await everythingIn(urlOf(db));
    expect(secrets.filter((value) => stands(value, held) && !stands(value, codes)).length).toBe(0);
  },
);
