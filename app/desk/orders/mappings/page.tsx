import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { mappable } from "#server/orders/mapping/model.ts";
import { formats } from "../../../format/server.ts";
import { ClientMessages } from "../../../i18n/client-messages.tsx";
import { server } from "../../../trpc/server.ts";
import { Card } from "../../../ui/card.tsx";
import { FirstUse } from "../../../ui/empty-state.tsx";
import { LinkButton } from "../../../ui/link.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { Table } from "../../../ui/table.tsx";
import { RemoveMapping, RenameMapping } from "./acts.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("mappings");
  return { title: t("title") };
}

/** The saved mappings, by which files of other sources are read. */
export default async function MappingsPage() {
  const api = await server();
  const [found, t, all, f] = await Promise.all([
    api.orders.mappings.list(),
    getTranslations("mappings"),
    getTranslations("orders"),
    formats(),
  ]);
  type Row = (typeof found)[number];
  const columnsOf = ({ mapping }: Row): string[] =>
    mappable.flatMap((field) => {
      const column = mapping.columns[field];
      return column === undefined ? [] : [t("list.line", { field: t(`fields.${field}`), column })];
    });
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        back={{ href: "/desk/orders/new", label: all("start.title") }}
      />
      <Card>
        {found.length === 0 ? (
          <FirstUse title={t("list.empty")} action={<LinkButton href="/desk/orders/new">{all("import")}</LinkButton>}>
            {t("list.emptyHint")}
          </FirstUse>
        ) : (
          <Table
            caption={t("list.caption")}
            rows={found}
            rowKey={({ id }) => id}
            columns={[
              { key: "name", header: t("list.name"), names: true, cell: ({ name }) => name },
              {
                key: "source",
                header: t("list.source"),
                cell: ({ mapping }) => mapping.source ?? all(`platforms.${mapping.platform}`),
              },
              {
                key: "columns",
                header: t("list.columns"),
                cell: (row) => (
                  <details>
                    <summary className="min-h-(--tap) content-center">
                      {t("list.columnsText", { mapped: columnsOf(row).length, all: row.mapping.header.length })}
                    </summary>
                    <ul className="text-sm text-ink-2">
                      {columnsOf(row).map((line) => (
                        <li key={line}>{line}</li>
                      ))}
                    </ul>
                  </details>
                ),
              },
              { key: "savedAt", header: t("list.savedAt"), cell: ({ savedAt }) => f.dateTime(savedAt) },
              { key: "savedBy", header: t("list.savedBy"), cell: ({ savedBy }) => savedBy },
              {
                key: "act",
                header: t("list.act"),
                cell: ({ id, name }) => (
                  <ClientMessages of={["mappings"]}>
                    <span className="flex flex-wrap gap-2">
                      <RenameMapping mappingId={id} name={name} />
                      <RemoveMapping mappingId={id} name={name} />
                    </span>
                  </ClientMessages>
                ),
              },
            ]}
          />
        )}
      </Card>
    </>
  );
}
