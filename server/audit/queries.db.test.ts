import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { auditLeaves } from "#db/schema/audit.ts";
import { members } from "#db/schema/members.ts";
import { freshDatabase, testContext, testStaff } from "#db/testing.ts";
import type { Context } from "../core/context.ts";
import type { MemberId } from "../core/id.ts";
import type { CheckpointFiles } from "./checkpoints/checkpoint-files.ts";
import { seal } from "./checkpoints/service.ts";
import type { AuditEntryId } from "./model.ts";
import * as queries from "./queries.ts";
import * as audit from "./service.ts";
import { consistencyPath } from "./tree/queries.ts";
import { tree } from "./tree/sha256.ts";

/** A place outside that keeps nothing: these tests are about what is inside. */
const nowhere: CheckpointFiles = { newest: async () => 0, append: async () => {}, async *notes() {} };
const minute = (n: number) => new Date(Date.UTC(2026, 5, 15, 4, n));

describe("reading the log", () => {
  let db: Db;
  let ctx: Context;
  let memberId: MemberId;
  const ids: AuditEntryId[] = [];

  beforeAll(async () => {
    db = await freshDatabase();
    ctx = testContext(db);
    memberId = ctx.newId<"member">();
    await db.transact(async (tx) => {
      await tx.insert(members).values({ id: memberId, number: "1000000001", state: "active", joinedAt: ctx.now });
      for (let n = 0; n < 600; n += 1) {
        // Three entries to an instant, so that pages end within one.
        const acting = { ...ctx, now: minute(Math.floor(n / 3)), actor: n % 2 ? ctx.actor : testStaff("auditor") };
        ids.push(
          await audit.record(tx, acting, {
            action: n % 5 ? "order.dial" : "member.reveal",
            subject: { kind: "test", id: `subject-${n % 7}` },
            memberId: n % 5 ? null : memberId,
            purpose: n % 5 ? undefined : "complaint",
          }),
        );
      }
    });
    expect(await seal(ctx, nowhere)).toBe(600);
  });

  test("pages are whole, newest first, and end", async () => {
    const seen: AuditEntryId[] = [];
    let after: Awaited<ReturnType<typeof queries.entries>>["after"] | undefined;
    while (after !== null) {
      const page = await queries.entries(db, { filter: {}, after, size: 70 });
      seen.push(...page.entries.map(({ id }) => id));
      after = page.after;
    }
    expect(seen).toEqual(ids.toReversed());
  });

  test("every filter holds, alone and together", async () => {
    const all = (filter: Parameters<typeof queries.entriesQuery>[1]) =>
      queries.entries(db, { filter, size: 200 }).then(({ entries }) => entries);
    expect(await all({ action: "member.reveal" })).toHaveLength(120);
    expect((await all({ memberId })).every(({ memberNumber }) => memberNumber === "1000000001")).toBe(true);
    expect((await all({ actorKind: "staff" })).every(({ actorKind }) => actorKind === "staff")).toBe(true);
    expect(await all({ subjectId: "subject-3" })).toHaveLength(86);
    expect(await all({ from: minute(10), to: minute(12) })).toHaveLength(6);
    expect(await all({ from: minute(10), to: minute(12), action: "member.reveal" })).toHaveLength(2);
  });

  test("each entry comes with a proof that holds", async () => {
    for (const seq of [0, 1, 255, 256, 257, 511, 512, 598, 599]) {
      const id = ids.toSorted()[seq];
      if (id === undefined) throw new Error("no such entry");
      expect(await queries.entry(db, id)).toMatchObject({ id, seq, proof: { holds: true, size: 600 } });
    }
    await expect(queries.entry(db, ctx.newId())).rejects.toMatchObject({ code: "AUDIT_ENTRY_NOT_FOUND" });
  });

  test("a later tree is proved to extend an earlier one", async () => {
    const leaves = (await db.select({ hash: auditLeaves.hash }).from(auditLeaves).orderBy(auditLeaves.seq)).map(
      ({ hash }) => hash,
    );
    for (const [older, newer] of [
      [1, 600],
      [255, 256],
      [256, 600],
      [300, 513],
    ] as const) {
      const path = await consistencyPath(db, older, newer);
      const head = (size: number) => ({ size, root: tree.root(leaves.slice(0, size)) });
      expect(tree.isConsistent(head(older), head(newer), path)).toBe(true);
    }
  });

  test("a member is told who looked and why, by role and not by name", async () => {
    const [access] = await queries.accessesTo(db, memberId, 10);
    expect(access).toEqual({
      id: expect.any(String),
      at: expect.any(Date),
      role: null,
      action: "member.reveal",
      purpose: "complaint",
      outcome: "done",
      fields: [],
    });
    expect(await queries.accessesTo(db, ctx.newId(), 10)).toEqual([]);
  });
});
