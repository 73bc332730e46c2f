import { getLocale, getTranslations } from "next-intl/server";
import { type Condition, refusalText } from "./refusal.ts";

/** Says refusals in the visitor's language, for server components: `const say = await refusals()`. */
export async function refusals(): Promise<(code: string, condition?: Condition) => string> {
  const [t, locale] = await Promise.all([getTranslations("refusals"), getLocale()]);
  return (code, condition) => refusalText(t, locale, code, condition);
}
