import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { PageHeader } from "#app/ui/page-header.tsx";
import { LadderForm } from "../ladder-form.tsx";
import { startingTerms } from "../starting-terms.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("tiers.draft");
  return { title: t("title") };
}

/** Drafts a version, starting from the newest one that is public. */
export default async function NewLadderPage() {
  const api = await server();
  const [t, versions] = await Promise.all([getTranslations("tiers.draft"), api.tiers.rulebook()]);
  const published = versions.find(({ status }) => status === "inForce")?.terms ?? null;
  return (
    <ClientMessages of={["tiers"]}>
      <PageHeader title={t("title")} back={{ href: "/desk/tiers", label: t("back") }} />
      <LadderForm initial={versions[0]?.terms ?? startingTerms} published={published} target={null} />
    </ClientMessages>
  );
}
