import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { tierNamesOf, tiersInForce } from "#app/(portal)/offers/names.ts";
import { Sentence } from "#app/(portal)/offers/sentence.tsx";
import { Window } from "#app/(portal)/offers/terms-list.tsx";
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
import type { Caller } from "#server/api/root.ts";
import { offerStates } from "#server/offers/publishing/model.ts";
import { currentStaff } from "../session.ts";
import { stateTones } from "./states.ts";

const path = "/desk/offers";
type Row = Awaited<ReturnType<Caller["offers"]["list"]>>[number];

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("offers");
  return { title: t("title") };
}

/** Every offer with what it gives, to whom, when, how much of its budget is used and how low a line can fall. */
export default async function OffersPage({ searchParams }: { searchParams: Promise<Query> }) {
  const api = await server();
  const [query, t, shell, f, locale, staff, all, ladder] = await Promise.all([
    searchParams,
    getTranslations("offers"),
    getTranslations("shell"),
    formats(),
    getLocale(),
    currentStaff(),
    api.offers.list(),
    tiersInForce(api),
  ]);
  const tiers = tierNamesOf(ladder, locale);
  const view = param(query, "state") ?? "all";
  const rows = all.filter(({ state }) => view === "all" || state === view);
  const may = (permission: "offer:draft" | "decision:read") => staff?.permissions.includes(permission) ?? false;
  const create = may("offer:draft") && (
    <LinkButton key="new" href={`${path}/new`} tone="primary">
      {t("list.new")}
    </LinkButton>
  );
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <>
            {may("decision:read") && <LinkButton href={`${path}/decisions`}>{t("list.decisions")}</LinkButton>}
            <LinkButton href={`${path}/showcase`}>{t("list.showcase")}</LinkButton>
            {create}
          </>
        }
      />
      <Tabs
        label={t("list.views")}
        current={view}
        items={["all" as const, ...offerStates].map((key) => ({
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
                header: t("list.name"),
                names: true,
                cell: ({ id, terms }) => <TextLink href={`${path}/${id}`}>{terms.title[locale]}</TextLink>,
              },
              { key: "state", header: t("list.state"), cell: (row) => <State row={row} t={t} /> },
              { key: "terms", header: t("list.terms"), cell: (row) => <Sentence {...row} /> },
              {
                key: "tiers",
                header: t("list.tiers"),
                cell: ({ terms: { conditions } }) =>
                  Object.keys(tiers).every((code) => conditions.tiers.includes(code))
                    ? t("terms.allTiers")
                    : conditions.tiers.map((code) => tiers[code] ?? code).join(shell("listComma")),
              },
              {
                key: "window",
                header: t("list.window"),
                cell: ({ terms }) => <Window window={terms.conditions.window} />,
              },
              {
                key: "budget",
                header: t("list.budget"),
                cell: ({ budget }) => {
                  if (budget === null) return t("list.unlimited");
                  const { limitCount, limitFen, usedCount, usedFen } = budget;
                  return limitCount === null
                    ? t("list.ofMoney", { used: f.money(usedFen), limit: f.money(limitFen) })
                    : t("list.ofCount", { used: f.count(usedCount), limit: f.count(limitCount) });
                },
              },
              {
                key: "floor",
                header: t("list.floor"),
                align: "end",
                cell: ({ lowestPermille }) => t("list.permille", { share: f.percent(lowestPermille / 1000) }),
              },
            ]}
          />
        )}
      </Card>
    </>
  );
}

function State({ row: { state, draft }, t }: { row: Row; t: Awaited<ReturnType<typeof getTranslations<"offers">>> }) {
  return (
    <div className="grid">
      <Badge tone={stateTones[state]}>{t(`states.${state}`)}</Badge>
      {draft !== null && (
        <span className="text-sm text-ink-2">
          {draft.approvals >= draft.needed ? t("list.draftReady") : t("list.draftWaiting", draft)}
        </span>
      )}
    </div>
  );
}
