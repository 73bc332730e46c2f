import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { Card } from "#app/ui/card.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { VerifyForm } from "./verify-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("consents.verify");
  return { title: t("title") };
}

/** Where anybody checks a consent receipt, signed in or not. */
export default async function VerifyPage() {
  const t = await getTranslations("consents.verify");
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <Card>
        <ClientMessages of={["consents"]}>
          <VerifyForm />
        </ClientMessages>
        <p className="mt-3 text-sm text-ink-3">{t("privacy")}</p>
      </Card>
    </>
  );
}
