import type { AfterSaleWord, Format, Layout, Word } from "./format.ts";

const words = {
  等待买家付款: "placed",
  "买家已付款,等待卖家发货": "paid",
  买家已付款: "paid",
  卖家部分发货: "paid",
  "卖家已发货,等待买家确认": "shipped",
  卖家已发货: "shipped",
  交易成功: "completed",
  交易关闭: "ended",
} satisfies Record<string, Word>;

/** Only 退款成功 is money back; an amount beside any other word is what was asked for. */
const afterSaleWords = {
  没有申请退款: "none",
  无退款申请: "none",
  退款关闭: "none",
  "买家已经申请退款,等待卖家同意": "asked",
  "卖家已经同意退款,等待买家退货": "asked",
  "买家已经退货,等待卖家确认收货": "asked",
  卖家拒绝退款: "asked",
  退款成功: "back",
} satisfies Record<string, AfterSaleWord>;

const orderId = /^\d{15,20}$/;

const orders: Layout = {
  name: "taobao_orders",
  columns: {
    orderId: ["订单编号"],
    status: ["订单状态"],
    paid: ["买家实际支付金额"],
    refund: ["退款金额"],
    sku: ["商家编码"],
    quantity: ["宝贝总数量"],
    placedAt: ["订单创建时间"],
    paidAt: ["订单付款时间"],
    shippedAt: ["发货时间"],
    completedAt: ["确认收货时间"],
    phone: ["联系手机"],
    phoneExpiresAt: ["虚拟号过期时间"],
  },
  required: ["orderId", "status", "paid"],
  marks: ["买家会员名", "买家应付货款", "买家应付邮费", "总金额", "宝贝标题", "宝贝种类", "支付单号", "订单关闭原因"],
  lineBy: [],
  paidScope: "order",
  refundScope: "order",
  orderId,
  words,
  noRefundWords: ["无退款申请"],
};

/** Since about 2025: XLSX, columns picked by the merchant; after a full refund 买家实付金额 falls to 0.00. */
const picked: Layout = {
  ...orders,
  name: "tmall_xlsx",
  columns: { ...orders.columns, paid: ["买家实付金额"], sku: ["商家编码"] },
  marks: [
    "买家应付货款",
    "买家应付邮费",
    "总金额",
    "商品标题",
    "支付单号",
    "应发货时间",
    "确认收货打款金额",
    "备注标签",
  ],
  paidIs: "net",
};

const items: Layout = {
  name: "taobao_items",
  columns: {
    orderId: ["主订单编号"],
    lineId: ["子订单编号"],
    status: ["订单状态"],
    afterSale: ["退款状态"],
    paid: ["买家实际支付金额", "买家实付金额"],
    refund: ["退款金额"],
    sku: ["商家编码", "外部系统编号"],
    quantity: ["购买数量"],
    placedAt: ["订单创建时间"],
    paidAt: ["订单付款时间"],
    shippedAt: ["发货时间"],
    completedAt: ["确认收货时间"],
  },
  required: ["orderId", "lineId", "status", "paid"],
  marks: ["标题", "商品标题", "购买数量", "外部系统编号", "商品属性", "套餐信息", "退款状态"],
  lineBy: [["子订单编号"]],
  paidScope: "line",
  refundScope: "line",
  orderId,
  words,
  afterSaleWords,
  refundIs: "asked",
  noRefundWords: ["无退款申请"],
};

/** Order number protection since 2022-08-24: a relay number ends 15 days after completion. */
export const taobao: Format = {
  platform: "taobao",
  relay: { atMost: 60, afterCompletion: 15 },
  layouts: [orders, picked, items],
};
