import { asc, eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { engine } from "#db/engine.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { disposals, grants, vaultValues } from "#db/schema/consents.ts";
import { members } from "#db/schema/members.ts";
import { newId, rawSql } from "#db/testing.ts";
import type { MemberId } from "../../../core/id.ts";
import { keepValues } from "../../gateway/vault/service.ts";
import { type ConsentBrand, NOW, openConsentBrand, swimValues } from "../../testing.ts";
import { ledgerOf } from "../queries.ts";
import * as ledger from "../service.ts";
import { verifyLedger } from "../verification/queries.ts";
import { rebuild } from "./service.ts";

const SWIM = "swim_preparation";
const RECOMMEND = "baby_recommendation";

let brand: ConsentBrand;
beforeAll(async () => {
  brand = await openConsentBrand();
});

const allGrants = () => brand.db.select().from(grants).orderBy(asc(grants.id));
const rebuilds = async (memberId: MemberId) =>
  (await brand.db.select().from(auditEntries).where(eq(auditEntries.memberId, memberId))).filter(
    ({ action }) => action === "consent.rebuild",
  );
const cardOf = async (memberId: MemberId) =>
  (await brand.db.select().from(members).where(eq(members.id, memberId)))[0]?.number ?? "";

test("a consent that is not what its events say is named, made so again, and that is on record", async () => {
  const [standing, withdrawn] = [await brand.family(), await brand.family()];
  for (const { memberId, childId } of [standing, withdrawn]) {
    await brand.agree(memberId, SWIM, childId);
    await brand.say(memberId, RECOMMEND, childId);
  }
  const { memberId, childId } = withdrawn;
  await ledger.withdraw(brand.as(memberId), { purpose: SWIM, childId }, "zh-CN");
  const right = await allGrants();

  // Widened, lost, and taken as given again with a value in it.
  await brand.db.transact(async (tx) => {
    await tx
      .update(grants)
      .set({ fields: ["child.birthMonth", "child.weight", "child.sex"] })
      .where(eq(grants.memberId, standing.memberId));
    const lost = right.find((grant) => grant.memberId === standing.memberId && grant.purpose === RECOMMEND);
    const risen = right.find((grant) => grant.memberId === memberId && grant.purpose === SWIM);
    if (lost === undefined || risen === undefined) throw new Error("both were decided on");
    await tx.delete(grants).where(eq(grants.id, lost.id));
    await tx.update(grants).set({ state: "granted", holdsValues: true }).where(eq(grants.id, risen.id));
    await keepValues(tx, brand.at(NOW), risen, swimValues, { trigger: "lastUse", days: 30 });
    // And one that no event ever told of.
    await tx.insert(grants).values({ ...risen, id: newId<"grant">(), purpose: "made_up" });
  });
  const { problems } = await verifyLedger(brand.db);
  expect(problems.map(({ kind }) => kind)).toEqual(["grantDiffers", "grantDiffers", "grantDiffers", "grantDiffers"]);

  const rebuilt = await rebuild(brand.at(NOW), null);
  expect(rebuilt).toMatchObject({ ok: true, problems: [] });
  expect([...rebuilt.mended].sort()).toEqual(problems.map(({ id }) => id).sort());
  expect(await allGrants()).toEqual(right);
  expect(await verifyLedger(brand.db)).toMatchObject({ ok: true });
  expect(await brand.valuesOf(memberId)).toEqual([]);
  expect(await brand.valuesOf(standing.memberId)).toHaveLength(2);
  expect((await rebuilds(standing.memberId)).map(({ detail }) => detail)).toEqual([
    { mended: 2, removed: 0, erased: 0 },
  ]);
  expect((await rebuilds(memberId)).map(({ detail }) => detail)).toEqual([{ mended: 1, removed: 1, erased: 2 }]);
  const erased = await brand.db.select().from(disposals).where(eq(disposals.memberId, memberId));
  expect(erased.map(({ trigger, erased: values }) => [trigger, values])).toEqual([
    ["withdraw", 2],
    ["withdraw", 2],
  ]);

  expect(await rebuild(brand.at(NOW), null)).toMatchObject({ ok: true, mended: [] });
  expect(await rebuilds(memberId)).toHaveLength(1);
});

test("one member's consents are rebuilt alone; a card that nobody has is refused", async () => {
  const [one, other] = [await brand.family(), await brand.family()];
  for (const { memberId, childId } of [one, other]) {
    await brand.agree(memberId, SWIM, childId);
    await brand.db.transact((tx) => tx.update(grants).set({ fields: [] }).where(eq(grants.memberId, memberId)));
  }
  expect(await rebuild(brand.at(NOW), await cardOf(one.memberId))).toMatchObject({ ok: true, members: 1 });
  expect((await brand.grantOf(one.memberId, SWIM))?.fields).toHaveLength(2);
  expect((await brand.grantOf(other.memberId, SWIM))?.fields).toEqual([]);
  await expect(rebuild(brand.at(NOW), "0")).rejects.toMatchObject({ code: "MEMBER_NOT_FOUND" });
  await rebuild(brand.at(NOW), null);
});

test("events that were touched are no ground to build on: named, and everything left as it is", async () => {
  const { memberId, childId } = await brand.family();
  await brand.agree(memberId, SWIM, childId);
  const [event] = await ledgerOf(brand.db, memberId);
  await rawSql(
    brand.db,
    engine === "postgres" ? "ALTER TABLE consent_events DISABLE TRIGGER ALL" : "DROP TRIGGER consent_events_no_update",
  );
  await rawSql(brand.db, `UPDATE consent_events SET fields = '["child.sex"]' WHERE id = '${event?.id}'`);
  const before = await brand.grantOf(memberId, SWIM);
  const rebuilt = await rebuild(brand.at(NOW), null);
  expect(rebuilt).toMatchObject({ ok: false, mended: [], problems: [{ kind: "eventEdited", id: event?.id }] });
  expect(await brand.grantOf(memberId, SWIM)).toEqual(before);
  expect(await brand.db.select().from(vaultValues).where(eq(vaultValues.memberId, memberId))).toHaveLength(2);
  expect(await rebuilds(memberId)).toEqual([]);
});
