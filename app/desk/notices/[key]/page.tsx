import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { NoticeText } from "#app/(portal)/notices/notice-text.tsx";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { Card } from "#app/ui/card.tsx";
import { LinkButton, TextLink } from "#app/ui/link.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { keyOfSlug, purposeOf } from "#server/consents/notices/model.ts";
import { currentStaff } from "../../session.ts";
import { DraftButton } from "./acts.tsx";
import { Draft } from "./draft.tsx";
import { History } from "./history.tsx";
import { Incomplete } from "./incomplete.tsx";

type Props = { params: Promise<{ key: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notices");
  return { title: t("title") };
}

/** One notice: the version in the making and what it lacks, the version in force, and all before it. */
export default async function NoticePage({ params }: Props) {
  const slug = decodeURIComponent((await params).key);
  const key = keyOfSlug(slug);
  if (key === null) notFound();
  const api = await server();
  const [t, locale, staff, notice] = await Promise.all([
    getTranslations("notices"),
    getLocale(),
    currentStaff(),
    api.consents.notices.detail({ key }),
  ]);
  const { draft, current, purposes, versions } = notice;
  const may = (permission: "notice:draft" | "notice:review" | "notice:publish") =>
    staff?.permissions.includes(permission) ?? false;
  const told = [...versions.flatMap((version) => version.purposes), ...purposes];
  const names = Object.fromEntries(told.map(({ code, terms }) => [code, terms.name[locale]]));
  const purpose = names[purposeOf(key) ?? ""] ?? "";
  return (
    <ClientMessages of={["notices"]}>
      <PageHeader
        back={{ href: "/desk/notices", label: t("detail.back") }}
        title={t(`kinds.${notice.kind}`, { purpose })}
        actions={
          <>
            {current && <LinkButton href={`/notices/${slug}`}>{t("detail.publicPage")}</LinkButton>}
            {draft && may("notice:draft") && (
              <LinkButton href={`/desk/notices/${slug}/edit`}>{t("detail.edit")}</LinkButton>
            )}
            {purposes.length > 0 && may("notice:draft") && <DraftButton noticeKey={key} renews={draft !== null} />}
          </>
        }
      />
      <div className="grid gap-4">
        {purposes.length === 0 && <Notice>{t("detail.noPurpose")}</Notice>}
        {notice.behind && draft === null && <Notice tone="warn">{t("detail.behind")}</Notice>}
        {current && current.gaps.length > 0 && <Incomplete gaps={current.gaps} />}
        {notice.unassessed.map((code) => (
          <Notice key={code} tone="warn" title={t("detail.unassessed", { purpose: names[code] ?? code })}>
            <TextLink href={`/desk/activities/${code}`}>{t("detail.assess")}</TextLink>
          </Notice>
        ))}
        {draft && (
          <Draft
            notice={notice}
            draft={draft}
            slug={slug}
            names={names}
            mayReview={may("notice:review")}
            mayPublish={may("notice:publish")}
          />
        )}
        {draft === null && current && (
          <Card title={`${t("detail.current")} · ${t("version", { version: current.version })}`}>
            <NoticeText
              content={current.content}
              locale={locale}
              short={t("public.short")}
              full={t("public.full")}
              level={3}
            />
          </Card>
        )}
        <History versions={versions} names={names} />
      </div>
    </ClientMessages>
  );
}
