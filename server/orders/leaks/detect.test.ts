import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inspect } from "./detect.ts";
import { isIdCard, passesLuhn } from "./digits.ts";
import { maskLeak, redact } from "./mask.ts";
import { worthInspecting } from "./pretest.ts";
import { ADDRESS, CODE, ID_CARD, NAME, PHONE, PLACE, type Role, roleOf, TEXT } from "./roles.ts";

const kinds = (cell: string, role: Role = TEXT): string[] => [
  ...new Set(inspect(cell, role).hits.map(({ kind }) => kind)),
];

describe("personal data in free text", () => {
  test.each([
    ["请打13812345678", "mobile"],
    ["电话138-1234-5678，下午送", "mobile"],
    ["１３８１２３４５６７８", "mobile"],
    ["打 138 1234 5678 谢谢", "mobile"],
    ["138.1234.5678", "mobile"],
    ["+86 138 1234 5678", "mobile"],
    ["8613812345678", "mobile"],
    ["幺三八一二三四五六七八", "mobile"],
    ["一三八 零零一三 八零零零", "mobile"],
    ["壹叁捌壹贰叁肆伍陆柒捌", "mobile"],
    ["幺三八洞洞幺三八洞洞洞", "mobile"],
    ["一三八1234五六七八", "mobile"],
    ["改寄 vx13800138000", "mobile"],
    ["Tel:13800138000", "mobile"],
    ["138\u200b1234\u200b5678", "mobile"],
    ["加微信：zhangsan_test01", "wechat"],
    ["VX: abc_12345", "wechat"],
    ["QQ：12345678", "qq"],
    ["扣扣 1234567", "qq"],
    ["清关身份证11010519491231002X", "id_card"],
    ["退款到6200000000000005", "bank_card"],
    ["退款到6200 0000 0000 0005", "bank_card"],
    ["发票发 buyer.test@example.com", "email"],
    ["座机0571-88880000", "landline"],
    ["(010)88880000", "landline"],
    ["改地址：浙江省杭州市西湖区示例路100号2幢1单元301室", "address"],
    ["样例路1号3弄502室", "address"],
    ["收件人：张三，急", "name"],
    ["我叫欧阳小明", "name"],
    ["138 12345678", "mobile"],
    ["1 3 8 1 2 3 4 5 6 7 8", "mobile"],
    ["13812345678vx同号", "mobile"],
    ["13812345678，2026-05-01 送", "mobile"],
    ["1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣", "mobile"],
    ["138\u00001234\u202e5678", "mobile"],
    ["一三八、一二三四、五六七八", "mobile"],
    ["+86-571-88880000", "landline"],
    ["021-8888 0000", "landline"],
    ["身份证 110105 19491231 002X", "id_card"],
    ["微信号是zhangsan_test01", "wechat"],
    ["加我v zhangsan_test01", "wechat"],
    ["企鹅号是1234567", "qq"],
    ["送到样例花园12栋1203", "address"],
    ["样例路十二号", "address"],
    ["收件人改成张三，谢谢", "name"],
    ["收件人：冼三，谢谢", "name"],
  ])("%s: %s", (cell, kind) => expect(kinds(cell)).toEqual([kind]));

  test("one cell may hold several kinds", () => {
    expect(kinds("收件人：张三，手机13912345678，示例路8号院3号楼602").sort()).toEqual(["address", "mobile", "name"]);
  });

  test.each([
    "补发 运单 SF1381234567890",
    "圆通 YT13812345678901 已拦截",
    "订单6917138123456781234已合并",
    "型号A13812345678B",
    "14位单号 13812345678901",
    "20260501138001380001 批次",
    "客服热线400-820-8820",
    "138****1234",
    "已联系张** 186******05",
    "虚拟号17000001234-5678 已失效",
    "虚拟号17000001234转5678",
    "退款 21.82 元已登记【客服小二 09-23 18:38】",
    "1.38*1.23*456.78cm",
    "货架A3-1201 缺货15号补发",
    "浙江省仓发货",
    "条码6901234567892",
    "sku 6212345678901234",
    "微信支付的，发票不要",
    "18位 110105194912310020 校验位错",
    "一共一百三十八元",
    "https://example.com/o/13812345678?x=1",
    "收货人不在家",
    "收货人电话打不通",
    "我叫外卖了",
    "收件人：李女士",
    "收件人方便时联系",
    "型号WXH1000XM5",
    "微信WeChat支付",
    "还在半路15号能到吗",
    "样例大道3号色",
    "尺码 150 155 160 165 170",
    "虚拟号17000001234#5678",
    "虚拟号17000001234，转5678",
    "虚拟号17000001234【5678】",
    "虚拟号17000001234 ext.5678",
    "##hAc++PhmW/YaHVNIaDVpPKCXfrPLjdoKmYp/MoIRWNI=#1##",
    "$$WClaGsvqDJxfalWCHEWb+DPNHLLAscZgQNgOmXhfVGQ=$1$$",
    "~AgAAAAHsdfkj3498fsdkfj138123456782=~4~",
    "#idx#1381234567813812345678abcd#1##",
    "2026-05-01 09:13:42",
  ])("%s: nothing", (cell) => expect(kinds(cell)).toEqual([]));
});

describe("the column decides", () => {
  test("name columns hold names, unless masked or nobody's", () => {
    expect(["张三", "欧阳小明", "阿卜杜拉·热合曼"].map((cell) => kinds(cell, NAME))).toEqual([
      ["name"],
      ["name"],
      ["name"],
    ]);
    expect(["张**", "张*", "微信用户", "李女士", "赵*[1003]", "", "-"].flatMap((cell) => kinds(cell, NAME))).toEqual(
      [],
    );
  });

  test("codes that look like phones are none, unless somebody wrote text there", () => {
    expect(worthInspecting("13800138000", 0, 11, CODE)).toBe(false);
    expect(worthInspecting("打13800138000", 0, 12, CODE)).toBe(true);
  });

  test("shops and warehouses have addresses of their own", () => {
    expect(kinds("示例路100号", PLACE)).toEqual([]);
    expect(kinds("示例路100号", ADDRESS)).toEqual(["address"]);
    expect(kinds("翠苑小区3幢2单元301室", ADDRESS)).toEqual(["address"]);
    expect(kinds("浙江省 杭州市 西湖区 示例街道 *****", ADDRESS)).toEqual([]);
  });

  test("an identity column holds no unmasked number", () => {
    expect(kinds("110105194912310020", ID_CARD)).toEqual(["id_card"]);
    expect(kinds("110***********002X", ID_CARD)).toEqual([]);
  });

  test.each([
    ["收货人姓名", NAME],
    ["收件人", NAME],
    ["收货人/提货人", NAME],
    ["身份证姓名", NAME],
    ["订购人身份证姓名/idname", NAME],
    ["身份证号码", ID_CARD],
    ["收件人身份证号", ID_CARD],
    ["联系手机", PHONE],
    ["收货人手机号/提货人手机号", PHONE],
    ["是否手机订单", CODE],
    ["详细收货地址/提货地址", ADDRESS],
    ["修改后的收货地址", ADDRESS],
    ["是否修改过地址", CODE],
    ["地址修改时段", CODE],
    ["仓库地址", PLACE],
    ["店铺名称", PLACE],
    ["商家编码", CODE],
    ["商品id", CODE],
    ["物流单号", CODE],
    ["用户实付金额(元)", CODE],
    ["订单创建时间", CODE],
    ["买家留言", TEXT],
    ["修改后的sku", TEXT],
    ["发票抬头", TEXT],
    ["商品规格", TEXT],
    ["订单备注", TEXT],
    ["买家会员昵称", TEXT],
    ["达人昵称", TEXT],
  ] as const)("%s", (column, role) => expect(roleOf(column)).toBe(role));
});

test("check digits", () => {
  expect(isIdCard("11010519491231002X")).toBe(true);
  expect(isIdCard("110105194913310021")).toBe(false);
  expect(passesLuhn("4111111111111111")).toBe(true);
  expect(passesLuhn("4111111111111112")).toBe(false);
});

const digits = fc.stringMatching(/^1[3-9]\d{9}$/);
const prose = fc.constantFrom("", "请打", "电话：", "联系 ", "，", " 谢谢", "（", "）急");

test("a phone is found in any spelling, wherever it stands", () => {
  const spelled = (phone: string): string => [...phone].map((digit) => "零幺二三四五六七八九"[Number(digit)]).join("");
  const wide = (phone: string): string => [...phone].map((digit) => "０１２３４５６７８９"[Number(digit)]).join("");
  fc.assert(
    fc.property(digits, prose, prose, fc.nat(5), (phone, before, after, style) => {
      const [a, b, c] = [phone.slice(0, 3), phone.slice(3, 7), phone.slice(7)];
      const written =
        [phone, `${a} ${b} ${c}`, `${a}-${b}-${c}`, wide(phone), spelled(phone), `+86 ${phone}`][style] ?? phone;
      const cell = before + written + after;
      expect(kinds(cell)).toContain("mobile");
      expect(worthInspecting(cell, 0, cell.length, TEXT)).toBe(true);
    }),
  );
});

test("the glance never lets go of a cell in which inspection finds something", () => {
  const unit = fc.constantFrom(..."0123456789一二三幺八路街号弄vVxXwqQ@.:：收件人货我叫张三微信扣 -_*室幢#$１２");
  fc.assert(
    fc.property(
      fc.string({ unit, minLength: 2, maxLength: 40 }),
      fc.constantFrom<Role>(CODE, TEXT, NAME, PHONE, ADDRESS, ID_CARD, PLACE),
      (cell, role) => {
        if (role === CODE && !/[^\x20-\x7e]|@/.test(cell)) return;
        const { hits, virtualNumbers } = inspect(cell, role);
        if (hits.length > 0 || virtualNumbers > 0) expect(worthInspecting(cell, 0, cell.length, role)).toBe(true);
      },
    ),
    { numRuns: 5_000 },
  );
});

test("what is shown of a leak does not give it away", () => {
  expect(maskLeak("mobile", "+86 138 1234 5678")).toBe("138****78");
  expect(maskLeak("name", "张三")).toBe("张**");
  expect(maskLeak("email", "buyer.test@example.com")).toBe("b***@***");
  expect(maskLeak("id_card", "11010519491231002X")).not.toContain("1949");
  expect(redact(inspect("收件人：张三，手机13912345678，示例路8号院", TEXT))).toBe(
    "收件人:张**,手机139****78,示例****院",
  );
});

test("no cell takes long, whatever it holds", () => {
  const started = performance.now();
  for (const unit of [
    "1",
    "a",
    "a@",
    "@",
    "a.",
    "#1",
    "#",
    "qq ",
    "微信",
    "一",
    "示例路1",
    "收件人 ",
    "1380 ",
    "0571",
    "http://",
    "17000000000-",
  ]) {
    inspect(unit.repeat(Math.floor(32_000 / unit.length)), TEXT);
  }
  expect(performance.now() - started).toBeLessThan(2_000);
});
