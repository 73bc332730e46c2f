import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { catalogueOf, type Messages } from "./catalogue.ts";
import { type Locale, localeCookie, localeOf } from "./locales.ts";

const loaded = new Map<Locale, Promise<Messages>>();

/** What next-intl asks once a request: the visitor's language, its sentences, and the one time zone of the business. */
export default getRequestConfig(async () => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const locale = localeOf(jar.get(localeCookie)?.value, head.get("accept-language"));
  return { locale, messages: await messagesOf(locale), timeZone: "Asia/Shanghai" };
});

function messagesOf(locale: Locale): Promise<Messages> {
  if (process.env.NODE_ENV !== "production") return catalogueOf(locale);
  const known = loaded.get(locale) ?? catalogueOf(locale);
  loaded.set(locale, known);
  return known;
}
