const single =
  "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵";
const double = ["欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "南宫"];

/** Family names of two characters, and all common ones, as alternatives of a regular expression: they tell "我叫张三" from "我叫外卖". */
export const doubleSurnames = double.join("|");
export const surnames = `${doubleSurnames}|[${single}]`;

/** Family names that are rarer, or words too: they count only where a name is plainly announced. */
export const rareSurnames =
  "闫肖付代冼邬禹蒙麦宾逄佘晏狄米仇匡暴农巩芮蔺燕占喻缪解强冉敖揭揣花水云昌凤滕和穆平湛臧计伏茅屠虞支房应宗郁杭诸吉钮嵇滑荣荀羊惠封储松井富巫乌弓牧山车宓蓬全仰秋仲伊宫仆栾厉戎符束幸印宿怀蒲鄂索咸籍卓阴胥苍闻党贡劳姬扶堵宰郦雍璩桑濮寿边扈浦尚别柴瞿充慕连习宦艾鱼容古慎戈庾暨居衡步满弘寇广禄东殴利蔚越夔隆师厍晁融冷訾阚简饶沙养鞠须丰巢蒯荆红竺权逯盖益桓帅况亢缑琴仝青楚原银买扎";

const PERSON = /^[\u4e00-\u9fa5]{2,4}$|^[\u4e00-\u9fa5]{1,10}(?:·[\u4e00-\u9fa5]{1,10})+$/;
/** A family name with a title is masked already. */
const TITLED = new RegExp(`^(?:${surnames})(?:先生|女士|小姐|同学|老师)$`);
const NOBODY = new Set([
  "微信用户",
  "匿名用户",
  "匿名",
  "未填写",
  "无",
  "没有",
  "自提",
  "保密",
  "顾客",
  "客户",
  "散客",
  "默认",
  "到店自提",
  "收货人",
  "收件人",
]);

/** Whether a cell of a name column is a clear name: two to four ideographs, or more with a middle dot, nothing masked. */
export function isPersonName(cell: string): boolean {
  return PERSON.test(cell) && !NOBODY.has(cell) && !TITLED.test(cell);
}

const SURNAME = new RegExp(`^(?:${surnames})`);

/** Whether the text begins with a common family name. */
export function startsWithSurname(text: string): boolean {
  return SURNAME.test(text);
}
