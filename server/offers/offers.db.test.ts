import { eq } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { members } from "#db/schema/members.ts";
import { offerBudgets, offerUses } from "#db/schema/offers.ts";
import { staff } from "#db/schema/staff.ts";
import { freshDatabase, newId, rawSql, testContext, testStaff } from "#db/testing.ts";
import type { Context, StaffActor } from "../core/context.ts";
import type { DecisionId, MemberId, OfferId } from "../core/id.ts";
import { Refusal } from "../core/refusal.ts";
import type { Job } from "../jobs/job.ts";
import { seedDemoLadder } from "../tiers/demo.ts";
import * as codes from "./codes/service.ts";
import { explain, fairness, replay } from "./decisions/queries.ts";
import { jobs } from "./jobs.ts";
import type { OfferTerms } from "./kinds/index.ts";
import { type Question, RESERVATION_MS } from "./model.ts";
import * as publishing from "./publishing/service.ts";
import * as redemptions from "./redemptions/service.ts";
import { answer, publicFacts } from "./service.ts";
import { anyQuestion, someTerms } from "./testing.ts";

/** Each test has a month of its own, so that what one published is over for the next. */
let now = new Date("2026-06-15T04:00:00Z");
const later = (ms: number) => new Date(now.getTime() + ms);

let db: Db;
let [ann, ben, cai]: StaffActor[] = [];
let nextNumber = 2_000_000_000;

beforeAll(async () => {
  db = await freshDatabase();
  [ann, ben, cai] = [await employ(), await employ(), await employ()];
  await seedDemoLadder(by(ann, later(-400 * 86_400_000)), by(ben, later(-400 * 86_400_000)));
});

beforeEach(() => {
  now = later(30 * 86_400_000);
});

describe("publishing", () => {
  test("needs a second person, and what was approved is what is published", async () => {
    const draft = await save(tenPercent);
    await expect(publishing.publish(by(ann), { ...draft, effectiveFrom: null })).rejects.toMatchObject(
      refusal("NOT_APPROVED"),
    );
    await expect(publishing.approve(by(ann), draft)).rejects.toMatchObject(refusal("SELF_APPROVAL"));
    await publishing.approve(by(ben), draft);
    const changed = await publishing.save(by(cai), {
      offerId: draft.offerId,
      editing: draft.termsHash,
      terms: twentyPercent,
    });
    await expect(publishing.publish(by(ann), { ...draft, effectiveFrom: null })).rejects.toMatchObject(
      refusal("DRAFT_CHANGED"),
    );
    await expect(publishing.publish(by(ann), { ...changed, effectiveFrom: null })).rejects.toMatchObject(
      refusal("NOT_APPROVED"),
    );
    for (const editor of [ann, cai])
      await expect(publishing.approve(by(editor), changed)).rejects.toMatchObject(refusal("SELF_APPROVAL"));
    await publishing.approve(by(ben), changed);
    expect(await publishing.publish(by(ann), { ...changed, effectiveFrom: null })).toMatchObject({ version: 1 });
    expect(await actions(draft.offerId)).toEqual([
      "offer.draft",
      "offer.approve",
      "offer.draft",
      "offer.approve",
      "offer.publish",
    ]);
    await end(draft.offerId);
  });

  test("under the floor it needs a third person", async () => {
    const draft = await save(someTerms({ reward: { kind: "percent-off", percent: 60 } }));
    await publishing.approve(by(ben), draft);
    await expect(publishing.publish(by(ann), { ...draft, effectiveFrom: null })).rejects.toMatchObject(
      refusal("BELOW_FLOOR", { lowest: 0.4, floor: 0.5 }),
    );
    await expect(publishing.approve(by(ben), draft)).rejects.toMatchObject(refusal("ALREADY_APPROVED"));
    await publishing.approve(by(cai), draft);
    await publishing.publish(by(ann), { ...draft, effectiveFrom: null });
    await end(draft.offerId);
  });

  test("counts what stacks on top towards the floor", async () => {
    const first = await publish(someTerms({ reward: { kind: "percent-off", percent: 30 } }));
    const draft = await save(someTerms({ reward: { kind: "percent-off", percent: 30 } }));
    await publishing.approve(by(ben), draft);
    await expect(publishing.publish(by(ann), { ...draft, effectiveFrom: null })).rejects.toMatchObject(
      refusal("BELOW_FLOOR", { lowest: 0.4 }),
    );
    await end(first);
  });

  test("a published version cannot be changed, not even behind the product's back", async () => {
    const offerId = await publish(tenPercent);
    await expect(rawSql(db, `UPDATE offer_versions SET version = 9 WHERE offer_id = '${offerId}'`)).rejects.toThrow();
    await expect(rawSql(db, `DELETE FROM offer_versions WHERE offer_id = '${offerId}'`)).rejects.toThrow();
    await end(offerId);
  });

  test("a change is a new version; the old one answers for its own time", async () => {
    const offerId = await publish(tenPercent);
    const week = later(7 * 86_400_000);
    const draft = await publishing.save(by(ann), { offerId, editing: null, terms: twentyPercent });
    await publishing.approve(by(ben), draft);
    await publishing.publish(by(ann), { ...draft, effectiveFrom: week });
    const priceAt = async (at: Date, asked = soon()) => (await answer(as(asked), { ...cart, at })).totalFen;
    expect(await priceAt(later(10_000))).toBe(9_000);
    expect(await priceAt(week)).toBe(8_000);
    await end(offerId, later(8 * 86_400_000));
    expect(await priceAt(later(9 * 86_400_000), later(20_000))).toBe(10_000);
  });

  test("terms that make no sense are refused, and nothing is kept of them", async () => {
    const broken: [string, OfferTerms][] = [
      [
        "WINDOW_BACKWARDS",
        someTerms({
          reward: ten,
          conditions: { window: { from: "2026-06-02T00:00:00Z", to: "2026-06-01T00:00:00Z" } },
        }),
      ],
      [
        "SCOPE_CONTRADICTS",
        someTerms({
          reward: ten,
          conditions: { scope: { skus: ["a"], categories: [], excludeSkus: ["a"], excludeCategories: [] } },
        }),
      ],
      ["TIER_UNKNOWN", someTerms({ reward: ten, conditions: { tiers: ["diamond"] } })],
      ["TERMS_CONTRADICT", someTerms({ reward: { kind: "fixed-price", priceFen: 2, printedListFen: 1 } })],
    ];
    const before = (await rawSql(db, "SELECT count(*) AS n FROM offers"))[0]?.n;
    for (const [code, terms] of broken) await expect(save(terms)).rejects.toMatchObject(refusal(code));
    expect((await rawSql(db, "SELECT count(*) AS n FROM offers"))[0]?.n).toBe(before);
  });
});

describe("decisions", () => {
  test("a thousand replay to what they were, and every group has one price", async () => {
    const offerIds = [await publish(tenPercent), await publish(offHundred), await publish(giftTerms)];
    const questions = fc.sample(anyQuestion, { numRuns: 250, seed: 11 });
    const at = later(10_000);
    await Promise.all(
      [...questions, ...questions, ...questions, ...questions].map((question) =>
        answer(as(soon()), { ...question, at }),
      ),
    );
    const all = await replay(db, "all");
    expect(all.checked).toBeGreaterThanOrEqual(1_000);
    expect(all).toMatchObject({ same: all.checked, different: [] });
    expect(await replay(db, 100)).toMatchObject({ checked: 100, same: 100 });
    const report = await fairness(db);
    expect(report).toMatchObject({ decisions: all.checked, groupsWithMoreThanOnePrice: [] });
    expect(report.groups).toBeLessThan(300);
    for (const offerId of offerIds) await end(offerId);
  });

  test("two members of one tier get the same price, lines and reasons", async () => {
    const offerId = await publish(tenPercent);
    const [one, other] = [await join(), await join()];
    const ask = async (memberId: MemberId) => {
      const ctx = as(later(10_000));
      const { decisionId, ...answered } = await answer(ctx, {
        ...cart,
        ...(await publicFacts(ctx, memberId)),
        at: ctx.now,
      });
      expect(decisionId).toBeTruthy();
      return answered;
    };
    expect(await ask(one)).toEqual(await ask(other));
    await end(offerId);
  });

  test("a record that was tampered with is found", async () => {
    const offerId = await publish(tenPercent);
    const made = await answer(as(later(10_000)), { ...cart, at: later(10_000) });
    expect((await explain(db, made.decisionId)).same).toBe(true);
    await withoutTriggers("decisions", () =>
      rawSql(db, `UPDATE decisions SET result = replace(result, '9000', '8999') WHERE id = '${made.decisionId}'`),
    );
    expect((await explain(db, made.decisionId)).same).toBe(false);
    expect((await replay(db, "all")).different).toEqual([{ decisionId: made.decisionId, because: "result" }]);
    await withoutTriggers("decisions", () => rawSql(db, `DELETE FROM decisions WHERE id = '${made.decisionId}'`));
    await end(offerId);
  });

  test("two prices in one group are found", async () => {
    const offerId = await publish(tenPercent);
    const question = { ...cart, at: later(10_000) };
    const [one, other] = [await answer(as(later(10_000)), question), await answer(as(later(10_000)), question)];
    await withoutTriggers("decisions", () =>
      rawSql(db, `UPDATE decisions SET result_hash = 'x' WHERE id = '${other.decisionId}'`),
    );
    const { groupsWithMoreThanOnePrice } = await fairness(db);
    expect(groupsWithMoreThanOnePrice.map(({ decisionIds }) => [...decisionIds].sort())).toEqual([
      [one.decisionId, other.decisionId].sort(),
    ]);
    await withoutTriggers("decisions", () => rawSql(db, `DELETE FROM decisions WHERE id = '${other.decisionId}'`));
    await end(offerId);
  });
});

describe("redemptions", () => {
  test("of fifty for one unit, one succeeds", async () => {
    const offerId = await publish(someTerms({ reward: ten, conditions: { budget: { amountFen: null, count: 1 } } }));
    const decisionId = await decide();
    const people = await Promise.all(Array.from({ length: 50 }, () => join()));
    const outcomes = await Promise.allSettled(
      people.map((memberId) => redemptions.reserve(as(soon()), memberId, { decisionId, offerId, code: null })),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [codeOf(outcome.reason)] : []))).toEqual(
      Array(49).fill("BUDGET_EXHAUSTED"),
    );
    await end(offerId);
  });

  test("a member's cap holds against fifty at once, and comes back with release and with time", async () => {
    const offerId = await publish(
      someTerms({
        reward: ten,
        conditions: { capPerMember: { count: 1, period: "month" }, budget: { amountFen: 100_000, count: null } },
      }),
    );
    const memberId = await join();
    const decisionIds = await Promise.all(Array.from({ length: 50 }, decide));
    const outcomes = await Promise.allSettled(
      decisionIds.map((decisionId) => redemptions.reserve(as(soon()), memberId, { decisionId, offerId, code: null })),
    );
    const held = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
    expect(held).toHaveLength(1);
    expect(outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [codeOf(outcome.reason)] : []))).toEqual(
      Array(49).fill("MEMBER_CAP_REACHED"),
    );
    const reservationId = held[0]?.id ?? newId<"reservation">();
    await redemptions.release(as(soon()), { reservationId });
    await expect(redemptions.redeem(as(soon()), { reservationId })).rejects.toMatchObject(
      refusal("RESERVATION_OVER", { state: "released" }),
    );
    expect(await used(offerId)).toEqual([0, 0, 0]);

    const again = { decisionId: await decide(), offerId, code: null };
    const second = await redemptions.reserve(as(soon()), memberId, again);
    expect(await redemptions.reserve(as(soon()), memberId, again)).toMatchObject({ id: second.id });
    const over = later(10_000 + RESERVATION_MS);
    await expect(redemptions.redeem(as(over), { reservationId: second.id })).rejects.toMatchObject(
      refusal("RESERVATION_OVER", { state: "expired" }),
    );
    const third = await redemptions.reserve(as(over), memberId, { ...again, decisionId: await decide() });
    await redemptions.redeem(as(over), { reservationId: third.id });
    expect(await used(offerId)).toEqual([1, 1, 1_000]);
    await end(offerId);
  });

  test("the sweep gives back what nobody asks for again", async () => {
    const offerId = await publish(someTerms({ reward: ten, conditions: { budget: { amountFen: null, count: 1 } } }));
    await redemptions.reserve(as(soon()), await join(), { decisionId: await decide(), offerId, code: null });
    const over = later(10_000 + RESERVATION_MS);
    await jobs["offers.freeExpired"].run({ ...as(over), actor: { kind: "system", name: "offers" } }, {}, idleJob);
    expect(await used(offerId)).toEqual([0, 0, 0]);
    await end(offerId);
  });

  test("a spent budget is said by quotes from then on", async () => {
    const offerId = await publish(
      someTerms({ reward: ten, conditions: { budget: { amountFen: 1_000, count: null } } }),
    );
    const memberId = await join();
    const { id } = await redemptions.reserve(as(soon()), memberId, { decisionId: await decide(), offerId, code: null });
    await redemptions.redeem(as(soon()), { reservationId: id });
    const after = later(20_000);
    const answered = await answer(as(after), { ...cart, at: after });
    expect(answered.offers).toContainEqual({
      id: offerId,
      version: 1,
      applied: false,
      code: "BUDGET_EXHAUSTED",
      condition: {},
    });
    expect((await replay(db, "all")).different).toEqual([]);
    await end(offerId);
  });

  test("an offer that gave nothing consumes no use", async () => {
    const offerId = await publish(
      someTerms({
        reward: { kind: "fixed-price", priceFen: 90_000, printedListFen: 99_000 },
        conditions: { capPerMember: { count: 1, period: "day" } },
      }),
    );
    const memberId = await join();
    await expect(
      redemptions.reserve(as(soon()), memberId, { decisionId: await decide(), offerId, code: null }),
    ).rejects.toMatchObject(refusal("OFFER_NOT_APPLIED"));
    expect(await db.select().from(offerUses).where(eq(offerUses.offerId, offerId))).toEqual([]);
    await end(offerId);
  });

  test("a code opens its offer once, whoever brings it first", async () => {
    const offerId = await publish(someTerms({ reward: ten, conditions: { codeRequired: true } }));
    const { csv } = await codes.make(by(ann, soon()), { offerId, count: 3 });
    const [, code = "", spare = ""] = csv.split("\r\n");
    expect(await codes.openedBy(db, [code.toLowerCase(), "NOT-A-CODE-AT-ALL"])).toEqual([offerId]);
    const decisionId = (await answer(as(soon()), { ...cart, at: soon(), unlocked: [offerId] })).decisionId;
    const [one, other] = [await join(), await join()];
    await expect(redemptions.reserve(as(soon()), one, { decisionId, offerId, code: null })).rejects.toMatchObject(
      refusal("CODE_REQUIRED"),
    );
    const outcomes = await Promise.allSettled(
      [one, other].map((memberId) => redemptions.reserve(as(soon()), memberId, { decisionId, offerId, code })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(
      redemptions.reserve(as(soon()), await join(), { decisionId, offerId, code: "0000-0000-0000-0000" }),
    ).rejects.toMatchObject(refusal("CODE_UNKNOWN"));
    const loser = outcomes[0]?.status === "fulfilled" ? other : one;
    await redemptions.reserve(as(soon()), loser, { decisionId, offerId, code: spare });
    expect(JSON.stringify(await rawSql(db, "SELECT * FROM offer_codes"))).not.toContain(code);
    await end(offerId);
  });
});

const idleJob: Job = {
  id: newId<"job">(),
  fence: 1,
  attempt: 1,
  signal: new AbortController().signal,
  heartbeat: async () => undefined,
  hold: async () => undefined,
  finish: async () => undefined,
};
const ten = { kind: "percent-off", percent: 10 } as const;
const tenPercent = someTerms({ reward: ten });
const twentyPercent = someTerms({ reward: { kind: "percent-off", percent: 20 } });
const offHundred = someTerms({
  reward: { kind: "amount-off", minimumFen: 30_000, offFen: 3_000, repeat: false },
  conditions: { stackingGroup: "price" },
});
const giftTerms = someTerms({
  reward: {
    kind: "gift",
    minimumFen: 1,
    giftSku: "bib",
    giftName: { "zh-CN": "围兜", en: "Bib" },
    quantity: 1,
    worthFen: 900,
  },
});
/** When people ask: after what was published has taken effect. */
const soon = () => later(10_000);
const cart: Omit<Question, "at"> = {
  tier: "registered",
  channel: "web",
  lines: [{ sku: "wipes-80", category: "wipes", quantity: 1, listPriceFen: 10_000 }],
};

function by(actor: StaffActor | undefined, at = now): Context<StaffActor> {
  if (actor === undefined) throw new Error("nobody is employed yet");
  return testContext(db, { actor, now: at });
}
function as(now: Date): Context {
  return testContext(db, { now });
}
function refusal(code: string, condition?: object) {
  return condition === undefined ? { code } : { code, condition };
}
function codeOf(reason: unknown): string {
  return reason instanceof Refusal ? reason.code : String(reason);
}
function save(terms: OfferTerms) {
  return publishing.save(by(ann), { offerId: null, editing: null, terms });
}
async function publish(terms: OfferTerms): Promise<OfferId> {
  const draft = await save(terms);
  await publishing.approve(by(ben), draft);
  await publishing.publish(by(ann), { ...draft, effectiveFrom: null });
  return draft.offerId;
}
/** Takes an offer out of the way of the tests that follow. */
async function end(offerId: OfferId, when = later(5_000)): Promise<void> {
  await publishing.retire(by(ann, later(-3_000)), { offerId, at: when });
}
async function decide(): Promise<DecisionId> {
  return (await answer(as(soon()), { ...cart, at: soon() })).decisionId;
}
async function used(offerId: OfferId): Promise<number[]> {
  const [uses] = await db.select({ used: offerUses.used }).from(offerUses).where(eq(offerUses.offerId, offerId));
  const versions = await rawSql(db, `SELECT id FROM offer_versions WHERE offer_id = '${offerId}'`);
  const budgets = await db.select().from(offerBudgets);
  const budget = budgets.find(({ versionId }) => versionId === versions[0]?.id);
  return [uses?.used ?? -1, budget?.usedCount ?? -1, budget?.usedFen ?? -1];
}
async function actions(offerId: OfferId): Promise<string[]> {
  const rows = await db
    .select({ action: auditEntries.action })
    .from(auditEntries)
    .where(eq(auditEntries.subjectId, offerId))
    .orderBy(auditEntries.id);
  return rows.map(({ action }) => action);
}
async function employ(): Promise<StaffActor> {
  const actor = testStaff("operator");
  const email = Buffer.from(actor.id);
  await db.transact((tx) =>
    tx
      .insert(staff)
      .values({
        id: actor.id,
        name: "测试",
        emailSealed: email,
        emailIndex: email,
        state: "active",
        passwordHash: "-",
        createdAt: now,
      })
      .then(() => undefined),
  );
  return actor;
}
async function join(): Promise<MemberId> {
  const id = newId<"member">();
  await db.transact((tx) =>
    tx
      .insert(members)
      .values({ id, number: String(nextNumber++), state: "active", joinedAt: later(-500 * 86_400_000) })
      .then(() => undefined),
  );
  return id;
}
async function withoutTriggers(table: string, work: () => Promise<unknown>): Promise<void> {
  if (db.engine === "postgres") {
    await rawSql(db, `ALTER TABLE ${table} DISABLE TRIGGER ALL`);
    await work();
    await rawSql(db, `ALTER TABLE ${table} ENABLE TRIGGER ALL`);
    return;
  }
  const triggers = await rawSql(db, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", [
    table,
  ]);
  for (const { name } of triggers) await rawSql(db, `DROP TRIGGER ${name}`);
  await work();
  for (const { sql } of triggers) await rawSql(db, String(sql));
}
