import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { isId } from "#server/core/id.ts";
import { formats } from "../../../format/server.ts";
import { server } from "../../../trpc/server.ts";
import { address, param, type Query } from "../../../ui/address.ts";
import { Card } from "../../../ui/card.tsx";
import { FirstUse } from "../../../ui/empty-state.tsx";
import { TextLink } from "../../../ui/link.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { Pager } from "../../../ui/pager.tsx";
import { Table } from "../../../ui/table.tsx";

const path = "/desk/orders/disputes";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("orders.dispute");
  return { title: t("title") };
}

/** Claims that are borne out, on orders that belong to somebody else. */
export default async function DisputesPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const before = param(query, "before") ?? "";
  const api = await server();
  const [found, t, all, f] = await Promise.all([
    api.orders.disputes({ before: isId<"claim">(before) ? before : undefined }),
    getTranslations("orders.dispute"),
    getTranslations("orders"),
    formats(),
  ]);
  const memberLink = (id: string | null) => id && <TextLink href={`/desk/members/${id}`}>{t("view")}</TextLink>;
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        back={{ href: "/desk/orders", label: all("back") }}
      />
      <Card>
        {found.disputes.length === 0 ? (
          <FirstUse title={t("empty")} />
        ) : (
          <>
            <Table
              caption={t("caption")}
              rows={found.disputes}
              rowKey={(row) => row.id}
              columns={[
                {
                  key: "order",
                  header: t("order"),
                  names: true,
                  cell: (row) => (
                    <TextLink href={`${path}/${row.id}`} className="font-mono">
                      {row.maskedId}
                    </TextLink>
                  ),
                },
                { key: "claimant", header: t("claimant"), cell: (row) => memberLink(row.memberId) },
                { key: "owner", header: t("owner"), cell: (row) => memberLink(row.ownerId) ?? "--" },
                { key: "at", header: t("at"), cell: (row) => f.dateTime(row.createdAt) },
              ]}
            />
            <Pager
              first={before ? address(path, query, { before: null }) : null}
              next={found.before && address(path, query, { before: found.before })}
            />
          </>
        )}
      </Card>
    </>
  );
}
