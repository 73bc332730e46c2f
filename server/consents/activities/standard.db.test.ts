import { beforeAll, expect, test } from "vitest";
import { termsHash as hashOf } from "../../core/terms-hash.ts";
import { currentNotice } from "../notices/queries.ts";
import * as notices from "../notices/service.ts";
import { type ConsentBrand, openConsentBrand } from "../testing.ts";
import type { AssessmentContent } from "./model.ts";
import { activityInForce, detail, list } from "./queries.ts";
import * as service from "./service.ts";

const content: AssessmentContent = {
  lawfulness: "为履行会员服务协议所必需，规则公开。",
  impactAndRisk: "等级影响价格和权益，规则对所有会员相同。",
  measures: "规则版本化，变动可查，可以申诉。",
  risk: "low",
};

let brand: ConsentBrand;
beforeAll(async () => {
  brand = await openConsentBrand();
});
const orders = async () => (await list(brand.db)).filter(({ code }) => code === "orders");
const termsOfOrders = async () => hashOf((await activityInForce(brand.db, "orders"))?.terms);

async function decided(approve: boolean): Promise<void> {
  const { assessmentId } = await service.submitAssessment(brand.by(brand.ann), {
    code: "orders",
    termsHash: await termsOfOrders(),
    content,
  });
  await service.decideAssessment(brand.by(brand.officer), { assessmentId, approve, note: "测试" });
}

/** The general notice, drafted and read by a second person, with words of its own each time. */
async function published(times: number) {
  const drafted = await notices.draft(
    brand.by(brand.ann),
    { key: "general" },
    {
      brand: "示例",
      operator: `示例母婴 ${times} 有限公司`,
      privacyContact: "privacy@demo.example",
    },
  );
  const { contentHash } = drafted;
  await notices.review(brand.by(brand.ben), { key: "general", contentHash });
  return notices.publish(brand.by(brand.officer), {
    key: "general",
    contentHash,
    material: false,
    reason: "测试发布",
  });
}

test("the tier is an automated decision, assessed like a brand's own; without that the general notice is not published", async () => {
  expect(await orders()).toMatchObject([{ own: true, state: "active", reasons: ["automated"], assessed: true }]);
  expect(await detail(brand.db, "orders", brand.ann.id)).toMatchObject({ own: true, due: null, draft: null });

  await decided(false);
  expect(await orders()).toMatchObject([{ own: true, state: "active", assessed: false }]);
  expect((await detail(brand.db, "orders", brand.ann.id)).due).toMatchObject({ reasons: ["automated"] });
  await expect(published(1)).rejects.toMatchObject({ code: "NOTICE_UNASSESSED", condition: { purpose: "orders" } });

  await decided(true);
  expect(await orders()).toMatchObject([{ assessed: true }]);
  expect((await detail(brand.db, "orders", brand.ann.id)).assessments[0]).toMatchObject({
    ofDraft: true,
    decision: { approved: true },
  });
  expect(await published(1)).toMatchObject({ version: 2 });
});

test("an assessment of other terms is none, and nobody moves what the product does", async () => {
  const other = { code: "orders", termsHash: hashOf("other terms"), content };
  await expect(service.submitAssessment(brand.by(brand.ann), other)).rejects.toMatchObject({
    code: "ACTIVITY_CHANGED",
  });
  const retire = { code: "orders", to: "retired", reason: "试试看" } as const;
  await expect(service.move(brand.by(brand.officer), retire)).rejects.toMatchObject({ code: "ACTIVITY_STATE" });
  expect(await activityInForce(brand.db, "orders")).toMatchObject({ state: "active", assessed: true });
});

test("the general notice says which of the product's purposes a program decides, and what the member may ask for", async () => {
  const method = (await currentNotice(brand.db, "general"))?.content.sections.find(
    ({ element }) => element === "method",
  );
  const told = (method?.body["zh-CN"] ?? "").split("\n").filter((line) => line.includes("程序自动作出的决定"));
  expect(told).toHaveLength(1);
  expect(told[0]).toContain("第二十四条");
  expect(method?.body.en).toContain("refuse a decision made by a program alone (PIPL Art. 24)");
});
