import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { server } from "#app/trpc/server.ts";
import { Card, Stat, Stats } from "#app/ui/card.tsx";
import { FirstUse } from "#app/ui/empty-state.tsx";
import { KeyValues } from "#app/ui/key-values.tsx";
import { LinkButton, TextLink } from "#app/ui/link.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { PointsPage } from "#server/points/model.ts";
import { lastDayBefore } from "../tier/mine.ts";
import { PointsTable } from "./points-table.tsx";

export async function generateMetadata() {
  const t = await getTranslations("points");
  return { title: t("title") };
}

/** What a member has: the balance, what is on its way, when each batch expires, and the whole ledger. */
export default async function OwnPointsPage({ searchParams }: { searchParams: Promise<{ before?: string }> }) {
  const asked = PointsPage.safeParse({ before: (await searchParams).before });
  const api = await server();
  const [t, f, own, ledger] = await Promise.all([
    getTranslations("points.mine"),
    formats(),
    api.points.mine(),
    api.points.ledger(asked.success ? asked.data : {}),
  ]);
  if (own === null) redirect("/");
  const { available, pending, waiting, arriving, expiring } = own.balance;
  const orderIds = new Set(ledger.lines.flatMap(({ orderId }) => (orderId === null ? [] : [orderId])));
  const orders = await api.orders.ownNumbers({ orderIds: [...orderIds] });
  const all = await getTranslations("points");
  return (
    <>
      <PageHeader title={all("title")} description={t("description")} back={{ href: "/", label: t("back") }} />
      <div className="grid gap-4">
        <Card title={t("balance")}>
          <div className="grid gap-3">
            <Stats>
              <Stat label={t("available")} value={f.count(available)} />
              <Stat label={t("pending")} value={f.count(pending)} />
            </Stats>
            {available < 0 && <Notice>{t("owed")}</Notice>}
            <p className="text-sm">
              <TextLink href="/rules">{t("rules")}</TextLink>
            </p>
          </div>
        </Card>
        {pending !== 0 && (
          <Card title={t("arriving")}>
            <KeyValues
              items={[
                ...arriving.map(({ at, points }) => ({
                  key: String(at.getTime()),
                  label: f.date(at),
                  value: t("arrives", { points: f.count(points) }),
                })),
                ...(waiting === 0
                  ? []
                  : [
                      {
                        key: "waiting",
                        label: t("whenCompleted"),
                        value: t("waits", { points: f.count(waiting) }),
                      },
                    ]),
              ]}
            />
          </Card>
        )}
        {available > 0 && (
          <Card title={t("expiring")}>
            {expiring.length === 0 ? (
              <p className="text-ink-2">{t("expiringNone")}</p>
            ) : (
              <KeyValues
                items={expiring.map(({ at, points }) => ({
                  key: String(at.getTime()),
                  label: t("through", { date: f.date(lastDayBefore(at)) }),
                  value: t("arrives", { points: f.count(points) }),
                }))}
              />
            )}
          </Card>
        )}
        <Card title={t("ledger")}>
          {ledger.lines.length === 0 ? (
            <FirstUse title={t("empty")} action={<LinkButton href="/orders">{t("claim")}</LinkButton>}>
              {t("emptyHint")}
            </FirstUse>
          ) : (
            <>
              <p className="mb-2 text-ink-2">{t("ledgerHint")}</p>
              <PointsTable
                caption={t("ledger")}
                lines={ledger.lines}
                orders={new Map(orders.map(({ id, maskedId }) => [id, maskedId]))}
              />
              <Pager
                first={asked.data?.before ? "/points" : null}
                next={ledger.before && `/points?before=${ledger.before}`}
              />
            </>
          )}
        </Card>
      </div>
    </>
  );
}
