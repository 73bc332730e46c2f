import enBenefits from "#app/messages/en/benefits.json" with { type: "json" };
import enConsents from "#app/messages/en/consents.json" with { type: "json" };
import zhBenefits from "#app/messages/zh-CN/benefits.json" with { type: "json" };
import zhConsents from "#app/messages/zh-CN/consents.json" with { type: "json" };
import { swimTerms } from "#server/benefits/demo-terms.ts";

const swim = swimTerms(new Date()).title;

/** What a member reads, so that one journey can be made in either language. */
export const words = {
  "zh-CN": { swim: swim["zh-CN"], benefits: zhBenefits.mine, consents: zhConsents },
  en: { swim: swim.en, benefits: enBenefits.mine, consents: enConsents },
} as const;
export type Words = (typeof words)["zh-CN" | "en"];
