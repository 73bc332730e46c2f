import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { server } from "#app/trpc/server.ts";
import type { Query } from "#app/ui/address.ts";
import { Card } from "#app/ui/card.tsx";
import { FirstUse } from "#app/ui/empty-state.tsx";
import { TextLink } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { tierNamesOf, tiersInForce } from "../offers/names.ts";
import { ToldNotice } from "../told-notice.tsx";
import { BenefitCard } from "./benefit-card.tsx";
import { placeOf } from "./benefits.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("benefits.mine");
  return { title: t("title") };
}

/** Every benefit of every tier, open ones first, each with what it needs. Nothing is asked here. */
export default async function BenefitsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const api = await server();
  const [query, t, nav, locale, all, ladder] = await Promise.all([
    searchParams,
    getTranslations("benefits.mine"),
    getTranslations("portal.nav"),
    getLocale(),
    api.benefits.mine(),
    tiersInForce(api),
  ]);
  const tiers = tierNamesOf(ladder, locale);
  const groups = (["usable", "locked", "spent"] as const).map((place) => ({
    place,
    of: all.filter((benefit) => placeOf(benefit) === place),
  }));
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <>
            <TextLink href="/consents" className="inline-flex min-h-(--tap) items-center text-sm">
              {t("opens.consents")}
            </TextLink>
            <TextLink href="/children" className="inline-flex min-h-(--tap) items-center text-sm">
              {nav("children")}
            </TextLink>
          </>
        }
      />
      <div className="grid gap-6">
        <ToldNotice query={query} />
        {all.length === 0 ? (
          <Card>
            <FirstUse title={t("none")}>{t("noneHint")}</FirstUse>
          </Card>
        ) : (
          groups.map(({ place, of }) =>
            of.length === 0 && place !== "usable" ? null : (
              <section key={place} className="grid gap-3">
                <h2 className="text-lg font-strong">{t(place)}</h2>
                {of.length === 0 && <p className="text-ink-2">{t("usableNone")}</p>}
                <ul className="grid gap-3">
                  {of.map((benefit) => (
                    <BenefitCard key={benefit.id} benefit={benefit} tiers={tiers} />
                  ))}
                </ul>
              </section>
            ),
          )
        )}
      </div>
    </>
  );
}
