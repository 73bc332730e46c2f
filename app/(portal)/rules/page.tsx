import { getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { server } from "#app/trpc/server.ts";
import { Card } from "#app/ui/card.tsx";
import { FirstUse } from "#app/ui/empty-state.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { OfferRules } from "../offers/offer-rules.tsx";
import { PointsRules } from "../points/points-rules.tsx";
import { Changes } from "./changes.tsx";
import { LadderRules } from "./ladder-rules.tsx";

export async function generateMetadata() {
  const t = await getTranslations("tiers.rules");
  return { title: t("title") };
}

/** 规则公示: the live rules as anybody may read and print them, with every earlier version and what it changed. */
export default async function RulesPage() {
  const api = await server();
  const [t, f, versions] = await Promise.all([getTranslations("tiers.rules"), formats(), api.tiers.rulebook()]);
  const tiers = await getTranslations("tiers");
  const current = versions.find(({ status }) => status === "inForce");
  const announced = versions.filter(({ status }) => status === "announced").reverse();
  const past = versions.filter(({ status }) => status === "past");
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      {current === undefined && (
        <Card>
          <FirstUse title={t("none")}>{t("noneHint")}</FirstUse>
        </Card>
      )}
      <div className="grid gap-4">
        {announced.map((version) => (
          <Card key={version.id} title={`${t("announced")} · ${tiers("version", { version: version.version })}`}>
            <p className="mb-3 text-ink-2">
              {tiers("from", { date: f.date(version.effectiveFrom) })} ·{" "}
              {t("published", { date: f.date(version.publishedAt) })}
            </p>
            <Changes version={version} />
          </Card>
        ))}
        {current && (
          <Card title={`${t("inForce")} · ${tiers("version", { version: current.version })}`}>
            <p className="mb-3 text-ink-2">
              {tiers("from", { date: f.date(current.effectiveFrom) })} ·{" "}
              {t("published", { date: f.date(current.publishedAt) })}
            </p>
            <LadderRules terms={current.terms} />
          </Card>
        )}
        <PointsRules />
        <OfferRules />
        {(past.length > 0 || (current && current.version > 1)) && (
          <Card title={t("history")}>
            <div className="grid gap-5">
              {[...(current ? [current] : []), ...past].map((version) => (
                <section key={version.id} className="grid gap-2">
                  <h3 className="font-strong">
                    {tiers("version", { version: version.version })} ·{" "}
                    {tiers("from", { date: f.date(version.effectiveFrom) })}
                  </h3>
                  <Changes version={version} />
                </section>
              ))}
            </div>
          </Card>
        )}
      </div>
    </>
  );
}
