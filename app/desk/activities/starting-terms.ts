import type { ActivityTerms } from "#server/consents/activities/model.ts";

const blank = { "zh-CN": "", en: "" };

/** A blank page: a service to members on their consent, kept here until they withdraw it. */
export const startingTerms: ActivityTerms = {
  name: blank,
  purpose: blank,
  use: "service",
  subject: "member",
  basis: "consent",
  basisDetail: null,
  consentKind: "general",
  fields: [],
  method: blank,
  retention: { trigger: "withdrawal", days: 0 },
  storagePlace: { "zh-CN": "中华人民共和国境内", en: "Within mainland China" },
  impact: null,
  refusal: blank,
  recipients: [],
  automatedDecision: false,
  systems: ["会员系统"],
};
