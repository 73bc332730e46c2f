import { csvText, encoded } from "../reading/testing.ts";
import type { Draw } from "./draw.ts";

type Rows = readonly string[][];

/** Where each day finds an order of which something is bought, sent, kept and partly given back. */
const STAGES = ["等待买家付款", "买家已付款，等待卖家发货", "卖家已发货，等待买家确认", "交易成功"] as const;
const ORDERS = 6;
const FILES = 6;

type Item = { readonly id: string; readonly fen: number; readonly sku: string };
type Sold = { readonly id: string; readonly items: readonly Item[]; readonly refundFrom: number };

const yuan = (fen: number) => (fen / 100).toFixed(2);
const total = ({ items }: Sold) => items.reduce((sum, { fen }) => sum + fen, 0);
const isBack = ({ refundFrom }: Sold, day: number) => day >= refundFrom;
const instant = (day: number) => `2026-05-${String(10 + day).padStart(2, "0")} 10:00:00`;
/** When the order came to this stage, if it has by that day. */
const since = (stage: number, day: number) => (day >= stage ? instant(stage) : "");
const stageOn = (day: number) => STAGES[Math.min(day, STAGES.length - 1)] ?? "";

/** The layouts in which Taobao and Tmall tell of the same orders: by order, as merchants pick the columns since 2025, by item. */
const layouts: readonly ((sold: readonly Sold[], day: number) => Rows)[] = [
  (sold, day) => [
    [
      "订单编号",
      "买家会员名",
      "买家应付货款",
      "买家实际支付金额",
      "订单状态",
      "订单创建时间",
      "订单付款时间",
      "发货时间",
      "确认收货时间",
      "宝贝标题",
      "宝贝总数量",
      "退款金额",
    ],
    ...sold.map((one) => [
      ...[one.id, "t**", yuan(total(one)), day === 0 ? "0.00" : yuan(total(one)), stageOn(day)],
      ...[instant(0), since(1, day), since(2, day), since(3, day), "婴儿洗护套装", String(one.items.length)],
      isBack(one, day) ? yuan(one.items[0]?.fen ?? 0) : "0.00",
    ]),
  ],
  (sold, day) => [
    [
      "订单编号",
      "支付单号",
      "买家应付货款",
      "总金额",
      "买家实付金额",
      "订单状态",
      "订单创建时间",
      "订单付款时间",
      "商品标题",
      "发货时间",
      "确认收货时间",
      "退款金额",
      "商家编码",
    ],
    ...sold.map((one) => [
      ...[one.id, "", yuan(total(one)), yuan(total(one))],
      day === 0 ? "0.00" : yuan(total(one) - (isBack(one, day) ? (one.items[0]?.fen ?? 0) : 0)),
      ...[stageOn(day), instant(0), since(1, day), "婴儿洗护套装", since(2, day), since(3, day)],
      isBack(one, day) ? yuan(one.items[0]?.fen ?? 0) : "0.00",
      one.items[0]?.sku ?? "",
    ]),
  ],
  (sold, day) => [
    [
      "子订单编号",
      "主订单编号",
      "标题",
      "购买数量",
      "订单状态",
      "商家编码",
      "买家实际支付金额",
      "退款状态",
      "退款金额",
      "订单创建时间",
      "订单付款时间",
    ],
    ...sold.flatMap((one) =>
      one.items.map((item, at) => [
        ...[item.id, one.id, "婴儿洗护套装", "1", stageOn(day), item.sku, day === 0 ? "0.00" : yuan(item.fen)],
        ...(at === 0 && isBack(one, day) ? ["退款成功", yuan(item.fen)] : ["没有申请退款", "无退款申请"]),
        ...[instant(0), since(1, day)],
      ]),
    ),
  ],
];

/** The files that a shop's orders leave over some days, oldest first, in all the layouts of their platform. */
export function exportsOf(draw: Draw): Uint8Array[] {
  const sold = Array.from({ length: ORDERS }, (_, n): Sold => {
    const id = `5414549${String(n + 1).padStart(11, "0")}7`;
    const items = Array.from({ length: draw.between(1, 3) }, (_, at) => ({
      id: at === 0 ? id : `5414549${String(n + 1).padStart(9, "0")}${at}07`,
      fen: draw.between(1, 90_000),
      sku: draw.pick(["BATH-01", "BATH-02", ""]),
    }));
    return { id, items, refundFrom: draw.pick([2, 3, 4, 99]) };
  });
  return Array.from({ length: FILES }, (_, day) => {
    const some = sold.filter(() => !draw.once(3));
    return draw.pick(layouts)(some.length > 0 ? some : sold, day);
  }).map(bytesOf);
}

/** The same files in another order, one in two cut in two at any row, one in three taken twice. */
export function rearranged(draw: Draw, files: readonly Uint8Array[]): Uint8Array[] {
  const pieces = files.flatMap((file) => {
    const [header = "", ...rows] = Buffer.from(file).toString().trimEnd().split("\r\n");
    const at = draw.once(2) ? draw.below(rows.length + 1) : 0;
    return [rows.slice(0, at), rows.slice(at)]
      .filter((some) => some.length > 0)
      .map((some) => Buffer.from(`${[header, ...some].join("\r\n")}\r\n`));
  });
  const all = pieces.flatMap((piece) => (draw.once(3) ? [piece, piece] : [piece]));
  for (let last = all.length - 1; last > 0; last -= 1) {
    const other = draw.below(last + 1);
    const [a, b] = [all[last], all[other]];
    if (a !== undefined && b !== undefined) [all[last], all[other]] = [b, a];
  }
  return all;
}

function bytesOf(rows: Rows): Uint8Array {
  return encoded(csvText(rows), "utf-8");
}
