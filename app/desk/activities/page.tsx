import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { server } from "#app/trpc/server.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { LinkButton, TextLink } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Table } from "#app/ui/table.tsx";
import type { Caller } from "#server/api/root.ts";
import { fieldNamesOf } from "../purposes.ts";
import { currentStaff } from "../session.ts";
import { stateTones } from "./states.ts";

const path = "/desk/activities";
type Row = Awaited<ReturnType<Caller["consents"]["activities"]["list"]>>[number];
type Words = Awaited<ReturnType<typeof getTranslations<"activities">>>;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("activities");
  return { title: t("title") };
}

/** The records of processing 处理活动记录 (PIPL Art. 55, 56): what is processed for what, on what basis, by whom. */
export default async function ActivitiesPage() {
  const api = await server();
  const [t, shell, locale, staff, rows, fields] = await Promise.all([
    getTranslations("activities"),
    getTranslations("shell"),
    getLocale(),
    currentStaff(),
    api.consents.activities.list(),
    api.consents.fields.list(),
  ]);
  const names = fieldNamesOf(fields, locale);
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          staff?.permissions.includes("activity:draft") && (
            <LinkButton href={`${path}/new`} tone="primary">
              {t("list.new")}
            </LinkButton>
          )
        }
      />
      <Card>
        <Table
          caption={t("list.caption")}
          hideCaption
          rows={rows}
          rowKey={({ code }) => code}
          columns={[
            {
              key: "name",
              header: t("list.name"),
              names: true,
              cell: ({ code, terms }) => (
                <div className="grid max-w-[28em]">
                  <TextLink href={`${path}/${code}`}>{terms.name[locale]}</TextLink>
                  <span className="text-sm text-ink-2">{terms.purpose[locale]}</span>
                </div>
              ),
            },
            {
              key: "basis",
              header: t("list.basis"),
              cell: ({ terms }) => (
                <div className="grid">
                  <span>{t(`bases.${terms.basis}`)}</span>
                  {terms.basis === "consent" && (
                    <span className="text-sm text-ink-2">{t(`consentKinds.${terms.consentKind}`)}</span>
                  )}
                </div>
              ),
            },
            {
              key: "fields",
              header: t("list.fields"),
              cell: ({ own, terms }) =>
                own ? (
                  <TextLink href="/desk/fields">{t("list.ownData")}</TextLink>
                ) : (
                  terms.fields.map(({ key }) => names[key] ?? key).join(shell("listComma")) || t("none")
                ),
            },
            {
              key: "recipients",
              header: t("list.recipients"),
              cell: ({ terms }) => terms.recipients.map(({ name }) => name).join(shell("listComma")) || t("none"),
            },
            {
              key: "retention",
              header: t("list.retention"),
              cell: ({ terms: { retention } }) => t(`retention.${retention.trigger}`, { days: retention.days }),
            },
            { key: "state", header: t("list.state"), cell: (row) => <State row={row} t={t} /> },
            { key: "assessment", header: t("list.assessment"), cell: (row) => <Assessment row={row} t={t} /> },
          ]}
        />
      </Card>
    </>
  );
}

function State({ row: { state, own, drafted, version }, t }: { row: Row; t: Words }) {
  return (
    <div className="grid">
      <Badge tone={stateTones[state]}>{t(`states.${state}`)}</Badge>
      {own && <span className="text-sm text-ink-2">{t("list.own")}</span>}
      {drafted && version > 0 && <span className="text-sm text-ink-2">{t("list.drafted")}</span>}
    </div>
  );
}

function Assessment({ row: { reasons, assessed }, t }: { row: Row; t: Words }) {
  if (reasons.length === 0) return t("list.needless");
  return (
    <div className="grid">
      <Badge tone={assessed ? "ok" : "warn"}>{t(assessed ? "list.approved" : "list.missing")}</Badge>
      <span className="text-sm text-ink-2">{reasons.map((reason) => t(`reasons.${reason}`)).join(" · ")}</span>
    </div>
  );
}
