import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { Card } from "#app/ui/card.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Shown } from "./shown.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("staff.factor");
  return { title: t("title") };
}

/** The second factor on a page of its own, for a form that waits in another tab. */
export default async function StepUpPage() {
  const [me, t] = await Promise.all([server().then((api) => api.staff.me()), getTranslations("staff.factor")]);
  return (
    <ClientMessages of={["desk", "staff"]}>
      <PageHeader title={t("title")} description={t("stepUpHint")} />
      <Card className="max-w-[28rem]">
        <Shown factors={me.factors} />
      </Card>
    </ClientMessages>
  );
}
