import { beforeAll, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { freshDatabase, newId, testContext } from "#db/testing.ts";
import { addDays } from "../core/time.ts";
import { keepPhone } from "./phones/service.ts";
import { held } from "./queries.ts";
import { create, endSession, openSession } from "./service.ts";

let db: Db;
beforeAll(async () => {
  db = await freshDatabase();
});

test("a member sees what is held about them: masked or counted, and only what is still there", async () => {
  const ctx = testContext(db);
  const member = await db.transact((tx) => create(tx, ctx));
  const open = () => db.transact((tx) => openSession(tx, ctx, member.id, "Chrome"));
  const [{ actor }, other] = [await open(), await open()];
  const mine = testContext(db, { actor });
  expect(await held(mine)).toMatchObject({ number: member.number, phone: null, passkeys: 0, sessions: 2 });
  await db.transact((tx) => keepPhone(tx, mine, member.id, "+8613800138000"));
  await endSession(mine, { sessionId: other.actor.sessionId });
  expect(await held(mine)).toMatchObject({ phone: "138****8000", sessions: 1, joinedAt: ctx.now });
  expect(await held(testContext(db, { actor, now: addDays(ctx.now, 200) }))).toMatchObject({ sessions: 0 });
});

test("nobody is held who never joined", async () => {
  const actor = { kind: "member" as const, id: newId<"member">(), sessionId: newId<"memberSession">() };
  await expect(held(testContext(db, { actor }))).rejects.toMatchObject({ code: "MEMBER_NOT_FOUND" });
});
