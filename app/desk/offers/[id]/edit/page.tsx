import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { tierNamesOf } from "#app/(portal)/offers/names.ts";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { PageHeader } from "#app/ui/page-header.tsx";
import { isId } from "#server/core/id.ts";
import { OfferEditor } from "../../editor.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("offers.form");
  return { title: t("editTitle") };
}

/** The next version of an offer: from its draft, or from the terms in force. */
export default async function EditOfferPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!isId<"offer">(id)) notFound();
  const api = await server();
  const [t, locale, forms, list, offer] = await Promise.all([
    getTranslations("offers"),
    getLocale(),
    api.offers.forms(),
    api.offers.priceList({ channel: "miniProgram" }),
    api.offers.detail({ offerId: id }),
  ]);
  const start = offer.draft ?? offer.current;
  if (start === null) notFound();
  return (
    <ClientMessages of={["offers"]}>
      <PageHeader back={{ href: `/desk/offers/${id}`, label: start.terms.title[locale] }} title={t("form.editTitle")} />
      <OfferEditor
        offerId={id}
        editing={offer.draft?.termsHash ?? null}
        start={start.terms}
        forms={forms}
        tiers={tierNamesOf(list.tiers, locale)}
        products={list.rows.map(({ product }) => product)}
      />
    </ClientMessages>
  );
}
