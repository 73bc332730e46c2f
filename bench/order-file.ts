import { closeSync, openSync, writeSync } from "node:fs";
import iconv from "iconv-lite";

const HEADER =
  "子订单编号,主订单编号,标题,价格,购买数量,外部系统编号,商品属性,备注,订单状态,商家编码,买家应付货款,买家实际支付金额,退款状态,退款金额,订单创建时间,订单付款时间";
const STATUSES = [
  "交易成功",
  "交易成功",
  "交易成功",
  "交易成功",
  "卖家已发货，等待买家确认",
  "买家已付款，等待卖家发货",
  "等待买家付款",
  "交易关闭",
];
const TITLES = ["婴儿洗护套装", "宝宝润肤乳", "新生儿棉柔巾", "护臀膏三支装", "儿童防晒霜"];
const START = Date.UTC(2026, 0, 1);

/**
 * Writes a synthetic Taobao item list in GB18030: `rows` rows of 16 columns, two to an order on average, newest order
 * last. The same `seed` gives the same file; another one gives other orders.
 */
export function writeOrderFile(path: string, rows: number, seed = 1): void {
  const file = openSync(path, "w");
  let random = seed * 2_654_435_761;
  const draw = (below: number) => {
    random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0;
    return random % below;
  };
  let text = `${HEADER}\r\n`;
  for (let row = 0, order = 0; row < rows; order += 1) {
    const lines = Math.min(1 + draw(3), rows - row);
    const id = `${4_100_000_000_000 + seed * 1_000_000_000 + order}${String(100_000 + draw(900_000))}`;
    const placed = START + order * 20_000;
    const status = STATUSES[draw(STATUSES.length)] ?? "";
    const paid = status !== "等待买家付款" && status !== "交易关闭";
    for (let line = 0; line < lines; line += 1, row += 1) {
      const yuan = (19 + draw(400) + draw(100) / 100).toFixed(2);
      const title = TITLES[draw(TITLES.length)];
      const lineId = line === 0 ? id : `${id.slice(0, -1)}${line}`;
      text += `="${lineId}",="${id}",${title},${yuan},${1 + draw(3)},EXT-${draw(9_999)},颜色:米白;规格:${draw(5)} 段,${draw(5) === 0 ? "请尽快发货，谢谢" : ""},"${status}",SKU-${draw(500)},${yuan},${paid ? yuan : "0.00"},没有申请退款,无退款申请,${stamp(placed)},${paid ? stamp(placed + 95_000) : ""}\r\n`;
    }
    if (text.length > 1 << 20) {
      writeSync(file, iconv.encode(text, "gb18030"));
      text = "";
    }
  }
  writeSync(file, iconv.encode(text, "gb18030"));
  closeSync(file);
}

function stamp(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace("T", " ");
}
