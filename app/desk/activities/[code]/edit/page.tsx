import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { PageHeader } from "#app/ui/page-header.tsx";
import { PurposeCode } from "#server/consents/model.ts";
import { ActivityEditor } from "../../editor.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("activities.form");
  return { title: t("editTitle") };
}

/** The next version of an activity: from its draft, or from the terms in force. */
export default async function EditActivityPage({ params }: { params: Promise<{ code: string }> }) {
  const code = PurposeCode.safeParse((await params).code).data;
  if (code === undefined) notFound();
  const api = await server();
  const [t, locale, { own, state, draft, inForce, definitions }] = await Promise.all([
    getTranslations("activities.form"),
    getLocale(),
    api.consents.activities.detail({ code }),
  ]);
  const start = draft?.terms ?? inForce?.terms;
  if (start === undefined || own || state === "retired") notFound();
  return (
    <ClientMessages of={["activities", "fields"]}>
      <PageHeader back={{ href: `/desk/activities/${code}`, label: start.name[locale] }} title={t("editTitle")} />
      <ActivityEditor code={code} editing={draft?.termsHash ?? null} start={start} definitions={definitions} />
    </ClientMessages>
  );
}
