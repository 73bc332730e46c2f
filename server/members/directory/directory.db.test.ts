import { desc } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { memberPhones } from "#db/schema/members.ts";
import { tierStandings } from "#db/schema/tiers.ts";
import { freshDatabase, testContext, testStaff } from "#db/testing.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import type { MemberId } from "../../core/id.ts";
import { addDays } from "../../core/time.ts";
import { phoneIndex } from "../codes/service.ts";
import { create, dataKey } from "../service.ts";
import { type ListMembers, MemberFilter, REVEALS_PER_DAY } from "./model.ts";
import * as queries from "./queries.ts";
import * as directory from "./service.ts";
import { timeline } from "./timeline/queries.ts";

const PHONE = "+8618600001402";

describe("the member directory", () => {
  let db: Db;
  let ctx: Context<StaffActor>;
  const ids: MemberId[] = [];

  beforeAll(async () => {
    db = await freshDatabase();
    ctx = testContext(db, { actor: testStaff("privacyOfficer") });
    await db.transact(async (tx) => {
      for (let n = 0; n < 30; n += 1) {
        const at = { ...ctx, now: addDays(ctx.now, -30 + Math.floor(n / 3)) };
        const { id } = await create(tx, at, `10000000${String(n).padStart(2, "0")}`);
        ids.push(id);
        if (n % 4 === 0)
          await tx.insert(tierStandings).values({ memberId: id, tier: "gold", earned: "gold", evaluatedAt: at.now });
      }
      const [first] = ids;
      if (first === undefined) throw new Error("no member");
      const key = await dataKey(tx, ctx, first);
      await tx.insert(memberPhones).values({
        memberId: first,
        sealed: ctx.keys.seal(key, PHONE, { table: "member_phones", column: "sealed", row: first }),
        phoneIndex: phoneIndex(ctx, PHONE),
        verifiedAt: ctx.now,
      });
    });
  });

  const walk = async (filter: Partial<MemberFilter>, size: number) => {
    const seen: MemberId[] = [];
    let after: ListMembers["after"] | null;
    do {
      const page = await queries.list(ctx, { filter: MemberFilter.parse(filter), after: after ?? undefined, size });
      seen.push(...page.members.map(({ id }) => id));
      after = page.after;
    } while (after !== null);
    return seen;
  };
  const first = () => ids[0] ?? ctx.newId<"member">();

  test("pages are whole, newest member first, whatever their size", async () => {
    for (const size of [1, 7, 30]) expect(await walk({}, size)).toEqual(ids.toReversed());
  });

  test("filters hold: number, tier, joining, state", async () => {
    expect(await walk({ number: "1000000002" }, 10)).toEqual([ids[2]]);
    expect(await walk({ number: "100000001" }, 10)).toHaveLength(10);
    expect(await walk({ number: "9" }, 10)).toEqual([]);
    const narrow = await queries.list(ctx, { filter: MemberFilter.parse({ number: "10" }), size: 10 });
    expect(narrow).toMatchObject({ after: null, more: true, members: { length: 10 } });
    expect(await walk({ tier: "gold" }, 3)).toEqual(ids.filter((_, n) => n % 4 === 0).toReversed());
    expect(await walk({ tier: "gold", number: "1000000001" }, 3)).toEqual([]);
    expect(await walk({ joinedFrom: addDays(ctx.now, -30), joinedTo: addDays(ctx.now, -28) }, 4)).toHaveLength(6);
    expect(await walk({ state: "closed" }, 10)).toEqual([]);
  });

  test("a list holds nothing personal, a member's page only what is masked", async () => {
    const listed = JSON.stringify(await queries.list(ctx, { filter: MemberFilter.parse({}), size: 50 }));
    const member = await queries.member(ctx, first());
    expect(`${listed}${JSON.stringify(member)}`).not.toMatch(/18600001402/);
    expect(member.phone?.masked).toBe("186****1402");
    await expect(queries.member(ctx, ctx.newId())).rejects.toMatchObject({ code: "MEMBER_NOT_FOUND" });
  });

  test("a phone finds its member, and that somebody searched is recorded without the phone", async () => {
    expect(await directory.findByPhone(ctx, { phone: PHONE })).toEqual({ memberId: first() });
    expect(await directory.findByPhone(ctx, { phone: "+8618600009999" })).toEqual({ memberId: null });
    const log = await db.select().from(auditEntries);
    expect(JSON.stringify(log)).not.toMatch(/1860000/);
    expect(log.filter(({ action }) => action === "member.findByPhone")).toMatchObject([
      { memberId: first(), detail: { found: true } },
      { memberId: null, detail: { found: false } },
    ]);
  });

  test("a reveal says why, is recorded, and shows in the member's own history", async () => {
    expect(await directory.reveal(ctx, { memberId: first(), purpose: "complaint" })).toEqual({ phone: PHONE });
    const { events } = await timeline(db, { memberId: first(), size: 10 });
    expect(events[0]).toMatchObject({
      what: "acted",
      by: "staff",
      action: "member.reveal",
      purpose: "complaint",
      role: "privacyOfficer",
    });
    expect(events.at(-1)).toMatchObject({ what: "joined" });
    await expect(
      directory.reveal(ctx, { memberId: ids[1] ?? ctx.newId(), purpose: "complaint" }),
    ).rejects.toMatchObject({
      code: "PHONE_NOT_GIVEN",
    });
  });

  test(`the ${REVEALS_PER_DAY + 1}st reveal of a day is refused, and the refusal recorded`, async () => {
    const eager = { ...ctx, actor: testStaff("privacyOfficer") };
    for (let n = 1; n <= REVEALS_PER_DAY; n += 1) {
      const later = { ...eager, now: new Date(eager.now.getTime() + n) };
      await directory.reveal(later, { memberId: first(), purpose: "memberRequest" });
    }
    const atLast = { ...eager, now: new Date(eager.now.getTime() + REVEALS_PER_DAY + 1) };
    await expect(directory.reveal(atLast, { memberId: first(), purpose: "memberRequest" })).rejects.toMatchObject({
      code: "TOO_MANY_ATTEMPTS",
      status: "throttled",
    });
    const [last] = await db.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1);
    expect(last).toMatchObject({ action: "member.reveal", outcome: "refused", actorId: eager.actor.id });
  });

  test("history pages join without a gap", async () => {
    const all = await timeline(db, { memberId: first(), size: 100 });
    const seen = [];
    let before: Date | null | undefined;
    do {
      const page = await timeline(db, { memberId: first(), size: 1, before: before ?? undefined });
      seen.push(...page.events.map(({ id }) => id));
      before = page.before;
    } while (before !== null);
    expect(seen).toEqual(all.events.map(({ id }) => id));
  });
});
