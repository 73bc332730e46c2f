import type { Draw } from "./draw.ts";
import { idCardDigits, identityCheck, luhnCheck, mobileDigits } from "./people.ts";

/** What looks like personal data in order files and is none (orders.md §11), family by family. */
export const decoys: Readonly<Record<string, (draw: Draw) => string>> = {
  orderId: (draw) =>
    draw.pick([
      `订单${draw.pick("3457".split(""))}${draw.digits(18)}`,
      `单号 69${draw.digits(17)}`,
      `2605${pad(draw.between(1, 28))}-${draw.digits(15)}`,
      `P7${draw.digits(17)}`,
      `37${draw.digits(17)}`,
      `E202605${pad(draw.between(1, 28))}${draw.digits(15)}`,
      `${mobileDigits(draw)}${draw.digits(3)} 已合并`,
    ]),
  tracking: (draw) =>
    draw.pick([
      `SF${draw.pick(["1", "138", "0"])}${draw.digits(10)}${draw.digits(2)}`,
      `YT${mobileDigits(draw)}${draw.digits(2)}`,
      `JD0${draw.digits(12)}`,
      `JT3${draw.digits(12)}`,
      `EA${draw.digits(9)}CN`,
      `中通 7${draw.digits(13)}`,
      `圆通运单号：YT${mobileDigits(draw)}`,
      `韵达43${draw.digits(11)}已签收`,
      `No:SF1${draw.digits(12)}`,
    ]),
  code: (draw) =>
    draw.pick([
      `JH-${draw.digits(3)}`,
      `A${mobileDigits(draw)}B`,
      `SKU${mobileDigits(draw)}`,
      `货号${draw.text("ABCDEFGH", 2)}${draw.digits(8)}`,
      `货架A3-${draw.digits(4)} 缺货15号补发`,
      `69${draw.digits(11)}`,
      `条码69${draw.digits(11)}`,
      `优惠码${draw.text("ABCDEFGHJKLMN23456789", 10)}`,
    ]),
  amount: (draw) =>
    draw.pick([
      `退差价 ${draw.between(1, 99)}.${draw.digits(2)} 元`,
      `¥1,${draw.digits(3)}.90`,
      `满${draw.between(100, 999)}减${draw.between(10, 99)}`,
      `共${draw.between(13, 19)},${draw.digits(3)},${draw.digits(3)}.00元`,
      "一共一百三十八元",
      `${draw.between(13, 18)}.${draw.digits(1)}%`,
    ]),
  instant: (draw) =>
    draw.pick([
      `2026-05-${pad(draw.between(1, 28))} 09:13:42`,
      `【客服小二 09-23 18:${draw.between(10, 59)}】`,
      `20260501${draw.digits(6)}`,
      `17${draw.digits(8)}`,
      `17${draw.digits(11)}`,
      `2026年5月${draw.between(1, 28)}日 9:05`,
      `${draw.between(10, 28)}号之前发货`,
      `子订单A： 2026-06-11 22:17前 ; `,
      `还在半路${draw.between(1, 28)}号能到吗`,
    ]),
  masked: (draw) => {
    const digits = mobileDigits(draw);
    const [head, tail] = [digits.slice(0, 3), digits.slice(-4)];
    return draw.pick([
      `${head}****${tail}`,
      `${head}******${tail.slice(2)}`,
      `*******${tail}`,
      `${head}xxxx${tail}`,
      `${digits.slice(0, 7)}****`,
      `${head}＊＊＊＊${tail}`,
      `尾号${tail}`,
      `330106********${tail}`,
      `6222 **** **** ${tail}`,
      `b***@***`,
      `收件人：张**`,
      `收货人 李*`,
    ]);
  },
  ciphertext: (draw) => {
    const body = draw.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", draw.pick([22, 43, 86]));
    return draw.pick([
      `##${body}=#1##`,
      `$$${body}=$1$$`,
      `~AgAAA${body}=~4~`,
      `$AgAAA${body}=$4$`,
      `#idx#${body}#1##`,
      `##${mobileDigits(draw)}${body}#1##`,
    ]);
  },
  relay: (draw) => {
    const [digits, extension] = [mobileDigits(draw), draw.digits(draw.between(3, 4))];
    const spelling = draw.pick([
      `-${extension}`,
      `－${extension}`,
      `转${extension}`,
      ` 转 ${extension}`,
      `，转${extension}`,
      `[${extension}]`,
      `【${extension}】`,
      `_${extension}`,
      `,${extension}`,
      `分机${extension}`,
      `转分机${extension}`,
      `#${extension}`,
      `（转${extension}）`,
      ` ext.${extension}`,
    ]);
    return draw.pick(["", "", "虚拟号", "虚拟号：", "隐私号 "]) + digits + spelling;
  },
  hotline: (draw) =>
    draw.pick([
      `客服热线400-${draw.digits(3)}-${draw.digits(4)}`,
      `400${draw.digits(7)}`,
      `400 ${draw.digits(3)} ${draw.digits(4)}`,
      `800-820-${draw.digits(4)}`,
      "95588",
      "12315投诉",
    ]),
  size: (draw) =>
    draw.pick([
      "1.38*1.23*456.78cm",
      `${draw.between(150, 190)}/${draw.between(80, 110)}A`,
      `${draw.between(130, 190)}x${draw.digits(4)}x${draw.digits(4)}mm`,
      `尺码 150 155 160 165 170`,
      `${draw.between(10, 99)}*${draw.between(100, 199)}`,
      `13.5英寸`,
    ]),
  badIdCard: (draw) => {
    const body = idCardDigits(draw).slice(0, 17);
    const right = identityCheck(body);
    return draw.pick(["18位 ", "", "编号"]) + body + draw.pick([..."0123456789"].filter((digit) => digit !== right));
  },
  badBankCard: (draw) => {
    const body = `62${draw.digits(draw.between(13, 16))}`;
    return draw.pick(["sku ", "", "流水"]) + body + ((luhnCheck(body) + draw.between(1, 9)) % 10);
  },
  app: (draw) =>
    draw.pick([
      "微信支付的，发票不要",
      "微信小程序下单",
      "微信WeChat支付",
      "wx扫码付款",
      "用微信付款，iPhone15ProMax",
      "微信转账备注货款",
      "加微信客服",
      "QQ音乐会员赠品",
      "QQ糖 25g*30包",
      "vx同号",
      "wxpay回调成功",
      "微信视频号直播间",
    ]),
  model: (draw) =>
    draw.pick([
      "WH-1000XM5",
      `WXH${draw.digits(4)}XM5`,
      `VX${draw.digits(4)}Pro`,
      `型号A${mobileDigits(draw)}B`,
      "iPhone15ProMax 256G",
      `VXE-R1SE+`,
      "3号色口红",
      `样例大道${draw.between(1, 9)}号色`,
    ]),
  batch: (draw) =>
    draw.pick([
      `20260501${draw.digits(12)} 批次`,
      `批号：2605${draw.digits(4)}`,
      `LOT${mobileDigits(draw)}`,
      `批次${mobileDigits(draw)}A`,
      `生产日期20260501/${draw.digits(2)}`,
    ]),
  place: (draw) =>
    draw.pick([
      "浙江省仓发货",
      "走线路2号",
      "华东三号仓",
      `放在${draw.between(1, 20)}号货架`,
      "收货人不在家",
      "收货人电话打不通",
      "我叫外卖了",
      "收件人：本人",
      "收货人：公司前台",
      "收件人：李女士",
      "收货人要求改期",
      "小区门口驿站",
      "收件人同上",
      "收件人方便时联系",
      "收货人周末在",
      "收货人：前台代收",
      "收件人改一下",
      "5号楼门口的驿站",
      "老街口的店",
      "一路平安 8号见",
    ]),
  link: (draw) => `https://example.com/o/${mobileDigits(draw)}?from=wx`,
};

function pad(number: number): string {
  return String(number).padStart(2, "0");
}
