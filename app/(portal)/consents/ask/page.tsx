import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { param, type Query } from "#app/ui/address.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { TextLink } from "#app/ui/link.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { PurposeOf } from "#server/consents/model.ts";
import { slugOf } from "#server/consents/notices/model.ts";
import { layers } from "#server/consents/notices/rules.ts";
import { nextPage } from "../../join/next-page.ts";
import { Paragraphs } from "../../notices/notice-text.tsx";
import { Decision } from "./decision.tsx";

type Props = { searchParams: Promise<Query> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("consents.sheet");
  return { title: t("title") };
}

/**
 * The consent sheet, a page of its own so that Back closes it: one purpose, its notice in layers, what is asked and why,
 * and two equal buttons (PIPL Art. 14, 17, 29–31). Leaving it any other way decides nothing.
 */
export default async function AskPage({ searchParams }: Props) {
  const query = await searchParams;
  const asked = PurposeOf.safeParse({ purpose: param(query, "purpose"), childId: param(query, "child") ?? null });
  if (!asked.success) redirect("/consents");
  const next = param(query, "next") === undefined ? "/consents" : nextPage(query.next?.toString());
  const api = await server();
  const [t, f, locale, sheet] = await Promise.all([
    getTranslations("consents"),
    formats(),
    getLocale(),
    api.consents.ledger.sheet(asked.data),
  ]);
  const forChild = sheet.terms.subject === "child";
  if (forChild && sheet.child === null) redirect("/children?next=/consents");
  const { notice, terms, standing } = sheet;
  const read = layers(notice, locale);
  return (
    <article className="mx-auto grid max-w-[36rem] gap-4">
      <PageHeader
        back={{ href: next, label: t("ask.back") }}
        title={t("ask.title", { title: t("sheet.title"), purpose: terms.name[locale] })}
        badge={sheet.child && <Badge tone="info">{t("ask.for", { ordinal: sheet.child.ordinal })}</Badge>}
      />
      <Card title={read.title}>
        <div className="grid gap-2">
          <Paragraphs lines={read.short} />
          <details>
            <summary className="flex min-h-(--tap) items-center text-brand">{t("ask.full")}</summary>
            <div className="grid gap-4 pt-1">
              {read.sections.map(({ element, heading, paragraphs }) => (
                <section key={element} className="grid gap-1">
                  <h3 className="font-strong">{heading}</h3>
                  <Paragraphs lines={paragraphs} />
                </section>
              ))}
            </div>
          </details>
          <p className="text-sm text-ink-3">
            {t("ask.version", { version: notice.version, date: f.date(notice.publishedAt) })}
          </p>
          <ul className="flex flex-wrap gap-x-6 text-sm">
            <li>
              <TextLink href={`/notices/${slugOf(notice.key)}`} className="inline-flex min-h-(--tap) items-center">
                {t("ask.public")}
              </TextLink>
            </li>
            {forChild && (
              <li>
                <TextLink href="/notices/child" className="inline-flex min-h-(--tap) items-center">
                  {t("ask.childRules")}
                </TextLink>
              </li>
            )}
          </ul>
        </div>
      </Card>
      {standing.state === "granted" && <Notice>{t("ask.granted")}</Notice>}
      <ClientMessages of={["consents", "fields"]}>
        <Decision
          asked={asked.data}
          next={next}
          noticeHash={notice.hash}
          fields={sheet.fields}
          forChild={forChild}
          isGranted={standing.state === "granted"}
          refusal={terms.refusal[locale]}
        />
      </ClientMessages>
    </article>
  );
}
