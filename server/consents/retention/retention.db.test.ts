import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { consentEvents, disposals, vaultValues } from "#db/schema/consents.ts";
import { guardianRelations } from "#db/schema/guardianship.ts";
import { jobs } from "#db/schema/jobs.ts";
import { addDays, startOfBusinessDay } from "../../core/time.ts";
import { keepAfterUse, read } from "../gateway/service.ts";
import * as guardianship from "../guardianship/service.ts";
import { RECONSENT_DAYS } from "../ledger/model.ts";
import { ledgerOf } from "../ledger/queries.ts";
import * as ledger from "../ledger/service.ts";
import { type ConsentBrand, NOW, openConsentBrand, swimValues } from "../testing.ts";
import { tombstoneFiles } from "../tombstones/tombstone-files.ts";
import { disposalPage, schedule } from "./queries.ts";
import { requestSweep, retire } from "./service.ts";

const SWIM = "swim_preparation";
const RECOMMENDATION = "baby_recommendation";

let brand: ConsentBrand;
beforeAll(async () => {
  brand = await openConsentBrand();
});

describe("the sweep", () => {
  test("leaves a value its whole time, and takes it once that is over, with the consent and a record", async () => {
    const { memberId, childId } = await brand.family();
    await brand.agree(memberId, SWIM, childId);
    await brand.sweep(new Date(addDays(NOW, 30).getTime() - 1));
    expect(await brand.valuesOf(memberId)).toHaveLength(2);
    await brand.sweep(addDays(NOW, 30));
    expect(await brand.valuesOf(memberId)).toEqual([]);
    expect((await brand.grantOf(memberId, SWIM))?.state).toBe("expired");
    const [record] = await brand.db.select().from(disposals).where(eq(disposals.memberId, memberId));
    expect(record).toMatchObject({ erased: 2, remaining: 0, trigger: "retentionOver" });
    expect((await ledgerOf(brand.db, memberId)).at(-1)).toMatchObject({ action: "expire", reason: "retentionOver" });
  });

  test("counts from the last use", async () => {
    const { memberId, childId } = await brand.family();
    await brand.agree(memberId, SWIM, childId);
    const used = addDays(NOW, 20);
    const subject = { memberId, childId };
    await brand.db.transact((tx) => keepAfterUse(tx, brand.at(used), { subject, purpose: SWIM }));
    await brand.sweep(addDays(NOW, 45));
    expect(await brand.valuesOf(memberId)).toHaveLength(2);
    await brand.sweep(addDays(used, 30));
    expect(await brand.valuesOf(memberId)).toEqual([]);
  });

  test("never lets an overdue value be read, even before it has run", async () => {
    const { memberId, childId } = await brand.family();
    await brand.agree(memberId, SWIM, childId);
    const late = read(brand.at(addDays(NOW, 31)), {
      subject: { memberId, childId },
      purpose: SWIM,
      fields: ["child.weight"],
    });
    await expect(late).rejects.toMatchObject({ code: "RETENTION_OVER" });
  });

  test("takes the one value that is overdue and leaves the consent to the others", async () => {
    const { memberId, childId } = await brand.family();
    await brand.agree(memberId, SWIM, childId);
    const heavier = { key: "child.weight", value: "8", measuredOn: "2026-06-20" };
    await ledger.correct(brand.as(memberId, addDays(NOW, 10)), { purpose: SWIM, childId, values: [heavier] });
    await brand.sweep(addDays(NOW, 30));
    expect(await brand.valuesOf(memberId)).toEqual([{ field: "child.weight" }]);
    expect((await brand.grantOf(memberId, SWIM))?.state).toBe("granted");
    await brand.sweep(addDays(NOW, 40));
    expect((await brand.grantOf(memberId, SWIM))?.state).toBe("expired");
  });

  test("ends a guardian's consents on the fourteenth birthday, and the guardianship with them", async () => {
    const { memberId, childId } = await brand.family();
    const birthMonth = { key: "child.birthMonth", value: "2012-07", measuredOn: null };
    await brand.agree(memberId, RECOMMENDATION, childId, [birthMonth]);
    const birthday = startOfBusinessDay("2026-07-01");
    await brand.sweep(new Date(birthday.getTime() - 1));
    expect(await brand.valuesOf(memberId)).toHaveLength(1);
    const onTheDay = read(brand.at(birthday), {
      subject: { memberId, childId },
      purpose: RECOMMENDATION,
      fields: ["child.birthMonth"],
    });
    await expect(onTheDay).rejects.toMatchObject({ code: "CHILD_OF_AGE" });
    await brand.sweep(birthday);
    expect(await brand.valuesOf(memberId)).toEqual([]);
    const [relation] = await brand.db.select().from(guardianRelations).where(eq(guardianRelations.childId, childId));
    expect(relation?.state).toBe("ended");
    await expect(brand.agree(memberId, SWIM, childId, swimValues, birthday)).rejects.toMatchObject({
      code: "GUARDIAN_REQUIRED",
    });
  });

  test("is asked for by hand, shown with what is due, and listed with what it erased", async () => {
    const { jobId } = await requestSweep(brand.by(brand.officer));
    const [job] = await brand.db.select().from(jobs).where(eq(jobs.id, jobId));
    expect(job?.kind).toBe("consents.sweep");
    const due = await schedule(brand.by(brand.officer));
    expect(due.purposes.find(({ code }) => code === SWIM)?.retention).toEqual({ trigger: "lastUse", days: 30 });
    const whole = (await disposalPage(brand.db, undefined, 100)).disposals.map(({ id }) => id);
    const first = await disposalPage(brand.db, undefined, 2);
    const second = await disposalPage(brand.db, first.before ?? undefined, 2);
    expect([...first.disposals, ...second.disposals].map(({ id }) => id)).toEqual(whole.slice(0, 4));
  });
});

test("what waits for a new consent is unreadable at once and erased when none comes", async () => {
  const { memberId, childId } = await brand.family();
  await brand.agree(memberId, RECOMMENDATION, childId, swimValues.slice(0, 1));
  await brand.republish(RECOMMENDATION, (terms) => ({ ...terms, systems: ["会员系统", "推荐系统"] }), {
    material: true,
    now: addDays(NOW, 1),
  });
  const changed = new Date(addDays(NOW, 1).getTime() + 1_000);
  await brand.supersede(RECOMMENDATION, changed);
  expect((await brand.grantOf(memberId, RECOMMENDATION))?.state).toBe("superseded");
  expect(await brand.valuesOf(memberId)).toHaveLength(1);
  await brand.sweep(addDays(changed, RECONSENT_DAYS));
  expect(await brand.valuesOf(memberId)).toEqual([]);
  expect((await ledgerOf(brand.db, memberId)).at(-1)).toMatchObject({ action: "expire", reason: "holdOver" });
});

test("refusing under a changed notice erases what waited", async () => {
  const { memberId, childId } = await brand.family();
  const now = addDays(NOW, 3);
  await brand.agree(memberId, RECOMMENDATION, childId, swimValues.slice(0, 1), now);
  await brand.republish(RECOMMENDATION, (terms) => ({ ...terms, systems: ["会员系统"] }), { material: true, now });
  const after = new Date(now.getTime() + 1_000);
  await brand.supersede(RECOMMENDATION, after);
  await brand.say(memberId, RECOMMENDATION, childId, after);
  expect(await brand.valuesOf(memberId)).toEqual([]);
  expect((await brand.grantOf(memberId, RECOMMENDATION))?.state).toBe("refused");
});

test("a child that is removed, and an activity that is retired, take their values with them", async () => {
  const one = await brand.family();
  await brand.agree(one.memberId, SWIM, one.childId);
  await guardianship.removeChild(brand.as(one.memberId), { childId: one.childId });
  expect(await brand.valuesOf(one.memberId)).toEqual([]);

  const other = await brand.family();
  await brand.agree(other.memberId, SWIM, other.childId);
  const stop = { hold: async () => undefined, signal: new AbortController().signal };
  await retire(brand.at(NOW), stop, SWIM);
  expect(await brand.db.select().from(vaultValues).where(eq(vaultValues.memberId, other.memberId))).toEqual([]);
  const [last] = (await brand.db.select().from(consentEvents).where(eq(consentEvents.memberId, other.memberId))).slice(
    -1,
  );
  expect(last).toMatchObject({ action: "invalidate", reason: "activityRetired" });
});

test("tombstones are read back whole from their day on, and a line that a crash cut off is left out", async () => {
  const dir = mkdtempSync(join(tmpdir(), "evenhand-tombstones-"));
  const files = tombstoneFiles(dir);
  const one = { grantId: brand.at(NOW).newId<"grant">(), decisionId: brand.at(NOW).newId<"consentEvent">() };
  await files.append([{ ...one, at: NOW.getTime() }]);
  await files.append([{ ...one, at: addDays(NOW, 2).getTime() }]);
  expect(await files.since(NOW)).toHaveLength(2);
  expect(await files.since(addDays(NOW, 1))).toEqual([{ ...one, at: addDays(NOW, 2).getTime() }]);
  rmSync(dir, { recursive: true });
});
