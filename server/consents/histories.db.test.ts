import { eq } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { engine } from "#db/engine.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { consentEvents, disposals, grants, servedEvents, vaultValues } from "#db/schema/consents.ts";
import { guardianRelations } from "#db/schema/guardianship.ts";
import type { MemberId } from "../core/id.ts";
import { Refusal } from "../core/refusal.ts";
import { addDays } from "../core/time.ts";
import { activityInForce } from "./activities/queries.ts";
import { read } from "./gateway/service.ts";
import { cases, childrenOf, guardianOf } from "./guardianship/queries.ts";
import { isOfAge } from "./guardianship/rules.ts";
import * as guardianship from "./guardianship/service.ts";
import { hashOf } from "./ledger/events/service.ts";
import type { GivenValue } from "./ledger/model.ts";
import { consentStanding, ledgerOf } from "./ledger/queries.ts";
import { foldEvents, mayPrompt } from "./ledger/rules.ts";
import * as ledger from "./ledger/service.ts";
import type { ChildId } from "./model.ts";
import { type ConsentBrand, NOW, openConsentBrand } from "./testing.ts";

const SWIM = "swim_preparation";
const RECOMMEND = "baby_recommendation";

/** What people, time and the brand may do, in any order. */
const steps = fc.array(
  fc.record({
    act: fc.constantFrom(
      "grant",
      "grantWithSex",
      "refuse",
      "withdraw",
      "correct",
      "restrict",
      "publish",
      "publishMaterial",
      "wait",
      "sweep",
      "dispute",
      "decide",
    ),
    purpose: fc.constantFrom(SWIM, RECOMMEND),
    child: fc.nat(1),
    days: fc.constantFrom(0, 0, 1, 9, 35),
    yes: fc.boolean(),
  }),
  { minLength: 4, maxLength: 14 },
);
type Step = typeof steps extends fc.Arbitrary<readonly (infer S)[]> ? S : never;

let brand: ConsentBrand;
/** One clock for all histories of the suite: what the brand publishes in one is in force in the next. */
let now = NOW;
beforeAll(async () => {
  brand = await openConsentBrand();
});

test("whatever happens in whatever order, the promises of consent hold after every step", async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(2), async (history, yearsShort) => {
      const family = await openFamily(yearsShort);
      for (const step of history) {
        now = addDays(now, step.days);
        await act(family, step);
        await expectInvariants(family);
      }
      await brand.sweep(now);
      await expectNothingOutlives(family);
    }),
    { numRuns: engine === "sqlite" ? 15 : 6 },
  );
}, 180_000);

type Family = { readonly memberId: MemberId; readonly children: readonly { id: ChildId; birthMonth: string }[] };

/** Two children: a baby, and one who turns fourteen within weeks, or in a year or two. */
async function openFamily(yearsShort: number): Promise<Family> {
  const memberId = await brand.join(now);
  const children = [];
  for (const birthday of [addDays(now, -120), addDays(now, -365.25 * (14 - yearsShort) + 20)]) {
    const { childId } = await guardianship.addChild(brand.as(memberId, now), { relation: "parent", statement: true });
    children.push({ id: childId, birthMonth: addDays(birthday, 0).toISOString().slice(0, 7) });
  }
  return { memberId, children };
}

async function act(family: Family, { act: what, purpose, child, yes }: Step): Promise<void> {
  const { memberId } = family;
  const one = family.children[child];
  if (one === undefined) throw new Error("a family has two children");
  const me = brand.as(memberId, now);
  const childId = one.id;
  const birthMonth: GivenValue = { key: "child.birthMonth", value: one.birthMonth, measuredOn: null };
  const weight: GivenValue = { key: "child.weight", value: "7.5", measuredOn: "2026-06-01" };
  const sex: GivenValue = { key: "child.sex", value: "girl", measuredOn: null };
  const values = purpose === SWIM ? [birthMonth, weight] : [birthMonth];
  switch (what) {
    case "grant":
      return allowing(brand.agree(memberId, purpose, childId, values, now));
    case "grantWithSex":
      return allowing(brand.agree(memberId, SWIM, childId, [birthMonth, weight, sex], now));
    case "refuse":
      return allowing(brand.say(memberId, purpose, childId, now));
    case "withdraw":
      return allowing(ledger.withdraw(me, { purpose, childId }, "zh-CN"));
    case "correct":
      return allowing(ledger.correct(me, { purpose: SWIM, childId, values: [{ ...weight, value: "8" }] }));
    case "restrict":
      return ledger.restrict(me, { purpose, restricted: yes });
    case "publish":
    case "publishMaterial":
      return publish(purpose, what === "publishMaterial");
    case "sweep":
      await brand.sweep(now);
      return;
    case "dispute": {
      const relation = await guardianOf(brand.db, childId);
      if (relation === null) return;
      return guardianship.openCase(brand.by(brand.ann, now), { relationId: relation.id, reason: "notGuardian" });
    }
    case "decide": {
      const open = (await cases(brand.db, "open", undefined, 50)).cases.find((one) => one.guardianId === memberId);
      if (open === undefined) return;
      const decision = { caseId: open.id, uphold: yes, note: "已核实材料" };
      return guardianship.decideCase(brand.by(brand.officer, now), decision);
    }
    default:
      return;
  }
}

/** The wording changes every time; a longer keeping is material, a new storage place is said not to be. */
async function publish(purpose: string, material: boolean): Promise<void> {
  const before = await brand.grantsOf(purpose);
  await brand.republish(
    purpose,
    (terms) => ({
      ...terms,
      systems: [...terms.systems.slice(0, 1), `系统 ${now.getTime() % 1_000_000} ${Math.floor(now.getTime() / 1e9)}`],
    }),
    { material, now },
  );
  now = new Date(now.getTime() + 10);
  await brand.supersede(purpose, now);
  const after = await brand.grantsOf(purpose);
  for (const grant of before) {
    const then = after.find(({ id }) => id === grant.id);
    if (grant.state !== "granted") expect(then).toEqual(grant);
    else expect(then?.state).toBe(material ? "superseded" : "granted");
  }
}

/** A refusal is an answer, and one that is expected here; anything else is a fault. */
async function allowing(attempt: Promise<unknown>): Promise<void> {
  await attempt.catch((reason: unknown) => {
    if (!(reason instanceof Refusal)) throw reason;
  });
}

async function expectInvariants({ memberId, children }: Family): Promise<void> {
  const { db } = brand;
  const events = await ledgerOf(db, memberId);
  const held = await db.select().from(grants).where(eq(grants.memberId, memberId));
  const values = await db.select().from(vaultValues).where(eq(vaultValues.memberId, memberId));
  const entries = await db.select().from(auditEntries).where(eq(auditEntries.memberId, memberId));
  const shown = await db.select().from(servedEvents).where(eq(servedEvents.memberId, memberId));

  // 3: the view is the fold of the events. 34: the numbers have no gap, each hash covers the one before.
  const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
  expect([...held].sort(byId)).toEqual(foldEvents(events).sort(byId));
  for (const [index, { hash, auditEntryId, ...event }] of events.entries()) {
    expect(event.seq).toBe(index + 1);
    expect(event.previousHash).toBe(events[index - 1]?.hash ?? null);
    expect(hashOf(event)).toBe(hash);
    const entry = entries.find(({ id }) => id === auditEntryId);
    expect(entry?.detail).toMatchObject({ hash, seq: event.seq });
    // 5: it was shown before, under the same words. 8: nobody but the member decides.
    const served = shown.find(({ id }) => id === event.servedId);
    expect(served).toMatchObject({ memberId, purpose: event.purpose, noticeHash: event.noticeHash });
    expect(served?.shownAt.getTime()).toBeLessThanOrEqual(event.at.getTime());
    if (["grant", "refuse", "withdraw"].includes(event.action)) expect(entry?.actorId).toBe(memberId);
  }

  // 1, 2, 6, 16: each value has a consent that holds it, names its field, and for a child an open guardianship.
  for (const value of values) {
    const grant = held.find(({ id }) => id === value.grantId);
    expect(grant?.holdsValues).toBe(true);
    if (grant?.relationId == null) throw new Error("a child's consent names the guardianship");
    expect(grant.fields).toContain(value.field);
    const [relation] = await db.select().from(guardianRelations).where(eq(guardianRelations.id, grant.relationId));
    expect(relation).toMatchObject({ memberId, childId: value.childId });
    expect(relation?.state).not.toBe("ended");
    const activity = await activityInForce(db, grant.purpose);
    expect(activity?.terms.fields.find(({ key }) => key === value.field)?.necessity["zh-CN"]).toBeTruthy();
  }

  for (const { id: childId } of children) {
    for (const purpose of [SWIM, RECOMMEND]) {
      const subject = { memberId, childId };
      const standing = await consentStanding(db, subject, purpose, now);
      const asSystem = await attempted(read(brand.at(now), { subject, purpose, fields: ["child.birthMonth"] }));
      // 1, 12: readable if and only if granted, fresh, unrestricted, undisputed, of age, still kept.
      const birthMonth = children.find(({ id }) => id === childId)?.birthMonth ?? "";
      const readable =
        standing.state === "granted" &&
        !standing.restricted &&
        !standing.disputed &&
        standing.valued.includes("child.birthMonth") &&
        !isOfAge(birthMonth, now);
      expect(asSystem === "read").toBe(readable);
      // 29: staff without a ticket are stopped, and it is on record.
      const curious = read(brand.by(brand.officer, now), { subject, purpose, fields: ["child.birthMonth"] });
      expect(await attempted(curious)).not.toBe("read");
      // 18: after a refusal nothing asks by itself.
      if (standing.state === "refused") expect(mayPrompt(standing)).toBe(false);
    }
    // 15: a field outside the purpose is never read.
    const subject = { memberId, childId };
    const outside = await attempted(read(brand.at(now), { subject, purpose: RECOMMEND, fields: ["child.weight"] }));
    expect(outside).toBe("FIELD_NOT_IN_PURPOSE");
  }
}

/** 26, 33: after a sweep no value is past its time, and a child who may be fourteen has nothing left that a guardian gave. */
async function expectNothingOutlives({ memberId, children }: Family): Promise<void> {
  const { db } = brand;
  const values = await db.select().from(vaultValues).where(eq(vaultValues.memberId, memberId));
  for (const { expiresAt } of values) expect(expiresAt === null || expiresAt > now).toBe(true);
  const known = await childrenOf(db, memberId);
  for (const { id, birthMonth } of children) {
    if (!isOfAge(birthMonth, now)) continue;
    expect(values.filter(({ childId }) => childId === id)).toEqual([]);
    const everGiven = (await ledgerOf(db, memberId)).some((event) => event.childId === id && event.action === "grant");
    if (everGiven && values.length > 0) expect(known.find((child) => child.id === id)).toBeDefined();
  }
  const erased = await db.select().from(disposals).where(eq(disposals.memberId, memberId));
  for (const { remaining } of erased) expect(remaining).toBe(0);
  const endings = await db.select().from(consentEvents).where(eq(consentEvents.memberId, memberId));
  expect(endings.map(({ at }) => at.getTime())).toEqual(endings.map(({ at }) => at.getTime()).sort((a, b) => a - b));
}

async function attempted(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(
    () => "read",
    (reason: unknown) => (reason instanceof Refusal ? reason.code : Promise.reject(reason)),
  );
}
