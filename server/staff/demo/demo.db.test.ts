import { afterEach, expect, test, vi } from "vitest";
import { staff } from "#db/schema/staff.ts";
import { freshDatabase, testContext } from "#db/testing.ts";
import * as factors from "../factors/service.ts";
import { resolveStaff } from "../service.ts";
import { signIn } from "../sign-in/service.ts";
import { demoStaff } from "./model.ts";
import { demoAccounts, demoCode, seedDemoStaff } from "./service.ts";

const db = await freshDatabase();
const now = new Date("2026-06-15T04:00:00Z");
const ctx = testContext(db, { now });
const visit = { addressGroup: "203.0.113.7", browserId: "b", device: "?", origin: "https://desk.example" };
await seedDemoStaff(ctx);

afterEach(() => vi.unstubAllEnvs());

test("seeding again adds nobody", async () => {
  await seedDemoStaff(ctx);
  expect(await db.$count(staff)).toBe(demoStaff.length);
});

test("in the demo an account signs in twice in a row with the codes it is offered", async () => {
  vi.stubEnv("EVENHAND_DEMO", "1");
  const [account] = demoAccounts();
  if (account === undefined) throw new Error("the demo offers no accounts");
  for (let n = 0; n < 2; n += 1) {
    const { token } = await signIn(ctx, visit, account);
    const actor = await resolveStaff({ db, now }, token);
    if (actor === null) throw new Error("nobody signed in");
    const code = await demoCode({ ...ctx, actor });
    await factors.showTotp({ ...ctx, actor }, { code: code ?? "" });
  }
});

test("outside the demo its accounts are neither offered nor of any use", async () => {
  vi.stubEnv("EVENHAND_DEMO", "1");
  const [account] = demoAccounts();
  vi.stubEnv("EVENHAND_DEMO", "0");
  expect(demoAccounts()).toEqual([]);
  if (account === undefined) throw new Error("the demo offers no accounts");
  await expect(signIn(ctx, visit, account)).rejects.toMatchObject({ code: "CREDENTIALS_WRONG" });
});
