import type { PublicText } from "../../core/public-text.ts";
import type { PurposeCode } from "../model.ts";
import type { ActivityTerms } from "./model.ts";

const both = (chinese: string, english: string): PublicText => ({ "zh-CN": chinese, en: english });

/** What the four have in common: the member's own data, kept here, passed on to nobody. */
const shared = {
  subject: "member",
  consentKind: "none",
  fields: [],
  storagePlace: both("中华人民共和国境内", "Within mainland China"),
  impact: null,
  recipients: [],
  automatedDecision: false,
  systems: ["会员系统"],
} as const satisfies Partial<ActivityTerms>;

/**
 * Processing that the product itself carries out for every brand, on the membership contract or a duty of law. In force
 * without a row: it is what the software does, and changes with it. Its data lies in tables of its own, not in the vault.
 */
export const standardActivities: readonly { readonly code: PurposeCode; readonly terms: ActivityTerms }[] = [
  {
    code: "account",
    terms: {
      ...shared,
      name: both("会员账号", "Membership account"),
      purpose: both(
        "建立和登录会员账号：卡号、通行密钥，以及你自愿提供的手机号。",
        "To open and enter your account: card number, passkeys, and a phone number if you choose to give one.",
      ),
      use: "account",
      basis: "contract",
      basisDetail: "会员服务协议：入会与登录",
      method: both(
        "手机号加密保存，只用于登录，不用于合并来源。",
        "A phone number is kept encrypted, used to sign in only, never to join sources.",
      ),
      retention: { trigger: "lastUse", days: 1_095 },
      refusal: both(
        "没有登录凭据就无法成为会员；手机号可以不提供。",
        "Without any credential there is no membership; a phone number is not needed.",
      ),
    },
  },
  {
    code: "orders",
    terms: {
      ...shared,
      name: both("订单与等级", "Orders and tier"),
      purpose: both(
        "保存你认领的脱敏订单，据此计算成长值和等级，按等级给出统一的价格和权益。",
        "To keep the desensitised orders you claim, and to compute growth, tier and the tier's prices and benefits from them.",
      ),
      use: "order",
      basis: "contract",
      basisDetail: "会员服务协议：等级与权益规则",
      method: both(
        "只保存订单指纹和脱敏订单号，按公开规则自动计算。",
        "Only a keyed fingerprint and a masked number are kept; public rules compute the rest.",
      ),
      retention: { trigger: "lastUse", days: 1_095 },
      refusal: both(
        "不认领订单就没有成长值，其他不受影响。",
        "Without claimed orders there is no growth; nothing else changes.",
      ),
      automatedDecision: false,
    },
  },
  {
    code: "security",
    terms: {
      ...shared,
      name: both("安全与审计", "Security and audit"),
      purpose: both(
        "防止盗用账号，记录谁在什么时候做了什么，供你和监管核查。",
        "To prevent abuse of accounts and to record who did what and when, for you and for auditors.",
      ),
      use: "security",
      basis: "legalDuty",
      basisDetail: "个人信息保护法第五十一条、第五十四条；网络安全法第二十一条",
      method: both(
        "记录操作、时间和编号，不记录个人信息的内容。",
        "Acts, instants and ids are recorded, never the content of personal data.",
      ),
      retention: { trigger: "collected", days: 1_095 },
      refusal: both("这是法律要求的处理，不能关闭。", "The law demands this; it cannot be switched off."),
    },
  },
  {
    code: "rights",
    terms: {
      ...shared,
      name: both("个人信息权利", "Your rights"),
      purpose: both(
        "答复查阅、复制、更正、删除等申请，并保存同意与撤回的记录。",
        "To answer requests for access, copies, correction and deletion, and to keep records of consent and withdrawal.",
      ),
      use: "account",
      basis: "legalDuty",
      basisDetail: "个人信息保护法第四十四条至第五十条、第六十九条",
      method: both(
        "只追加的记录，带签名封存，可由你下载凭证自行核验。",
        "Append-only records, sealed by signature; you can download receipts and verify them yourself.",
      ),
      retention: { trigger: "collected", days: 1_095 },
      refusal: both("这是法律要求的处理，不能关闭。", "The law demands this; it cannot be switched off."),
    },
  },
];
