import type { Context, StaffActor } from "../core/context.ts";
import type { PublicText } from "../core/public-text.ts";
import { termsHash as hashOf } from "../core/terms-hash.ts";
import type { ActivityTerms, AssessmentContent } from "./activities/model.ts";
import { list } from "./activities/queries.ts";
import * as activities from "./activities/service.ts";
import type { FieldDefinition } from "./fields/model.ts";
import * as fields from "./fields/service.ts";
import type { PurposeCode } from "./model.ts";

const both = (chinese: string, english: string): PublicText => ({ "zh-CN": chinese, en: english });

const BIRTH_MONTH_FOR_SWIM = both(
  "月龄决定泳池的水深和水温。",
  "The age in months decides the depth and temperature of the pool.",
);

/** Baby swimming: what the store must know before a child goes into the water. */
export const SWIM_PREPARATION: ActivityTerms = {
  name: both("宝宝游泳准备", "Preparing baby swimming"),
  purpose: both(
    "按宝宝的月龄和体重准备泳圈、泳池和水温，仅用于你预约的宝宝游泳。",
    "To prepare ring, pool and water for the child's age and weight, only for the baby swimming you book.",
  ),
  use: "service",
  subject: "child",
  basis: "consent",
  basisDetail: null,
  consentKind: "guardian",
  fields: [
    { key: "child.birthMonth", necessity: BIRTH_MONTH_FOR_SWIM, mandatory: true },
    {
      key: "child.weight",
      necessity: both(
        "体重决定泳圈尺码，尺码不对有溺水风险。",
        "The weight decides the ring size; a wrong one can drown a child.",
      ),
      mandatory: true,
    },
    {
      key: "child.sex",
      necessity: both(
        "只用于准备更衣用品，不提供不影响游泳。",
        "Only for changing supplies; swimming does not depend on it.",
      ),
      mandatory: false,
    },
  ],
  method: both(
    "加密保存；店员核销时只看到泳圈尺码、泳池和月龄段，看不到原始数值。",
    "Kept encrypted; staff see the ring size, pool and age band when they redeem, never the values themselves.",
  ),
  retention: { trigger: "lastUse", days: 30 },
  storagePlace: both("中华人民共和国境内", "Within mainland China"),
  impact: both(
    "宝宝的月龄和体重属于不满十四周岁未成年人的个人信息。一旦泄露，可能被用于针对家庭的骚扰推销。",
    "A child's age and weight are data of a minor under 14. If they leaked, the family might be targeted by unwanted sales calls.",
  ),
  refusal: both("无法预约宝宝游泳，其他权益不变。", "Baby swimming cannot be booked; every other benefit stays."),
  recipients: [],
  automatedDecision: false,
  systems: ["会员系统"],
};

/** Recommendations by age: another purpose, asked for on a sheet of its own. */
export const BABY_RECOMMENDATION: ActivityTerms = {
  name: both("按月龄推荐", "Recommendations by age"),
  purpose: both(
    "按宝宝的月龄推荐适龄商品和育儿内容。",
    "To recommend products and articles that fit the child's age in months.",
  ),
  use: "recommendation",
  subject: "child",
  basis: "consent",
  basisDetail: null,
  consentKind: "guardian",
  fields: [
    {
      key: "child.birthMonth",
      necessity: both("月龄决定哪些内容适合宝宝。", "The age in months decides what fits the child."),
      mandatory: true,
    },
  ],
  method: both(
    "系统按月龄自动筛选内容，不影响价格；可以随时关闭。",
    "A program selects content by age in months; prices are never affected, and it can be switched off at any time.",
  ),
  retention: { trigger: "withdrawal", days: 0 },
  storagePlace: both("中华人民共和国境内", "Within mainland China"),
  impact: both(
    "宝宝的月龄属于不满十四周岁未成年人的个人信息，推荐内容可能让看到手机的人知道你有宝宝。",
    "A child's age is data of a minor under 14; recommendations may tell whoever sees your phone that you have a child.",
  ),
  refusal: both(
    "看到的推荐与所有人相同，其他不变。",
    "You see the same recommendations as everybody; nothing else changes.",
  ),
  recipients: [],
  automatedDecision: true,
  systems: ["会员系统"],
};

/** A field of the brand's own, which nothing asks for yet. */
const CITY: FieldDefinition = {
  key: "member.city",
  subject: "member",
  class: "general",
  name: both("常住城市", "City of residence"),
  format: { kind: "text", maxLength: 40 },
};

/** Provision to another company: lawful only by separate consent that names it. A draft, and not assessed. */
export const ADS_SHARING: ActivityTerms = {
  name: both("广告合作推送", "Advertising by another company"),
  purpose: both(
    "把你的常住城市提供给示例广告有限公司，由它按城市展示本品牌的广告。",
    "To give your city of residence to Example Advertising Co., Ltd., which shows this brand's advertisements by city.",
  ),
  use: "provision",
  subject: "member",
  basis: "consent",
  basisDetail: null,
  consentKind: "separate",
  fields: [
    {
      key: "member.city",
      necessity: both(
        "广告按城市展示，不需要更精确的位置。",
        "Advertisements are shown by city; nothing more exact is needed.",
      ),
      mandatory: true,
    },
  ],
  method: both(
    "每月一次以加密文件提供，对方不得转交他人。",
    "Handed over once a month as an encrypted file; it may not be passed on.",
  ),
  retention: { trigger: "collected", days: 180 },
  storagePlace: both("中华人民共和国境内", "Within mainland China"),
  impact: null,
  refusal: both(
    "不会收到这类广告，积分、订单和权益不变。",
    "You will not see these advertisements; growth, orders and benefits stay as they are.",
  ),
  recipients: [
    {
      name: "示例广告有限公司",
      contact: "privacy@ads.example",
      relation: "provision",
      purpose: both("按城市展示本品牌的广告", "Showing this brand's advertisements by city"),
      method: both("加密文件，保存 180 天后删除", "Encrypted file, deleted after 180 days"),
      country: "CN",
    },
  ],
  automatedDecision: false,
  systems: ["会员系统"],
};

const SWIM_ASSESSMENT: AssessmentContent = {
  lawfulness:
    "目的限于会员预约的宝宝游泳；月龄、体重为准备泳圈和泳池所必需，性别为选填且默认不收集；取得监护人单独同意。",
  impactAndRisk: "涉及不满十四周岁未成年人信息，泄露可能导致针对家庭的骚扰；数据量小、字段少、保存期短，风险可控。",
  measures: "逐会员密钥加密存储；店员仅见推导结果；查看原值须另一人批准并留痕；末次使用后 30 天删除；撤回即删除。",
  risk: "medium",
};
const RECOMMENDATION_ASSESSMENT: AssessmentContent = {
  lawfulness: "仅以月龄筛选适龄内容，目的单一；取得监护人单独同意，可随时关闭，关闭后展示与所有人相同的内容。",
  impactAndRisk: "自动化决策不影响价格与权益；可能使他人得知家庭有婴幼儿，影响有限。",
  measures: "逐会员密钥加密存储；不对外提供；撤回即删除；推荐规则公开说明。",
  risk: "low",
};

/** Of what the product itself does: the tier that a program computes, and the phone numbers that go to whoever sends codes. */
const STANDARD_ASSESSMENTS: Readonly<Record<PurposeCode, AssessmentContent>> = {
  orders: {
    lawfulness: "为履行会员服务协议所必需；只按认领的脱敏订单和公开规则计算等级，不使用其他个人信息。",
    impactAndRisk: "等级由程序决定，影响价格和权益；规则公开、对所有会员相同，不存在不合理的差别待遇；误算可以申诉。",
    measures: "规则版本化并公开；每次变动可查看依据；会员可以要求说明并由人工复核。",
    risk: "low",
  },
  account: {
    lawfulness: "委托发送验证码短信，为登录和验证手机号所必需；手机号可以不提供。",
    impactAndRisk: "受托方接触手机号和验证码；验证码短时有效，泄露影响有限。",
    measures: "与受托方约定目的、期限、方式和保护措施；加密传输；只传手机号和验证码。",
    risk: "low",
  },
};

/**
 * Brings the demo's two purposes about children into force as any are: drafted, assessed, approved by a second person.
 * What the product itself does is assessed too where it must be. Sharing for advertising stays a draft.
 */
export async function seedDemoActivities(drafter: Context<StaffActor>, approver: Context<StaffActor>): Promise<void> {
  const live: readonly (readonly [PurposeCode, ActivityTerms, AssessmentContent])[] = [
    ["swim_preparation", SWIM_PREPARATION, SWIM_ASSESSMENT],
    ["baby_recommendation", BABY_RECOMMENDATION, RECOMMENDATION_ASSESSMENT],
  ];
  for (const [code, terms, content] of live) {
    const { termsHash } = await activities.save(drafter, { code, editing: null, terms });
    const { assessmentId } = await activities.submitAssessment(drafter, { code, termsHash, content });
    await activities.decideAssessment(approver, { assessmentId, approve: true, note: "同意启用" });
    await activities.move(approver, { code, to: "active", reason: "首次启用" });
  }
  for (const { code, own, terms, assessed } of await list(drafter.db)) {
    const content = STANDARD_ASSESSMENTS[code];
    if (!own || assessed || content === undefined) continue;
    const { assessmentId } = await activities.submitAssessment(drafter, { code, termsHash: hashOf(terms), content });
    await activities.decideAssessment(approver, { assessmentId, approve: true, note: "同意" });
  }
  await fields.add(drafter, CITY);
  await activities.save(drafter, { code: "ads_sharing", editing: null, terms: ADS_SHARING });
}
