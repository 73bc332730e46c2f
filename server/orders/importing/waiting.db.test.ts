import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { rawSql, testContext, testStaff } from "#db/testing.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import { type ImportBatchId, isId } from "../../core/id.ts";
import { addDays } from "../../core/time.ts";
import { overview } from "../../dashboard/queries.ts";
import { brandWith, takeOrders } from "../testing.ts";
import { batch, batches, rejects } from "./queries.ts";
import { cancel, giveUpWaiting } from "./service.ts";

let db: Db;
let system: Context;
let staff: Context<StaffActor>;
beforeAll(async () => {
  ({ db, system, staff } = await brandWith(0));
});

let files = 0;
/** Checks a file of one order that can be taken in and one that cannot; as of the desk, where it waits for a word. */
async function checked({ thirdParty, source }: { thirdParty?: true; source: "desk" | "cli" }): Promise<ImportBatchId> {
  files += 1;
  const number = (n: number) => `54145498139${String(files * 10 + n).padStart(8, "0")}`;
  const paid = { status: "买家已付款，等待卖家发货" };
  const orders = [
    { ...paid, number: number(1), yuan: "10.00" },
    { ...paid, number: number(2), yuan: "-1" },
  ];
  const { batchId } = await takeOrders(system, orders, { dryRun: true, thirdParty });
  if (!isId<"importBatch">(batchId)) throw new Error("no batch");
  const { state, rejectsUntil } = await batch(db, batchId, staff.now);
  expect(state).toBe(thirdParty ? "quarantined" : "checked");
  expect(rejectsUntil).not.toBeNull();
  if (source === "desk") await rawSql(db, `UPDATE import_batches SET upload_id = '${batchId}' WHERE id = '${batchId}'`);
  return batchId;
}

const waiting = async (now: Date) => {
  const ctx = testContext(db, { actor: testStaff("owner"), now });
  const { checkedImports, quarantinedImports, stoppedImports } = (await overview(ctx)).waiting;
  return { checkedImports, quarantinedImports, stoppedImports };
};
const listed = async (state: "running" | "checking" | "stopped", now: Date) =>
  (await batches(db, { state, size: 100 }, now)).batches.map(({ id, interrupted }) => ({ id, interrupted }));

test("what waits for somebody is counted: files to confirm and files to declare, none that a command only looked at", async () => {
  const before = await waiting(staff.now);
  await checked({ source: "cli" });
  await checked({ source: "cli", thirdParty: true });
  expect(await waiting(staff.now)).toEqual(before);
  await checked({ source: "desk" });
  await checked({ source: "desk", thirdParty: true });
  expect(await waiting(staff.now)).toEqual({
    ...before,
    checkedImports: before.checkedImports + 1,
    quarantinedImports: before.quarantinedImports + 1,
  });
});

test.each(["running", "checking"] as const)(
  "a command that died %s has stopped, wherever it is shown",
  async (state) => {
    const id = await checked({ source: "cli" });
    await rawSql(db, `UPDATE import_batches SET state = '${state}' WHERE id = '${id}'`);
    const later = new Date(staff.now.getTime() + 31_000);
    const counted = (await waiting(staff.now)).stoppedImports;

    expect(await listed(state, staff.now)).toContainEqual({ id, interrupted: false });
    expect((await listed("stopped", staff.now)).map((row) => row.id)).not.toContain(id);

    expect((await listed(state, later)).map((row) => row.id)).not.toContain(id);
    expect(await listed("stopped", later)).toContainEqual({ id, interrupted: true });
    expect((await waiting(later)).stoppedImports).toBeGreaterThan(counted);
    expect(await batch(db, id, later)).toMatchObject({ interrupted: true });

    await rawSql(db, `UPDATE import_batches SET alive_at = NULL WHERE id = '${id}'`);
    expect(await listed("stopped", later)).toContainEqual({ id, interrupted: true });
    expect((await listed(state, later)).map((row) => row.id)).not.toContain(id);
  },
);

describe("a file that waits", () => {
  test.each([undefined, true] as const)(
    "is given up with the rows that were set aside (third party: %s)",
    async (thirdParty) => {
      const batchId = await checked({ source: "desk", thirdParty });
      await cancel(staff, { batchId });
      expect(await batch(db, batchId, staff.now)).toMatchObject({ state: "cancelled", rejectsUntil: null });
      await expect(rejects(staff, batchId)).rejects.toMatchObject({ code: "REJECTS_GONE" });
      await expect(cancel(staff, { batchId })).rejects.toMatchObject({ code: "BATCH_ALREADY_OVER" });
    },
  );

  test("is given up by itself when its file is kept no longer, and that is recorded", async () => {
    const [old, young] = [await checked({ source: "desk", thirdParty: true }), await checked({ source: "desk" })];
    await rawSql(db, `UPDATE import_batches SET created_at = created_at - 172800001 WHERE id = '${old}'`);
    await db.transact((tx) => giveUpWaiting(tx, system));
    expect(await batch(db, old, staff.now)).toMatchObject({ state: "cancelled", rejectsUntil: null });
    expect(await batch(db, young, staff.now)).toMatchObject({ state: "checked" });
    const entries = await rawSql(db, `SELECT action FROM audit_entries WHERE subject_id = '${old}' ORDER BY id`);
    expect(entries.map(({ action }) => action)).toEqual(["order.import", "order.import.cancel"]);
    await db.transact((tx) => giveUpWaiting(tx, { ...system, now: addDays(system.now, 3) }));
    expect(await batch(db, young, staff.now)).toMatchObject({ state: "cancelled" });
  });
});
