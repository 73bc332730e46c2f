import type { LeakKind } from "../reading/model.ts";
import type { Draw } from "./draw.ts";

/**
 * Synthetic personal data in all the spellings in which it stands in remarks of real shops: written from what people
 * write, not from what the guard looks for.
 */
export type Personal = { readonly kind: LeakKind; readonly written: string };

const PREFIXES =
  "130 131 132 133 134 135 136 137 138 139 145 147 149 150 151 152 153 155 156 157 158 159 162 165 166 167 170 171 172 173 175 176 177 178 180 181 182 183 184 185 186 187 188 189 190 191 192 193 195 196 197 198 199".split(
    " ",
  );
const PLAIN_NUMERALS = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
const RADIO_NUMERALS = ["洞", "幺", "两", "三", "四", "五", "六", "拐", "八", "勾"];
const FORMAL_NUMERALS = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
const CIRCLED = ["⓪", "①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨"];
const FAMILY =
  "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛韦申尤毕聂焦向柳邢路岳齐梅莫庄祝左涂祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵";
const RARE_FAMILY = "冼邬禹蒙麦宾逄闫佘晏狄米仇匡暴农巩芮蔺燕占喻缪解强冉敖揭揣";
const DOUBLE_FAMILY = ["欧阳", "司马", "上官", "诸葛", "皇甫", "尉迟", "慕容", "令狐", "司徒", "夏侯"];
const GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红娥玲芬燕彬梓涵轩宇浩然欣怡诗雨晨曦思琪嘉";
const FOREIGN = ["阿卜杜拉·热合曼", "买买提·吐尔逊", "古丽娜尔·艾山", "扎西·多吉"];

/** A mobile number as its eleven digits. */
export function mobileDigits(draw: Draw): string {
  return draw.pick(PREFIXES) + draw.digits(8);
}

function grouped(digits: string, sizes: readonly number[], separator: string): string {
  const groups: string[] = [];
  let at = 0;
  for (const size of sizes) {
    groups.push(digits.slice(at, at + size));
    at += size;
  }
  return groups.join(separator);
}

function spelled(digits: string, numerals: readonly string[]): string {
  return [...digits].map((digit) => numerals[Number(digit)] ?? digit).join("");
}

function wide(text: string): string {
  return text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
}

const GROUPINGS = [
  [3, 4, 4],
  [3, 4, 4],
  [3, 4, 4],
  [3, 8],
  [7, 4],
  [4, 3, 4],
  [3, 3, 5],
];
const EACH_DIGIT = Array.from({ length: 11 }, () => 1);

const mobileStyles: readonly ((digits: string, draw: Draw) => string)[] = [
  (digits) => digits,
  (digits) => digits,
  (digits) => digits,
  (digits, draw) => grouped(digits, draw.pick(GROUPINGS), " "),
  (digits, draw) => grouped(digits, draw.pick(GROUPINGS), draw.pick(["-", "-", "－", "–", "—"])),
  (digits) => grouped(digits, [3, 4, 4], "."),
  (digits, draw) => grouped(digits, EACH_DIGIT, draw.pick([" ", "-", ".", "  "])),
  (digits) => wide(digits),
  (digits) => wide(grouped(digits, [3, 4, 4], "-")),
  (digits, draw) => draw.pick(["+86 ", "+86", "86-", "+86-", "0086", "(+86)", "（+86）", "＋８６ "]) + digits,
  (digits) => `+86 ${grouped(digits, [3, 4, 4], "-")}`,
  (digits) => spelled(digits, PLAIN_NUMERALS),
  (digits) => spelled(digits, RADIO_NUMERALS),
  (digits) => spelled(digits, FORMAL_NUMERALS),
  (digits, draw) => {
    const numerals = draw.pick([PLAIN_NUMERALS, RADIO_NUMERALS]);
    return grouped(spelled(digits, numerals), [3, 4, 4], draw.pick([" ", "-", "、", "，"]));
  },
  (digits, draw) => {
    const split = draw.pick([3, 7]);
    const numerals = draw.pick([PLAIN_NUMERALS, RADIO_NUMERALS]);
    return draw.once(2)
      ? spelled(digits.slice(0, split), numerals) + digits.slice(split)
      : digits.slice(0, split) + spelled(digits.slice(split), numerals);
  },
  (digits, draw) =>
    [...digits]
      .map((digit) => (draw.once(2) ? digit : (draw.pick([PLAIN_NUMERALS, RADIO_NUMERALS])[Number(digit)] ?? digit)))
      .join(""),
  (digits) => spelled(digits, CIRCLED),
  (digits) => [...digits].map((digit) => `${digit}\ufe0f\u20e3`).join(""),
  (digits) => grouped(digits, [3, 4, 4], "\u200b"),
];

function mobile(draw: Draw): string {
  const digits = mobileDigits(draw);
  const written = draw.pick(mobileStyles)(digits, draw);
  const before = draw.pick([
    "",
    "",
    "",
    "",
    "电话",
    "手机：",
    "手机号码:",
    "Tel:",
    "tel",
    "T：",
    "联系方式 ",
    "☎️",
    "📞",
  ]);
  const after = draw.pick(["", "", "", "", "", "", "（微信同号）", "vx同号", "wx 同号"]);
  return before + written + after;
}

const AREAS = [
  "010",
  "020",
  "021",
  "022",
  "023",
  "024",
  "025",
  "027",
  "028",
  "029",
  "0571",
  "0755",
  "0512",
  "0311",
  "0931",
];

function landline(draw: Draw): string {
  const area = draw.pick(AREAS);
  const number = `${draw.between(2, 8)}${draw.digits(area.length === 3 ? 7 : draw.between(6, 7))}`;
  const half = number.length - 4;
  return draw.pick([
    `${area}-${number}`,
    `${area}-${number}`,
    `${area} ${number}`,
    `${area}${number}`,
    `(${area})${number}`,
    `（${area}）${number}`,
    `${area}—${number}`,
    `${area}-${number.slice(0, half)}-${number.slice(half)}`,
    `${area}-${number.slice(0, half)} ${number.slice(half)}`,
    `${area}-${number}-${draw.between(10, 999)}`,
    `${area}-${number}转${draw.between(100, 999)}`,
    wide(`${area}-${number}`),
    `+86-${area.slice(1)}-${number}`,
  ]);
}

const REGIONS = ["110105", "310115", "330106", "440305", "510107", "320508", "420106", "610113", "650102", "120101"];

/** A resident identity number whose last character is the check of the others (GB 11643). */
export function idCardDigits(draw: Draw): string {
  const born = `${draw.between(1940, 2019)}${pad(draw.between(1, 12))}${pad(draw.between(1, 28))}`;
  const body = `${draw.pick(REGIONS)}${born}${draw.digits(3)}`;
  return body + identityCheck(body);
}

/** The check of the first seventeen digits: powers of two modulo eleven. */
export function identityCheck(body: string): string {
  let sum = 0;
  for (let place = 0; place < 17; place += 1) sum += (2 ** (17 - place) % 11) * Number(body[place]);
  return "10X98765432"[sum % 11] ?? "";
}

function pad(number: number): string {
  return String(number).padStart(2, "0");
}

function idCard(draw: Draw): string {
  const digits = idCardDigits(draw);
  const written = draw.pick([
    digits,
    digits,
    digits,
    digits.toLowerCase(),
    wide(digits),
    grouped(digits, [6, 8, 4], " "),
    grouped(digits, [6, 4, 4, 4], " "),
    grouped(digits, [6, 8, 4], "-"),
  ]);
  return draw.pick(["", "身份证", "身份证号：", "身份证号码 ", "ID:", "清关用 "]) + written;
}

const CARD_BEGINNINGS = ["622202", "621700", "622848", "620000", "625912", "4392", "4367", "5187", "5203", "3568"];

/** A card number that Luhn's check holds for. */
export function bankCardDigits(draw: Draw): string {
  const beginning = draw.pick(CARD_BEGINNINGS);
  const length = beginning.startsWith("62") ? draw.between(16, 19) : 16;
  const body = beginning + draw.digits(length - 1 - beginning.length);
  return body + luhnCheck(body);
}

/** The digit that makes a number pass Luhn's check. */
export function luhnCheck(body: string): number {
  let sum = 0;
  for (const [index, digit] of [...body].reverse().entries()) {
    const weighed = Number(digit) * (index % 2 === 0 ? 2 : 1);
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return (10 - (sum % 10)) % 10;
}

function bankCard(draw: Draw): string {
  const digits = bankCardDigits(draw);
  const fours = digits.match(/.{1,4}/g) ?? [];
  const written = draw.pick([digits, digits, fours.join(" "), fours.join("-"), wide(digits), fours.join("  ")]);
  return draw.pick(["", "卡号", "银行卡号：", "退款到", "建行 ", "工行卡:"]) + written;
}

const LOWER = "abcdefghijklmnopqrstuvwxyz";

/** An id of a messenger: begins with a letter. */
export function handle(draw: Draw, least: number, most: number): string {
  const length = draw.between(least, most) - 1;
  return draw.text(LOWER, 1) + draw.text(`${LOWER}0123456789_`, length - 1) + draw.text(`${LOWER}0123456789`, 1);
}

function email(draw: Draw): string {
  const host = draw.pick([
    "qq.com",
    "163.com",
    "126.com",
    "sina.com.cn",
    "example.com",
    "mail.example.org",
    "foxmail.com",
  ]);
  const local = draw.pick([
    handle(draw, 4, 12),
    draw.digits(draw.between(6, 10)).replace(/^0/, "8"),
    `${handle(draw, 3, 6)}.${handle(draw, 3, 6)}`,
    `${handle(draw, 3, 6)}+shop`,
  ]);
  const written = `${local}@${host}`;
  return (
    draw.pick(["", "邮箱", "邮箱：", "发票发到 ", "Email:", "e-mail："]) +
    draw.pick([written, written, written.toUpperCase(), wide(written)])
  );
}

function wechat(draw: Draw): string {
  const id = handle(draw, 6, 18);
  const spelling = draw.once(5) ? id.toUpperCase() : id;
  return draw.pick([
    `微信${draw.pick(["", "：", ":", " ", "号", "号：", "号:", "号是", "是", "ID：", "→", "=", "➕", "/"])}${spelling}`,
    `${draw.pick(["威信", "薇信", "v信", "V信", "徽信", "Ｖ信"])}${draw.pick(["", "：", ":", " ", "号", "是"])}${spelling}`,
    `${draw.pick(["vx", "VX", "Vx", "wx", "WX", "ｖｘ", "wechat", "WeChat", "weixin"])}${draw.pick(["：", ":", " ", "号", "号：", "是", "="])}${spelling}`,
    `${draw.pick(["加", "加我", "我", "➕", "+"])}${draw.pick(["vx", "VX", "wx", "v", "V"])}${draw.pick(["", "：", ":", " "])}${spelling}`,
  ]);
}

function qq(draw: Draw): string {
  const digits = String(draw.between(1, 9)) + draw.digits(draw.between(4, 9));
  const word = draw.pick(["qq", "QQ", "Qq", "ＱＱ", "扣扣", "QQ号", "qq号码", "企鹅号", "扣扣号"]);
  return word + draw.pick(["", "：", ":", " ", "是", "："]) + digits;
}

const CITIES = [
  "浙江省杭州市西湖区",
  "上海市浦东新区",
  "广东省深圳市南山区",
  "北京市朝阳区",
  "四川省成都市武侯区",
  "江苏苏州工业园区",
  "湖北 武汉市 洪山区",
  "",
  "",
];
const ROADS = [
  "文三路",
  "人民大道",
  "解放北路",
  "样例街",
  "长安街",
  "示范东路",
  "中山二路",
  "花园巷",
  "和平里胡同",
  "滨江大道",
];
const ESTATES = [
  "翠苑小区",
  "样例花园",
  "阳光家园",
  "示范公寓",
  "绿城苑",
  "金色新村",
  "幸福里小区",
  "滨江名庭",
  "国际大厦",
];

function address(draw: Draw): string {
  const [house, block, unit, room] = [
    draw.between(1, 1999),
    draw.between(1, 40),
    draw.between(1, 6),
    draw.between(101, 2804),
  ];
  const road = draw.pick(ROADS);
  const estate = draw.pick(ESTATES);
  const within = draw.pick([
    `${road}${house}号`,
    `${road}${house}号${block}幢${unit}单元${room}室`,
    `${road}${house}号${estate}${block}栋${room}`,
    `${road} ${house} 号 ${block} 幢`,
    `${road}${house}弄${block}号${room}室`,
    `${road}${house}-${unit}号`,
    `${road}${draw.pick(["十二号", "一百三十八号", "二十号", "八号"])}${room}室`,
    `${road}与${draw.pick(ROADS)}交叉口${estate}${block}号楼${unit}单元${room}`,
    `${estate}${block}幢${unit}单元${room}室`,
    `${estate}${block}栋${room}室`,
    `${estate}${draw.pick(["A", "B", "C"])}座${room}`,
    `${estate}${block}号楼${room}`,
  ]);
  return draw.pick(["", "", "改地址：", "地址改成", "送到", "收货地址:"]) + draw.pick(CITIES) + within;
}

/** A clear name, as it stands in a column for names. */
export function personName(draw: Draw): string {
  if (draw.once(20)) return draw.pick(FOREIGN);
  const family = draw.once(12) ? draw.pick(DOUBLE_FAMILY) : draw.text(draw.once(12) ? RARE_FAMILY : FAMILY, 1);
  return family + draw.text(GIVEN, family.length === 2 || draw.once(3) ? draw.between(1, 2) : 2);
}

/** A name of a common family. */
export function commonName(draw: Draw): string {
  return draw.text(FAMILY, 1) + draw.text(GIVEN, 2);
}

/** A name as it stands in a remark, behind the word that says so. */
function introduced(draw: Draw): string {
  const name = draw.text(FAMILY, 1) + draw.text(GIVEN, draw.between(1, 2));
  return draw.pick([
    `收件人：${name}`,
    `收件人${name}`,
    `收货人:${name}`,
    `收货人 ${name}`,
    `收货人改为${name}`,
    `收件人改成${name}`,
    `收货人是${name}`,
    `姓名：${name}`,
    `联系人：${name}`,
    `我叫${name}`,
    `收件人【${name}】`,
    `收件人：${draw.text(RARE_FAMILY, 1)}${draw.text(GIVEN, 2)}`,
  ]);
}

/** Every kind as it is written in running text. */
export const inText: Readonly<Record<LeakKind, (draw: Draw) => string>> = {
  mobile,
  landline,
  id_card: idCard,
  bank_card: bankCard,
  email,
  wechat,
  qq,
  address,
  name: introduced,
};
