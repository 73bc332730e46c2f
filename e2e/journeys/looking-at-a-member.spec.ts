import { eq } from "drizzle-orm";
import { memberPhones } from "#db/schema/members.ts";
import { sessionCookie } from "#server/api/cookies.ts";
import { phoneIndex } from "#server/members/codes/service.ts";
import { demoPhone } from "#server/members/demo/service.ts";
import * as members from "#server/members/service.ts";
import { expect, expectAccessible, test } from "../fixtures.ts";

test("a phone is shown for a purpose, stands in no address, and its member sees who looked", async ({
  asStaff,
  asVisitor,
  house,
}) => {
  const phone = demoPhone(3);
  const digits = phone.slice(3);
  const desk = await asStaff("privacyOfficer");
  await desk.goto("/desk/members");
  await desk.getByText("按手机号查找").click();
  await desk.getByLabel("手机号", { exact: true }).fill(digits);
  await desk.getByRole("button", { name: "查找", exact: true }).click();
  await expect(desk).toHaveURL(/\/desk\/members\/[0-9a-f-]+$/);
  await expect(desk.getByText(digits)).toHaveCount(0);
  await desk.getByRole("button", { name: "查看完整号码" }).click();
  await desk.getByLabel(/目的/).selectOption({ label: "处理投诉" });
  await expectAccessible(desk);
  await desk.getByRole("button", { name: "查看", exact: true }).click();
  await expect(desk.getByText(phone)).toBeVisible();
  await expect(desk.getByRole("list", { name: "时间线" }).getByText("查看完整手机号")).toBeVisible();

  const ctx = house.contextFor({ kind: "system", name: "journey" });
  const [held] = await house.db
    .select()
    .from(memberPhones)
    .where(eq(memberPhones.phoneIndex, phoneIndex(ctx, phone)));
  if (held === undefined) throw new Error("the demo brand has no such phone");
  const { token } = await house.db.transact((tx) => members.openSession(tx, ctx, held.memberId, "Chromium"));
  const portal = await asVisitor({ width: 390 });
  const url = (process.env.EVENHAND_URL ?? "").replace("http:", "https:");
  await portal
    .context()
    .addCookies([{ name: sessionCookie.member, value: token, url, secure: true, httpOnly: true, sameSite: "Lax" }]);
  await portal.goto("/account");
  await expect(portal.getByText("个人信息保护负责人查看了你的完整手机号，目的：处理投诉")).toBeVisible();
  await expectAccessible(portal);
});
