import { NAME, type Role, TEXT } from "../leaks/roles.ts";
import type { Draw } from "./draw.ts";
import { bankCardDigits, commonName, handle, idCardDigits, mobileDigits } from "./people.ts";

/** Something personal that was put into a cell, and what of it may be seen nowhere afterwards. */
export type Secret = { readonly cell: string; readonly value: string };

/** Known by itself wherever it stands, whatever happens to the text around it. */
const sturdy: readonly ((draw: Draw) => Secret)[] = [
  (draw) => around(draw, mobileDigits(draw)),
  (draw) => around(draw, mobileDigits(draw)),
  (draw) => around(draw, idCardDigits(draw)),
  (draw) => around(draw, bankCardDigits(draw)),
  (draw) => around(draw, `0571-8${draw.digits(7)}`),
  (draw) => around(draw, `${handle(draw, 6, 10)}@example.com`),
];

function street(draw: Draw): Secret {
  return around(draw, `样例路${draw.between(1_000, 9_999)}号`);
}

/** Known by the word before it. */
const announced: readonly ((draw: Draw) => Secret)[] = [
  (draw) => introduced("微信：", handle(draw, 8, 16)),
  (draw) => introduced("QQ：", `8${draw.digits(8)}`),
  (draw) => introduced("收件人：", `张${draw.text("梓涵轩宇浩", 1)}${draw.text("欣怡诗雨晨", 1)}`),
];

function around(draw: Draw, value: string): Secret {
  return {
    value,
    cell: draw.pick(["请打", "改到：", "亲，", "备注 ", "😭"]) + value + draw.pick(["", "，谢谢", "\n急", "；"]),
  };
}

function introduced(word: string, value: string): Secret {
  return { value, cell: `${word}${value}，谢谢` };
}

/**
 * A secret for a cell of a column of this role. Where bytes will be damaged afterwards, only such as no damage beside it
 * can hide; a name is one only in a column for names and in rows that are not shifted, and a street only where no column is for those of shops.
 */
export function secretFor(
  draw: Draw,
  role: Role,
  { intact, aligned, shops }: { intact: boolean; aligned: boolean; shops: boolean },
): Secret {
  if (role === NAME && intact && aligned) {
    const value = commonName(draw);
    return { value, cell: value };
  }
  const known = shops ? sturdy : [...sturdy, street];
  return draw.pick(role === TEXT && intact ? [...known, ...announced] : known)(draw);
}

const JOINED = /[\w*.\-\uff00-\uff5e]/;

/** Whether the value stands in the text as it was planted; one that has grown together with other digits is another. */
export function stands(value: string, text: string): boolean {
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    const [before, after] = [text[at - 1] ?? "", text[at + value.length] ?? ""];
    if (!JOINED.test(before) && !JOINED.test(after)) return true;
  }
  return false;
}
