import { formats } from "../formats/index.ts";
import { type AfterSaleMeaning, afterSaleMeanings, type Meaning, meanings } from "./model.ts";

/** Words of shops' own tables and of foreign shop systems. What may mean two things, such as "pending", is left out. */
const own: Readonly<Partial<Record<Meaning, string>>> = {
  placed: "待付款 未付款 待支付 未支付 等待付款 unpaid pendingpayment awaitingpayment",
  paid: "已付款 已支付 待发货 未发货 待出库 配货中 备货中 部分发货 paid processing unfulfilled awaitingshipment",
  shipped: "已发货 待收货 运输中 已出库 发货中 shipped intransit fulfilled dispatched",
  completed: "已完成 完成 交易成功 交易完成 已收货 已签收 确认收货 completed complete delivered finished",
  refunding: "退款中 售后中 申请退款 refunding refundrequested",
  refunded: "已退款 全额退款 全部退款 refunded fullyrefunded",
  ended: "交易关闭 已关闭 关闭 已取消 取消 closed cancelled canceled voided",
};
const ownAfterSale: Readonly<Record<AfterSaleMeaning, string>> = {
  none: "无 无售后 无退款 没有退款 未退款 none no",
  asked: "退款中 售后中 申请退款 申请中 处理中 requested refunding",
  back: "退款成功 已退款 退款完成 全额退款 refunded",
};

const layouts = formats.flatMap((format) => format.layouts);
const words = settled(
  layouts.flatMap((layout) => Object.entries(layout.words)),
  meanings.flatMap((meaning) => spelledOut(own[meaning], meaning)),
);
const afterSaleWords = settled(
  layouts.flatMap((layout) => Object.entries(layout.afterSaleWords ?? {})),
  afterSaleMeanings.flatMap((meaning) => spelledOut(ownAfterSale[meaning], meaning)),
);

/** What a status word means wherever it is used; null for one that is unknown, or means different things. */
export function meaningOf(word: string): Meaning | null {
  return words.get(spelled(word)) ?? null;
}

/** The same for the words of refunds and returns. */
export function afterSaleMeaningOf(word: string): AfterSaleMeaning | null {
  return afterSaleWords.get(spelled(word)) ?? null;
}

/** One meaning a word: ours where we have one, else the platforms' where they agree. */
function settled<M>(
  platforms: readonly (readonly [string, M])[],
  ours: readonly (readonly [string, M])[],
): ReadonlyMap<string, M | null> {
  const found = new Map<string, M | null>();
  for (const [word, meaning] of platforms) {
    const key = spelled(word);
    found.set(key, found.has(key) && found.get(key) !== meaning ? null : meaning);
  }
  for (const [word, meaning] of ours) found.set(word, meaning);
  return found;
}

function spelledOut<M>(list: string | undefined, meaning: M): [string, M][] {
  return list === undefined ? [] : list.split(" ").map((word) => [word, meaning]);
}

function spelled(word: string): string {
  return word.toLowerCase().replace(/[_-]/g, "");
}
