import { afterEach, beforeAll, expect, test } from "vitest";
import { processConfig, type SmsConfig } from "../../config.ts";
import { termsHash as hashOf } from "../../core/terms-hash.ts";
import { activityInForce } from "../activities/queries.ts";
import * as activities from "../activities/service.ts";
import { type ConsentBrand, openConsentBrand } from "../testing.ts";
import { currentNotice, detail, list } from "./queries.ts";
import * as notices from "./service.ts";

const key = "general";
const ALIYUN = "阿里云计算有限公司";
const { sms: asStarted } = processConfig();
const synthetic: SmsConfig = {
  gateway: "aliyun",
  accessKeyId: "synthetic",
  accessKeySecret: "synthetic",
  signName: "示例",
  templateCode: "SMS_0",
};
const set = (sms: SmsConfig) => Object.assign(processConfig(), { sms });

let brand: ConsentBrand;
beforeAll(async () => {
  brand = await openConsentBrand();
});
afterEach(() => {
  set(asStarted);
});
const row = async () => (await list(brand.db)).find((one) => one.key === key);

async function assess(): Promise<void> {
  const code = "account";
  const { assessmentId } = await activities.submitAssessment(brand.by(brand.ann), {
    code,
    termsHash: hashOf((await activityInForce(brand.db, code))?.terms),
    content: {
      lawfulness: "委托发送验证码短信，为登录所必需。",
      impactAndRisk: "受托方接触手机号和验证码，影响有限。",
      measures: "加密传输，约定目的、期限和保护措施。",
      risk: "low",
    },
  });
  await activities.decideAssessment(brand.by(brand.officer), { assessmentId, approve: true, note: "同意" });
}

async function publish(contentHash: string) {
  await notices.review(brand.by(brand.ben), { key, contentHash });
  return notices.publish(brand.by(brand.officer), { key, contentHash, material: true, reason: "委托发送短信" });
}

test("a version from before the settings had somebody else send the codes is behind and incomplete, and says where", async () => {
  expect(await row()).toMatchObject({ behind: false, current: { gaps: 0 } });
  set(synthetic);
  expect(await row()).toMatchObject({ behind: true, current: { gaps: 2 } });
  const { current, unassessed } = await detail(brand.db, key, brand.ann.id);
  expect(current?.gaps).toEqual([
    { element: "recipients", locale: "zh-CN", name: ALIYUN },
    { element: "recipients", locale: "en", name: ALIYUN },
  ]);
  expect(unassessed).toEqual(["account"]);
  set(asStarted);
  expect(await row()).toMatchObject({ behind: false, current: { gaps: 0 } });
});

test("a draft reviewed before the settings changed is another draft after; one that leaves the recipient out is not published", async () => {
  const earlier = await notices.draft(brand.by(brand.ann), { key });
  set(synthetic);
  await assess();
  await expect(publish(earlier.contentHash)).rejects.toMatchObject({ code: "NOTICE_CHANGED" });

  const current = await currentNotice(brand.db, key);
  if (current === null) throw new Error("the general notice is public");
  const saved = { key, editing: earlier.contentHash, content: current.content };
  const { contentHash } = await notices.save(brand.by(brand.ann), saved);
  await expect(publish(contentHash)).rejects.toMatchObject({
    code: "NOTICE_INCOMPLETE",
    condition: { element: "recipients" },
  });
});

test("a draft from the settings names the recipient in both languages, and is published once that is assessed", async () => {
  set(synthetic);
  const { contentHash } = await notices.draft(brand.by(brand.ann), { key });
  await publish(contentHash);
  const current = await currentNotice(brand.db, key);
  const recipients = current?.content.sections.find(({ element }) => element === "recipients")?.body;
  expect(recipients?.["zh-CN"]).toContain(`${ALIYUN}，受我们委托处理`);
  expect(recipients?.en).toContain(ALIYUN);
  expect(current?.purposes.find(({ code }) => code === "account")?.terms.recipients).toMatchObject([
    { name: ALIYUN, relation: "entrusted", country: "CN" },
  ]);
  expect(await row()).toMatchObject({ behind: false, current: { gaps: 0 } });
});
