import type { Format } from "./format.ts";

export const xiaohongshu: Format = {
  platform: "xhs",
  layouts: [
    {
      name: "xhs",
      columns: {
        orderId: ["订单号"],
        status: ["订单状态"],
        afterSale: ["售后状态"],
        paid: ["用户应付金额(元)"],
        sku: ["商家编码", "小红书编码", "规格ID"],
        quantity: ["SKU件数"],
        placedAt: ["订单创建时间"],
        paidAt: ["支付时间"],
        shippedAt: ["订单发货时间"],
        completedAt: ["订单完成时间"],
        phone: ["收件人电话"],
      },
      required: ["orderId", "status", "paid"],
      marks: ["订单标记", "小红书编码", "规格ID", "SKU名称", "SKU件数", "是否为赠品", "包裹总运费(元)", "集包地/ExpressExtend1"],
      lineBy: [["规格ID", "小红书编码", "SKU名称"]],
      paidScope: "line",
      refundScope: "line",
      orderId: /^P\d{17,19}$/,
      words: {
        待支付: "placed",
        待付款: "placed",
        待配货: "paid",
        配货中: "paid",
        待发货: "paid",
        已发货: "shipped",
        已完成: "completed",
        已取消: "ended",
      },
      afterSaleWords: { 无售后: "none", 售后关闭: "none", 售后处理中: "asked", 售后完成: "back" },
      relayDays: 15,
    },
  ],
};
