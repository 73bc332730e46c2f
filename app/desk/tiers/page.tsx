import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Changes } from "#app/(portal)/rules/changes.tsx";
import { LadderRules } from "#app/(portal)/rules/ladder-rules.tsx";
import { formats } from "#app/format/server.ts";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { FirstUse } from "#app/ui/empty-state.tsx";
import { LinkButton, TextLink } from "#app/ui/link.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Table } from "#app/ui/table.tsx";
import { currentStaff } from "../session.ts";
import { Assignments } from "./assignments.tsx";
import { TierColumns } from "./tier-columns.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("tiers");
  return { title: t("title") };
}

/** The ladder with its members, versions in the making and in public, and tiers given by hand. */
export default async function TiersPage() {
  const api = await server();
  const [t, f, locale, staff, counts, versions, drafts, assignments] = await Promise.all([
    getTranslations("tiers"),
    formats(),
    getLocale(),
    currentStaff(),
    api.tiers.counts(),
    api.tiers.rulebook(),
    api.tiers.ladders.drafts(),
    api.tiers.assignments.list(),
  ]);
  const may = (permission: "tier:draft" | "tier:assign") => staff?.permissions.includes(permission) ?? false;
  const current = versions.find(({ status }) => status === "inForce");
  const newDraft = may("tier:draft") && <LinkButton href="/desk/tiers/new">{t("desk.newDraft")}</LinkButton>;
  return (
    <ClientMessages of={["tiers"]}>
      <PageHeader title={t("title")} description={t("desk.description")} actions={newDraft} />
      <div className="grid gap-4">
        {versions
          .filter(({ status }) => status === "announced")
          .toReversed()
          .map(({ id, version, effectiveFrom }) => (
            <Notice key={id} title={t("desk.scheduled", { version, date: f.date(effectiveFrom) })}>
              {t("desk.scheduledHint")}
            </Notice>
          ))}
        <Card title={t("desk.ladder")}>
          {current === undefined ? (
            <FirstUse title={t("desk.ladderNone")} action={newDraft}>
              {t("desk.ladderNoneHint")}
            </FirstUse>
          ) : (
            <div className="grid gap-4">
              <TierColumns counts={counts} locale={locale} />
              <details>
                <summary className="min-h-(--tap) w-fit text-brand">{t("rules.terms")}</summary>
                <div className="mt-2">
                  <LadderRules terms={current.terms} />
                </div>
              </details>
            </div>
          )}
        </Card>
        <Card title={t("desk.drafts")}>
          {drafts.length === 0 ? (
            <p className="text-ink-2">{t("desk.draftsNone")}</p>
          ) : (
            <Table
              caption={t("desk.drafts")}
              hideCaption
              rows={drafts}
              rowKey={({ id }) => id}
              columns={[
                {
                  key: "tiers",
                  header: t("column.tier"),
                  names: true,
                  cell: ({ id, terms }) => (
                    <TextLink href={`/desk/tiers/${id}`}>
                      {terms.tiers.map(({ name }) => name[locale]).join(" · ")}
                    </TextLink>
                  ),
                },
                {
                  key: "state",
                  header: t("column.state"),
                  cell: ({ state }) => (
                    <Badge tone={state === "approved" ? "ok" : "draft"}>{t(`desk.state.${state}`)}</Badge>
                  ),
                },
                { key: "edited", header: t("column.edited"), cell: ({ editedAt }) => f.dateTime(editedAt) },
              ]}
            />
          )}
        </Card>
        <Card
          title={t("desk.assignments")}
          actions={
            may("tier:assign") && current && <LinkButton href="/desk/tiers/assign">{t("desk.assign")}</LinkButton>
          }
        >
          <Assignments list={assignments} terms={current?.terms ?? null} mayDecide={may("tier:assign")} />
        </Card>
        {versions.length > 0 && (
          <Card title={t("desk.versions")}>
            <div className="grid gap-3">
              {versions.map((version) => (
                <details key={version.id}>
                  <summary className="min-h-(--tap)">
                    {t("desk.versionLine", { version: version.version, date: f.date(version.effectiveFrom) })} ·{" "}
                    {t("desk.publishedOn", { date: f.date(version.publishedAt) })}
                  </summary>
                  <div className="mt-2">
                    <Changes version={version} />
                  </div>
                </details>
              ))}
            </div>
          </Card>
        )}
      </div>
    </ClientMessages>
  );
}
