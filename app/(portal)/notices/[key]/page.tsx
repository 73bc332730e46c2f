import { getLocale, getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { param, type Query } from "#app/ui/address.ts";
import { Card } from "#app/ui/card.tsx";
import { KeyValues } from "#app/ui/key-values.tsx";
import { TextLink } from "#app/ui/link.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { NoticeChanges } from "../notice-changes.tsx";
import { NoticeText } from "../notice-text.tsx";
import { noticeAt } from "./notice.ts";

type Props = { params: Promise<{ key: string }>; searchParams: Promise<Query> };

export async function generateMetadata({ params, searchParams }: Props) {
  const { notice } = await noticeAt((await params).key, param(await searchParams, "version"));
  return { title: notice.content.title[await getLocale()] };
}

/** One notice as it was published, to read, print and keep, with what it changed and every version before. */
export default async function NoticePage({ params, searchParams }: Props) {
  const { key } = await params;
  const [t, notices, f, locale, { notice, versions, changes }] = await Promise.all([
    getTranslations("notices.public"),
    getTranslations("notices"),
    formats(),
    getLocale(),
    noticeAt(key, param(await searchParams, "version")),
  ]);
  const { version, content, publishedAt, hash } = notice;
  const path = `/notices/${key}`;
  const newest = versions[0]?.version ?? version;
  const own = changes.filter(({ path }) => path.endsWith(`.${locale}`));
  return (
    <article className="grid gap-4">
      <PageHeader
        back={{ href: "/notices", label: t("back") }}
        title={content.title[locale]}
        description={`${notices("version", { version })} · ${t("published", { date: f.date(publishedAt) })}`}
      />
      {version < newest && (
        <Notice tone="warn" title={t("old", { version: newest })}>
          <TextLink href={path}>{t("toCurrent")}</TextLink>
        </Notice>
      )}
      <Card>
        <NoticeText content={content} locale={locale} short={t("short")} full={t("full")} />
      </Card>
      {own.length > 0 && (
        <Card title={t("changes")}>
          <NoticeChanges caption={t("changes")} changes={own} purposes={{}} />
        </Card>
      )}
      <Card title={t("about")}>
        <KeyValues
          items={[
            { key: "date", label: t("date"), value: f.dateTime(publishedAt) },
            {
              key: "hash",
              label: t("hash"),
              value: (
                <>
                  <code className="font-mono text-sm break-all">{hash}</code>
                  <p className="text-sm text-ink-3">{t("hashHint")}</p>
                </>
              ),
            },
          ]}
        />
        <p data-print="hide" className="mt-2">
          <a
            href={`${path}/text?version=${version}`}
            className="inline-flex min-h-(--tap) items-center text-brand underline underline-offset-3"
          >
            {t("text")}
          </a>{" "}
          <span className="text-sm text-ink-3">{t("textHint")}</span>
        </p>
        {versions.length > 1 && (
          <div data-print="hide">
            <h3 className="mt-3 font-strong">{t("versions")}</h3>
            <ul>
              {versions.map((one) => (
                <li key={one.version} className="flex flex-wrap items-center gap-x-3">
                  {one.version === version ? (
                    <span aria-current="page">{notices("version", { version: one.version })}</span>
                  ) : (
                    <TextLink
                      href={`${path}?version=${one.version}`}
                      className="inline-flex min-h-(--tap) items-center"
                    >
                      {notices("version", { version: one.version })}
                    </TextLink>
                  )}
                  <span className="text-sm text-ink-3">
                    {f.date(one.publishedAt)}
                    {one.material && one.version > 1 && ` · ${t("material")}`}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        )}
      </Card>
    </article>
  );
}
