/** What a column may hold, which decides what is looked for in it. */
export const CODE = 0;
export const TEXT = 1;
export const NAME = 2;
export const PHONE = 3;
export const ADDRESS = 4;
export const ID_CARD = 5;
export const PLACE = 6;
export type Role =
  | typeof CODE
  | typeof TEXT
  | typeof NAME
  | typeof PHONE
  | typeof ADDRESS
  | typeof ID_CARD
  | typeof PLACE;

const PERSON = "收货人|收件人|提货人|订购人|客户|联系人|实名|身份证";

const rules: readonly (readonly [RegExp, Role])[] = [
  [/^是否/, CODE],
  [/身份证(?:号|件号)|证件号|idnumber/, ID_CARD],
  [new RegExp(`(?:${PERSON})(?:真实)?(?:姓名|名字|名称)|idname|^(?:收货人|收件人|联系人|收货人/提货人)$`), NAME],
  [/手机订单/, CODE],
  [/手机|电话|联系方式|mobile|phone/, PHONE],
  [/时段|时间|日期/, CODE],
  [/(?:编号|单号|订单号|流水号|货号|码|维度|id)(?:\d|\(.*\)|（.*）)?$/, CODE],
  [/编码|条码|imei|^sn|expressextend|链接/, CODE],
  [
    /金额|货款|邮费|[价费款率]$|(?:价|费|款)\(|积分|补贴|红包|抵扣|抵用|优惠|佣金|数量|件数|种类数|期数|净重|比例/,
    CODE,
  ],
  [/仓|门店|店铺|网点|店名|发货主体/, PLACE],
  [/地址/, ADDRESS],
];

/** The role of a column, by its normalised name. What no rule knows may hold anything. */
export function roleOf(column: string): Role {
  return rules.find(([pattern]) => pattern.test(column))?.[1] ?? TEXT;
}

/** Whether a clear name or phone in such a column shows that the file was not desensitised. */
export function namesAddressee(role: Role): boolean {
  return role === NAME || role === PHONE;
}
