import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { isId } from "#server/core/id.ts";
import { EditStore } from "./edit-store.tsx";
import { Works } from "./works.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("benefits.desk.stores");
  return { title: t("one") };
}

/** One store: where it is, whether it is open, and who works there. */
export default async function StorePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!isId<"store">(id)) notFound();
  const api = await server();
  const [t, locale, stores, people] = await Promise.all([
    getTranslations("benefits.desk.stores"),
    getLocale(),
    api.benefits.stores.list(),
    api.benefits.stores.staff({ storeId: id }),
  ]);
  const store = stores.find((one) => one.id === id);
  if (store === undefined) notFound();
  return (
    <ClientMessages of={["benefits"]}>
      <PageHeader
        back={{ href: "/desk/stores", label: t("title") }}
        title={store.name[locale]}
        badge={<Badge tone={store.open ? "ok" : "neutral"}>{t(store.open ? "isOpen" : "isClosed")}</Badge>}
      />
      <div className="grid gap-4 lg:grid-cols-2">
        <Card title={t("about")}>
          <EditStore store={store} />
        </Card>
        <Card title={t("people")}>
          <p className="mb-3 text-ink-2">{t("peopleHint")}</p>
          {people.length === 0 ? <p>{t("peopleNone")}</p> : <Works storeId={id} people={people} />}
        </Card>
      </div>
    </ClientMessages>
  );
}
