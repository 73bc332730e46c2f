import { expect, expectAccessible, test } from "../fixtures.ts";

test("a notice is drafted, found wanting, completed, reviewed by another, published, and public with what changed", async ({
  asStaff,
  asVisitor,
}) => {
  const path = "/desk/notices/child";
  const missing = /对个人权益的影响（中文）：没有内容/;
  const words = "如果泄露，可能有人据此向你的家庭推销。";

  const desk = await asStaff("operator");
  await desk.goto(path);
  await desk.getByRole("button", { name: "起草", exact: true }).click();
  await desk.getByRole("dialog").getByRole("button", { name: "起草", exact: true }).click();
  await desk.getByRole("link", { name: "编辑草稿" }).click();
  const impact = desk.getByRole("region", { name: "对个人权益的影响" });
  await impact.getByLabel("正文（中文）").fill("");
  await expect(impact.getByText(missing)).toBeVisible();
  await expectAccessible(desk);
  await desk.getByRole("button", { name: "保存草稿" }).click();
  await desk.getByRole("link", { name: missing }).click();
  await impact.getByLabel("正文（中文）").fill(words);
  await desk.getByRole("button", { name: "保存草稿" }).click();
  await expect(desk.getByText("法定内容齐全")).toBeVisible();
  await expect(desk.getByText("须由另一位同事复核")).toBeVisible();
  await expect(desk.getByRole("button", { name: "复核通过" })).toHaveCount(0);

  const officer = await asStaff("privacyOfficer");
  await officer.goto(path);
  await officer.getByRole("button", { name: "复核通过" }).click();
  await officer.getByRole("dialog").getByRole("button", { name: "复核通过" }).click();
  await officer.getByRole("button", { name: "发布", exact: true }).click();
  await officer.getByLabel("非实质变更").check();
  await officer.getByLabel("理由").fill("影响写得更明白");
  await expectAccessible(officer);
  await officer.getByRole("dialog").getByRole("button", { name: "发布", exact: true }).click();
  await expect(officer.getByText("非实质变更：影响写得更明白")).toBeVisible();

  const visitor = await asVisitor({ width: 390 });
  await visitor.goto("/notices");
  await visitor.getByRole("link", { name: /儿童个人信息保护规则/ }).click();
  await expect(visitor).toHaveURL(/\/notices\/child$/);
  await expect(visitor.getByRole("region", { name: "这一版改了什么" }).getByText(words)).toBeVisible();
  await expectAccessible(visitor);
  await visitor.getByRole("link", { name: "第 1 版" }).click();
  await expect(visitor.getByText("这是旧版本，已由第 2 版取代。")).toBeVisible();
  const plain = await visitor.request.get("/notices/child/text?version=2");
  expect(plain.headers()["content-type"]).toBe("text/plain; charset=utf-8");
  expect(await plain.text()).toContain(words);
});
