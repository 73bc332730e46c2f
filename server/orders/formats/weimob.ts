import type { Format } from "./format.ts";

/** Unconfirmed: no public header row was found. A file that differs is mapped by hand. */
export const weimob: Format = {
  platform: "weimob",
  // Nothing is published of its relay numbers: the shortest life that any platform gives one.
  relay: { atMost: 15, afterCompletion: 0 },
  layouts: [
    {
      name: "weimob",
      columns: {
        orderId: ["订单编号"],
        status: ["订单状态"],
        afterSale: ["维权状态"],
        paid: ["实付金额"],
        refund: ["退款金额"],
        sku: ["商品编码"],
        quantity: ["商品数量"],
        placedAt: ["下单时间"],
        paidAt: ["支付时间"],
        shippedAt: ["发货时间"],
        completedAt: ["完成时间"],
        phone: ["收货人手机号"],
      },
      required: ["orderId", "status", "paid"],
      marks: ["父订单编号", "维权状态", "客户昵称", "客户手机号", "优惠金额", "配送方式"],
      lineBy: [],
      paidScope: "order",
      refundScope: "order",
      orderId: /^\d{12,20}$/,
      words: {
        待付款: "placed",
        待支付: "placed",
        待发货: "paid",
        部分发货: "paid",
        已发货: "shipped",
        已收货: "completed",
        已完成: "completed",
        已取消: "ended",
      },
      afterSaleWords: { 无维权: "none", 维权关闭: "none", 维权中: "asked", 维权完成: "back" },
    },
  ],
};
