import { type LeakKind, leakKinds } from "../reading/model.ts";
import { decoys } from "./decoys.ts";
import type { Draw } from "./draw.ts";
import { inText, personName } from "./people.ts";

/** A cell of which it is known what personal data it holds. `family` says what was put into it. */
export type KnownCell = {
  readonly column: string;
  readonly text: string;
  readonly kinds: ReadonlySet<LeakKind>;
  readonly family: string;
};

const NOTES = [
  "买家留言",
  "商家备注",
  "订单备注",
  "买家备注",
  "修改后的sku",
  "发票抬头",
  "定制信息",
  "商品规格",
  "买家会员昵称",
];
const NAMES = ["收货人姓名", "收件人姓名", "收件人", "收货人/提货人", "客户姓名"];
const PHONES = ["联系手机", "收件人手机号", "收货人手机号/提货人手机号", "联系电话", "手机"];
const ADDRESSES = ["收货地址", "详细地址", "收件人地址", "修改后的收货地址"];
const CODES = ["商家编码", "商品ID", "物流单号", "订单编号", "SKU编码", "条形码", "快递单号"];
const ID_CARDS = ["身份证号码", "收件人身份证号"];
const AMOUNTS = ["买家实际支付金额", "用户实付金额(元)", "退款金额"];

const BEFORE = [
  "",
  "",
  "",
  "请打",
  "急！",
  "麻烦尽快发货，",
  "亲，",
  "不要放驿站。",
  "宝宝过敏 😭 ",
  "加急\n",
  "备注：",
  "🙏谢谢，",
  "“",
  "（",
];
const AFTER = [
  "",
  "",
  "",
  " 谢谢",
  "，谢谢！",
  "，送货前联系",
  "。",
  "～",
  "\n辛苦了",
  " 🙏",
  "）",
  "，收到请回复",
  "；周末送",
  "…",
];
const PROSE = [
  "请尽快发货，谢谢",
  "宝宝过敏体质，麻烦检查包装",
  "颜色:米白;规格:3 段",
  "送女友的，要礼盒 🎁",
  "已备注，明天补发",
  "不要放驿站，打不通就放门口",
  "客户要求开票",
  "婴儿洗护套装 500ml*2",
  "老客户，多送小样",
  "地址不详，已联系",
];

/** So many cells: a third of them with personal data of all kinds, the rest with what looks like it and with prose. */
export function* knownCells(draw: Draw, count: number): Generator<KnownCell> {
  for (let made = 0; made < count; made += 1) {
    if (draw.below(3) === 0) yield leaking(draw);
    else if (draw.below(4) === 0) yield clean(draw.pick([...NOTES, ...ADDRESSES]), draw.pick(PROSE), "prose");
    else yield decoyed(draw);
  }
}

function leaking(draw: Draw): KnownCell {
  const kind = draw.pick(leakKinds);
  if (kind === "name" && draw.once(2)) return only(kind, draw.pick(NAMES), personName(draw));
  if (kind === "mobile" && draw.once(4)) return only(kind, draw.pick(PHONES), inText.mobile(draw));
  if (kind === "id_card" && draw.once(4)) return only(kind, draw.pick(ID_CARDS), inText.id_card(draw));
  if (kind === "address" && draw.once(2)) return only(kind, draw.pick(ADDRESSES), inText.address(draw));
  const column = draw.pick(draw.once(6) ? [...CODES, ...PHONES, ...ADDRESSES] : NOTES);
  const kinds = new Set([kind]);
  let text = draw.pick(BEFORE) + inText[kind](draw);
  if (draw.once(8)) {
    const more = draw.pick(leakKinds);
    kinds.add(more);
    text += draw.pick(["，", "；", "\n", " / "]) + inText[more](draw);
  } else if (draw.once(6)) {
    text += draw.pick(["，", "；", "\n"]) + draw.pick(besides)(draw);
  }
  text += draw.pick(AFTER);
  // A code column is looked into once somebody wrote text there.
  return {
    column,
    text: roleIsCode(column) && !/[\u0080-\uffff]/.test(text) ? `注 ${text}` : text,
    kinds,
    family: kind,
  };
}

/** Decoys that people write beside personal data. */
const besides = (["orderId", "tracking", "amount", "instant", "hotline", "relay"] as const).map(
  (family) => decoys[family] ?? (() => ""),
);

function roleIsCode(column: string): boolean {
  return CODES.includes(column);
}

function only(kind: LeakKind, column: string, text: string): KnownCell {
  return { column, text, kinds: new Set([kind]), family: kind };
}

function clean(column: string, text: string, family: string): KnownCell {
  return { column, text, kinds: new Set(), family };
}

const MASKED_NAMES = [
  "张**",
  "张*",
  "*三",
  "李*明",
  "微信用户",
  "李女士",
  "王先生",
  "赵*[1003]",
  "匿名",
  "-",
  "",
  "匿名用户",
];

function decoyed(draw: Draw): KnownCell {
  if (draw.once(10)) return clean(draw.pick(NAMES), draw.pick(MASKED_NAMES), "maskedName");
  if (draw.once(10))
    return clean(draw.pick(PHONES), draw.pick(["masked", "relay", "ciphertext"].map(decoy))(draw), "maskedPhone");
  if (draw.once(10)) return clean(draw.pick(CODES), bareCode(draw), "bareCode");
  if (draw.once(12)) return clean(draw.pick(AMOUNTS), `${draw.between(0, 1_999)}.${draw.digits(2)}`, "bareAmount");
  if (draw.once(12)) return clean(draw.pick(ADDRESSES), "浙江省 杭州市 西湖区 示例街道 *****", "maskedAddress");
  const family = draw.pick(Object.keys(decoys));
  const text = decoy(family)(draw);
  if (family === "ciphertext") return clean(draw.pick([...NOTES, ...NAMES, ...ADDRESSES]), text, family);
  return clean(draw.pick(NOTES), draw.pick(BEFORE) + text + draw.pick(AFTER), family);
}

function decoy(family: string): (draw: Draw) => string {
  return decoys[family] ?? (() => "");
}

/** A code of digits alone, in a column for codes: one that is a phone's shape is none. */
function bareCode(draw: Draw): string {
  return draw.pick([
    `13${draw.digits(9)}`,
    draw.digits(13),
    `SF${draw.digits(13)}`,
    `="${draw.digits(19)}"`,
    `'${draw.digits(18)}`,
  ]);
}
