import type { Context, StaffActor } from "../core/context.ts";
import { addDays } from "../core/time.ts";
import type { OfferTerms } from "./kinds/index.ts";
import { type Channel, type Conditions, channels, type Line } from "./model.ts";
import * as publishing from "./publishing/service.ts";
import { answer } from "./service.ts";
import type { ShowcaseProduct } from "./showcase/model.ts";
import * as showcase from "./showcase/service.ts";

/** What the demo brand, a shop for mothers and babies, shows prices of. */
export const DEMO_PRODUCTS: readonly ShowcaseProduct[] = [
  {
    sku: "MF-IN-800",
    name: { "zh-CN": "婴儿配方奶粉 1 段 800 g", en: "Infant formula stage 1, 800 g" },
    category: "formula",
    listPriceFen: 32_800,
  },
  {
    sku: "MF-FO-800",
    name: { "zh-CN": "较大婴儿配方奶粉 2 段 800 g", en: "Follow-on formula stage 2, 800 g" },
    category: "formula",
    listPriceFen: 29_800,
  },
  {
    sku: "MF-GU-800",
    name: { "zh-CN": "幼儿配方奶粉 3 段 800 g", en: "Toddler formula stage 3, 800 g" },
    category: "milk",
    listPriceFen: 25_800,
  },
  {
    sku: "DP-NB-84",
    name: { "zh-CN": "纸尿裤 NB 码 84 片", en: "Diapers size NB, 84" },
    category: "diapers",
    listPriceFen: 12_900,
  },
  {
    sku: "DP-M-76",
    name: { "zh-CN": "纸尿裤 M 码 76 片", en: "Diapers size M, 76" },
    category: "diapers",
    listPriceFen: 13_900,
  },
  {
    sku: "DP-XL-60",
    name: { "zh-CN": "拉拉裤 XL 码 60 片", en: "Training pants size XL, 60" },
    category: "diapers",
    listPriceFen: 14_900,
  },
  {
    sku: "WP-80X6",
    name: { "zh-CN": "婴儿手口湿巾 80 抽 6 包", en: "Baby wipes 80 × 6" },
    category: "care",
    listPriceFen: 4_990,
  },
  {
    sku: "CR-LOT-400",
    name: { "zh-CN": "婴儿保湿面霜 400 ml", en: "Baby lotion 400 ml" },
    category: "care",
    listPriceFen: 8_800,
  },
  {
    sku: "BT-PPSU-240",
    name: { "zh-CN": "PPSU 奶瓶 240 ml", en: "PPSU bottle 240 ml" },
    category: "feeding",
    listPriceFen: 9_800,
  },
  {
    sku: "TY-BLK-60",
    name: { "zh-CN": "软胶积木 60 粒", en: "Soft blocks, 60" },
    category: "toys",
    listPriceFen: 15_900,
  },
];

const everywhere: Conditions["channels"] = [...channels];
const everything = { skus: [], categories: [], excludeSkus: [], excludeCategories: [] };
const everybody = ["registered", "silver", "gold", "jade"];

/** One offer of every kind and more. Formula for the first year is in none: it may not be promoted. */
export const DEMO_OFFERS: readonly OfferTerms[] = [
  percent("银卡会员价 95 折", "Silver: 5% off", ["silver"], 5),
  percent("金卡会员价 9 折", "Gold: 10% off", ["gold"], 10),
  percent("翠卡会员价 88 折", "Jade: 12% off", ["jade"], 12),
  {
    title: { "zh-CN": "全场满 300 减 30", en: "¥30 off every ¥300" },
    conditions: terms({ stackingGroup: "coupon", scope: { ...everything, excludeCategories: ["formula"] } }),
    reward: { kind: "amount-off", minimumFen: 30_000, offFen: 3_000, repeat: true },
  },
  {
    title: { "zh-CN": "湿巾会员专享价 ¥39.9", en: "Wipes at ¥39.90 for members" },
    conditions: terms({
      stackingGroup: "tier-price",
      priority: 10,
      scope: { ...everything, skus: ["WP-80X6"] },
      capPerMember: { count: 2, period: "month" },
    }),
    reward: { kind: "fixed-price", priceFen: 3_990, printedListFen: 4_990 },
  },
  {
    title: { "zh-CN": "买纸尿裤送湿巾", en: "Wipes with diapers" },
    conditions: terms({
      tiers: ["silver", "gold", "jade"],
      scope: { ...everything, categories: ["diapers"] },
      capPerMember: { count: 1, period: "month" },
      budget: { amountFen: null, count: 5_000 },
    }),
    reward: {
      kind: "gift",
      minimumFen: 20_000,
      giftSku: "WP-20",
      giftName: { "zh-CN": "便携湿巾 20 抽", en: "Pocket wipes, 20" },
      quantity: 2,
      worthFen: 690,
    },
  },
  {
    title: { "zh-CN": "金卡、翠卡双倍积分", en: "Double points for Gold and Jade" },
    conditions: terms({ tiers: ["gold", "jade"], scope: { ...everything, excludeCategories: ["formula"] } }),
    reward: { kind: "points-multiplier", percent: 200 },
  },
  {
    title: { "zh-CN": "满 99 包邮", en: "Free delivery over ¥99" },
    conditions: terms({ channels: ["miniProgram", "web"] }),
    reward: {
      kind: "free-service",
      serviceCode: "DELIVERY",
      serviceName: { "zh-CN": "标准快递配送", en: "Standard delivery" },
      minimumFen: 9_900,
      worthFen: 800,
    },
  },
  {
    title: { "zh-CN": "新会员首月玩具减 20", en: "First month: ¥20 off toys" },
    conditions: terms({
      newMemberOnly: true,
      stackingGroup: "coupon",
      scope: { ...everything, categories: ["toys"] },
      capPerMember: { count: 1, period: "campaign" },
    }),
    reward: { kind: "amount-off", minimumFen: 12_000, offFen: 2_000, repeat: false },
  },
  {
    title: { "zh-CN": "门店凭码喂养用品 8 折", en: "20% off feeding with a store code" },
    conditions: terms({
      channels: ["store"],
      stackingGroup: "tier-price",
      codeRequired: true,
      scope: { ...everything, categories: ["feeding"] },
    }),
    reward: { kind: "percent-off", percent: 20 },
  },
];

/** Publishes the demo offers as any offers are, and asks a few prices of each tier, so that there are decisions to replay. */
export async function seedDemoOffers(drafter: Context<StaffActor>, approver: Context<StaffActor>): Promise<void> {
  await showcase.arrange(drafter, { products: [...DEMO_PRODUCTS] });
  for (const terms of DEMO_OFFERS) {
    const draft = await publishing.save(drafter, { offerId: null, editing: null, terms });
    await publishing.approve(approver, draft);
    await publishing.publish(drafter, { ...draft, effectiveFrom: null });
  }
  for (const [day, cart] of DEMO_CARTS.entries()) {
    for (const tier of everybody) {
      const at = addDays(drafter.now, day + 1);
      await answer({ ...drafter, now: at }, { tier, channel: cart.channel, at, lines: linesOf(cart.items) });
    }
  }
}

/** An offer that waits for a second person. */
export async function draftNextDemoOffer(drafter: Context<StaffActor>): Promise<void> {
  const terms = percent("翠卡会员价 85 折", "Jade: 15% off", ["jade"], 15);
  await publishing.save(drafter, { offerId: null, editing: null, terms });
}

/** What people put into their carts: article and quantity. */
const DEMO_CARTS: readonly { readonly channel: Channel; readonly items: Readonly<Record<string, number>> }[] = [
  { channel: "miniProgram", items: { "MF-GU-800": 2, "DP-M-76": 1, "WP-80X6": 1 } },
  { channel: "web", items: { "DP-XL-60": 2, "CR-LOT-400": 1 } },
  { channel: "store", items: { "BT-PPSU-240": 1, "WP-80X6": 2 } },
  { channel: "miniProgram", items: { "MF-IN-800": 3 } },
];

function linesOf(items: Readonly<Record<string, number>>): Line[] {
  return DEMO_PRODUCTS.flatMap(({ sku, category, listPriceFen }) => {
    const quantity = items[sku];
    return quantity === undefined ? [] : [{ sku, category, quantity, listPriceFen }];
  });
}

function percent(zh: string, en: string, tiers: string[], percent: number): OfferTerms {
  return {
    title: { "zh-CN": zh, en },
    conditions: terms({ tiers, stackingGroup: "tier-price", scope: { ...everything, excludeCategories: ["formula"] } }),
    reward: { kind: "percent-off", percent },
  };
}

function terms(over: Partial<Conditions>): Conditions {
  return {
    tiers: everybody,
    channels: everywhere,
    window: { from: "2026-01-01T00:00:00+08:00", to: null },
    scope: everything,
    newMemberOnly: false,
    stackingGroup: null,
    priority: 0,
    capPerMember: null,
    budget: null,
    codeRequired: false,
    ...over,
  };
}
