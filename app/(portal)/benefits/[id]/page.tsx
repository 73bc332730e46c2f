import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { address, type Query } from "#app/ui/address.ts";
import { Card } from "#app/ui/card.tsx";
import { LinkButton, TextLink } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { tierNamesOf, tiersInForce } from "../../offers/names.ts";
import { ToldNotice } from "../../told-notice.tsx";
import { Needs } from "../needs.tsx";
import { People } from "../people.tsx";
import { UsesLeft } from "../quota.tsx";
import { benefitAt } from "./benefit.ts";
import { BenefitTermsList } from "./benefit-terms-list.tsx";
import { Bookings } from "./bookings.tsx";
import { Slots } from "./slots.tsx";
import { UseHistory } from "./use-history.tsx";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await benefitAt((await params).id)).title[await getLocale()] };
}

/** One benefit: what it is, whether I can use it and what it would take, booking, the code, what I have used. */
export default async function BenefitPage({ params, searchParams }: Props) {
  const { id } = await params;
  const api = await server();
  const [query, t, consents, locale, benefit, ladder, history] = await Promise.all([
    searchParams,
    getTranslations("benefits.mine"),
    getTranslations("consents"),
    getLocale(),
    benefitAt(id),
    tiersInForce(api),
    api.benefits.history(),
  ]);
  const tiers = tierNamesOf(ladder, locale);
  const ready = benefit.people.filter(({ lock }) => lock === null);
  const hasGiven = benefit.people.some(({ given }) => given.length > 0);
  return (
    <>
      <PageHeader
        back={{ href: "/benefits", label: t("back") }}
        title={benefit.title[locale]}
        description={benefit.description[locale]}
      />
      <div className="grid gap-4">
        <ToldNotice query={query} />
        <Card title={t("status")}>
          <div className="grid gap-3">
            <People benefit={benefit} tiers={tiers} />
            {benefit.open && (
              <div className="text-ink-2">
                <UsesLeft uses={benefit.uses} />
              </div>
            )}
            {!benefit.booked &&
              ready.map(({ childId, childOrdinal }) => (
                <LinkButton
                  key={childId ?? "me"}
                  tone="primary"
                  size="wide"
                  href={address(`/benefits/${id}/code`, {}, { child: childId })}
                >
                  {childOrdinal === null ? t("showCode") : t("showCodeFor", { ordinal: childOrdinal })}
                </LinkButton>
              ))}
          </div>
        </Card>
        {benefit.booked && (
          <ClientMessages of={["benefits"]}>
            {benefit.bookings.length > 0 && <Bookings bookings={benefit.bookings} />}
            {ready.length > 0 && (
              <Slots
                benefitId={benefit.id}
                people={ready.map(({ childId, childOrdinal }) => ({
                  childId,
                  name: childOrdinal === null ? null : consents("child", { ordinal: childOrdinal }),
                }))}
              />
            )}
          </ClientMessages>
        )}
        <Card>
          <div className="grid gap-4">
            <BenefitTermsList benefit={benefit} tiers={tiers} />
            <Needs benefit={benefit} />
          </div>
        </Card>
        {hasGiven && (
          <Card title={t("withdrawal")}>
            <p className="text-ink-2">{t("withdrawalHint")}</p>
            <TextLink href="/consents" className="inline-flex min-h-(--tap) items-center">
              {t("withdrawalLink")}
            </TextLink>
          </Card>
        )}
        <UseHistory benefit={benefit} history={history} />
      </div>
    </>
  );
}
