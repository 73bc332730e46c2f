import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { formats } from "../format/server.ts";
import { site } from "../site.ts";
import { server } from "../trpc/server.ts";
import { Badge } from "../ui/badge.tsx";
import { Card, Stat, Stats } from "../ui/card.tsx";
import { FirstUse } from "../ui/empty-state.tsx";
import { LinkButton, TextLink } from "../ui/link.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Table } from "../ui/table.tsx";
import { DaysChart, TiersChart } from "./dashboard-charts.tsx";
import { places } from "./navigation.ts";
import { batchTones, shownState } from "./orders/tones.ts";
import { currentStaff } from "./session.ts";

export async function generateMetadata(): Promise<Metadata> {
  const [t, desk, { brand }] = await Promise.all([getTranslations("dashboard"), getTranslations("desk"), site()]);
  // The layout's template reaches only the folders below it.
  return { title: { absolute: `${t("title")} · ${brand} ${desk("title")}` } };
}

/** Today at a glance: what waits for somebody, how the brand stands, what came in lately. */
export default async function DashboardPage() {
  const staff = await currentStaff();
  // Who has no dashboard begins at the first place that is theirs: store staff where codes are redeemed.
  if (staff !== null && !staff.permissions.includes("dashboard:read")) {
    redirect(places.find(({ permission }) => staff.permissions.includes(permission))?.href ?? "/desk/account");
  }
  const api = await server();
  const [found, t, orders, f, locale] = await Promise.all([
    api.dashboard.overview(),
    getTranslations("dashboard"),
    getTranslations("orders"),
    formats(),
    getLocale(),
  ]);
  const { waiting, tiers, days, offers, imports, log } = found;
  const total = (of: "orders" | "claims" | "joined") => days?.reduce((sum, day) => sum + day[of], 0) ?? null;
  const tierName = new Map(tiers?.map(({ tier }) => [tier.code, tier.name[locale]]));
  const tasks = (
    [
      ["disputedClaims", "/desk/orders/disputes"],
      ["checkedImports", "/desk/orders?state=checked"],
      ["quarantinedImports", "/desk/orders?state=quarantined"],
      ["stoppedImports", "/desk/orders?state=stopped"],
      ["manualTiers", "/desk/tiers"],
      ["ladderDrafts", "/desk/tiers"],
      ["offerDrafts", "/desk/offers"],
      ["deadJobs", null],
    ] as const
  ).filter(([kind]) => waiting[kind] > 0);

  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <div className="grid gap-4">
        <Card title={t("waiting.title")}>
          {tasks.length === 0 ? (
            <p className="text-ink-2">{t("waiting.none")}</p>
          ) : (
            <ul className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
              {tasks.map(([kind, href]) => (
                <li key={kind} className="flex min-h-(--row-height) items-center">
                  {href === null ? (
                    t(`waiting.${kind}`, { count: waiting[kind] })
                  ) : (
                    <TextLink href={href}>{t(`waiting.${kind}`, { count: waiting[kind] })}</TextLink>
                  )}
                </li>
              ))}
            </ul>
          )}
        </Card>
        <Card title={t("figures.title")}>
          <Stats>
            {tiers && (
              <Stat
                label={t("figures.members")}
                value={f.count(tiers.reduce((sum, { members }) => sum + members, 0))}
                note={t("figures.joined", { count: total("joined") ?? 0 })}
              />
            )}
            {days && <Stat label={t("figures.orders")} value={f.count(total("orders"))} note={t("figures.days")} />}
            {days && <Stat label={t("figures.claims")} value={f.count(total("claims"))} note={t("figures.days")} />}
            {offers && <Stat label={t("figures.offers")} value={f.count(offers.length)} />}
          </Stats>
        </Card>
        <div className="grid gap-4 lg:grid-cols-2">
          {tiers && (
            <Card>
              {tiers.some(({ members }) => members > 0) ? (
                <TiersChart
                  tiers={tiers.map(({ tier, members }) => ({ code: tier.code, name: tier.name[locale], members }))}
                />
              ) : (
                <FirstUse title={t("tiers.empty")}>{t("tiers.emptyHint")}</FirstUse>
              )}
            </Card>
          )}
          {days && (
            <Card>
              {days.some(({ orders, claims }) => orders + claims > 0) ? (
                <DaysChart days={days} />
              ) : (
                <FirstUse
                  title={t("days.empty")}
                  action={<LinkButton href="/desk/orders">{t("days.import")}</LinkButton>}
                >
                  {t("days.emptyHint")}
                </FirstUse>
              )}
            </Card>
          )}
        </div>
        {offers && (
          <Card title={t("offers.title")} actions={<TextLink href="/desk/offers">{t("offers.all")}</TextLink>}>
            {offers.length === 0 ? (
              <p className="text-ink-2">{t("offers.none")}</p>
            ) : (
              <Table
                caption={t("offers.title")}
                hideCaption
                rows={offers}
                rowKey={(offer) => offer.offerId}
                columns={[
                  {
                    key: "title",
                    header: t("offers.name"),
                    names: true,
                    cell: (offer) => <TextLink href={`/desk/offers/${offer.offerId}`}>{offer.title[locale]}</TextLink>,
                  },
                  {
                    key: "tiers",
                    header: t("offers.tiers"),
                    cell: (offer) => offer.tiers.map((code) => tierName.get(code) ?? code).join(t("comma")),
                  },
                  {
                    key: "until",
                    header: t("offers.until"),
                    cell: (offer) => (offer.until === null ? t("offers.open") : f.dateTime(offer.until)),
                  },
                  {
                    key: "state",
                    header: t("offers.state"),
                    cell: (offer) => (
                      <Badge tone={offer.exhausted ? "warn" : "ok"}>
                        {t(offer.exhausted ? "offers.exhausted" : "offers.live")}
                      </Badge>
                    ),
                  },
                ]}
              />
            )}
          </Card>
        )}
        {imports && (
          <Card title={t("imports.title")} actions={<TextLink href="/desk/orders">{t("imports.all")}</TextLink>}>
            {imports.length === 0 ? (
              <p className="text-ink-2">{t("imports.none")}</p>
            ) : (
              <Table
                caption={t("imports.title")}
                hideCaption
                rows={imports}
                rowKey={(batch) => batch.id}
                columns={[
                  {
                    key: "file",
                    header: t("imports.file"),
                    names: true,
                    cell: (batch) => <TextLink href={`/desk/orders/${batch.id}`}>{batch.fileName}</TextLink>,
                  },
                  {
                    key: "state",
                    header: t("imports.state"),
                    cell: (batch) => (
                      <Badge tone={batchTones[shownState(batch)]}>{orders(`states.${shownState(batch)}`)}</Badge>
                    ),
                  },
                  {
                    key: "orders",
                    header: t("imports.orders"),
                    align: "end",
                    cell: ({ counters }) =>
                      f.count(counters.orders.created + counters.orders.updated + counters.orders.unchanged),
                  },
                  {
                    key: "rejected",
                    header: t("imports.rejected"),
                    align: "end",
                    cell: ({ counters }) => f.count(counters.rows.rejected),
                  },
                  { key: "at", header: t("imports.at"), cell: (batch) => f.dateTime(batch.createdAt) },
                ]}
              />
            )}
          </Card>
        )}
        {log && (
          <Card title={t("log.title")} actions={<TextLink href="/desk/audit">{t("log.open")}</TextLink>}>
            <Stats>
              <Stat
                label={t("log.sealed")}
                value={f.count(log.head?.size ?? 0)}
                note={log.head && t("log.sealedAt", { at: f.dateTime(log.head.at) })}
              />
              <Stat label={t("log.waiting")} value={f.count(log.unsealed)} />
              <Stat
                label={t("log.verified")}
                value={
                  log.verified === null ? (
                    t("log.never")
                  ) : (
                    <Badge tone={log.verified.ok ? "ok" : "bad"}>
                      {t(log.verified.ok ? "log.untouched" : "log.touched")}
                    </Badge>
                  )
                }
                note={log.verified && f.dateTime(log.verified.at)}
              />
            </Stats>
          </Card>
        )}
      </div>
    </>
  );
}
