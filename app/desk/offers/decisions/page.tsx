import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { tierNamesOf, tiersInForce } from "#app/(portal)/offers/names.ts";
import { formats } from "#app/format/server.ts";
import { server } from "#app/trpc/server.ts";
import { address, param, type Query } from "#app/ui/address.ts";
import { TierName } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { FirstUse, NoMatch } from "#app/ui/empty-state.tsx";
import { Select, TextField } from "#app/ui/field.tsx";
import { FilterBar } from "#app/ui/filter-bar.tsx";
import { LinkButton, TextLink } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { Table } from "#app/ui/table.tsx";
import { isId } from "#server/core/id.ts";
import { TierCode } from "#server/tiers/model.ts";
import { Fairness } from "./fairness.tsx";

const path = "/desk/offers/decisions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("offers.decisions");
  return { title: t("title") };
}

/** Past decisions, newest first, and whether equal questions got equal prices. */
export default async function DecisionsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [api, query] = await Promise.all([server(), searchParams]);
  const [id, tier, before] = [
    param(query, "id"),
    TierCode.safeParse(param(query, "tier")).data,
    param(query, "before"),
  ];
  // The report reads every decision: it is made when asked for, not with every list.
  const wantsReport = param(query, "report") === "fairness";
  const [t, channelName, shell, f, locale, page, report, ladder] = await Promise.all([
    getTranslations("offers.decisions"),
    getTranslations("offers.channels"),
    getTranslations("shell"),
    formats(),
    getLocale(),
    api.offers.decisions({ id, tier, before: before !== undefined && isId<"decision">(before) ? before : undefined }),
    wantsReport ? api.offers.fairness() : null,
    tiersInForce(api),
  ]);
  const tiers = tierNamesOf(ladder, locale);
  const filtered = id !== undefined || tier !== undefined;
  return (
    <>
      <PageHeader
        back={{ href: "/desk/offers", label: shell("back") }}
        title={t("title")}
        description={t("description")}
        actions={<LinkButton href={address(path, {}, { report: "fairness" })}>{t("fairness")}</LinkButton>}
      />
      <div className="grid gap-4">
        {report && <Fairness report={report} />}
        <Card>
          <FilterBar
            action={path}
            clear={path}
            chips={[
              ...(id === undefined
                ? []
                : [
                    {
                      key: "id",
                      label: t("filterId", { id }),
                      remove: address(path, query, { id: null, before: null }),
                    },
                  ]),
              ...(tier === undefined
                ? []
                : [
                    {
                      key: "tier",
                      label: t("filterTier", { name: tiers[tier] ?? tier }),
                      remove: address(path, query, { tier: null, before: null }),
                    },
                  ]),
            ]}
          >
            <TextField name="id" label={t("searchId")} defaultValue={id ?? ""} autoComplete="off" />
            <Select
              name="tier"
              label={t("tier")}
              blank={t("anyTier")}
              defaultValue={tier ?? ""}
              options={Object.entries(tiers).map(([value, label]) => ({ value, label }))}
            />
          </FilterBar>
        </Card>
        <Card>
          {page.decisions.length === 0 &&
            (filtered ? <NoMatch clear={path} /> : <FirstUse title={t("none")}>{t("noneHint")}</FirstUse>)}
          {page.decisions.length > 0 && (
            <Table
              caption={t("caption")}
              hideCaption
              rows={page.decisions}
              rowKey={(decision) => decision.id}
              columns={[
                {
                  key: "id",
                  header: t("id"),
                  names: true,
                  cell: (decision) => (
                    <TextLink href={`${path}/${decision.id}`} className="font-mono text-sm">
                      {f.maskedId(decision.id)}
                    </TextLink>
                  ),
                },
                { key: "at", header: t("at"), cell: (decision) => f.exactTime(decision.decidedAt) },
                {
                  key: "tier",
                  header: t("tier"),
                  cell: ({ question }) => (
                    <TierName tier={question.tier}>{tiers[question.tier] ?? question.tier}</TierName>
                  ),
                },
                { key: "channel", header: t("channel"), cell: ({ question }) => channelName(question.channel) },
                {
                  key: "lines",
                  header: t("lines"),
                  align: "end",
                  cell: ({ question }) => f.count(question.lines.length),
                },
                {
                  key: "applied",
                  header: t("applied"),
                  align: "end",
                  cell: ({ result }) => f.count(result.applied.length),
                },
                { key: "total", header: t("total"), align: "end", cell: ({ result }) => f.money(result.totalFen) },
              ]}
            />
          )}
          <Pager
            first={before === undefined ? null : address(path, query, { before: null })}
            next={page.before === null ? null : address(path, query, { before: page.before })}
          />
        </Card>
      </div>
    </>
  );
}
