import type { PublicText } from "../../core/public-text.ts";
import type { PurposeCode } from "../model.ts";
import type { ActivityTerms, Recipient } from "./model.ts";

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

/** Who sends one-time codes where the settings say so: it gets phone numbers and codes, and acts for the brand (Art. 21). */
const ALIYUN: Recipient = {
  name: "阿里云计算有限公司",
  contact: "95187，www.aliyun.com",
  relation: "entrusted",
  purpose: both(
    "发送登录和验证手机号的验证码短信",
    "Sending one-time codes by SMS, to sign in and to check a phone number",
  ),
  method: both(
    "经加密连接只传手机号和验证码，不得用于其他目的",
    "The phone number and the code alone, over an encrypted connection, to be used for nothing else",
  ),
  country: "CN",
};

/** What of the settings decides who else handles members' data. */
export type Outsourced = { readonly sms: "outbox" | "off" | "aliyun" };

/** Whether a purpose is the product's own. */
export function isStandard(code: PurposeCode): boolean {
  return standards.some((standard) => standard.code === code);
}

/**
 * Processing that the product itself carries out for every brand, on the membership contract or a duty of law. In force
 * without a row: it is what the software does, and changes with it and with the settings. Its data lies in tables of its
 * own, not in the vault.
 */
export function standardActivities({ sms }: Outsourced): readonly Standard[] {
  const recipients = sms === "aliyun" ? [ALIYUN] : [];
  return standards.map(({ code, terms }) => ({ code, terms: code === "account" ? { ...terms, recipients } : terms }));
}

type Standard = { readonly code: PurposeCode; readonly terms: ActivityTerms };

const standards: readonly Standard[] = [
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
        "只保存订单指纹和脱敏订单号；等级由程序按公开规则计算，规则对所有会员相同。",
        "Only a keyed fingerprint and a masked number are kept; a program computes the tier by public rules, the same for all.",
      ),
      retention: { trigger: "lastUse", days: 1_095 },
      refusal: both(
        "不认领订单就没有成长值，其他不受影响。",
        "Without claimed orders there is no growth; nothing else changes.",
      ),
      automatedDecision: true,
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
