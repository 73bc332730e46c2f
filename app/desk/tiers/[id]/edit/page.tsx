import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { PageHeader } from "#app/ui/page-header.tsx";
import { isId } from "#server/core/id.ts";
import { LadderForm } from "../../ladder-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("tiers.draft");
  return { title: t("editTitle") };
}

/** Edits a draft; saving makes a new revision, which needs an approval of its own. */
export default async function EditLadderPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!isId<"tierLadder">(id)) notFound();
  const api = await server();
  const [t, draft] = await Promise.all([getTranslations("tiers.draft"), api.tiers.ladders.one({ ladderId: id })]);
  return (
    <ClientMessages of={["tiers"]}>
      <PageHeader title={t("editTitle")} back={{ href: `/desk/tiers/${id}`, label: t("pageTitle") }} />
      <LadderForm
        initial={draft.terms}
        published={draft.published}
        target={{ ladderId: id, revision: draft.revision }}
      />
    </ClientMessages>
  );
}
