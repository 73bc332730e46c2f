import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { tierNamesOf } from "#app/(portal)/offers/names.ts";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { PageHeader } from "#app/ui/page-header.tsx";
import { OfferEditor } from "../editor.tsx";
import { startingTerms } from "../starting-terms.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("offers.form");
  return { title: t("newTitle") };
}

/** A new offer, from a blank page. */
export default async function NewOfferPage() {
  const api = await server();
  const [t, locale, forms, list] = await Promise.all([
    getTranslations("offers"),
    getLocale(),
    api.offers.forms(),
    api.offers.priceList({ channel: "miniProgram" }),
  ]);
  const tiers = tierNamesOf(list.tiers, locale);
  return (
    <ClientMessages of={["offers"]}>
      <PageHeader back={{ href: "/desk/offers", label: t("detail.back") }} title={t("form.newTitle")} />
      <OfferEditor
        offerId={null}
        editing={null}
        start={startingTerms(Object.keys(tiers), forms[0]?.kind ?? "", new Date())}
        forms={forms}
        tiers={tiers}
        products={list.rows.map(({ product }) => product)}
      />
    </ClientMessages>
  );
}
