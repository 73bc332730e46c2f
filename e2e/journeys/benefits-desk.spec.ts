import { expect, expectAccessible, test } from "../fixtures.ts";

test("a benefit is drafted by one, answered for by another, published, and read by members", async ({
  asStaff,
  asMember,
}) => {
  const title = `夏日体验 ${Date.now() % 1_000_000}`;
  const desk = await asStaff("operator");
  const complaints: string[] = [];
  desk.on("pageerror", (error) => complaints.push(error.message));
  await desk.goto("/desk/benefits/new");
  await desk.getByLabel("名称（中文）").fill(title);
  await desk.getByLabel("名称（英文）").fill(`Summer treat ${title.slice(-6)}`);
  await desk.getByLabel("说明（中文）").fill("每月一次，由门店按体重准备");
  await desk.getByLabel("说明（英文）").fill("Once a month, prepared for the child's weight");
  await desk.getByLabel("处理目的").selectOption({ label: "宝宝游泳准备" });
  await desk.getByLabel("宝宝体重", { exact: true }).check();
  await expect(desk.getByText("有必填的信息没有用在任何档位里")).toBeVisible();
  // Points in exchange for personal data are refused while one still writes.
  await desk.getByLabel("给什么", { exact: true }).selectOption({ label: "积分" });
  await desk.getByLabel("多少积分").fill("100");
  await expect(desk.getByText("这样不能保存")).toBeVisible();
  await expect(desk.getByRole("button", { name: "保存草稿" })).toBeDisabled();
  await desk.getByLabel("给什么", { exact: true }).selectOption({ label: "服务或实物" });
  await expect(desk.getByRole("button", { name: "保存草稿" })).toBeEnabled();
  await expectAccessible(desk);
  await desk.getByRole("button", { name: "保存草稿" }).click();
  await expect(desk).toHaveURL(/\/desk\/benefits\/[0-9a-f-]{36}$/);
  await expect(desk.getByText("等待另一位同事批准")).toBeVisible();
  await expect(desk.getByRole("button", { name: "批准" })).toHaveCount(0);
  await expect(desk.getByRole("button", { name: "发布", exact: true })).toHaveCount(0);
  const address = new URL(desk.url()).pathname;

  const portal = await asMember({ width: 390 });
  await portal.goto("/benefits");
  await expect(portal.getByText(title)).toHaveCount(0);

  const officer = await asStaff("privacyOfficer");
  await officer.goto(address);
  await officer.getByRole("button", { name: "批准" }).click();
  const dialog = officer.getByRole("dialog");
  await expect(dialog).toContainText("没有下列必填信息，这项服务就做不到");
  await expect(dialog).toContainText("宝宝体重");
  await expectAccessible(officer);
  await dialog.getByRole("button", { name: "批准" }).click();
  await expect(officer.getByText(/ 批准于 /)).toBeVisible();
  await expect(officer.getByRole("button", { name: "发布", exact: true })).toHaveCount(0);

  await desk.reload();
  await desk.getByRole("button", { name: "发布", exact: true }).click();
  await desk.getByRole("dialog").getByRole("button", { name: "发布", exact: true }).click();
  await expect(desk.getByRole("heading", { name: "现行条款 · 第 1 版" })).toBeVisible();

  await portal.reload();
  await portal.getByRole("link", { name: title }).click();
  await expect(portal.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(portal.getByText("体重决定泳圈尺码，尺码不对有溺水风险。").first()).toBeVisible();
  await expectAccessible(portal);

  await desk.getByRole("button", { name: "下线" }).click();
  const retire = desk.getByRole("dialog");
  await retire.getByLabel("原因").fill("体验结束");
  await retire.getByLabel(/下线/).fill("下线");
  await retire.getByRole("button", { name: "下线" }).click();
  await expect(desk.getByText("已下线").first()).toBeVisible();
  await portal.goto("/benefits");
  await expect(portal.getByText(title)).toHaveCount(0);
  expect(complaints).toEqual([]);
});
