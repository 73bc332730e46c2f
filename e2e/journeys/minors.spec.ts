import { sessionCookie } from "#server/api/cookies.ts";
import { addChild } from "#server/consents/guardianship/service.ts";
import * as ledger from "#server/consents/ledger/service.ts";
import { addDays, businessDay } from "#server/core/time.ts";
import type { House } from "#server/house.ts";
import * as members from "#server/members/service.ts";
import { expect, expectAccessible, test } from "../fixtures.ts";

const weight = "7.35";

/** A guardian who gave a child's month of birth and weight for the swim, with a session of the portal. */
async function guardian(house: House) {
  const system = house.contextFor({ kind: "system", name: "journey" });
  const { id, token } = await house.db.transact(async (tx) => {
    const { id } = await members.create(tx, system);
    return { id, token: (await members.openSession(tx, system, id, "Chromium")).token };
  });
  const me = house.contextFor({ kind: "member", id, sessionId: house.newId<"memberSession">() });
  const { childId } = await addChild(me, { relation: "parent", statement: true });
  const { servedId } = await ledger.serve(me, { purpose: "swim_preparation", childId, channel: "portal" }, "zh-CN");
  const born = businessDay(addDays(me.now, -125)).slice(0, 7);
  await ledger.grant(me, {
    servedId,
    guardian: true,
    values: [
      { key: "child.birthMonth", value: born, measuredOn: null },
      { key: "child.weight", value: weight, measuredOn: businessDay(addDays(me.now, -3)) },
    ],
  });
  return { memberId: id, token };
}

test("a child's value is seen with a reason and a second person's leave, and the guardian reads who looked", async ({
  asStaff,
  open,
  house,
}) => {
  const { memberId, token } = await guardian(house);
  const reason = "核对泳圈尺码投诉";
  const desk = await asStaff("operator");
  await desk.goto(`/desk/members/${memberId}`);
  expect(await desk.content()).not.toContain(weight);
  await desk.getByRole("button", { name: "申请查看" }).click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByLabel("目的").selectOption({ label: "宝宝游泳准备" });
  await dialog.getByLabel("宝宝体重").check();
  await dialog.getByRole("button", { name: "申请查看" }).click();
  await expect(dialog.getByRole("alert")).toContainText("理由");
  await dialog.getByLabel("理由").fill(reason);
  await expectAccessible(desk);
  await dialog.getByRole("button", { name: "申请查看" }).click();
  await expect(desk).toHaveURL(/\/desk\/minors\/[0-9a-f-]{36}$/);
  await expect(desk.getByText("等待另一位同事批准。")).toBeVisible();
  await expect(desk.getByRole("button", { name: "批准" })).toHaveCount(0);
  await expect(desk.getByRole("button", { name: "显示" })).toHaveCount(0);

  const officer = await asStaff("privacyOfficer");
  await officer.goto(new URL(desk.url()).pathname);
  await expect(officer.getByText(reason)).toBeVisible();
  await officer.getByRole("button", { name: "批准", exact: true }).click();
  await officer.getByRole("dialog").getByRole("button", { name: "批准", exact: true }).click();
  await expect(officer.getByText(/已批准/).first()).toBeVisible();
  await expect(officer.getByRole("button", { name: "显示" })).toHaveCount(0);

  await desk.reload();
  await desk.getByRole("button", { name: "显示" }).click();
  await expect(desk.getByText(new RegExp(`^${weight} 千克`))).toBeVisible();
  await expectAccessible(desk);
  await desk.getByRole("button", { name: "隐藏" }).click();
  await expect(desk.getByText(weight)).toHaveCount(0);

  const portal = await open({ width: 390 }, sessionCookie.member, token);
  await portal.goto("/account");
  await expect(portal.getByText(/品牌运营.*宝宝体重.*宝宝游泳准备/)).toBeVisible();
  await expectAccessible(portal);
});

test("while a guardianship is disputed nothing of the child is read; what the privacy officer decides stands", async ({
  asStaff,
  asMember,
  open,
  house,
}) => {
  const { memberId, token } = await guardian(house);
  const mine = await open({ width: 390 }, sessionCookie.member, token);
  await mine.goto("/children");
  await expect(mine.getByText("由你决定")).toBeVisible();
  const code = await mine.locator("dd .font-mono").innerText();

  const other = await asMember({ width: 390 });
  await other.goto("/children");
  await other.getByLabel("宝宝编号（8 位）").fill(code);
  await other.getByLabel("我也是这个孩子的监护人").check();
  await other.getByRole("button", { name: "提出异议" }).click();
  await expect(other.getByText("已收到。")).toBeVisible();
  await expectAccessible(other);

  await mine.reload();
  await expect(mine.getByText("监护关系有争议")).toBeVisible();
  await mine.goto("/consents");
  await expect(mine.getByText("监护关系有争议").first()).toBeVisible();

  const officer = await asStaff("privacyOfficer");
  await officer.goto("/desk/minors?view=open");
  const row = officer.getByRole("row").filter({ has: officer.locator(`a[href="/desk/members/${memberId}"]`) });
  await expect(row).toContainText("也是监护人");
  await row.getByRole("button", { name: "维持" }).click();
  const dialog = officer.getByRole("dialog");
  await expect(dialog).toContainText("监护人保留，宝宝的信息恢复可用");
  await dialog.getByLabel("处理说明").fill("核对了出生医学证明");
  await expectAccessible(officer);
  await dialog.getByRole("button", { name: "维持" }).click();
  await expect(officer.getByText("已处理")).toBeVisible();
  await officer.goto("/desk/minors?view=decided");
  await expect(row).toContainText("核对了出生医学证明");
  await expect(row).toContainText("维持");

  await mine.goto("/children");
  await expect(mine.getByText("由你决定")).toBeVisible();
});
