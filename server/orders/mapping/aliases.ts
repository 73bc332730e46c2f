import { fields } from "../formats/format.ts";
import { formats } from "../formats/index.ts";
import { columnName } from "../reading/cells.ts";
import { type Mappable, mappable, type SensitiveKind, sensitiveKinds } from "./model.ts";

/** Names that mean one field and nothing else, in shops' own tables, ERP exports and foreign shop systems. */
const plainly: Readonly<Record<Mappable, string>> = {
  orderId:
    "订单号 订单编号 订单id 平台订单号 平台单号 线上订单号 线上单号 网店订单号 原始订单号 原始单号 主订单号 主订单编号 交易编号 orderid orderno ordernumber ordernum ordercode ordersn platformorderid platformorderno originalorderid tid",
  lineId:
    "子订单号 子订单编号 子订单id 子单号 明细编号 订单明细id suborderid suborderno suborder orderlineid orderitemid lineitemid lineid oid",
  status: "订单状态 交易状态 平台状态 线上状态 订单交易状态 orderstatus orderstate tradestatus",
  afterSale: "售后状态 退款状态 订单退款状态 维权状态 refundstatus aftersalestatus aftersalesstatus returnstatus",
  paid: "实付 实付款 实付金额 实付总额 实际支付 实际支付金额 实际付款 实际付款金额 买家实付 买家实付金额 客户实付金额 用户实付金额 订单实付金额 已付金额 付款金额 支付金额 paid amountpaid paidamount totalpaid paidtotal paymentamount payamount actualpayment actualpaid",
  refund:
    "退款金额 已退款金额 已退金额 实退金额 退款总额 订单已退款金额 refundamount refundedamount amountrefunded totalrefunded refundtotal refunded",
  sku: "商家编码 商品编码 商家sku sku编码 sku货号 商品货号 货号 规格编码 商家商品编码 sku skucode skuno itemsku lineitemsku productcode itemcode merchantsku sellersku",
  quantity:
    "数量 商品数量 购买数量 订购数量 成交数量 销售数量 件数 商品件数 商品总数量 quantity qty itemquantity lineitemquantity itemqty",
  placedAt:
    "下单时间 下单日期 订单时间 订单日期 订单创建时间 订单提交时间 创建时间 拍单时间 拍下时间 ordertime orderdate orderedat orderplacedat placedat ordercreatedat ordercreatedtime ordercreatetime createdat createtime createdtime creationtime datecreated",
  paidAt:
    "付款时间 付款日期 支付时间 支付日期 订单付款时间 订单支付时间 买家付款时间 支付完成时间 paidat paytime paidtime paymenttime paymentdate paydate datepaid",
  shippedAt: "发货时间 发货日期 订单发货时间 出库时间 shippedat shiptime shippedtime shipdate shippeddate fulfilledat",
  completedAt:
    "完成时间 完成日期 订单完成时间 交易完成时间 交易成功时间 确认收货时间 订单确认收货时间 completedat completetime completedtime completiontime finishedat finishtime datecompleted",
  phone:
    "手机 手机号 联系手机 联系电话 收货人手机 收货人手机号 收货人电话 收件人手机 收件人手机号 收件人电话 虚拟号 虚拟号码 隐私号 隐私号码 receiverphone receivermobile recipientphone consigneephone shippingphone phone phonenumber mobile virtualnumber",
  phoneExpiresAt: "虚拟号过期时间 虚拟号有效期 虚拟号到期时间 隐私号过期时间 隐私号有效期 隐私号到期时间",
};

/** Names that often mean the field, and sometimes another: somebody has to look. */
const maybe: Partial<Record<Mappable, string>> = {
  orderId: "单号 编号 交易号 外部订单号 订单 order orderref reference",
  status: "状态 status state",
  afterSale: "售后 退款 维权",
  paid: "金额 总金额 合计金额 总价 订单金额 订单总额 订单总价 应付金额 订单应付金额 用户应付金额 应收金额 实收金额 商品金额 amount total totalamount totalprice ordertotal orderamount grandtotal payment",
  refund: "refund 退款",
  sku: "编码 商品id 商品编号 产品编码 产品编号 规格id skuid itemid productid",
  quantity: "总数量 宝贝总数量 count items itemcount pieces",
  placedAt: "时间 日期 成交时间 交易时间 创建日期 date time created datetime",
  paidAt: "成交时间",
  completedAt: "签收时间 收货时间 成功时间 receivedat deliveredat closedat",
  phone: "电话 联系方式 tel telephone contact",
};

/** Names of columns that hold people, beyond those that `roleOf` knows. */
const people: Readonly<Record<SensitiveKind, string>> = {
  name: "姓名 买家 买家姓名 收货人姓名 收件人姓名 收货人 收件人 联系人 客户 客户姓名 顾客 顾客姓名 会员姓名 name fullname firstname lastname buyer buyername customer customername recipient recipientname receiver receivername consignee shippingname billingname contactname",
  phone: "tel telephone mobile mobilephone phone phonenumber contactnumber buyerphone customerphone cellphone",
  address:
    "地址 收货地址 收件地址 详细地址 address address1 address2 shippingaddress shippingaddress1 shippingstreet billingaddress street receiveraddress",
  idCard: "身份证 身份证号 身份证号码 证件号 证件号码 idcard idnumber identitynumber",
};

/** `plainly`: the name means this field and no other. The lower the rank, the better the name. */
export type Alias = { readonly field: Mappable; readonly plainly: boolean; readonly rank: number };

const AFTER_OURS = 1_000;
const aliases = new Map<string, Alias[]>();
/** The names in the platforms' own exports. */
const exact = new Map<string, Map<Mappable, number>>();

for (const field of mappable) {
  for (const [list, isPlain] of [
    [plainly[field], true],
    [maybe[field] ?? "", false],
  ] as const) {
    const names = list.split(" ").filter((name) => name !== "");
    for (const [rank, name] of names.entries())
      aliases.set(name, [...(aliases.get(name) ?? []), { field, plainly: isPlain, rank }]);
  }
}
for (const { columns } of formats.flatMap(({ layouts }) => layouts)) {
  for (const field of fields) {
    if (field === "lineAmount") continue;
    for (const [rank, name] of (columns[field] ?? []).entries()) {
      const key = columnName(name);
      exact.set(key, (exact.get(key) ?? new Map()).set(field, rank + AFTER_OURS));
    }
  }
}
const sensitiveNames: ReadonlyMap<string, SensitiveKind> = new Map(
  sensitiveKinds.flatMap((kind) => people[kind].split(" ").map((name) => [name, kind] as const)),
);

/** What a column's normalised name may mean. What no list holds means nothing: names are never compared by likeness. */
export function aliasesOf(key: string): readonly Alias[] {
  const bare = bareName(key);
  const listed = aliases.get(bare);
  if (listed !== undefined) return listed;
  const known = [...(exact.get(key) ?? [])];
  return known.map(([field, rank]) => ({ field, plainly: known.length === 1, rank }));
}

/** Who a column is about, by its name. */
export function peopleIn(key: string): SensitiveKind | null {
  return sensitiveNames.get(bareName(key)) ?? null;
}

/** The unit that a column's name states for its amounts; null when it states none. */
export function unitIn(key: string): "yuan" | "fen" | null {
  if (/\((?:分|fen|cents?)\)$|[_-](?:fen|cents?)$|infen$|incents$/.test(key)) return "fen";
  return /\((?:元|yuan|rmb|cny|¥)\)$|[_-](?:yuan|cny|rmb)$/.test(key) ? "yuan" : null;
}

/** A name without its unit and without the signs that programs put between words. */
function bareName(key: string): string {
  return key
    .replace(/\((?:元|分|件|个|yuan|fen|cents?|rmb|cny|¥|必填)\)$/, "")
    .replace(/[_-](?:fen|cents?|yuan|cny|rmb)$/, "")
    .replace(/[_\-./:#*'"]/g, "");
}
