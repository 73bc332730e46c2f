/** The golden fixture's last two cases: a restored backup, and an administrator with SQL in hand. */
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "#db/client.ts";
import { engine } from "#db/engine.ts";
import { consentEvents, vaultValues } from "#db/schema/consents.ts";
import { newId, rawSql, testContext, urlOf } from "#db/testing.ts";
import type { MemberId } from "../core/id.ts";
import { hashOf } from "./ledger/events/service.ts";
import { ledgerOf } from "./ledger/queries.ts";
import * as ledger from "./ledger/service.ts";
import { verifyLedger } from "./ledger/verification/queries.ts";
import { type ConsentBrand, NOW, openConsentBrand } from "./testing.ts";
import { replayTombstones } from "./tombstones/service.ts";
import { type Tombstone, tombstoneFiles } from "./tombstones/tombstone-files.ts";

const SWIM = "swim_preparation";

describe("11: yesterday's backup is put back", () => {
  const dir = mkdtempSync(join(tmpdir(), "evenhand-restore-"));
  afterAll(() => rmSync(dir, { recursive: true }));

  // How a PostgreSQL backup is taken and put back is its own affair; what follows from it is the same code.
  test.runIf(engine === "sqlite")("and what was withdrawn since stays erased, on the record", async () => {
    const brand = await openConsentBrand();
    const withdrawn = await brand.family();
    const stays = await brand.family();
    for (const { memberId, childId } of [withdrawn, stays]) await brand.agree(memberId, SWIM, childId);
    await rawSql(brand.db, "PRAGMA wal_checkpoint(TRUNCATE)");
    const backup = join(dir, "yesterday.db");
    copyFileSync(urlOf(brand.db), backup);

    const grant = await brand.grantOf(withdrawn.memberId, SWIM);
    if (grant === undefined) throw new Error("nothing was granted");
    await ledger.withdraw(brand.as(withdrawn.memberId), { purpose: SWIM, childId: withdrawn.childId }, "zh-CN");
    const files = tombstoneFiles(join(dir, "tombstones"));
    const stone: Tombstone = { grantId: grant.id, decisionId: grant.decisionId, at: NOW.getTime() };
    await files.append([stone]);

    const restored = await openDatabase(backup);
    const ctx = testContext(restored, { actor: { kind: "system", name: "consents.replay" }, now: NOW });
    const held = (memberId: MemberId) => restored.$count(vaultValues, eq(vaultValues.memberId, memberId));
    expect(await held(withdrawn.memberId)).toBe(2);
    expect(await replayTombstones(ctx, files)).toBe(1);
    expect(await held(withdrawn.memberId)).toBe(0);
    expect(await held(stays.memberId)).toBe(2);
    expect((await ledgerOf(restored, withdrawn.memberId)).at(-1)).toMatchObject({
      action: "invalidate",
      reason: "backupRestored",
    });
    expect(await replayTombstones(ctx, files)).toBe(0);
    expect(await verifyLedger(restored)).toMatchObject({ ok: true });
    await restored.close();
  });

  test("and a consent given anew after the withdrawal is left alone", async () => {
    const brand = await openConsentBrand();
    const { memberId, childId } = await brand.family();
    await brand.agree(memberId, SWIM, childId);
    const first = await brand.grantOf(memberId, SWIM);
    if (first === undefined) throw new Error("nothing was granted");
    const files = tombstoneFiles(join(dir, "anew"));
    await files.append([{ grantId: first.id, decisionId: first.decisionId, at: NOW.getTime() }]);
    await brand.agree(memberId, SWIM, childId);
    expect(await replayTombstones(brand.at(NOW), files)).toBe(0);
    expect(await brand.valuesOf(memberId)).toHaveLength(2);
  });
});

describe("12: an administrator with SQL in hand", () => {
  let brand: ConsentBrand;
  beforeAll(async () => {
    brand = await openConsentBrand();
  });

  test.each([
    "UPDATE consent_events SET action = 'grant'",
    "DELETE FROM consent_events",
    "UPDATE served_events SET purpose = 'other'",
    "UPDATE notice_versions SET hash = 'x'",
    "DELETE FROM disposals",
  ])("is refused: %s", async (sql) => {
    const { memberId, childId } = await brand.family();
    await brand.agree(memberId, SWIM, childId);
    await ledger.withdraw(brand.as(memberId), { purpose: SWIM, childId }, "zh-CN");
    await expect(rawSql(brand.db, sql)).rejects.toThrow(/append-only/);
  });

  test("as superuser, without the triggers, is found out, whatever was done", async () => {
    expect(await verifyLedger(brand.db)).toMatchObject({ ok: true, problems: [] });
    await dropTriggers();
    const tampers: readonly (readonly [string, (eventId: string) => string])[] = [
      ["eventEdited", (id) => `UPDATE consent_events SET purpose_version = 9 WHERE id = '${id}'`],
      ["notLogged", (id) => `UPDATE consent_events SET hash = 'AAAA' WHERE id = '${id}'`],
      ["chainBroken", (id) => `UPDATE consent_events SET previous_hash = 'AAAA' WHERE id = '${id}'`],
      ["sequenceBroken", (id) => `UPDATE consent_events SET seq = 7 WHERE id = '${id}'`],
    ];
    for (const [kind, sql] of tampers) {
      const { memberId, childId } = await brand.family();
      await brand.agree(memberId, SWIM, childId);
      await ledger.withdraw(brand.as(memberId), { purpose: SWIM, childId }, "zh-CN");
      const last = (await ledgerOf(brand.db, memberId)).at(-1);
      if (last === undefined) throw new Error("nothing happened");
      await rawSql(brand.db, sql(last.id));
      const { ok, problems } = await verifyLedger(brand.db);
      expect(ok).toBe(false);
      expect(problems.filter(({ id }) => id === last.id).map((problem) => problem.kind)).toContain(kind);
    }
  });

  test("who cuts off the last event, or writes a consent that no event gave, is found out", async () => {
    const { memberId, childId } = await brand.family();
    await brand.agree(memberId, SWIM, childId);
    await ledger.withdraw(brand.as(memberId), { purpose: SWIM, childId }, "zh-CN");
    const last = (await ledgerOf(brand.db, memberId)).at(-1);
    if (last === undefined) throw new Error("nothing happened");
    await rawSql(brand.db, `DELETE FROM disposals WHERE event_id = '${last.id}'`);
    await rawSql(brand.db, `DELETE FROM consent_events WHERE id = '${last.id}'`);
    const { problems } = await verifyLedger(brand.db);
    expect(problems).toContainEqual({ kind: "eventRemoved", id: last.id });
    const grant = await brand.grantOf(memberId, SWIM);
    expect(problems).toContainEqual({ kind: "grantDiffers", id: grant?.id });
  });

  test("who writes an event that nobody made, or swaps two, is found out", async () => {
    const [forged, swapped] = [await brand.family(), await brand.family()];
    for (const { memberId, childId } of [forged, swapped]) {
      await brand.agree(memberId, SWIM, childId);
      await ledger.withdraw(brand.as(memberId), { purpose: SWIM, childId }, "zh-CN");
    }
    const last = (await ledgerOf(brand.db, forged.memberId)).at(-1);
    const [first, second] = await ledgerOf(brand.db, swapped.memberId);
    if (last === undefined || first === undefined || second === undefined) throw new Error("nothing happened");

    const made = { ...last, id: newId<"consentEvent">(), seq: last.seq + 1, previousHash: last.hash };
    const { hash: _, auditEntryId: __, ...event } = made;
    await brand.db.transact((tx) =>
      tx.insert(consentEvents).values({ ...event, hash: hashOf(event), auditEntryId: newId<"auditEntry">() }),
    );
    for (const [id, seq] of [
      [first.id, 99],
      [second.id, 1],
      [first.id, 2],
    ] as const) {
      await rawSql(brand.db, `UPDATE consent_events SET seq = ${seq} WHERE id = '${id}'`);
    }
    const { problems } = await verifyLedger(brand.db);
    expect(problems).toContainEqual({ kind: "notLogged", id: made.id });
    for (const { id } of [first, second]) expect(problems).toContainEqual({ kind: "eventEdited", id });
  });

  async function dropTriggers(): Promise<void> {
    for (const table of ["consent_events", "disposals"]) {
      if (engine === "postgres") await rawSql(brand.db, `ALTER TABLE ${table} DISABLE TRIGGER ALL`);
      else {
        for (const act of ["update", "delete"]) await rawSql(brand.db, `DROP TRIGGER ${table}_no_${act}`);
      }
    }
  }
});
