import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { tierNamesOf, tiersInForce } from "#app/(portal)/offers/names.ts";
import { TermsList } from "#app/(portal)/offers/terms-list.tsx";
import { formats } from "#app/format/server.ts";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { LinkButton } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { isId } from "#server/core/id.ts";
import { currentStaff } from "../../session.ts";
import { SimulationCard } from "../simulation.tsx";
import { stateTones } from "../states.ts";
import { RetireOffer } from "./acts.tsx";
import { Budget } from "./budget.tsx";
import { Codes } from "./codes.tsx";
import { Draft } from "./draft.tsx";
import { History } from "./history.tsx";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("offers");
  return { title: t("title") };
}

/** One offer: its terms in force, the version in the making, every version before, its budget and codes. */
export default async function OfferPage({ params }: Props) {
  const { id } = await params;
  if (!isId<"offer">(id)) notFound();
  const api = await server();
  const [t, f, locale, staff, offer, ladder] = await Promise.all([
    getTranslations("offers"),
    formats(),
    getLocale(),
    currentStaff(),
    api.offers.detail({ offerId: id }),
    tiersInForce(api),
  ]);
  const tiers = tierNamesOf(ladder, locale);
  const permissions = new Set(staff?.permissions);
  const shown = offer.current ?? offer.draft;
  if (shown === null) notFound();
  const mayDraft = permissions.has("offer:draft") && offer.retiresAt === null;
  const mayRetire = permissions.has("offer:publish") && offer.current !== null && offer.retiresAt === null;
  const tried = (offer.draft ?? offer.current)?.terms;
  return (
    <ClientMessages of={["offers"]}>
      <PageHeader
        back={{ href: "/desk/offers", label: t("detail.back") }}
        title={shown.terms.title[locale]}
        badge={<Badge tone={stateTones[offer.state]}>{t(`states.${offer.state}`)}</Badge>}
        actions={
          <>
            {mayDraft && (
              <LinkButton href={`/desk/offers/${id}/edit`}>
                {t(offer.draft ? "detail.editDraft" : "detail.edit")}
              </LinkButton>
            )}
            {mayRetire && <RetireOffer offerId={id} />}
          </>
        }
      />
      <div className="grid gap-4">
        {offer.draft && (
          <Draft
            offer={offer}
            draft={offer.draft}
            tiers={tiers}
            mayApprove={permissions.has("offer:approve")}
            mayPublish={permissions.has("offer:publish")}
          />
        )}
        {offer.current && (
          <Card title={`${t("detail.current")} · ${t("detail.version", { version: offer.current.version })}`}>
            <p className="mb-3 text-ink-2">
              {t("detail.effective", { at: f.dateTime(offer.current.effectiveFrom) })}
              {offer.retiresAt && ` · ${t("detail.retires", { at: f.dateTime(offer.retiresAt) })}`}
            </p>
            <TermsList offer={offer.current} tiers={tiers} />
          </Card>
        )}
        {offer.budget && <Budget budget={offer.budget} />}
        {offer.current?.terms.conditions.codeRequired && <Codes offer={offer} mayMake={mayRetire} />}
        {tried && permissions.has("offer:simulate") && <SimulationCard offerId={id} terms={tried} tiers={tiers} />}
        <History versions={offer.versions} tiers={tiers} />
      </div>
    </ClientMessages>
  );
}
