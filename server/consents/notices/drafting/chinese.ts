import type { ActivityTerms, LawfulBasis, Recipient, RecipientRelation } from "../../activities/model.ts";
import { bare, type DraftFacts, fieldNames, isOfChild, ofEach, type Wording } from "./wording.ts";

const zh = "zh-CN";

const bases: Record<LawfulBasis, string> = {
  consent: "你的同意（《个人信息保护法》第十三条第一款第一项）",
  contract: "订立、履行你作为一方的合同所必需（《个人信息保护法》第十三条第一款第二项）",
  legalDuty: "履行法定职责或者法定义务所必需（《个人信息保护法》第十三条第一款第三项）",
  emergency:
    "应对突发公共卫生事件，或者紧急情况下保护生命健康和财产安全所必需（《个人信息保护法》第十三条第一款第四项）",
  publicInterest: "为公共利益在合理范围内进行新闻报道、舆论监督（《个人信息保护法》第十三条第一款第五项）",
  published: "在合理范围内处理已经合法公开的信息（《个人信息保护法》第十三条第一款第六项）",
  otherLaw: "法律、行政法规规定的其他情形（《个人信息保护法》第十三条第一款第七项）",
};

const relations: Record<RecipientRelation, string> = {
  entrusted: "受我们委托处理（《个人信息保护法》第二十一条）",
  joint: "与我们共同处理，你可以向任一方行使权利（《个人信息保护法》第二十条）",
  provision: "由我们向其提供，须取得你的单独同意（《个人信息保护法》第二十三条）",
};

/** A notice in Chinese: short sentences, 你 for whoever reads it, 孩子 for the child. */
export const chinese: Wording = {
  title: ({ kind, purposes, handler }) => {
    if (kind === "enhanced") return `个人信息告知书：${names(purposes, 1)}`;
    return `${handler.brand}${/\w$/.test(handler.brand) ? " " : ""}${kind === "child" ? "儿童个人信息保护规则" : "隐私政策"}`;
  },
  short: (facts) => {
    const [terms] = facts.purposes;
    if (facts.kind === "enhanced" && terms !== undefined) {
      return [
        `用途：${stop(terms.purpose[zh])}`,
        `信息：${listed(fieldNames(facts, terms, zh), 8)}。`,
        `期限：${kept(terms)}`,
        `不同意：${stop(terms.refusal[zh])}`,
        "撤回：随时可以在“授权管理”里一步撤回，相关信息随即删除。",
      ];
    }
    if (facts.kind === "child") {
      return [
        "不满 14 周岁的孩子，个人信息都是敏感个人信息。只有你作为监护人单独同意，我们才处理；每个目的分开同意，没有默认勾选。",
        `涉及的目的：${names(facts.purposes, 8)}。`,
        "不同意，只是用不了需要这些信息的服务；等级、积分、订单和售后不变。你随时可以撤回，相关信息随即删除。",
      ];
    }
    return [
      "我们只处理会员服务离不开的个人信息，并在这里逐项说明。",
      `涉及的目的：${names(facts.purposes, 8)}。`,
      "敏感个人信息和孩子的信息，另用告知书逐项征得单独同意。不同意不影响等级、积分、订单和售后；同意后随时可以撤回。",
    ];
  },
  sections: {
    handler: {
      heading: "谁在处理你的信息",
      body: ({ handler: { operator, brand } }) => [
        `个人信息处理者：${operator}。`,
        ...(brand === operator ? [] : [`会员品牌：${brand}。`]),
      ],
    },
    contact: {
      heading: "怎样联系我们",
      body: (facts) => [
        `${isOfChild(facts) ? "专门负责儿童个人信息保护的人" : "个人信息保护负责人"}的联系方式：${facts.handler.privacyContact}。`,
        "有疑问、要行使权利或者要投诉，都可以用这个联系方式。",
      ],
    },
    purpose: {
      heading: "用来做什么",
      body: (facts) => ofEach(facts, zh, (terms) => [stop(terms.purpose[zh]), `依据：${basisOf(terms)}。`]),
    },
    fields: {
      heading: "需要哪些信息",
      body: (facts) => [
        ...ofEach(facts, zh, (terms) => {
          const [must, may, sensitive] = [
            fieldNames(facts, terms, zh, ({ mandatory }) => mandatory),
            fieldNames(facts, terms, zh, ({ mandatory }) => !mandatory),
            fieldNames(facts, terms, zh, (_, definition) => definition?.class === "sensitive"),
          ];
          return [
            must.length === 0 ? "" : `必须提供：${listed(must)}。`,
            may.length === 0 ? "" : `可以不提供：${listed(may)}。默认不提供，由你自己打开。`,
            sensitive.length === 0 ? "" : `其中${listed(sensitive)}是敏感个人信息。`,
            terms.fields.length === 0 ? "用途中已经写明的信息，不需要你另外填写。" : "",
          ];
        }),
        ...(isOfChild(facts)
          ? ["不满十四周岁未成年人的个人信息都是敏感个人信息（《个人信息保护法》第二十八条）。"]
          : []),
      ],
    },
    necessity: {
      heading: "为什么需要",
      body: (facts) =>
        ofEach(facts, zh, (terms) =>
          terms.fields.map(
            ({ key, necessity }) => `${facts.definitions.get(key)?.name[zh] ?? key}：${stop(necessity[zh])}`,
          ),
        ),
    },
    impact: {
      heading: "对个人权益的影响",
      body: (facts) => ofEach(facts, zh, ({ impact }) => [impact === null ? "" : stop(impact[zh])]),
    },
    method: {
      heading: "怎样处理",
      body: (facts) =>
        ofEach(facts, zh, ({ method, automatedDecision }) => [
          stop(method[zh]),
          automatedDecision
            ? "其中有程序自动作出的决定：规则公开，对所有人一样，不在价格等交易条件上实行不合理的差别待遇。对你权益有重大影响的，你可以要求说明，也可以拒绝只由程序作出决定（《个人信息保护法》第二十四条）。"
            : "",
        ]),
    },
    retention: {
      heading: "保存多久，到期怎样处理",
      body: (facts) => [
        ...ofEach(facts, zh, (terms) => [kept(terms)]),
        "到期、目的已经实现、你撤回同意或者注销账号，我们主动删除。法律要求继续保存的，只存储，不作他用（《个人信息保护法》第十九条、第四十七条）。",
      ],
    },
    storagePlace: {
      heading: "存放在哪里，怎样保护",
      body: (facts) => [
        ...ofEach(facts, zh, ({ storagePlace }) => [`存放地点：${stop(storagePlace[zh])}`]),
        "需要同意的信息加密存放，每位会员各用一把密钥。只有岗位需要的人能看，每次查看都有记录。",
      ],
    },
    recipients: {
      heading: "还有谁会接触到",
      body: (facts) =>
        facts.purposes.every(({ recipients }) => recipients.length === 0)
          ? ["没有其他接收方：我们不提供给别人，也不委托别人处理。"]
          : ofEach(facts, zh, (terms) => terms.recipients.map((recipient) => received(facts, terms, recipient))),
    },
    refusal: {
      heading: "不同意会怎样",
      body: (facts) => [
        ...ofEach(facts, zh, ({ refusal }) => [stop(refusal[zh])]),
        "不同意或者撤回同意，等级、积分、订单和售后都不变（《个人信息保护法》第十六条）。",
      ],
    },
    withdrawal: {
      heading: "怎样撤回同意",
      body: (facts) => [
        "在“授权管理”里一步撤回，和同意一样方便，不用说明理由。",
        "撤回后，靠这项同意保存的信息随即删除。撤回之前已经完成的处理不受影响（《个人信息保护法》第十五条）。",
        ...(facts.purposes.every(({ basis }) => basis === "consent")
          ? []
          : ["不以同意为依据的处理，可以通过注销账号结束。"]),
      ],
    },
    rights: {
      heading: "你的权利",
      body: ({ handler, ...facts }) => [
        `${isOfChild(facts) ? "你可以代孩子" : "你可以"}查阅、复制、更正、补充、转移、删除个人信息，限制或者拒绝处理，要求我们解释规则，也可以注销账号（《个人信息保护法》第四十四条至第四十八条）。`,
        `在会员中心操作，或者联系 ${handler.privacyContact}。我们及时处理；不能满足的，说明理由，你可以依法向人民法院起诉（《个人信息保护法》第五十条）。`,
      ],
    },
    guardian: {
      heading: "监护人的同意",
      body: (facts) =>
        isOfChild(facts)
          ? [
              "处理不满十四周岁未成年人的个人信息，须取得父母或者其他监护人的同意（《个人信息保护法》第三十一条、《儿童个人信息网络保护规定》第九条）。",
              "请确认你是孩子的父母或者其他监护人。监护关系有争议时，我们停止使用孩子的信息，直到争议解决。",
              "孩子满 14 周岁当天，你的同意到期，据此保存的信息删除。",
            ]
          : [],
    },
    complaint: {
      heading: "投诉和举报",
      body: ({ handler }) => [
        `可以联系 ${handler.privacyContact}，也可以向网信部门或者其他履行个人信息保护职责的部门投诉、举报（《个人信息保护法》第六十五条）。`,
      ],
    },
  },
};

function basisOf({ basis, basisDetail, consentKind }: ActivityTerms): string {
  if (consentKind === "guardian") return "监护人的单独同意（《个人信息保护法》第二十九条、第三十一条）";
  if (consentKind === "separate") return "你的单独同意（《个人信息保护法》第十三条第一款第一项、第二十九条）";
  return `${bases[basis]}${basisDetail === null ? "" : `，即${bare(basisDetail)}`}`;
}

function kept({ retention: { trigger, days } }: ActivityTerms): string {
  if (trigger === "withdrawal") return "保存到你撤回同意为止。";
  return `${trigger === "collected" ? "收集" : "最后一次使用"}后保存 ${days} 天。`;
}

function received(facts: DraftFacts, terms: ActivityTerms, recipient: Recipient): string {
  const { name, contact, relation, purpose, method, country } = recipient;
  const what = listed(fieldNames(facts, terms, zh)) || "提供服务时产生的记录";
  const abroad =
    country === "CN"
      ? ""
      : `所在国家或地区：${country}；向境外提供须另行取得单独同意（《个人信息保护法》第三十九条）。`;
  return `${name}，${relations[relation]}。联系方式：${contact}。目的：${stop(purpose[zh])}方式：${stop(method[zh])}信息：${what}。${abroad}`;
}

function names(purposes: readonly ActivityTerms[], most: number): string {
  return listed(
    purposes.map(({ name }) => name[zh]),
    most,
  );
}

function listed(parts: readonly string[], most = parts.length): string {
  return `${parts.slice(0, most).join("、")}${parts.length > most ? `等 ${parts.length} 项` : ""}`;
}

function stop(text: string): string {
  return `${bare(text)}。`;
}
