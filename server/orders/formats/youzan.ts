import type { AfterSaleWord, Format, Word } from "./format.ts";

const words = {
  待付款: "placed",
  待发货: "paid",
  待接单: "paid",
  部分发货: "paid",
  已发货: "shipped",
  交易完成: "completed",
  交易关闭: "ended",
} satisfies Record<string, Word>;

const afterSaleWords = {
  退款失败: "none",
  退款关闭: "none",
  退款中: "asked",
  部分退款中: "asked",
  退款成功: "back",
  部分退款成功: "back",
} satisfies Record<string, AfterSaleWord>;

const orderId = /^E\d{20,26}$/;

/** The id is E and yyyyMMddHHmmss in Beijing time. */
function placedFromId(id: string): number | null {
  const at = Date.UTC(
    Number(id.slice(1, 5)),
    Number(id.slice(5, 7)) - 1,
    Number(id.slice(7, 9)),
    Number(id.slice(9, 11)) - 8,
    Number(id.slice(11, 13)),
    Number(id.slice(13, 15)),
  );
  return Number.isNaN(at) ? null : at;
}

export const youzan: Format = {
  platform: "youzan",
  // Nothing is published of its relay numbers: the shortest life that any platform gives one.
  relay: { atMost: 15, afterCompletion: 0 },
  layouts: [
    {
      name: "youzan",
      columns: {
        orderId: ["订单号"],
        status: ["订单状态"],
        afterSale: ["订单退款状态"],
        paid: ["订单实付金额"],
        refund: ["订单已退款金额"],
        placedAt: ["订单创建时间"],
        paidAt: ["买家付款时间"],
        completedAt: ["交易成功时间"],
        phone: ["收货人手机号/提货人手机号"],
      },
      required: ["orderId", "paid"],
      marks: [
        "全部商品名称",
        "商品种类数",
        "订单已退款金额",
        "买家付款时间",
        "归属店铺",
        "订单实收金额",
        "收货人/提货人",
        "订单抵用积分数",
      ],
      lineBy: [],
      paidScope: "order",
      refundScope: "order",
      orderId,
      words,
      afterSaleWords,
      placedFromId,
    },
    {
      name: "youzan_items",
      columns: {
        orderId: ["订单号"],
        status: ["订单商品状态"],
        afterSale: ["商品退款状态"],
        paid: ["商品实际成交金额"],
        refund: ["商品已退款金额"],
        sku: ["规格编码", "商品编码"],
        quantity: ["商品数量"],
        shippedAt: ["商品发货时间"],
        completedAt: ["交易成功时间"],
        phone: ["收货人手机号/提货人手机号"],
      },
      required: ["orderId", "status", "paid"],
      marks: [
        "外部订单号",
        "商品类目",
        "商品优惠后价格",
        "商品金额小计",
        "商品退款状态",
        "商品发货状态",
        "规格编码",
        "商品抵用积分数",
      ],
      lineBy: [["商品编码"], ["规格编码"], ["商品规格"]],
      paidScope: "line",
      refundScope: "line",
      orderId,
      words,
      afterSaleWords,
      placedFromId,
    },
  ],
};
