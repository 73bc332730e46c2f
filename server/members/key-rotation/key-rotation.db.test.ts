import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Db, Tx } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { memberKeys } from "#db/schema/members.ts";
import { freshDatabase, testContext, urlOf } from "#db/testing.ts";
import type { Context } from "../../core/context.ts";
import type { MemberId } from "../../core/id.ts";
import { fileKeyStore } from "../../core/key-store.ts";
import { openKeys } from "../../core/keys.ts";
import { create, dataKey } from "../service.ts";
import { memberKeysByKeyId } from "./queries.ts";
import { rewrapMemberKeys } from "./service.ts";

/** More than two batches. */
const MEMBERS = 450;

let db: Db;
let home: string;
let keyDir: string;
beforeAll(async () => {
  db = await freshDatabase();
  home = await mkdtemp(join(tmpdir(), "evenhand-rotation-"));
  keyDir = join(home, "keys");
  const ctx = await aProcess();
  await db.transact(async (tx) => {
    for (let made = 0; made < MEMBERS; made += 1) await create(tx, ctx);
  });
});
afterAll(() => rm(home, { recursive: true }));

/** The context of a process of its own: it knows the keys that there were when it started. */
async function aProcess(): Promise<Context> {
  return { ...testContext(db), keys: await openKeys({ dir: keyDir }) };
}

async function command(of: string, env: Record<string, string> = {}) {
  let output = "";
  const child = spawn(process.execPath, ["server/cli.ts", "keys", of], {
    env: { ...process.env, NODE_ENV: "test", DATABASE_URL: urlOf(db), DATA_DIR: home, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.stdout.on("data", (chunk) => (output += chunk));
  await once(child, "close");
  return { exit: child.signalCode ?? child.exitCode, printed: output === "" ? null : JSON.parse(output) };
}

const place = (memberId: MemberId) => ({ table: "test", column: "sealed", row: memberId });

async function memberIds(): Promise<MemberId[]> {
  return (await db.select({ id: memberKeys.memberId }).from(memberKeys)).map(({ id }) => id);
}

describe("a rotation", () => {
  test("makes a key that the owner alone can read, never over another one", async () => {
    const store = fileKeyStore(join(home, "elsewhere"));
    await store.load();
    const both = await Promise.allSettled([store.rotate(), store.rotate()]);
    expect(both.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0);
    const names = await readdir(join(home, "elsewhere"));
    expect(names.filter((name) => !/^(encryption-\d+|hash-root|log)\.key$/.test(name))).toEqual([]);
    for (const name of names) expect((await stat(join(home, "elsewhere", name))).mode & 0o777).toBe(0o600);
  });

  test("stops nobody: processes that were running read and write through it, and it survives being killed", async () => {
    const [reader, writer] = [await aProcess(), await aProcess()];
    const sealed = new Map<MemberId, Buffer>();
    for (const id of await memberIds()) {
      sealed.set(id, reader.keys.seal(await dataKey(db, reader, id), `synthetic ${id}`, place(id)));
    }
    let reads = 0;
    let joined = 0;
    let over = false;
    const keepReading = async () => {
      while (!over) {
        for (const [id, value] of sealed) {
          expect(reader.keys.open(await dataKey(db, reader, id), value, place(id))).toBe(`synthetic ${id}`);
          reads += 1;
          if (over) return;
          await pause(1);
        }
      }
    };
    const keepJoining = async () => {
      while (!over) {
        const member = await db.transact((tx) => create(tx, writer));
        sealed.set(
          member.id,
          writer.keys.seal(await dataKey(db, writer, member.id), `synthetic ${member.id}`, place(member.id)),
        );
        joined += 1;
        await pause(20);
      }
    };
    const traffic = Promise.all([keepReading(), keepJoining()]);
    try {
      const killed = await command("rotate", { FAILPOINT: "keys.batch-rewrapped:1" });
      expect(killed.exit).toBe("SIGKILL");
      const between = await memberKeysByKeyId(db);
      expect(between.get(1)).toBeGreaterThan(0);
      expect(between.get(2)).toBeGreaterThan(0);
      const { rewrapped } = await rewrapMemberKeys(await aProcess());
      expect(rewrapped).toBe(between.get(1));
    } finally {
      over = true;
      await traffic;
    }
    expect(reads).toBeGreaterThan(0);
    expect(joined).toBeGreaterThan(0);
    const status = await command("status");
    expect(status).toEqual({
      exit: 0,
      printed: {
        keys: [
          { id: 1, newest: false, memberKeys: 0 },
          { id: 2, newest: true, memberKeys: MEMBERS + joined },
        ],
      },
    });
    const late = await aProcess();
    for (const [id, value] of sealed) {
      expect(late.keys.open(await dataKey(db, late, id), value, place(id))).toBe(`synthetic ${id}`);
    }
    const entries = await db.select().from(auditEntries).where(eq(auditEntries.action, "key.rotate"));
    expect(entries.map(({ detail }) => detail)).toEqual([{ keyId: 2 }]);
  }, 120_000);

  test("does not bring back a key that was destroyed while it ran", async () => {
    const ctx = await aProcess();
    await fileKeyStore(keyDir).rotate();
    const [victim] = await memberIds();
    if (victim === undefined) throw new Error("there are members");
    const racing: Context = {
      ...ctx,
      db: Object.assign(Object.create(db), {
        transact: async <T>(body: (tx: Tx) => Promise<T>) => {
          await db.transact((tx) => tx.delete(memberKeys).where(eq(memberKeys.memberId, victim)));
          return db.transact(body);
        },
      }),
    };
    await rewrapMemberKeys(racing);
    expect(await memberIds()).not.toContain(victim);
  });
});
