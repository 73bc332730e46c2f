import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditCheckpoints, auditEntries, auditLeaves, auditPending } from "#db/schema/audit.ts";
import { freshDatabase, testContext } from "#db/testing.ts";
import type { Context } from "../../core/context.ts";
import * as audit from "../service.ts";
import { verify } from "../verification/queries.ts";
import { checkpointFiles } from "./checkpoint-files.ts";
import { readNote, splitNotes } from "./rules.ts";
import { seal } from "./service.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "evenhand-seal-"));
});
afterAll(() => rm(root, { recursive: true }));

const act = (ctx: Context) =>
  ctx.db.transact((tx) => audit.record(tx, ctx, { action: "order.import", subject: { kind: "test", id: null } }));

async function whole(ctx: Context, dir: string) {
  return verify(ctx.db, ctx.keys, { outside: () => checkpointFiles(dir).notes() });
}

describe("sealing", () => {
  test("by several processes while others record loses nothing, doubles nothing and makes one chain", async () => {
    const ctx = testContext(await freshDatabase());
    const dir = join(root, "together");
    const recording = Array.from({ length: 60 }, () => act(ctx));
    const sealing = Array.from({ length: 4 }, async () => {
      for (let n = 0; n < 5; n += 1) await seal(ctx, checkpointFiles(dir));
    });
    await Promise.all([...recording, ...sealing]);
    await seal(ctx, checkpointFiles(dir));
    const found = await whole(ctx, dir);
    expect(found).toMatchObject({ ok: true, problems: [], entries: 60, sealed: 60, unsealed: 0 });
    expect(await ctx.db.$count(auditLeaves)).toBe(60);
    expect(await ctx.db.$count(auditPending)).toBe(0);
  });

  test("a crash between commit and file, or in the middle of a line, is made good by the next seal", async () => {
    const ctx = testContext(await freshDatabase());
    const dir = join(root, "crash");
    const files = checkpointFiles(dir);
    await act(ctx);
    await seal(ctx, files);
    await act(ctx);
    await seal(ctx, { ...files, append: () => Promise.reject(new Error("power cut")) }).catch(() => undefined);
    const [day = ""] = await readdir(dir);
    const [, second] = await ctx.db.select().from(auditCheckpoints).orderBy(auditCheckpoints.size);
    for (const torn of [0, 1, 40, 120, (second?.note.length ?? 0) - 1, second?.note.length ?? 0]) {
      const before = await readFile(join(dir, day), "utf8");
      await appendFile(join(dir, day), second?.note.slice(0, torn) ?? "");
      await seal(ctx, files);
      expect(await whole(ctx, dir)).toMatchObject({ ok: true, size: 2 });
      expect(await files.newest()).toBe(2);
      await writeFile(join(dir, day), before);
    }
  });

  test("goes on in the newest file when the clock was set back, and never writes a checkpoint twice", async () => {
    const ctx = testContext(await freshDatabase());
    const dir = join(root, "clock");
    for (const hours of [0, 30, -50, 1]) {
      const then = { ...ctx, now: new Date(ctx.now.getTime() + hours * 3_600_000) };
      await act(then);
      await seal(then, checkpointFiles(dir));
      await seal(then, checkpointFiles(dir));
    }
    const days = (await readdir(dir)).sort();
    expect(days).toHaveLength(2);
    const sizes = [];
    for (const day of days) {
      for (const note of splitNotes(await readFile(join(dir, day), "utf8"))) sizes.push(readNote(note)?.size);
    }
    expect(sizes).toEqual([1, 2, 3, 4]);
    expect(await whole(ctx, dir)).toMatchObject({ ok: true });
  });

  test("many entries go into batches of one checkpoint each", async () => {
    const ctx = testContext(await freshDatabase());
    const id = await act(ctx);
    const [one] = await ctx.db.select().from(auditEntries).where(eq(auditEntries.id, id));
    if (one === undefined) throw new Error("no entry");
    const more = Array.from({ length: 2_099 }, () => ({ ...one, id: ctx.newId<"auditEntry">() }));
    await ctx.db.transact(async (tx) => {
      await tx.bulkInsert(auditEntries, more);
      await tx.bulkInsert(
        auditPending,
        more.map((entry) => ({ entryId: entry.id })),
      );
    });
    expect(await seal(ctx, checkpointFiles(join(root, "many")))).toBe(2_100);
    expect(await whole(ctx, join(root, "many"))).toMatchObject({ ok: true, size: 2_100, checkpoints: 2 });
  });
});
