import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { server } from "#app/trpc/server.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { TextLink } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Table } from "#app/ui/table.tsx";
import type { Caller } from "#server/api/root.ts";
import { slugOf } from "#server/consents/notices/model.ts";

type Row = Awaited<ReturnType<Caller["consents"]["notices"]["list"]>>[number];

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notices");
  return { title: t("title") };
}

/** Every notice there can be: what is in force, what is being drafted, what the activities have left behind. */
export default async function NoticesPage() {
  const api = await server();
  const [t, f, locale, rows] = await Promise.all([
    getTranslations("notices"),
    formats(),
    getLocale(),
    api.consents.notices.list(),
  ]);
  const nameOf = ({ key, kind, purpose }: Row) => t(`kinds.${kind}`, { purpose: purpose?.[locale] ?? key });
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <Card>
        <Table
          caption={t("list.caption")}
          hideCaption
          rows={rows}
          rowKey={({ key }) => key}
          columns={[
            {
              key: "name",
              header: t("list.name"),
              names: true,
              cell: (row) =>
                row.draftable || row.current || row.draft ? (
                  <TextLink href={`/desk/notices/${slugOf(row.key)}`}>{nameOf(row)}</TextLink>
                ) : (
                  nameOf(row)
                ),
            },
            {
              key: "inForce",
              header: t("list.inForce"),
              cell: ({ current, behind, draftable }) => {
                if (current === null) return draftable ? t("list.none") : t("list.notYet");
                return (
                  <div className="grid">
                    <span>
                      {t("version", { version: current.version })} ·{" "}
                      {t("list.published", { date: f.date(current.publishedAt) })}
                    </span>
                    {behind && <Badge tone="warn">{t("list.behind")}</Badge>}
                    {current.gaps > 0 && <Badge tone="bad">{t("list.incomplete", { count: current.gaps })}</Badge>}
                  </div>
                );
              },
            },
            { key: "draft", header: t("list.draft"), cell: ({ draft }) => <DraftState draft={draft} t={t} /> },
          ]}
        />
      </Card>
    </>
  );
}

function DraftState({ draft, t }: { draft: Row["draft"]; t: Awaited<ReturnType<typeof getTranslations<"notices">>> }) {
  if (draft === null) return "--";
  if (draft.gaps > 0) return <Badge tone="warn">{t("list.gaps", { count: draft.gaps })}</Badge>;
  return draft.reviewed ? (
    <Badge tone="ok">{t("list.reviewed")}</Badge>
  ) : (
    <Badge tone="draft">{t("list.waiting")}</Badge>
  );
}
