import type { Format } from "./format.ts";

export const kuaishou: Format = {
  platform: "kuaishou",
  layouts: [
    {
      name: "kuaishou",
      columns: {
        orderId: ["订单号"],
        status: ["订单状态"],
        afterSale: ["售后状态"],
        paid: ["实付款"],
        sku: ["SKU编码"],
        quantity: ["成交数量"],
        placedAt: ["订单创建时间"],
        paidAt: ["订单支付时间"],
        shippedAt: ["发货时间"],
        phone: ["收货人电话"],
      },
      required: ["orderId", "status", "paid"],
      marks: ["赠品订单号", "活动订单编号", "快递费", "主播补贴", "成交数量", "CPS达人ID", "快赚客ID", "SKU编码", "订单载体"],
      lineBy: [],
      paidScope: "order",
      refundScope: "order",
      orderId: /^\d{15,17}$/,
      words: {
        待付款: "placed",
        待发货: "paid",
        已发货: "shipped",
        已收货: "completed",
        交易成功: "completed",
        交易关闭: "ended",
      },
      afterSaleWords: {
        无售后: "none",
        售后关闭: "none",
        售后处理中: "asked",
        售后中: "asked",
        退款中: "asked",
        退款成功: "back",
        售后成功: "back",
      },
      relayDays: 15,
    },
  ],
};
