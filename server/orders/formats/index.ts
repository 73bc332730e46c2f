import type { Platform } from "../reading/model.ts";
import { douyin } from "./douyin.ts";
import type { Format, RelayRule } from "./format.ts";
import { jd } from "./jd.ts";
import { kuaishou } from "./kuaishou.ts";
import { pinduoduo } from "./pinduoduo.ts";
import { taobao } from "./taobao.ts";
import { weimob } from "./weimob.ts";
import { weixin } from "./weixin.ts";
import { xiaohongshu } from "./xiaohongshu.ts";
import { youzan } from "./youzan.ts";

/** Every platform whose exports we read: a new one is a file and a line here. */
export const formats: readonly Format[] = [
  taobao,
  douyin,
  pinduoduo,
  jd,
  kuaishou,
  xiaohongshu,
  weixin,
  youzan,
  weimob,
];

/** Of a relay number that no platform we know gave out: the shortest life that any of them gives one. */
const UNKNOWN_RELAY: RelayRule = { atMost: 15, afterCompletion: 0 };

/** How long a platform's relay numbers live. */
export function relayOf(platform: Platform): RelayRule {
  return formats.find((format) => format.platform === platform)?.relay ?? UNKNOWN_RELAY;
}

/** The platforms whose order ids look like this one. The id is as `normaliseId` leaves it. */
export function platformsOfOrderId(orderId: string): Platform[] {
  return formats
    .filter(({ layouts }) => layouts.some((layout) => layout.orderId.test(orderId)))
    .map(({ platform }) => platform);
}
