import { mkdir, open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { idSchema } from "../../core/id.ts";

/** That a consent ended and its values with it: ids alone, nothing of what was erased. */
export const Tombstone = z.strictObject({
  grantId: idSchema<"grant">(),
  /** The decision that ended; a later consent is none of this tombstone's business. */
  decisionId: idSchema<"consentEvent">(),
  /** UTC milliseconds. */
  at: z.int(),
});
export type Tombstone = z.infer<typeof Tombstone>;

/** Erasures kept outside the database, so that a backup put back in place does not bring the erased back. */
export type TombstoneFiles = {
  /** Appends those of one instant, and answers once they are durable. A line written twice does no harm. */
  append(tombstones: readonly Tombstone[]): Promise<void>;
  /** Everything kept from the day of this instant on. Throws on a line that is none, but for one cut off by a crash. */
  since(at: Date): Promise<Tombstone[]>;
};

/** One file of lines a day (UTC) in `dir`, only ever appended to. */
export function tombstoneFiles(dir: string): TombstoneFiles {
  return {
    async append(tombstones) {
      const [first] = tombstones;
      if (first === undefined) return;
      await mkdir(dir, { recursive: true, mode: 0o700 });
      const day = new Date(first.at).toISOString().slice(0, 10);
      const file = await open(join(dir, `${day}.jsonl`), "a", 0o600);
      try {
        await file.appendFile(tombstones.map((tombstone) => `${JSON.stringify(tombstone)}\n`).join(""));
        await file.sync();
      } finally {
        await file.close();
      }
    },
    async since(at) {
      const first = `${at.toISOString().slice(0, 10)}.jsonl`;
      const names = await readdir(dir).catch(() => []);
      const days = names.filter((name) => /^\d{4}-\d\d-\d\d\.jsonl$/.test(name) && name >= first).sort();
      const texts = await Promise.all(days.map((day) => readFile(join(dir, day), "utf8")));
      return texts.flatMap((text) => text.split("\n").filter(isWhole)).map((line) => Tombstone.parse(JSON.parse(line)));
    },
  };
}

/** A crash in mid-write leaves half a line; its job runs again and writes it whole. */
function isWhole(line: string): boolean {
  return line.endsWith("}");
}
