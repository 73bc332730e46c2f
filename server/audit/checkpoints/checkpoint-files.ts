import { type FileHandle, mkdir, open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readNote, splitNotes } from "./rules.ts";

/** Where checkpoints go outside the database's trust domain: best a volume that the database's owner cannot write. */
export type CheckpointFiles = {
  /** The size of the newest checkpoint kept here; 0 for none. */
  newest(): Promise<number>;
  /** Appends notes, oldest first, and answers once they are durable. */
  append(notes: readonly { readonly note: string; readonly at: Date }[]): Promise<void>;
  /** Everything kept, oldest first: notes, and whatever else stands between them. */
  notes(): AsyncIterable<string>;
};

/** A whole note is far shorter: the end of a file always shows the last one. */
const TAIL = 4_096;

/** One file of notes a day (UTC) in `dir`, only ever appended to; a clock that was set back goes on in the newest file. */
export function checkpointFiles(dir: string): CheckpointFiles {
  const days = async () => {
    const names = await readdir(dir).catch(() => []);
    return names.filter((name) => /^\d{4}-\d\d-\d\d\.txt$/.test(name)).sort();
  };
  return {
    async newest() {
      for (const day of (await days()).reverse()) {
        const file = await open(join(dir, day), "r");
        const [last] = splitNotes(await tailOf(file).finally(() => file.close()))
          .map(readNote)
          .filter((note) => note !== null)
          .slice(-1);
        if (last) return last.size;
      }
      return 0;
    },
    async append(notes) {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      const newest = (await days()).at(-1) ?? "";
      const dayOf = ({ at }: { at: Date }) => {
        const day = `${at.toISOString().slice(0, 10)}.txt`;
        return day > newest ? day : newest;
      };
      for (const [day, ofDay] of Map.groupBy(notes, dayOf)) {
        const text = ofDay.map(({ note }) => `${note}\n`).join("");
        const file = await open(join(dir, day), "a+", 0o600);
        try {
          await dropTornStart(file, text);
          await file.appendFile(text);
          await file.sync();
        } finally {
          await file.close();
        }
      }
    },
    async *notes() {
      for (const day of await days()) yield* splitNotes(await readFile(join(dir, day), "utf8"));
    },
  };
}

/** A crash in mid-write leaves the beginning of the very text that is about to be written again: it is cut off first. */
async function dropTornStart(file: FileHandle, text: string): Promise<void> {
  const tail = await tailOf(file);
  const torn = tail.split(/\n— [^\n]*\n\n/).at(-1) ?? "";
  if (torn !== "" && text.startsWith(torn)) await file.truncate((await file.stat()).size - Buffer.byteLength(torn));
}

async function tailOf(file: FileHandle): Promise<string> {
  const { size } = await file.stat();
  const { buffer, bytesRead } = await file.read(Buffer.alloc(TAIL), 0, TAIL, Math.max(0, size - TAIL));
  return buffer.toString("utf8", 0, bytesRead);
}
