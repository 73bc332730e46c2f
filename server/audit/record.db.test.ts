import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { auditEntries, auditPending } from "#db/schema/audit.ts";
import { freshDatabase, rawSql, testContext, testStaff } from "#db/testing.ts";
import * as audit from "./service.ts";

describe("record", () => {
  let db: Db;
  beforeAll(async () => {
    db = await freshDatabase();
  });

  test("keeps who, in which role, did what to what, and when", async () => {
    const actor = testStaff("operator", "auditor");
    const ctx = testContext(db, { actor });
    const memberId = ctx.newId<"member">();
    const id = await db.transact((tx) =>
      audit.record(tx, ctx, {
        action: "tier.assign",
        subject: { kind: "member", id: memberId },
        memberId,
        detail: { tier: "gold", days: 30 },
      }),
    );
    const [entry] = await db.select().from(auditEntries).where(eq(auditEntries.id, id));
    expect(entry).toEqual({
      id,
      at: ctx.now,
      actorKind: "staff",
      actorId: actor.id,
      role: "auditor+operator",
      action: "tier.assign",
      purpose: null,
      subjectKind: "member",
      subjectId: memberId,
      memberId,
      requestId: ctx.requestId,
      outcome: "done",
      detail: { tier: "gold", days: 30 },
      commitment: null,
    });
    expect(await db.select().from(auditPending).where(eq(auditPending.entryId, id))).toHaveLength(1);
  });

  test("keeps of a personal payload only what the member's own key can prove", async () => {
    const ctx = testContext(db);
    const { key } = ctx.keys.newDataKey();
    const id = await db.transact((tx) =>
      audit.record(tx, ctx, {
        action: "member.addPhone",
        subject: { kind: "member", id: null },
        personal: { key, payload: { phone: "synthetic-canary", order: [1, null] } },
      }),
    );
    const [row] = await rawSql(db, `SELECT * FROM audit_entries WHERE id = '${id}'`);
    expect(JSON.stringify(row)).not.toContain("canary");
    const [entry] = await db.select().from(auditEntries).where(eq(auditEntries.id, id));
    expect(entry?.commitment).toEqual(ctx.keys.commit(key, `{"order":[1,null],"phone":"synthetic-canary"}`));
  });

  test("leaves nothing when the act it records is rolled back", async () => {
    const before = await db.select().from(auditEntries);
    const ctx = testContext(db);
    await expect(
      db.transact(async (tx) => {
        await audit.record(tx, ctx, { action: "offer.publish", subject: { kind: "offer", id: null } });
        throw new Error("refused after all");
      }),
    ).rejects.toThrow("refused after all");
    expect(await db.select().from(auditEntries)).toEqual(before);
  });

  test.each(["UPDATE audit_entries SET action = 'other'", "DELETE FROM audit_entries"])(
    "the database itself refuses %s",
    async (sql) => {
      await expect(rawSql(db, sql)).rejects.toThrow();
    },
  );
});
