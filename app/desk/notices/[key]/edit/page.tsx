import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { PageHeader } from "#app/ui/page-header.tsx";
import { keyOfSlug } from "#server/consents/notices/model.ts";
import { DraftEditor } from "../../draft-editor.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notices.editor");
  return { title: t("title") };
}

/** Edits a draft section by section, in both languages side by side. */
export default async function EditPage({ params }: { params: Promise<{ key: string }> }) {
  const slug = decodeURIComponent((await params).key);
  const key = keyOfSlug(slug);
  if (key === null) notFound();
  const api = await server();
  const [t, { draft, purposes, definitions, kind }] = await Promise.all([
    getTranslations("notices.editor"),
    api.consents.notices.detail({ key }),
  ]);
  if (draft === null) notFound();
  return (
    <ClientMessages of={["notices"]}>
      <PageHeader title={t("title")} back={{ href: `/desk/notices/${slug}`, label: t("back") }} />
      <DraftEditor
        noticeKey={key}
        kind={kind}
        editing={draft.contentHash}
        initial={draft.content}
        purposes={purposes}
        definitions={definitions}
      />
    </ClientMessages>
  );
}
