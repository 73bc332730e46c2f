import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { PageHeader } from "#app/ui/page-header.tsx";
import { ActivityEditor } from "../editor.tsx";
import { startingTerms } from "../starting-terms.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("activities.form");
  return { title: t("newTitle") };
}

/** A new processing activity, from a blank page. */
export default async function NewActivityPage() {
  const api = await server();
  const [t, fields] = await Promise.all([getTranslations("activities"), api.consents.fields.list()]);
  return (
    <ClientMessages of={["activities", "fields"]}>
      <PageHeader back={{ href: "/desk/activities", label: t("detail.back") }} title={t("form.newTitle")} />
      <ActivityEditor
        code={null}
        editing={null}
        start={startingTerms}
        definitions={new Map(fields.map((field) => [field.key, field]))}
      />
    </ClientMessages>
  );
}
