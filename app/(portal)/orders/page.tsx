import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { site } from "#app/site.ts";
import { server } from "#app/trpc/server.ts";
import { param, type Query } from "#app/ui/address.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { FirstUse } from "#app/ui/empty-state.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { isId } from "#server/core/id.ts";
import { demoClaims } from "#server/orders/claims/model.ts";
import { claimableShapes } from "#server/orders/claims/shapes.ts";
import { tierName } from "#server/tiers/ladders/rules.ts";
import { ClaimForm } from "./claim-form.tsx";
import { OwnOrder } from "./own-order.tsx";

const claimTones = { pending: "info", granted: "ok", refused: "bad", undone: "neutral", expired: "neutral" } as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("orders.mine");
  return { title: t("title") };
}

/** A member's orders across platforms, each with the growth it gave and why; and how to claim another. */
export default async function OwnOrdersPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const [at = "", id = ""] = (param(query, "after") ?? "").split("_");
  const after = /^\d{1,15}$/.test(at) && isId<"order">(id) ? { placedAt: new Date(Number(at)), id } : undefined;
  const api = await server();
  const [owned, claims, mine, t, all, f, locale, { environment }] = await Promise.all([
    api.orders.ownOrders({ after }),
    api.orders.ownClaims(),
    api.tiers.mine(),
    getTranslations("orders.mine"),
    getTranslations("orders"),
    formats(),
    getLocale(),
    site(),
  ]);
  const terms = mine?.ladder.terms;
  const tierNames = Object.fromEntries(
    (terms?.tiers ?? []).map(({ code }) => [code, terms ? tierName(terms, code, locale) : code]),
  );
  return (
    <ClientMessages of={["orders"]}>
      <PageHeader title={t("title")} />
      <div className="grid gap-4">
        <Card title={t("claimTitle")}>
          <p className="mb-3 text-ink-2">{t("claimHint")}</p>
          <ClaimForm tierNames={tierNames} shapes={claimableShapes} />
          <p className="mt-3 text-sm text-ink-3">{t("privacy")}</p>
        </Card>
        {environment === "demo" && (
          <Card title={t("demoTitle")}>
            <p className="mb-1 text-ink-2">{t("demoHint")}</p>
            <ul className="grid gap-1">
              {demoClaims.map(({ number, yuan }) => (
                <li key={number} className="font-mono break-all">
                  {t("demoLine", { number, yuan })}
                </li>
              ))}
            </ul>
          </Card>
        )}
        <Card title={t("ordersTitle")}>
          {owned.orders.length === 0 ? (
            <FirstUse title={t("empty")}>{t("emptyHint")}</FirstUse>
          ) : (
            <>
              <ul className="grid gap-3">
                {owned.orders.map((order) => (
                  <li key={order.id} className="border-b border-line pb-3 last:border-0 last:pb-0">
                    <OwnOrder order={order} />
                  </li>
                ))}
              </ul>
              <Pager
                first={after ? "/orders" : null}
                next={owned.after && `/orders?after=${owned.after.placedAt.getTime()}_${owned.after.id}`}
              />
            </>
          )}
        </Card>
        {claims.length > 0 && (
          <Card title={t("claimsTitle")}>
            <ul className="grid gap-2">
              {claims.map((claim) => (
                <li key={claim.id} className="flex flex-wrap items-center gap-x-3">
                  <span className="me-auto font-mono">{claim.maskedId}</span>
                  <span className="text-sm text-ink-2">{f.dateTime(claim.createdAt)}</span>
                  <Badge tone={claimTones[claim.state]}>{t(`states.${claim.state}`)}</Badge>
                  {claim.reason && (
                    <span className="w-full text-sm text-ink-2">{all(`claimReasons.${claim.reason}`)}</span>
                  )}
                </li>
              ))}
            </ul>
          </Card>
        )}
      </div>
    </ClientMessages>
  );
}
