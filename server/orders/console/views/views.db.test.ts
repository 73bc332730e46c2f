import { beforeAll, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { rawSql, testStaff } from "#db/testing.ts";
import type { Context, StaffActor } from "../../../core/context.ts";
import { seedDemoStaff } from "../../../staff/demo/service.ts";
import type { Role } from "../../../staff/model.ts";
import { brandWith } from "../../testing.ts";
import { list } from "./queries.ts";
import { remove, rename, save } from "./service.ts";

let db: Db;
let clerk: Context<StaffActor>;
let auditor: Context<StaffActor>;
let operator: Context<StaffActor>;
beforeAll(async () => {
  const brand = await brandWith(0);
  ({ db } = brand);
  const people = await seedDemoStaff(brand.system);
  const as = (role: Role, email: string): Context<StaffActor> => {
    const id = people.get(email);
    if (id === undefined) throw new Error(`nobody is ${email}`);
    return { ...brand.staff, actor: { ...testStaff(role), id } };
  };
  clerk = as("orderOperations", "orders@demo.example");
  auditor = as("auditor", "auditor@demo.example");
  operator = as("operator", "operator@demo.example");
});

const lastEntry = async () => {
  const [entry] = await rawSql(db, "SELECT action, subject_id FROM audit_entries ORDER BY id DESC LIMIT 1");
  return entry;
};

test("a view is kept for its owner, and for a role that it is shared with", async () => {
  const mine = await save(clerk, { name: "我的退款", filter: { status: "refunding" }, sharedWith: null });
  expect(await lastEntry()).toEqual({ action: "order.view.save", subject_id: mine });
  const ours = await save(clerk, { name: "对账", filter: { platform: "jd" }, sharedWith: "auditor" });
  expect((await list(clerk)).map(({ id, own }) => [id, own])).toEqual(
    expect.arrayContaining([
      [mine, true],
      [ours, true],
    ]),
  );
  expect(await list(auditor)).toEqual([
    { id: ours, name: "对账", filter: { platform: "jd" }, sharedWith: "auditor", own: false },
  ]);
  expect(await list(operator)).toEqual([]);
});

test("the same name again replaces what it said, for its owner alone", async () => {
  const first = await save(operator, { name: "每天", filter: { owned: false }, sharedWith: null });
  const again = await save(operator, { name: "每天", filter: { owned: true }, sharedWith: null });
  const other = await save(auditor, { name: "每天", filter: { platform: "pdd" }, sharedWith: null });
  expect(again).toBe(first);
  expect(other).not.toBe(first);
  expect(await list(operator)).toMatchObject([{ id: first, filter: { owned: true } }]);
});

test("only its owner renames or deletes it, and no two of one owner bear one name", async () => {
  const view = await save(operator, { name: "旧名", filter: {}, sharedWith: "auditor" });
  await save(operator, { name: "已有", filter: {}, sharedWith: null });
  await expect(rename(auditor, { viewId: view, name: "改名" })).rejects.toMatchObject({ code: "VIEW_NOT_FOUND" });
  await expect(remove(auditor, { viewId: view })).rejects.toMatchObject({ code: "VIEW_NOT_FOUND" });
  await expect(rename(operator, { viewId: view, name: "已有" })).rejects.toMatchObject({ code: "VIEW_NAME_TAKEN" });
  expect((await list(auditor)).map(({ name }) => name)).toContain("旧名");
  await rename(operator, { viewId: view, name: "新名" });
  expect(await lastEntry()).toEqual({ action: "order.view.rename", subject_id: view });
  expect((await list(auditor)).map(({ name }) => name)).toContain("新名");
  await remove(operator, { viewId: view });
  expect(await lastEntry()).toEqual({ action: "order.view.delete", subject_id: view });
  expect((await list(auditor)).map(({ id }) => id)).not.toContain(view);
});

test("nobody's number gets into a name", async () => {
  const view = await save(clerk, { name: "客户13912345678", filter: {}, sharedWith: "operator" });
  const [kept] = await rawSql(db, `SELECT name FROM saved_views WHERE id = '${view}'`);
  expect(String(kept?.name)).not.toContain("13912345678");
});
