import { z } from "zod";

/** Words printed for everybody, in each language of the product, of at most so many characters. */
export function publicText(chinese: number, english = chinese * 2) {
  return z.strictObject({
    "zh-CN": z.string().trim().min(1).max(chinese),
    en: z.string().trim().min(1).max(english),
  });
}

/** A text in each language of the product. */
export type PublicText = { readonly "zh-CN": string; readonly en: string };
