import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { PageHeader } from "#app/ui/page-header.tsx";
import { choicesFor } from "../choices.ts";
import { BenefitEditor } from "../editor.tsx";
import { startingTerms } from "../starting-terms.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("benefits.desk.form");
  return { title: t("newTitle") };
}

/** A new benefit, from a blank page. */
export default async function NewBenefitPage() {
  const api = await server();
  const [t, locale] = await Promise.all([getTranslations("benefits.desk"), getLocale()]);
  const choices = await choicesFor(api, locale);
  return (
    <ClientMessages of={["benefits", "offers"]}>
      <PageHeader back={{ href: "/desk/benefits", label: t("title") }} title={t("form.newTitle")} />
      <BenefitEditor
        benefitId={null}
        editing={null}
        start={startingTerms(Object.keys(choices.tiers), new Date())}
        {...choices}
      />
    </ClientMessages>
  );
}
