/**
 * Makes the sample files in `samples/` anew: `node db/seed/make-samples.ts`. All values are synthetic; the layouts are
 * the platform's. The second file holds the items of the orders of the first, the third is exported a week later.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import iconv from "iconv-lite";
import { csvText, workbook } from "#server/orders/reading/testing.ts";

const folder = join(import.meta.dirname, "samples");
const SHANGHAI_MS = 8 * 3_600_000;
const FIRST = Date.parse("2026-06-01T09:05:00+08:00");
const EXPORTED = Date.parse("2026-06-15T09:30:00+08:00");
const LATER = Date.parse("2026-06-22T09:30:00+08:00");
const ORDERS = 130;

const orderColumns =
  "订单编号,买家会员名,买家会员昵称,支付单号,支付详情,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,买家实际支付金额,买家实际支付积分,订单状态,买家留言,收货人姓名,收货地址 ,运送方式,联系电话 ,联系手机,虚拟号过期时间,订单创建时间,订单付款时间 ,宝贝标题 ,宝贝种类 ,物流单号 ,物流公司,订单备注,宝贝总数量,店铺Id,店铺名称,订单关闭原因,卖家服务费,买家服务费,发票抬头,是否手机订单,分阶段订单信息,特权订金订单id,是否上传合同照片,是否上传小票,是否代付,定金排名,修改后的sku,修改后的收货地址,异常信息,退款金额,确认收货时间,打款商家金额,发货时间,商家备忘,主订单编号".split(
    ",",
  );
const itemColumns =
  "子订单编号,主订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码,支付单号,买家应付货款,买家实际支付金额,退款状态,退款金额,订单创建时间,订单付款时间".split(
    ",",
  );
const pickedColumns =
  "订单编号,支付单号,支付详情,买家应付货款,买家应付邮费,总金额,买家实付金额,订单状态,买家留言,收货人姓名,收货地址,联系手机,订单创建时间,订单付款时间,商品标题,宝贝总数量,物流单号,物流公司,商家备注,备注标签,店铺名称,应发货时间,发货时间,确认收货时间,退款金额,确认收货打款金额,商家编码,商品属性SKU".split(
    ",",
  );

const products = [
  { title: "宝宝润肤乳", sku: "RF-200", fen: 12_900 },
  { title: "新生儿棉柔巾 6 包", sku: "MR-006", fen: 8_990 },
  { title: "婴儿洗护套装", sku: "XH-SET", fen: 26_800 },
  { title: "有机米粉", sku: "MF-225", fen: 6_800 },
  { title: "儿童保温杯", sku: "BW-350", fen: 15_900 },
  { title: "安抚玩偶礼盒", sku: "WO-BOX", fen: 49_900 },
];
const people = ["张**", "王**", "李**", "赵**", "陈**", "杨**", "周**", "欧阳**"];
const places = [
  "浙江省 杭州市 西湖区 示例街道 *****",
  "广东省 深圳市 南山区 样本街道 *****",
  "四川省 成都市 武侯区 虚拟街道 *****",
];

/** What buyers and shops write: harmless, broken over lines, dangerous in a spreadsheet, or personal. */
const notes: Readonly<Record<number, string>> = {
  5: "请尽快发货，谢谢",
  11: '第一行\n第二行，含"引号"和,逗号',
  17: "送人的，请不要放发票",
  23: "改送到公司，打13812345678",
  31: '=HYPERLINK("http://example.invalid","点我")',
  42: "放丰巢柜即可",
  58: "收件人：张三，示例路8号院3号楼602",
};

type Item = { readonly title: string; readonly sku: string; readonly quantity: number; readonly fen: number };
type Order = {
  readonly index: number;
  readonly id: string;
  readonly placed: number;
  readonly items: readonly Item[];
  readonly fen: number;
  /** Never paid; all of it or its last item given back; or neither. */
  readonly fate: "kept" | "unpaid" | "returned" | "partlyReturned";
};

const orders: readonly Order[] = Array.from({ length: ORDERS }, (_, index) => {
  const items = Array.from({ length: 1 + (index % 3 === 0 ? 1 : 0) }, (_, line) => {
    const { title, sku, fen } = products[(index * 5 + line * 2) % products.length] ?? { title: "", sku: "", fen: 0 };
    return { title, sku, quantity: 1 + ((index + line) % 4 === 0 ? 1 : 0), fen };
  });
  const fate =
    index % 19 === 7 ? "unpaid" : index % 23 === 9 ? "returned" : index % 24 === 12 ? "partlyReturned" : "kept";
  return {
    index,
    id: `51${String((index * 7_919_317_331 + 40_215_537_719) % 10_000_000_000_000).padStart(13, "3")}${String(1_000 + index * 37)}`,
    placed: FIRST + index * 11_640_000,
    items,
    fen: items.reduce((sum, { quantity, fen }) => sum + quantity * fen, 0),
    fate,
  } as const;
});

const placedBy = (at: number): readonly Order[] => orders.filter(({ placed }) => placed < at);

/** How an order stands at an instant, in the platform's words. */
function standing(
  order: Order,
  at: number,
): { word: string; paidAt: number; shippedAt: number; completedAt: number; back: number } {
  const never = { paidAt: 0, shippedAt: 0, completedAt: 0, back: 0 };
  if (order.fate === "unpaid") return { word: at - order.placed > 86_400_000 ? "交易关闭" : "等待买家付款", ...never };
  const times = [order.placed + 95_000, order.placed + 72_000_000, order.placed + 400_000_000] as const;
  const [paidAt, shippedAt, completedAt] = times.map((time) => (time <= at ? time : 0));
  const told = { paidAt: paidAt ?? 0, shippedAt: shippedAt ?? 0, completedAt: completedAt ?? 0 };
  if (order.fate === "returned" && told.shippedAt > 0)
    return { word: "交易关闭", ...told, completedAt: 0, back: order.fen };
  const word =
    told.completedAt > 0
      ? "交易成功"
      : told.shippedAt > 0
        ? "卖家已发货，等待买家确认"
        : told.paidAt > 0
          ? "买家已付款，等待卖家发货"
          : "等待买家付款";
  const last = order.items.at(-1);
  const back =
    order.fate === "partlyReturned" && told.completedAt > 0 && order.items.length > 1 && last
      ? last.quantity * last.fen
      : 0;
  return { word, ...told, back };
}

function orderRow(order: Order): string[] {
  const at = standing(order, EXPORTED);
  const relay = order.index % 8 === 3;
  const tail = String(1_000 + ((order.index * 613) % 9_000));
  const cells: Record<string, string> = {
    订单编号: `="${order.id}"`,
    买家会员名: `t**${order.index % 10}`,
    买家会员昵称: "用**",
    支付单号: `="20260601220011${String(order.index).padStart(14, "0")}"`,
    买家应付货款: yuan(order.fen),
    买家应付邮费: "0.00",
    总金额: yuan(order.fen),
    买家实际支付金额: yuan(at.paidAt > 0 ? order.fen : 0),
    订单状态: order.index === 64 ? "等待海关放行" : at.word,
    买家留言: notes[order.index] ?? "",
    收货人姓名: people[order.index % people.length] ?? "",
    "收货地址 ": places[order.index % places.length] ?? "",
    运送方式: "快递",
    联系手机: relay ? `'1700000${tail}-${String(order.index).padStart(4, "0")}` : `'138****${tail}`,
    虚拟号过期时间: relay ? "2026-08-20 00:00:00" : "",
    订单创建时间: clock(order.placed),
    "订单付款时间 ": clock(at.paidAt),
    "宝贝标题 ": order.items.map(({ title }) => title).join("，"),
    "宝贝种类 ": String(order.items.length),
    "物流单号 ": at.shippedAt > 0 ? `No:SF1381234${tail}${order.index}` : "",
    物流公司: at.shippedAt > 0 ? "顺丰速运" : "",
    宝贝总数量: String(order.items.reduce((sum, { quantity }) => sum + quantity, 0)),
    店铺Id: "0",
    店铺名称: "示例品牌旗舰店",
    订单关闭原因: at.word === "交易关闭" ? "买家未付款" : "订单未关闭",
    是否手机订单: "手机订单",
    退款金额: order.index === 71 ? "12.345" : yuan(at.back),
    确认收货时间: clock(at.completedAt),
    打款商家金额: `${yuan(at.completedAt > 0 ? order.fen - at.back : 0)}元`,
    发货时间: clock(at.shippedAt),
    主订单编号: `="${order.id}"`,
  };
  return orderColumns.map((column) => cells[column] ?? "");
}

function itemRows(order: Order): string[][] {
  const at = standing(order, EXPORTED);
  return order.items.map((item, line) => {
    const back = at.back === order.fen || (at.back > 0 && line === order.items.length - 1);
    const amount = yuan(item.quantity * item.fen);
    const cells: Record<string, string> = {
      子订单编号: `="${line === 0 ? order.id : `${order.id.slice(0, -2)}9${line}`}"`,
      主订单编号: `="${order.id}"`,
      标题: item.title,
      价格: yuan(item.fen),
      购买数量: String(item.quantity),
      商品属性: "规格：标准",
      订单状态: back ? "交易关闭" : at.word,
      商家编码: item.sku,
      买家应付货款: amount,
      买家实际支付金额: at.paidAt > 0 ? amount : "0.00",
      退款状态: back ? "退款成功" : "没有申请退款",
      退款金额: back ? amount : "无退款申请",
      订单创建时间: clock(order.placed),
      订单付款时间: clock(at.paidAt),
    };
    return itemColumns.map((column) => cells[column] ?? "");
  });
}

function pickedRow(order: Order): string[] {
  const at = standing(order, LATER);
  const gone = at.back === order.fen && order.fen > 0;
  const cells: Record<string, string> = {
    订单编号: order.id,
    买家应付货款: yuan(order.fen),
    总金额: yuan(order.fen),
    买家实付金额: yuan(at.paidAt > 0 && !gone ? order.fen : 0),
    订单状态: at.word.replace("，", ","),
    收货人姓名: people[order.index % people.length] ?? "",
    收货地址: places[order.index % places.length] ?? "",
    联系手机: `*******${1_000 + order.index}`,
    订单创建时间: clock(order.placed),
    订单付款时间: clock(at.paidAt),
    商品标题: order.items.map(({ title }) => title).join("，"),
    宝贝总数量: String(order.items.reduce((sum, { quantity }) => sum + quantity, 0)),
    店铺名称: "示例品牌旗舰店",
    发货时间: clock(at.shippedAt),
    确认收货时间: clock(at.completedAt),
    退款金额: yuan(at.back),
    确认收货打款金额: yuan(at.completedAt > 0 ? order.fen - at.back : 0),
    商家编码: order.items.map(({ sku }) => sku).join("，"),
  };
  return pickedColumns.map((column) => cells[column] ?? "");
}

function yuan(fen: number): string {
  return (fen / 100).toFixed(2);
}

/** Beijing time, as exports write it; nothing for what has not happened. */
function clock(at: number): string {
  return at === 0 ? "" : new Date(at + SHANGHAI_MS).toISOString().slice(0, 19).replace("T", " ");
}

mkdirSync(folder, { recursive: true });
const first = placedBy(EXPORTED);
const write = (name: string, bytes: Uint8Array): void => writeFileSync(join(folder, name), bytes);
write(
  "taobao-ExportOrderList202606150930.csv",
  iconv.encode(csvText([orderColumns, ...first.map(orderRow)]), "gb18030"),
);
write(
  "taobao-ExportOrderDetailList202606150930.csv",
  iconv.encode(csvText([itemColumns, ...first.flatMap(itemRows)]), "gb18030"),
);
write("tmall-ExportOrderList202606220930.xlsx", workbook([[pickedColumns, ...placedBy(LATER).map(pickedRow)]]));
