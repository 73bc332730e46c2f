import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { rawSql } from "#db/testing.ts";
import type { Context, MemberActor, StaffActor } from "../../core/context.ts";
import { type ImportBatchId, isId } from "../../core/id.ts";
import { addDays } from "../../core/time.ts";
import { ownClaims } from "../claims/queries.ts";
import * as claims from "../claims/service.ts";
import { search } from "../console/queries.ts";
import { find } from "../queries.ts";
import { purge } from "../service.ts";
import { brandWith, type TestOrder, takeOrders } from "../testing.ts";
import { discard } from "./discarding.ts";
import { ChosenSettings } from "./model.ts";
import { batch, findings, rejects } from "./queries.ts";
import { importFile } from "./service.ts";

const paid = { status: "买家已付款，等待卖家发货", yuan: "10.00" };
const number = (n: number) => `5414549813665${String(n).padStart(6, "0")}`;
/** Seven clean rows and one that names somebody. */
const rows = (from: number): TestOrder[] =>
  Array.from({ length: 8 }, (_, n) => ({ ...paid, number: number(from + n), ...(n === 3 && { name: "欧阳测试" }) }));

let db: Db;
let system: Context;
let staff: Context<StaffActor>;
let member: Context<MemberActor>;
beforeAll(async () => {
  const brand = await brandWith(1);
  ({ db, system, staff } = brand);
  const [first] = brand.members;
  if (first === undefined) throw new Error("no member");
  member = first;
});

async function quarantine(from: number): Promise<ImportBatchId> {
  const { batchId, orders, leaks } = await takeOrders(system, rows(from), { leaks: "quarantine" });
  if (!isId<"importBatch">(batchId)) throw new Error("no batch");
  expect(orders).toMatchObject({ created: 7, rejected: 1 });
  expect(leaks).toMatchObject([{ row: 5, kind: "name" }]);
  return batchId;
}

describe("a row with personal data, when such rows are to be quarantined", () => {
  test("is listed, and found nowhere else", async () => {
    const batchId = await quarantine(1);
    const asked = { batchId, kind: "reason", code: "LEAK_QUARANTINED", after: -1, size: 10 } as const;
    expect((await findings(db, asked)).findings).toMatchObject([{ row: 5, code: "LEAK_QUARANTINED" }]);
    expect((await batch(db, batchId, staff.now)).rejectsUntil).toEqual(addDays(system.now, 7));
    expect(await find(staff, { number: number(4) })).toMatchObject({ orderId: null });
    expect((await search(staff, { number: "5414****0004", size: 10 })).orders).toEqual([]);
    const fact = { kind: "dayAndSku", day: "2026-05-20", sku: "BATH-01" } as const;
    expect(await claims.submit(member, { orderNumber: number(4), fact }, "a")).toMatchObject({ outcome: "received" });
    const choice = await rawSql(
      db,
      `SELECT detail FROM audit_entries WHERE action = 'order.import' AND subject_id = '${batchId}'`,
    );
    expect(String(choice[0]?.detail)).toContain('"leaks":"quarantine"');
  });

  test("comes back masked in the file to correct, and is released by uploading that", async () => {
    const batchId = await quarantine(11);
    const text = await rejects(staff, batchId);
    expect(text).toContain("LEAK_QUARANTINED");
    expect(text).not.toContain("欧阳测试");
    await importFile(system, () => system.now, {
      file: { bytes: Buffer.from(text) },
      fileName: "corrected.csv",
      chosen: ChosenSettings.parse({ leaks: "quarantine" }),
      dryRun: false,
      source: "cli",
    });
    expect((await find(staff, { number: number(14) })).orderId).not.toBeNull();
  });

  test("can be discarded, which is recorded, and is then gone for good", async () => {
    const batchId = await quarantine(21);
    await discard(staff, { batchId });
    expect((await batch(db, batchId, staff.now)).rejectsUntil).toBeNull();
    await expect(rejects(staff, batchId)).rejects.toMatchObject({ code: "REJECTS_GONE" });
    await expect(discard(staff, { batchId })).rejects.toMatchObject({ code: "REJECTS_GONE" });
    expect(await rawSql(db, `SELECT * FROM import_rejects WHERE batch_id = '${batchId}'`)).toEqual([]);
    const kept = await rawSql(
      db,
      `SELECT detail FROM audit_entries WHERE action = 'order.rejects.discard' AND subject_id = '${batchId}'`,
    );
    expect(kept.map(({ detail }) => JSON.parse(String(detail)))).toEqual([{ rows: 1, quarantined: 1 }]);
    expect((await findings(db, { batchId, kind: "leak", after: -1, size: 10 })).findings).toHaveLength(1);
  });

  test("is gone after its days, and nobody's to be had the moment before it is purged", async () => {
    const batchId = await quarantine(31);
    const late = { ...staff, now: addDays(staff.now, 8) };
    expect((await batch(db, batchId, late.now)).rejectsUntil).toBeNull();
    await expect(rejects(late, batchId)).rejects.toMatchObject({ code: "REJECTS_GONE" });
    await db.transact((tx) => purge(tx, late));
    expect(await rawSql(db, `SELECT * FROM import_rejects WHERE batch_id = '${batchId}'`)).toEqual([]);
  });
});

test("a claim that waited for a row in quarantine settles once the row is released", async () => {
  await takeOrders(system, [{ ...paid, number: number(4) }]);
  expect((await ownClaims(db, member.actor.id))[0]?.state).toBe("granted");
});
