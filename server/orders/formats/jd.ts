import type { Format } from "./format.ts";

/** One row per SKU; the order's money stands on each of them. A refund after 完成 is not in this file at all. */
export const jd: Format = {
  platform: "jd",
  // A paid relay number ends when the order does; one asked for again later lives two days, and no file shows it.
  relay: { atMost: 60, afterCompletion: 0 },
  layouts: [
    {
      name: "jd",
      columns: {
        orderId: ["订单号"],
        status: ["订单状态"],
        paid: ["应付金额"],
        sku: ["商家SKUID", "货号", "商品ID"],
        quantity: ["订购数量"],
        placedAt: ["下单时间"],
        paidAt: ["付款确认时间"],
        completedAt: ["订单完成时间"],
        phone: ["联系电话"],
      },
      required: ["orderId", "status", "paid"],
      marks: ["商品ID", "订购数量", "京东价", "结算金额", "余额支付", "下单帐号", "客户姓名", "付款确认时间", "货号"],
      lineBy: [["商品ID"]],
      paidScope: "order",
      refundScope: "order",
      orderId: /^\d{11,13}$/,
      words: {
        等待付款: "placed",
        等待付款确认: "placed",
        延迟付款确认: "placed",
        未付款: "placed",
        等待出库: "paid",
        调度中: "paid",
        等待确认收货: "shipped",
        完成: "completed",
        "(删除)等待付款": "closed",
        "(删除)未付款": "closed",
        "(删除)等待付款确认": "closed",
        已取消: "closed",
        "(删除)等待出库": "refunded",
        "(删除)等待确认收货": "refunded",
        "(锁定)等待出库": "refunding",
        "(锁定)等待确认收货": "refunding",
        "(删除)新订单": "ended-if-paid",
        "(删除)暂停": "ended-if-paid",
        "(删除)锁定": "ended-if-paid",
      },
    },
  ],
};
