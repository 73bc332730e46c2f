import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { beforeAll, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { rawSql, testContext } from "#db/testing.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import type { ImportBatchId } from "../../core/id.ts";
import { storeUpload, uploadPath } from "../../core/uploads.ts";
import type { JobHandler } from "../../jobs/job.ts";
import { MAX_ATTEMPTS, openRunner } from "../../jobs/runner.ts";
import { jobs } from "../jobs.ts";
import { brandWith, orderFile } from "../testing.ts";
import { undo } from "../undoing/service.ts";
import { ChosenSettings } from "./model.ts";
import { batch } from "./queries.ts";
import { resume, stop } from "./resuming.ts";
import * as importing from "./service.ts";

let db: Db;
let staff: Context<StaffActor>;
beforeAll(async () => {
  ({ db, staff } = await brandWith(0));
});

/** Runs what is due, hour after hour, until every job has had its tries. */
async function work(handlers: Readonly<Record<string, JobHandler>> = jobs): Promise<void> {
  let at = Date.now();
  const runner = openRunner({
    db,
    handlers,
    context: (kind) => testContext(db, { actor: { kind: "system", name: kind }, now: staff.now }),
    clock: () => new Date(at),
    random: () => 0.5,
  });
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    while (await runner.runOne());
    at += 3_600_000;
  }
}

const dying = async () => {
  throw Object.assign(new Error("the disk is full"), { code: "ENOSPC" });
};
const broken = {
  "orders.import": { ...jobs["orders.import"], run: dying },
  "orders.undo": { ...jobs["orders.undo"], run: dying },
};

let files = 0;
async function upload(): Promise<{ batchId: ImportBatchId; uploadId: string }> {
  files += 1;
  const orders = [1, 2, 3].map((n) => ({
    number: `54145498136${files}${String(n).padStart(7, "0")}`,
    status: "买家已付款，等待卖家发货",
    yuan: "10.00",
  }));
  const { uploadId } = await storeUpload(
    (async function* () {
      yield orderFile(orders);
    })(),
    1 << 20,
  );
  const opened = await importing.start(staff, { uploadId, fileName: "orders.csv", chosen: ChosenSettings.parse({}) });
  return { batchId: opened.id, uploadId };
}
const look = (batchId: ImportBatchId) => batch(db, batchId, staff.now);

test("an import whose job is given up says so with the code, and resumes", async () => {
  const { batchId } = await upload();
  await work(broken);
  expect(await look(batchId)).toMatchObject({ state: "stopped", stopped: { code: "ENOSPC", at: "checking" } });
  await resume(staff, { batchId });
  await work();
  expect(await look(batchId)).toMatchObject({ state: "checked", stopped: null });
  await importing.confirm(staff, { batchId });
  await work(broken);
  expect(await look(batchId)).toMatchObject({ state: "stopped", stopped: { code: "ENOSPC", at: "running" } });
  await resume(staff, { batchId });
  await work();
  expect(await look(batchId)).toMatchObject({ state: "done", stopped: null, counters: { orders: { created: 3 } } });

  await undo(staff, { batchId });
  await work(broken);
  expect(await look(batchId)).toMatchObject({ state: "stopped", stopped: { code: "ENOSPC", at: "undoing" } });
  await expect(importing.cancel(staff, { batchId })).rejects.toMatchObject({ code: "BATCH_ALREADY_OVER" });
  await expect(undo(staff, { batchId })).rejects.toMatchObject({ code: "UNDO_NOT_NOW" });
  await resume(staff, { batchId });
  await work();
  expect(await look(batchId)).toMatchObject({ state: "undone", undone: { removed: 3 } });

  const trail = await rawSql(db, `SELECT action FROM audit_entries WHERE subject_id = '${batchId}' ORDER BY id`);
  const actions = trail.map(({ action }) => action);
  for (const action of ["order.import.stop", "order.import.resume"])
    expect(actions.filter((each) => each === action)).toHaveLength(3);
});

test("one that stopped can be dropped instead, and its file with it", async () => {
  const { batchId, uploadId } = await upload();
  await work(broken);
  await importing.cancel(staff, { batchId });
  expect(await look(batchId)).toMatchObject({ state: "cancelled", stopped: null });
  expect(existsSync(uploadPath(uploadId))).toBe(false);
  await expect(resume(staff, { batchId })).rejects.toMatchObject({ code: "BATCH_NOT_STOPPED" });
});

test("one whose file is gone cannot be resumed", async () => {
  const { batchId, uploadId } = await upload();
  await work(broken);
  await rm(uploadPath(uploadId));
  await expect(resume(staff, { batchId })).rejects.toMatchObject({ code: "UPLOAD_NOT_FOUND" });
  expect(await look(batchId)).toMatchObject({ state: "stopped" });
});

test("a job that is given up after its batch was over changes nothing", async () => {
  const { batchId } = await upload();
  await work();
  await db.transact((tx) => stop(tx, staff, batchId, "ENOSPC"));
  expect(await look(batchId)).toMatchObject({ state: "checked", stopped: null });
});
