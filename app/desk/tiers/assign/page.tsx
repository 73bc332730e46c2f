import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { Card } from "#app/ui/card.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { AssignForm } from "./assign-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("tiers.assign");
  return { title: t("title") };
}

/** Asks for a tier by hand; a member's page links here with the card number filled in. */
export default async function AssignPage({ searchParams }: { searchParams: Promise<{ card?: string }> }) {
  const api = await server();
  const [t, tiers, locale, counts, { card }] = await Promise.all([
    getTranslations("tiers.assign"),
    getTranslations("tiers"),
    getLocale(),
    api.tiers.counts(),
    searchParams,
  ]);
  const options = counts.slice(1).map(({ tier }) => ({ value: tier.code, label: tier.name[locale] }));
  return (
    <ClientMessages of={["tiers"]}>
      <PageHeader
        title={t("title")}
        description={t("description")}
        back={{ href: "/desk/tiers", label: tiers("title") }}
      />
      <Card className="max-w-xl">
        <AssignForm options={options} card={typeof card === "string" ? card : ""} />
      </Card>
    </ClientMessages>
  );
}
