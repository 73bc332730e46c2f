import type { Format, Layout } from "./format.ts";

const today: Layout = {
  name: "pdd",
  columns: {
    orderId: ["订单号"],
    status: ["订单状态"],
    afterSale: ["售后状态"],
    paid: ["用户实付金额(元)"],
    sku: ["商家编码-规格维度", "商家编码-商品维度"],
    quantity: ["商品数量(件)"],
    paidAt: ["订单成交时间", "支付时间"],
    shippedAt: ["发货时间"],
    completedAt: ["确认收货时间"],
  },
  required: ["orderId", "status", "paid"],
  marks: ["商品总价(元)", "店铺优惠折扣(元)", "平台优惠折扣(元)", "多多支付立减金额(元)", "商家实收金额(元)", "样式ID"],
  lineBy: [],
  paidScope: "order",
  refundScope: "order",
  orderId: /^\d{6}-\d{15}$/,
  words: {
    待付款: "placed",
    待支付: "placed",
    待发货: "paid",
    "已发货,待签收": "shipped",
    "已发货,待收货": "shipped",
    已签收: "completed",
    已收货: "completed",
    已取消: "ended",
    "未发货,退款成功": "refunded",
    "已发货,退款成功": "refunded",
    "已签收,退款成功": "refunded",
    "已取消,退款成功": "refunded",
  },
  afterSaleWords: {
    无售后或售后取消: "none",
    无售后: "none",
    售后取消: "none",
    售后处理中: "asked",
    退款成功: "back",
  },
  placedFromId: (orderId) =>
    Date.UTC(2000 + Number(orderId.slice(0, 2)), Number(orderId.slice(2, 4)) - 1, Number(orderId.slice(4, 6)), -8),
};

/** Older, cross-border and service variants still carry the consignee. */
const full: Layout = {
  ...today,
  name: "pdd_full",
  columns: { ...today.columns, phone: ["手机"] },
  required: [...today.required, "phone"],
  marks: [...today.marks, "收货人", "上门安装费(元)", "身份证姓名", "拼单成功时间", "海淘清关订单号", "用户购买手机号"],
};

/** A relay number is bound for 15 days; counted from the order, since no file says when it was bound. */
export const pinduoduo: Format = { platform: "pdd", relay: { atMost: 15 }, layouts: [today, full] };
