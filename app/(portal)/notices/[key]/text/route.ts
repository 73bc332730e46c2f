import { getLocale, getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { layers, plainText } from "#server/consents/notices/rules.ts";
import { noticeAt } from "../notice.ts";

/** A notice as plain text: what any browser, WeChat's too, can show and keep without a script. */
export async function GET(request: Request, { params }: { params: Promise<{ key: string }> }): Promise<Response> {
  const version = new URL(request.url).searchParams.get("version") ?? undefined;
  const [t, f, locale, { notice }] = await Promise.all([
    getTranslations("notices.public"),
    formats(),
    getLocale(),
    noticeAt((await params).key, version),
  ]);
  const head = t("textHead", { version: notice.version, date: f.dateTime(notice.publishedAt) });
  const text = `${plainText(layers(notice, locale))}\n${head}\nSHA-256 ${notice.hash}\n`;
  return new Response(text, { headers: { "Content-Type": "text/plain; charset=utf-8", "Content-Language": locale } });
}
