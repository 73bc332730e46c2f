import { setTimeout as pause } from "node:timers/promises";
import { eq, lt, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "./client.ts";
import { integer, table, text } from "./columns.ts";
import { engine } from "./engine.ts";
import { openRaw } from "./raw.ts";
import { freshDatabase, rawSql, urlOf } from "./testing.ts";

const counters = table("contract_counters", {
  name: text().primaryKey(),
  used: integer().notNull(),
});

let db: Db;

beforeAll(async () => {
  db = await freshDatabase();
  await rawSql(
    db,
    `CREATE TABLE contract_counters (name text PRIMARY KEY, used ${engine === "postgres" ? "bigint" : "integer"} NOT NULL)`,
  );
});

async function usedOf(name: string): Promise<number | undefined> {
  const [row] = await db.select().from(counters).where(eq(counters.name, name));
  return row?.used;
}

describe("transact", () => {
  test("200 interleaved read-modify-writes end at exactly 200", async () => {
    await db.transact(async (tx) => tx.insert(counters).values({ name: "rmw", used: 0 }));
    await Promise.all(
      Array.from({ length: 200 }, () =>
        db.transact(async (tx) => {
          const [row] = await tx.select().from(counters).where(eq(counters.name, "rmw"));
          await tx
            .update(counters)
            .set({ used: (row?.used ?? 0) + 1 })
            .where(eq(counters.name, "rmw"));
        }),
      ),
    );
    expect(await usedOf("rmw")).toBe(200);
  });

  test("50 redemptions of one unit grant one", async () => {
    await db.transact(async (tx) => tx.insert(counters).values({ name: "unit", used: 0 }));
    const granted = await Promise.all(
      Array.from({ length: 50 }, () =>
        db.transact(async (tx) => {
          const won = await tx
            .update(counters)
            .set({ used: sql`${counters.used} + 1` })
            .where(sql`${eq(counters.name, "unit")} and ${lt(counters.used, 1)}`)
            .returning({ used: counters.used });
          return won.length;
        }),
      ),
    );
    expect(granted.reduce((sum, each) => sum + each, 0)).toBe(1);
    expect(await usedOf("unit")).toBe(1);
  });

  test("a throw rolls back its own work and nothing else", async () => {
    const outcomes = await Promise.allSettled([
      db.transact(async (tx) => tx.insert(counters).values({ name: "kept one", used: 1 })),
      db.transact(async (tx) => {
        await tx.insert(counters).values({ name: "thrown", used: 1 });
        throw new Error("no");
      }),
      db.transact(async (tx) => tx.insert(counters).values({ name: "kept two", used: 1 })),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect([await usedOf("kept one"), await usedOf("thrown"), await usedOf("kept two")]).toEqual([1, undefined, 1]);
  });

  test("a failed statement inside a body undoes the whole body", async () => {
    await expect(
      db.transact(async (tx) => {
        await tx.insert(counters).values({ name: "first", used: 1 });
        await tx.insert(counters).values({ name: "first", used: 2 });
      }),
    ).rejects.toThrow();
    expect(await usedOf("first")).toBeUndefined();
  });

  test("a reader sees nothing uncommitted, the transaction sees its own writes", async () => {
    const seen = await db.transact(async (tx) => {
      await tx.insert(counters).values({ name: "unseen", used: 7 });
      const [own] = await tx.select().from(counters).where(eq(counters.name, "unseen"));
      return [own?.used, await usedOf("unseen")];
    });
    expect(seen).toEqual([7, undefined]);
    expect(await usedOf("unseen")).toBe(7);
  });

  test("whoever waits for the writer stops nobody else", async () => {
    const raw = await openRaw(urlOf(db));
    const { promise: done, resolve: release } = Promise.withResolvers<void>();
    const { promise: held, resolve: begun } = Promise.withResolvers<void>();
    const holding = raw.exclusively(async () => {
      begun();
      await done;
    });
    await held;
    const waiting = db.transact((tx) => tx.insert(counters).values({ name: "waited", used: 1 }));
    // A thread that sleeps until SQLite gives up would come back from this pause only to fail.
    expect(await Promise.race([waiting.then(() => "written"), pause(200, "waiting")])).toBe(
      engine === "sqlite" ? "waiting" : "written",
    );
    release();
    await Promise.all([holding, waiting]);
    expect(await usedOf("waited")).toBe(1);
    await raw.close();
  });

  test("nested use is refused and leaves nothing behind", async () => {
    await expect(
      db.transact(async (tx) => {
        await tx.insert(counters).values({ name: "outer", used: 1 });
        await db.transact(async (inner) => inner.insert(counters).values({ name: "inner", used: 1 }));
      }),
    ).rejects.toThrow("nested");
    expect([await usedOf("outer"), await usedOf("inner")]).toEqual([undefined, undefined]);
  });
});
