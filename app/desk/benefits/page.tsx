import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { tierNamesOf, tiersInForce } from "#app/(portal)/offers/names.ts";
import { formats } from "#app/format/server.ts";
import { server } from "#app/trpc/server.ts";
import { address, param, type Query } from "#app/ui/address.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { FirstUse, NoMatch } from "#app/ui/empty-state.tsx";
import { LinkButton, TextLink } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Table } from "#app/ui/table.tsx";
import { Tabs } from "#app/ui/tabs.tsx";
import { benefitStates } from "#server/benefits/model.ts";
import { fieldNamesOf } from "../purposes.ts";
import { currentStaff } from "../session.ts";
import { stateTones } from "./states.ts";

const path = "/desk/benefits";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("benefits.desk");
  return { title: t("title") };
}

/** Every benefit: for which tiers, how often, and what it asks for. */
export default async function BenefitsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const api = await server();
  const [query, t, shell, f, locale, staff, all, ladder, fields] = await Promise.all([
    searchParams,
    getTranslations("benefits.desk"),
    getTranslations("shell"),
    formats(),
    getLocale(),
    currentStaff(),
    api.benefits.list(),
    tiersInForce(api),
    api.consents.fields.list(),
  ]);
  const [tiers, fieldNames] = [tierNamesOf(ladder, locale), fieldNamesOf(fields, locale)];
  const view = param(query, "state") ?? "all";
  const rows = all.filter(({ state }) => view === "all" || state === view);
  const create = staff?.permissions.includes("benefit:draft") && (
    <LinkButton href={`${path}/new`} tone="primary">
      {t("list.new")}
    </LinkButton>
  );
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} actions={create} />
      <Tabs
        label={t("list.views")}
        current={view}
        items={["all" as const, ...benefitStates].map((key) => ({
          key,
          href: address(path, {}, { state: key === "all" ? null : key }),
          label: `${key === "all" ? t("list.all") : t(`states.${key}`)} ${f.count(key === "all" ? all.length : all.filter(({ state }) => state === key).length)}`,
        }))}
      />
      <Card className="mt-4">
        {all.length === 0 && (
          <FirstUse title={t("list.none")} action={create}>
            {t("list.noneHint")}
          </FirstUse>
        )}
        {all.length > 0 && rows.length === 0 && <NoMatch clear={path} />}
        {rows.length > 0 && (
          <Table
            caption={t("list.caption")}
            hideCaption
            rows={rows}
            rowKey={({ id }) => id}
            columns={[
              {
                key: "name",
                header: t("terms.title"),
                names: true,
                cell: ({ id, terms }) => <TextLink href={`${path}/${id}`}>{terms.title[locale]}</TextLink>,
              },
              {
                key: "state",
                header: t("list.state"),
                cell: ({ state, draft }) => (
                  <div className="grid">
                    <Badge tone={stateTones[state]}>{t(`states.${state}`)}</Badge>
                    {draft !== null && (
                      <span className="text-sm text-ink-2">
                        {t(draft.approved ? "list.draftReady" : "list.draftWaiting")}
                      </span>
                    )}
                  </div>
                ),
              },
              {
                key: "tiers",
                header: t("terms.tiers"),
                cell: ({ terms }) => terms.tiers.map((code) => tiers[code] ?? code).join(shell("listComma")),
              },
              {
                key: "quota",
                header: t("terms.quota"),
                cell: ({ terms: { quota } }) => t("quota", { count: quota.count, period: quota.period }),
              },
              {
                key: "needs",
                header: t("terms.needs"),
                cell: ({ terms }) =>
                  terms.needs.length === 0
                    ? t("terms.noNeeds")
                    : terms.needs.map(({ field }) => fieldNames[field] ?? field).join(shell("listComma")),
              },
              {
                key: "booked",
                header: t("terms.booked"),
                cell: ({ terms }) => t(terms.booked ? "terms.byBooking" : "terms.anyTime"),
              },
            ]}
          />
        )}
      </Card>
    </>
  );
}
