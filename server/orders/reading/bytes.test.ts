import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { chunksOf } from "./bytes.ts";

const bytes = Buffer.from(Uint8Array.from({ length: 300_001 }, (_, at) => (at * 31 + (at >> 8)) & 0xff));

async function onDisk(work: (path: string) => Promise<void>) {
  const folder = await mkdtemp(join(tmpdir(), "evenhand-bytes-"));
  try {
    await writeFile(join(folder, "file"), bytes);
    await work(join(folder, "file"));
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("the pieces of a file are all of it in order, though the next one is read while one is worked on", () =>
  onDisk(async (path) => {
    const copies: Buffer[] = [];
    for await (const piece of chunksOf({ path })) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      copies.push(Buffer.from(piece));
    }
    expect(Buffer.concat(copies).equals(bytes)).toBe(true);
    expect(copies.length).toBe(5);
  }));

test("a file that is gone is an error for the reader", async () => {
  await expect(chunksOf({ path: join(tmpdir(), "evenhand-no-such-file") }).next()).rejects.toThrow("ENOENT");
});
