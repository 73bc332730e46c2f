import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { FirstUse } from "#app/ui/empty-state.tsx";
import { TextLink } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Table } from "#app/ui/table.tsx";
import { AddStore } from "./add-store.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("benefits.desk.stores");
  return { title: t("title") };
}

/** Where benefits are used. */
export default async function StoresPage() {
  const api = await server();
  const [t, locale, stores] = await Promise.all([
    getTranslations("benefits.desk.stores"),
    getLocale(),
    api.benefits.stores.list(),
  ]);
  return (
    <ClientMessages of={["benefits"]}>
      <PageHeader title={t("title")} description={t("description")} actions={<AddStore />} />
      <Card>
        {stores.length === 0 ? (
          <FirstUse title={t("none")}>{t("noneHint")}</FirstUse>
        ) : (
          <Table
            caption={t("title")}
            hideCaption
            rows={stores}
            rowKey={({ id }) => id}
            columns={[
              {
                key: "name",
                header: t("name"),
                names: true,
                cell: ({ id, name }) => <TextLink href={`/desk/stores/${id}`}>{name[locale]}</TextLink>,
              },
              { key: "address", header: t("address"), cell: ({ address }) => address[locale] },
              {
                key: "state",
                header: t("state"),
                cell: ({ open }) => <Badge tone={open ? "ok" : "neutral"}>{t(open ? "isOpen" : "isClosed")}</Badge>,
              },
            ]}
          />
        )}
      </Card>
    </ClientMessages>
  );
}
