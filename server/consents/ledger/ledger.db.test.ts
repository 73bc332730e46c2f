import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { engine } from "#db/engine.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { consentEvents, disposals, servedEvents, vaultValues } from "#db/schema/consents.ts";
import { rawSql } from "#db/testing.ts";
import type { MemberId } from "../../core/id.ts";
import { addDays } from "../../core/time.ts";
import { ownValues } from "../gateway/queries.ts";
import { read } from "../gateway/service.ts";
import { guardianOf } from "../guardianship/queries.ts";
import { openCase } from "../guardianship/service.ts";
import type { ChildId } from "../model.ts";
import { type ConsentBrand, NOW, openConsentBrand, swimValues } from "../testing.ts";
import { append } from "./events/service.ts";
import { consentStanding, ledgerOf, mine, sheet } from "./queries.ts";
import * as ledger from "./service.ts";

const SWIM = "swim_preparation";

let brand: ConsentBrand;
beforeAll(async () => {
  brand = await openConsentBrand();
});
const served = (memberId: MemberId, childId: ChildId) =>
  ledger.serve(brand.as(memberId), { purpose: SWIM, childId, channel: "portal" }, "zh-CN");

describe("consent", () => {
  test("is given for one purpose under the notice that was shown, and recorded with the words on the screen", async () => {
    const { memberId, childId } = await brand.family();
    await brand.agree(memberId, SWIM, childId);
    const [event] = await ledgerOf(brand.db, memberId);
    expect(event).toMatchObject({
      seq: 1,
      action: "grant",
      purpose: SWIM,
      fields: ["child.birthMonth", "child.weight"],
    });
    const [shown] = await brand.db.select().from(servedEvents).where(eq(servedEvents.memberId, memberId));
    expect(shown).toMatchObject({ noticeHash: event?.noticeHash, locale: "zh-CN" });
    const screens = await rawSql(brand.db, "SELECT words FROM served_screens");
    expect(String(screens[0]?.words)).toContain("暂不提供");
    expect(await brand.valuesOf(memberId)).toHaveLength(2);
  });

  test("is not given by looking at it, nor twice by one sheet, nor a day later", async () => {
    const { memberId, childId } = await brand.family();
    const { servedId } = await served(memberId, childId);
    expect(await ledgerOf(brand.db, memberId)).toEqual([]);
    const late = brand.as(memberId, new Date(addDays(NOW, 1).getTime() + 1));
    const agreed = { servedId, guardian: true, values: [...swimValues] };
    await expect(ledger.grant(late, agreed)).rejects.toMatchObject({ code: "SERVED_STALE" });
    await ledger.grant(brand.as(memberId), agreed);
    await expect(ledger.grant(brand.as(memberId), agreed)).rejects.toMatchObject({ code: "SERVED_ANSWERED" });
    expect(await ledgerOf(brand.db, memberId)).toHaveLength(1);
  });

  test("for a child needs the guardian's own tick, and a guardian", async () => {
    const { memberId, childId } = await brand.family();
    const { servedId } = await served(memberId, childId);
    const agreed = { servedId, guardian: false, values: [...swimValues] };
    await expect(ledger.grant(brand.as(memberId), agreed)).rejects.toMatchObject({
      code: "GUARDIAN_STATEMENT_MISSING",
    });
    const stranger = await brand.join();
    await expect(served(stranger, childId)).rejects.toMatchObject({ code: "GUARDIAN_REQUIRED" });
    await expect(ledger.grant(brand.as(stranger), { ...agreed, guardian: true })).rejects.toMatchObject({
      code: "SERVED_NOT_FOUND",
    });
    expect(await brand.valuesOf(memberId)).toEqual([]);
  });

  test("covers a field only when it is needed or its toggle was turned on", async () => {
    const { memberId, childId } = await brand.family();
    await brand.agree(memberId, SWIM, childId);
    const sex = { key: "child.sex", value: "girl", measuredOn: null };
    const correction = { purpose: SWIM, childId, values: [sex] };
    await expect(ledger.correct(brand.as(memberId), correction)).rejects.toMatchObject({
      code: "SEPARATE_CONSENT_REQUIRED",
    });
    await brand.agree(memberId, SWIM, childId, [...swimValues, sex]);
    expect((await brand.valuesOf(memberId)).map(({ field }) => field).sort()).toEqual([
      "child.birthMonth",
      "child.sex",
      "child.weight",
    ]);
    await brand.agree(memberId, SWIM, childId);
    expect((await brand.valuesOf(memberId)).map(({ field }) => field).sort()).toEqual([
      "child.birthMonth",
      "child.weight",
    ]);
    const [record] = await brand.db.select().from(disposals).where(eq(disposals.memberId, memberId));
    expect(record).toMatchObject({ fields: ["child.sex"], erased: 1, remaining: 0 });
  });

  test("refuses a value that is missing, outside the purpose or in no form, and nothing is kept", async () => {
    const { memberId, childId } = await brand.family();
    const attempts = [
      [[swimValues[0]], "VALUE_MISSING"],
      [[...swimValues, { key: "child.shoeSize", value: "1", measuredOn: null }], "FIELD_NOT_IN_PURPOSE"],
      [[swimValues[0], { key: "child.weight", value: "700", measuredOn: "2026-06-10" }], "FIELD_VALUE_WRONG"],
      [[{ key: "child.birthMonth", value: "2012-01", measuredOn: null }, swimValues[1]], "CHILD_OF_AGE"],
    ] as const;
    for (const [values, code] of attempts) {
      const given = values.flatMap((value) => (value === undefined ? [] : [value]));
      await expect(brand.agree(memberId, SWIM, childId, given)).rejects.toMatchObject({ code });
    }
    expect(await brand.valuesOf(memberId)).toEqual([]);
    expect(await ledgerOf(brand.db, memberId)).toEqual([]);
  });

  test("cannot be given by staff, a job or a script", async () => {
    const { memberId, childId } = await brand.family();
    await brand.agree(memberId, SWIM, childId);
    const [event] = await ledgerOf(brand.db, memberId);
    if (event === undefined) throw new Error("no event");
    for (const ctx of [brand.by(brand.officer), brand.at(NOW)]) {
      const forged = brand.db.transact((tx) => append(tx, ctx, { ...event, action: "grant" }));
      await expect(forged).rejects.toMatchObject({ code: "MEMBER_ONLY" });
    }
    expect(await ledgerOf(brand.db, memberId)).toHaveLength(1);
  });

  test("under a notice that changed in between is asked for anew", async () => {
    const { memberId, childId } = await brand.family();
    const { servedId } = await served(memberId, childId);
    await brand.republish(SWIM, (terms) => ({ ...terms, systems: ["会员系统", "门店系统"] }), { material: false });
    const agreed = { servedId, guardian: true, values: [...swimValues] };
    await expect(ledger.grant(brand.as(memberId), agreed)).rejects.toMatchObject({ code: "NOTICE_SUPERSEDED" });
  });
});

describe("withdrawing", () => {
  test("is one call: the values are gone with it, the next read is refused, a disposal record stays", async () => {
    const { memberId, childId } = await brand.family();
    await brand.agree(memberId, SWIM, childId);
    await ledger.withdraw(brand.as(memberId), { purpose: SWIM, childId }, "zh-CN");
    expect(await brand.valuesOf(memberId)).toEqual([]);
    const subject = { memberId, childId };
    const again = read(brand.at(NOW), { subject, purpose: SWIM, fields: ["child.weight"] });
    await expect(again).rejects.toMatchObject({ code: "SEPARATE_CONSENT_REQUIRED" });
    const [record] = await brand.db.select().from(disposals).where(eq(disposals.memberId, memberId));
    expect(record).toMatchObject({
      fields: ["child.birthMonth", "child.weight"],
      erased: 2,
      remaining: 0,
      trigger: "withdraw",
    });
    await expect(ledger.withdraw(brand.as(memberId), { purpose: SWIM, childId }, "zh-CN")).rejects.toMatchObject({
      code: "GRANT_NOT_FOUND",
    });
  });

  test("of one purpose or child leaves the others as they are", async () => {
    const { memberId, childId } = await brand.family();
    await brand.agree(memberId, SWIM, childId);
    await brand.agree(memberId, "baby_recommendation", childId, swimValues.slice(0, 1));
    await ledger.withdraw(brand.as(memberId), { purpose: SWIM, childId }, "en");
    expect(await brand.valuesOf(memberId)).toEqual([{ field: "child.birthMonth" }]);
    const left = await consentStanding(brand.db, { memberId, childId }, "baby_recommendation", NOW);
    expect(left).toMatchObject({ state: "granted", valued: ["child.birthMonth"] });
  });

  test("is refused by the database itself while a value is left", async () => {
    const { memberId, childId } = await brand.family();
    await brand.agree(memberId, SWIM, childId);
    const grant = await brand.grantOf(memberId, SWIM);
    const forced = rawSql(
      brand.db,
      `UPDATE grants SET state = 'withdrawn', holds_values = ${flag(false)} WHERE id = '${grant?.id}'`,
    );
    await expect(forced).rejects.toThrow();
    const orphan = rawSql(brand.db, `UPDATE vault_values SET grant_id = NULL WHERE member_id = '${memberId}'`);
    await expect(orphan).rejects.toThrow();
  });
});

test("refusing is recorded, changes nothing else, and nothing asks again", async () => {
  const { memberId, childId } = await brand.family();
  await brand.say(memberId, SWIM, childId);
  const seen = await mine(brand.as(memberId));
  expect(seen.consents.find(({ purpose }) => purpose === SWIM)?.standing).toMatchObject({
    state: "refused",
    fields: [],
  });
  const asked = await sheet(brand.as(memberId), { purpose: SWIM, childId });
  expect(asked.fields.map(({ key, mandatory }) => [key, mandatory])).toEqual([
    ["child.birthMonth", true],
    ["child.weight", true],
    ["child.sex", false],
  ]);
});

test("what a member gave is theirs to see and to correct, and the correction keeps the consent", async () => {
  const { memberId, childId } = await brand.family();
  await brand.agree(memberId, SWIM, childId);
  const heavier = { key: "child.weight", value: "8", measuredOn: "2026-06-14" };
  await ledger.correct(brand.as(memberId), { purpose: SWIM, childId, values: [heavier] });
  const own = await ownValues(brand.as(memberId), { purpose: SWIM, childId });
  expect(own.find(({ field }) => field === "child.weight")).toMatchObject({ value: "8", measuredOn: "2026-06-14" });
  expect(await ledgerOf(brand.db, memberId)).toHaveLength(1);
  const stranger = await brand.join();
  expect(await ownValues(brand.as(stranger), { purpose: SWIM, childId })).toEqual([]);
});

test("a restricted purpose keeps its values and opens to nobody until the member lifts it", async () => {
  const { memberId, childId } = await brand.family();
  await brand.agree(memberId, SWIM, childId);
  const weight = { subject: { memberId, childId }, purpose: SWIM, fields: ["child.weight"] };
  await ledger.restrict(brand.as(memberId), { purpose: SWIM, restricted: true });
  await expect(read(brand.at(NOW), weight)).rejects.toMatchObject({ code: "PROCESSING_RESTRICTED" });
  expect(await brand.valuesOf(memberId)).toHaveLength(2);
  await ledger.restrict(brand.as(memberId), { purpose: SWIM, restricted: false });
  expect((await read(brand.at(NOW), weight)).get("child.weight")?.value).toBe("7.25");
});

test("no value stands in the clear in any table, nor in the log of what was done", async () => {
  const { memberId, childId } = await brand.family();
  const telling = { key: "child.weight", value: "13.37", measuredOn: "2026-06-11" };
  await brand.agree(memberId, SWIM, childId, [...swimValues.slice(0, 1), telling]);
  await read(brand.at(NOW), { subject: { memberId, childId }, purpose: SWIM, fields: ["child.weight"] });
  for (const table of [
    "consent_events",
    "grants",
    "vault_values",
    "served_events",
    "audit_entries",
    "jobs",
    "disposals",
  ]) {
    const text = JSON.stringify(await rawSql(brand.db, `SELECT * FROM ${table}`));
    expect(text.includes("13.37"), table).toBe(false);
  }
  const entries = await brand.db.select().from(auditEntries).where(eq(auditEntries.memberId, memberId));
  expect(entries.find(({ action }) => action === "field.read")).toMatchObject({ purpose: SWIM, outcome: "done" });
});

test("a value moved to another row does not open", async () => {
  const [one, other] = [await brand.family(), await brand.family()];
  for (const { memberId, childId } of [one, other]) await brand.agree(memberId, SWIM, childId);
  const rows = await brand.db.select().from(vaultValues).where(eq(vaultValues.memberId, one.memberId));
  const [first, second] = rows;
  if (first === undefined || second === undefined) throw new Error("two values were given");
  await brand.db.transact((tx) =>
    tx.update(vaultValues).set({ sealed: second.sealed }).where(eq(vaultValues.id, first.id)),
  );
  const moved = read(brand.at(NOW), { subject: one, purpose: SWIM, fields: ["child.weight"] });
  await expect(moved).rejects.toThrow();
});

test("two devices that decide at once are numbered one after the other", async () => {
  const { memberId, childId } = await brand.family();
  const sheets = await Promise.all([served(memberId, childId), served(memberId, childId), served(memberId, childId)]);
  await Promise.all(
    sheets.map(({ servedId }) =>
      ledger.grant(brand.as(memberId), { servedId, guardian: true, values: [...swimValues] }),
    ),
  );
  const events = await brand.db.select().from(consentEvents).where(eq(consentEvents.memberId, memberId));
  expect(events.map(({ seq }) => seq).sort()).toEqual([1, 2, 3]);
  expect(await brand.valuesOf(memberId)).toHaveLength(2);
});

describe("between a changed notice and the job that marks what it made stale", () => {
  async function changed() {
    const { memberId, childId } = await brand.family();
    await brand.agree(memberId, SWIM, childId);
    const change = { material: true, now: NOW };
    await brand.republish(SWIM, (terms) => ({ ...terms, systems: [`会员系统 ${memberId.slice(-4)}`] }), change);
    return { memberId, childId, after: new Date(NOW.getTime() + 1_000) };
  }

  test("refusing takes: what was given is erased, and the refusal stands", async () => {
    const { memberId, childId, after } = await changed();
    await brand.say(memberId, SWIM, childId, after);
    expect(await brand.valuesOf(memberId)).toEqual([]);
    expect((await brand.grantOf(memberId, SWIM))?.state).toBe("refused");
    expect((await ledgerOf(brand.db, memberId)).map(({ action }) => action)).toEqual(["grant", "withdraw", "refuse"]);
  });

  test("nothing new is kept under the old consent", async () => {
    const { memberId, childId, after } = await changed();
    const heavier = { key: "child.weight", value: "9", measuredOn: "2026-06-14" };
    const correction = ledger.correct(brand.as(memberId, after), { purpose: SWIM, childId, values: [heavier] });
    await expect(correction).rejects.toMatchObject({ code: "CONSENT_STALE" });
  });
});

test("while a guardianship is disputed nothing about the child is corrected, and all of it can be withdrawn", async () => {
  const { memberId, childId } = await brand.family();
  const later = new Date(NOW.getTime() + 5_000);
  await brand.agree(memberId, SWIM, childId, swimValues, later);
  const relation = await guardianOf(brand.db, childId);
  if (relation === null) throw new Error("no guardianship");
  await openCase(brand.by(brand.ann, later), { relationId: relation.id, reason: "notGuardian" });
  const heavier = { key: "child.weight", value: "9", measuredOn: "2026-06-14" };
  const correction = ledger.correct(brand.as(memberId, later), { purpose: SWIM, childId, values: [heavier] });
  await expect(correction).rejects.toMatchObject({ code: "GUARDIANSHIP_DISPUTED" });
  await ledger.withdraw(brand.as(memberId, later), { purpose: SWIM, childId }, "zh-CN");
  expect(await brand.valuesOf(memberId)).toEqual([]);
});

function flag(value: boolean): string {
  return engine === "sqlite" ? String(Number(value)) : String(value);
}
