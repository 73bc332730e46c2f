import { getLocale, getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { server } from "#app/trpc/server.ts";
import { Card } from "#app/ui/card.tsx";
import { FirstUse } from "#app/ui/empty-state.tsx";
import { TextLink } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { slugOf } from "#server/consents/notices/model.ts";

export async function generateMetadata() {
  const t = await getTranslations("notices.public");
  return { title: t("title") };
}

/** Every notice in force, for anybody, at any time (PIPL Art. 17(3)). */
export default async function NoticesPage() {
  const api = await server();
  const [t, notices, f, locale, all] = await Promise.all([
    getTranslations("notices.public"),
    getTranslations("notices"),
    formats(),
    getLocale(),
    api.consents.notices.published(),
  ]);
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      {all.length === 0 && (
        <Card>
          <FirstUse title={t("none")}>{t("noneHint")}</FirstUse>
        </Card>
      )}
      <ul className="grid gap-3">
        {all.map(({ key, version, content, publishedAt }) => (
          <li key={key}>
            <Card>
              <TextLink href={`/notices/${slugOf(key)}`} className="inline-flex min-h-(--tap) items-center text-lg">
                {content.title[locale]}
              </TextLink>
              <p className="text-sm text-ink-3">
                {notices("version", { version })} · {t("published", { date: f.date(publishedAt) })}
              </p>
            </Card>
          </li>
        ))}
      </ul>
    </>
  );
}
