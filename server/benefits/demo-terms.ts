import type { FieldKey } from "../consents/fields/model.ts";
import type { PublicText } from "../core/public-text.ts";
import type { BenefitTerms, Derivation, StoreId } from "./model.ts";

/** A text in both languages. */
export const both = (chinese: string, english: string): PublicText => ({ "zh-CN": chinese, en: english });

/** What store staff see of a child: the size of ring and pool and a band of age, by the brand's own table. */
const SWIM_TABLE: readonly Derivation[] = [
  {
    key: "ringSize",
    name: both("泳圈尺码", "Swim ring"),
    field: "child.weight",
    bands: [
      { below: 6, value: both("S 号", "Size S") },
      { below: 9, value: both("M 号", "Size M") },
      { below: 12, value: both("L 号", "Size L") },
      { below: null, value: both("XL 号", "Size XL") },
    ],
  },
  {
    key: "poolSize",
    name: both("泳池", "Pool"),
    field: "child.birthMonth",
    bands: [
      { below: 6, value: both("小池", "Small") },
      { below: 18, value: both("中池", "Medium") },
      { below: null, value: both("大池", "Large") },
    ],
  },
  {
    key: "ageBand",
    name: both("月龄段", "Age"),
    field: "child.birthMonth",
    bands: [
      { below: 6, value: both("0 至 5 个月", "0–5 months") },
      { below: 12, value: both("6 至 11 个月", "6–11 months") },
      { below: 24, value: both("12 至 23 个月", "12–23 months") },
      { below: null, value: both("24 个月及以上", "24 months and over") },
    ],
  },
];

const need = (field: FieldKey, chinese: string, english: string, mandatory: boolean) => ({
  field,
  necessity: both(chinese, english),
  mandatory,
});

/** Baby swimming: booked, for silver and up, with what is needed to prepare ring and pool. */
export function swimTerms(from: Date): BenefitTerms {
  return {
    title: both("宝宝游泳", "Baby swimming"),
    description: both(
      "每月 2 次，门店提供泳圈和恒温泳池，需提前预约。",
      "Twice a month, with a swim ring and a warm pool at the store. Book ahead.",
    ),
    tiers: ["silver", "gold", "jade"],
    gives: { kind: "service" },
    quota: { count: 2, period: "month", rollover: 0 },
    purpose: "swim_preparation",
    needs: [
      need("child.birthMonth", "按月龄选择泳池和水温", "Pool and water temperature depend on age", true),
      need("child.weight", "按体重选择泳圈尺码", "The size of the swim ring depends on weight", true),
      need("child.sex", "准备泳衣时参考，不填不影响使用", "Only for choosing swimwear; not needed to swim", false),
    ],
    derivations: [...SWIM_TABLE],
    booked: true,
    stores: [],
    window: { from: from.toISOString(), to: null },
  };
}

/** A gift at the store for everybody, without any data; an unused one is carried into the next month. */
export function giftTerms(from: Date): BenefitTerms {
  return {
    title: both("到店礼", "Gift at the store"),
    description: both(
      "每月到店领取湿巾一包，当月未领可顺延一个月。",
      "A pack of wipes each month at the store; an unused one is kept for a month.",
    ),
    tiers: ["registered", "silver", "gold", "jade"],
    gives: { kind: "service" },
    quota: { count: 1, period: "month", rollover: 1 },
    purpose: null,
    needs: [],
    derivations: [],
    booked: false,
    stores: [],
    window: { from: from.toISOString(), to: null },
  };
}

/** A class for parents at one store, booked, without any data. */
export function classTerms(from: Date, storeId: StoreId): BenefitTerms {
  return {
    ...giftTerms(from),
    title: both("育儿课堂", "Parenting class"),
    description: both("每季度一次小班课，需提前预约。", "A small class once a quarter. Book ahead."),
    tiers: ["gold", "jade"],
    quota: { count: 1, period: "quarter", rollover: 0 },
    booked: true,
    stores: [storeId],
  };
}
