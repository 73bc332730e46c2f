import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { PageHeader } from "#app/ui/page-header.tsx";
import { isId } from "#server/core/id.ts";
import { choicesFor } from "../../choices.ts";
import { BenefitEditor } from "../../editor.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("benefits.desk.form");
  return { title: t("editTitle") };
}

/** The next version of a benefit: from its draft, or from the terms in force. */
export default async function EditBenefitPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!isId<"benefit">(id)) notFound();
  const api = await server();
  const [t, locale, benefit] = await Promise.all([
    getTranslations("benefits.desk"),
    getLocale(),
    api.benefits.detail({ benefitId: id }),
  ]);
  const start = (benefit.draft ?? benefit.current)?.terms;
  if (start === undefined || benefit.retired !== null) notFound();
  const choices = await choicesFor(api, locale);
  return (
    <ClientMessages of={["benefits", "offers"]}>
      <PageHeader back={{ href: `/desk/benefits/${id}`, label: start.title[locale] }} title={t("form.editTitle")} />
      <BenefitEditor benefitId={id} editing={benefit.draft?.termsHash ?? null} start={start} {...choices} />
    </ClientMessages>
  );
}
