import { getTranslations } from "next-intl/server";
import type { FoundOrder } from "#server/orders/console/model.ts";
import { formats } from "../../../format/server.ts";
import { Badge } from "../../../ui/badge.tsx";
import { TextLink } from "../../../ui/link.tsx";
import { type Column, Table } from "../../../ui/table.tsx";
import { statusTones } from "../tones.ts";
import type { RecentBatch } from "./filters.tsx";
import { consolePath } from "./search-address.ts";

/** The orders of a page; each opens by its masked number. */
export async function FoundOrders({
  orders,
  batches,
}: {
  orders: readonly FoundOrder[];
  batches: readonly RecentBatch[];
}) {
  const [t, all, f] = await Promise.all([getTranslations("orderConsole"), getTranslations("orders"), formats()]);
  const fileNames = new Map(batches.map(({ id, fileName }) => [id, fileName]));
  const columns: Column<FoundOrder>[] = [
    {
      key: "order",
      header: t("columns.order"),
      names: true,
      cell: (row) => (
        <TextLink href={`${consolePath}/${row.id}`} className="font-mono whitespace-nowrap">
          {row.maskedId}
        </TextLink>
      ),
    },
    { key: "platform", header: t("columns.platform"), cell: (row) => all(`platforms.${row.platform}`) },
    {
      key: "status",
      header: t("columns.status"),
      cell: (row) => <Badge tone={statusTones[row.status]}>{all(`statuses.${row.status}`)}</Badge>,
    },
    { key: "paid", header: t("columns.paid"), align: "end", cell: (row) => f.money(row.paid) },
    {
      key: "refunded",
      header: t("columns.refunded"),
      align: "end",
      cell: (row) => (row.refundUnknown ? t("refundUnknown") : row.refunded > 0 ? f.money(row.refunded) : "--"),
    },
    { key: "placedAt", header: t("columns.placedAt"), cell: (row) => f.dateTime(row.placedAt) },
    {
      key: "owner",
      header: t("columns.owner"),
      cell: (row) =>
        row.ownerId === null ? t("no") : <TextLink href={`/desk/members/${row.ownerId}`}>{t("member")}</TextLink>,
    },
    {
      key: "batch",
      header: t("columns.batch"),
      cell: (row) => (
        <TextLink href={`/desk/orders/${row.batchId}`}>{fileNames.get(row.batchId) ?? t("batch")}</TextLink>
      ),
    },
  ];
  return <Table caption={t("caption")} columns={columns} rows={orders} rowKey={(row) => row.id} />;
}
